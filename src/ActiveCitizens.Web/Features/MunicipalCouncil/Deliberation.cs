using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Web.Features.Shared.Languages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.MunicipalCouncil;

/// <summary>What a deliberation says, as it is typed into the register.</summary>
/// <param name="Rapporteur">Who presented it; null when not named.</param>
/// <param name="AmendsId">The deliberation this one changes.</param>
/// <param name="IllustrativeRemark">What of it was made up for a demonstration; null for a real act.</param>
public sealed record DeliberationContent(int Number, DateOnly SessionDate, string Subject, string? Rapporteur, string Text, DeliberationVote Vote, Guid? AmendsId, string? IllustrativeRemark = null);

/// <summary>
/// An act voted by the municipal council: a draft for those who keep the register until it is posted. Once it is transmitted or posted nothing
/// of it changes any more: another deliberation changes it.
/// </summary>
public sealed class Deliberation
{
    public const int SubjectMaxLength = 300;
    public const int RapporteurMaxLength = 120;
    public const int TextMaxLength = 200_000;
    public const int TransmissionIdMaxLength = 80;
    public const int RemarkMaxLength = 400;

    /// <summary>Within which a deliberation is posted at the town hall and on the site (CGCT L2121-25).</summary>
    public const int PostingDays = 7;

    public required Guid Id { get; init; }

    /// <summary>Year of the session; numbers start again with it.</summary>
    public int Year { get; private set; }
    public int Number { get; private set; }
    public DateOnly SessionDate { get; private set; }
    public string Subject { get; private set; } = "";
    public string? Rapporteur { get; private set; }

    /// <summary>The whole text, lines ended by a line feed alone.</summary>
    public string Text { get; private set; } = "";

    /// <summary>SHA-256 of <see cref="Text"/> in UTF-8, lower-case hexadecimal: that of the text file anyone can download.</summary>
    public string TextSha256 { get; private set; } = "";

