using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Elections;

public enum CandidacyState
{
    /// <summary>Begun, seen by its author alone.</summary>
    Draft,

    /// <summary>Handed in; an officer checks whether the person may stand.</summary>
    Submitted,
    Eligible,
    Refused,
    Withdrawn,
}

/// <summary>A person who stands for one of the seats of a neighbourhood, alone or on a list.</summary>
public sealed class Candidate
{
    public const int NameMaxLength = 120;
    public const int StatementMaxLength = 3_000;
    public const int ReasonMaxLength = 400;
    public const int ContactMaxLength = 256;

    public required Guid Id { get; init; }
    public required Guid ContestId { get; init; }

    /// <summary>The list the person stands on, and the place there from 1; both null for a person who stands alone.</summary>
    public Guid? ListId { get; init; }
    public int? ListRank { get; init; }

    /// <summary>The account that made the candidacy online; null when it was entered at the desk.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>The officer who entered it at the desk.</summary>
    public Guid? EnteredById { get; init; }
    public required string FirstNames { get; set; }
    public required string LastName { get; set; }
    public required Sex? Sex { get; set; }
    public required DateOnly BornOn { get; set; }

    /// <summary>Where the office reaches the person; never public.</summary>
    public required string Email { get; set; }
    public string? Phone { get; set; }

    /// <summary>Profession of faith as plain text; paragraphs end with an empty line.</summary>
    public string Statement { get; set; } = "";

    /// <summary>Re-encoded picture (JPEG), and profession of faith as PDF.</summary>
    public byte[]? Photo { get; set; }
    public byte[]? StatementPdf { get; set; }
    public CandidacyState State { get; private set; } = CandidacyState.Draft;
    public string? RefusalReason { get; private set; }
    public DateTimeOffset? SubmittedAt { get; private set; }

    /// <summary>Place on the ballot from 1, drawn by lot; null before. Of a person on a list, the list has it.</summary>
    public int? BallotOrder { get; private set; }

    public string FullName => $"{FirstNames} {LastName}";

    public void Submit(DateTimeOffset now)
    {
        Expect(State == CandidacyState.Draft);
        (State, SubmittedAt) = (CandidacyState.Submitted, now);
    }

    public void Accept()
    {
        Expect(State == CandidacyState.Submitted);
        State = CandidacyState.Eligible;
    }

    public void Refuse(string reason)
    {
        Expect(State == CandidacyState.Submitted);
        (State, RefusalReason) = (CandidacyState.Refused, reason.Trim());
    }

    /// <summary>Possible until the sealing.</summary>
    public void Withdraw()
    {
        Expect(State is CandidacyState.Draft or CandidacyState.Submitted or CandidacyState.Eligible);
        (State, BallotOrder) = (CandidacyState.Withdrawn, null);
    }

    public void Place(int order)
    {
        Expect(State == CandidacyState.Eligible);
        BallotOrder = order;
    }

    private void Expect(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Candidacy {Id} is {State}.");
        }
    }
}

internal sealed class CandidateMapping : IEntityTypeConfiguration<Candidate>
{
    public void Configure(EntityTypeBuilder<Candidate> builder)
    {
        builder.ToTable("candidates", table =>
        {
            table.HasCheckConstraint("ck_candidates_list", "(list_id IS NULL) = (list_rank IS NULL) AND list_rank >= 1");
            table.HasCheckConstraint("ck_candidates_submitted", "(submitted_at IS NOT NULL) OR state IN ('Draft', 'Withdrawn')");
            table.HasCheckConstraint("ck_candidates_refused", "(state = 'Refused') = (refusal_reason IS NOT NULL)");
            table.HasCheckConstraint("ck_candidates_order", "ballot_order IS NULL OR (ballot_order >= 1 AND state = 'Eligible')");
        });
        builder.Property(candidate => candidate.Id).ValueGeneratedNever();
        builder.Property(candidate => candidate.FirstNames).HasMaxLength(Candidate.NameMaxLength);
        builder.Property(candidate => candidate.LastName).HasMaxLength(Candidate.NameMaxLength);
        builder.Property(candidate => candidate.Sex).HasConversion<string>().HasMaxLength(10);
        builder.Property(candidate => candidate.Email).HasMaxLength(Candidate.ContactMaxLength);
        builder.Property(candidate => candidate.Phone).HasMaxLength(30);
        builder.Property(candidate => candidate.Statement).HasMaxLength(Candidate.StatementMaxLength);
        builder.Property(candidate => candidate.State).HasConversion<string>().HasMaxLength(10).IsConcurrencyToken();
        builder.Property(candidate => candidate.RefusalReason).HasMaxLength(Candidate.ReasonMaxLength);
        builder.Ignore(candidate => candidate.FullName);
        builder.HasOne<Contest>().WithMany().HasForeignKey(candidate => candidate.ContestId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<CandidateList>().WithMany().HasForeignKey(candidate => candidate.ListId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(candidate => new { candidate.ContestId, candidate.BallotOrder }).IsUnique().HasFilter("ballot_order IS NOT NULL");
        builder.HasIndex(candidate => new { candidate.ListId, candidate.ListRank }).IsUnique().HasFilter("list_id IS NOT NULL AND state <> 'Withdrawn' AND state <> 'Refused'");
        // A person stands once in an election's neighbourhood.
        builder.HasIndex(candidate => new { candidate.ContestId, candidate.LastName, candidate.FirstNames, candidate.BornOn }).IsUnique().HasFilter("state IN ('Submitted', 'Eligible')").HasDatabaseName("ix_candidates_one_person");
        builder.HasIndex(candidate => new { candidate.ContestId, candidate.AccountId }).IsUnique().HasFilter("account_id IS NOT NULL AND state <> 'Withdrawn' AND state <> 'Refused'");
    }
}

/// <summary>Candidates who stand together, in the order in which they take the list's seats.</summary>
public sealed class CandidateList
{
    public required Guid Id { get; init; }
    public required Guid ContestId { get; init; }
    public required string Name { get; set; }

    /// <summary>Place on the ballot from 1, drawn by lot; null before.</summary>
    public int? BallotOrder { get; private set; }

    public void Place(int order) => BallotOrder = order;
}

internal sealed class CandidateListMapping : IEntityTypeConfiguration<CandidateList>
{
    public void Configure(EntityTypeBuilder<CandidateList> builder)
    {
        builder.ToTable("candidate_lists");
        builder.Property(list => list.Id).ValueGeneratedNever();
        builder.Property(list => list.Name).HasMaxLength(Candidate.NameMaxLength);
        builder.HasOne<Contest>().WithMany().HasForeignKey(list => list.ContestId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(list => new { list.ContestId, list.Name }).IsUnique();
        builder.HasIndex(list => new { list.ContestId, list.BallotOrder }).IsUnique().HasFilter("ballot_order IS NOT NULL");
    }
}