    /// <summary>Number, subject, rapporteur and text without accents and capitals.</summary>
    public string SearchText { get; private set; } = "";
    public int InOffice { get; private set; }
    public int Present { get; private set; }
    public int Proxies { get; private set; }
    public int VotesFor { get; private set; }
    public int VotesAgainst { get; private set; }
    public int Abstentions { get; private set; }
    public int NonVoting { get; private set; }
    public bool IsSecretBallot { get; private set; }
    public CastingVote? CastingVote { get; private set; }
    public bool IsAdopted { get; private set; }
    public Guid? AmendsId { get; private set; }
    public string? IllustrativeRemark { get; private set; }
    public required Guid? RecordedById { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Day and number of the receipt that the prefect's teletransmission gave.</summary>
    public DateOnly? TransmittedOn { get; private set; }
    public string? TransmissionId { get; private set; }

    /// <summary>Day of posting, as the act itself states it; <see cref="PublishedAt"/> is when this register showed it.</summary>
    public DateOnly? PostedOn { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }

    public bool IsPosted => PublishedAt is not null;

    public bool IsDraft => PublishedAt is null && TransmittedOn is null;

    /// <summary>As people cite it: <c>2020-45</c>.</summary>
    public string Reference => $"{Year}-{Number}";

    /// <summary>The first day on which it binds: posted and transmitted both (CGCT L2131-1); null before.</summary>
    public DateOnly? EnforceableOn => PostedOn is { } posted && TransmittedOn is { } transmitted ? (posted > transmitted ? posted : transmitted) : null;

    public DeliberationVote Vote() => new(InOffice, Present, Proxies, VotesFor, VotesAgainst, Abstentions, NonVoting, IsSecretBallot, CastingVote);

    /// <summary>Posted later than the law allows, or not yet although the week is over.</summary>
    public bool IsLateOn(DateOnly today) => (PostedOn ?? today) > SessionDate.AddDays(PostingDays);

    /// <exception cref="ArgumentException">The figures of the vote contradict each other.</exception>
    public static Deliberation Record(DeliberationContent content, Guid? by, DateTimeOffset now)
    {
        var recorded = new Deliberation { Id = Guid.CreateVersion7(now), RecordedById = by, RecordedAt = now };
        recorded.Write(content);
        return recorded;
    }

    /// <exception cref="InvalidOperationException">It is transmitted or posted already.</exception>
    public void Rewrite(DeliberationContent content)
    {
        if (!IsDraft)
        {
            throw new InvalidOperationException($"Deliberation {Reference} is transmitted or posted.");
        }

        Write(content);
    }

    /// <summary>False when it was transmitted before.</summary>
    public bool Transmit(DateOnly on, string transmissionId)
    {
        if (TransmittedOn is not null)
        {
            return false;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(on, SessionDate);
        (TransmittedOn, TransmissionId) = (on, transmissionId.Trim());
        return true;
    }

    /// <summary>False when it was posted before.</summary>
    public bool Post(DateOnly on, DateTimeOffset now)
    {
        if (IsPosted)
        {
            return false;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(on, SessionDate);
        (PostedOn, PublishedAt) = (on, now);
        return true;
    }

    private void Write(DeliberationContent content)
    {
        if (content.Vote.Problems().Any())
        {
            throw new ArgumentException($"The vote contradicts itself: {string.Join(", ", content.Vote.Problems())}.", nameof(content));
        }

        (Number, SessionDate, Year) = (content.Number, content.SessionDate, content.SessionDate.Year);
        (Subject, Rapporteur) = (content.Subject.Trim(), string.IsNullOrWhiteSpace(content.Rapporteur) ? null : content.Rapporteur.Trim());
        Text = content.Text.ReplaceLineEndings("\n").Trim() + "\n";
        TextSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
        SearchText = Folding.Fold($"{Reference} {Subject} {Rapporteur} {Text}");
        (InOffice, Present, Proxies) = (content.Vote.InOffice, content.Vote.Present, content.Vote.Proxies);
        (VotesFor, VotesAgainst, Abstentions, NonVoting) = (content.Vote.For, content.Vote.Against, content.Vote.Abstentions, content.Vote.NonVoting);
        (IsSecretBallot, CastingVote, IsAdopted) = (content.Vote.IsSecretBallot, content.Vote.Casting, content.Vote.IsAdopted);
        (AmendsId, IllustrativeRemark) = (content.AmendsId, content.IllustrativeRemark);
    }
}

internal sealed class DeliberationMapping : IEntityTypeConfiguration<Deliberation>
{
    public void Configure(EntityTypeBuilder<Deliberation> builder)
    {
        // That a transmitted or posted act stays as it is, triggers of the migration see to.
        builder.ToTable("deliberations", table =>
        {
            table.HasCheckConstraint("ck_deliberations_number", "number > 0 AND CAST(session_date AS text) LIKE CAST(year AS text) || '-%'");
            table.HasCheckConstraint("ck_deliberations_presence", "in_office > 0 AND present >= 0 AND proxies >= 0 AND present + proxies <= in_office AND proxies <= present");
            table.HasCheckConstraint("ck_deliberations_quorum", "2 * present > in_office");
            table.HasCheckConstraint("ck_deliberations_votes", "votes_for >= 0 AND votes_against >= 0 AND abstentions >= 0 AND non_voting >= 0 AND votes_for + votes_against + abstentions + non_voting = present + proxies");
            table.HasCheckConstraint("ck_deliberations_casting_vote", "(casting_vote IS NOT NULL) = (votes_for = votes_against AND votes_for > 0 AND NOT is_secret_ballot)");
            table.HasCheckConstraint("ck_deliberations_adopted", "is_adopted = (votes_for > votes_against OR COALESCE(casting_vote, '') = 'For')");
            table.HasCheckConstraint("ck_deliberations_amends", "amends_id IS NULL OR amends_id <> id");
            table.HasCheckConstraint("ck_deliberations_transmission", "(transmitted_on IS NULL) = (transmission_id IS NULL) AND (transmitted_on IS NULL OR transmitted_on >= session_date)");
            table.HasCheckConstraint("ck_deliberations_posting", "(posted_on IS NULL) = (published_at IS NULL) AND (posted_on IS NULL OR posted_on >= session_date)");
        });
        builder.Property(act => act.Id).ValueGeneratedNever();
        builder.Property(act => act.Subject).HasMaxLength(Deliberation.SubjectMaxLength);
        builder.Property(act => act.Rapporteur).HasMaxLength(Deliberation.RapporteurMaxLength);
        builder.Property(act => act.TextSha256).HasMaxLength(64).IsFixedLength();
        builder.Property(act => act.CastingVote).HasConversion<string>().HasMaxLength(10);
        builder.Property(act => act.IllustrativeRemark).HasMaxLength(Deliberation.RemarkMaxLength);
        builder.Property(act => act.TransmissionId).HasMaxLength(Deliberation.TransmissionIdMaxLength);
        // Who edits, transmits or posts what somebody else has just transmitted or posted is told so.
        builder.Property(act => act.TransmittedOn).IsConcurrencyToken();
        builder.Property(act => act.PublishedAt).IsConcurrencyToken();
        builder.HasOne<Deliberation>().WithMany().HasForeignKey(act => act.AmendsId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(act => new { act.Year, act.Number }).IsUnique();
        builder.HasIndex(act => act.TransmissionId).IsUnique();
    }
}
