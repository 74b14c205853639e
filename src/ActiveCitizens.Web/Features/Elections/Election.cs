using ActiveCitizens.Web.Features.Mandates;
using ActiveCitizens.Web.Features.MunicipalCouncil;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>Where an election stands; each state follows the one before, and none is left out.</summary>
public enum ElectionState
{
    /// <summary>Being set up by the election office.</summary>
    Draft,

    /// <summary>Called by a deliberation: its rules are fixed and shown; roll, candidates and board are being made.</summary>
    Called,

    /// <summary>Roll, candidates, keys and credentials are fixed and the boxes exist; people vote within the hours.</summary>
    Sealed,

    /// <summary>The boxes are closed; the trustees decrypt.</summary>
    Closed,

    /// <summary>The seats are given.</summary>
    Proclaimed,

    /// <summary>The time for appeal is over, and what must not be kept is destroyed.</summary>
    Final,
}

/// <summary>
/// One ballot over all or some neighbourhoods, called by a deliberation to renew the councils of a mandate. In each neighbourhood it is a
/// <see cref="Contest"/> with a box of its own; the trustees hold one set of keys for all of them.
/// </summary>
public sealed class Election
{
    public const int NameMaxLength = 120;
    public const int SlugMaxLength = 60;
    public const int HelpLineMaxLength = 200;
    public const int ReasonMaxLength = 400;

    public required Guid Id { get; init; }

    /// <summary>Name in addresses, such as <c>2026</c> or <c>repetition-2026</c>.</summary>
    public required string Slug { get; init; }
    public string Name { get; private set; } = "";

    /// <summary>True when electors are invented and nobody gets a seat: the whole calendar can be run in an afternoon.</summary>
    public required bool IsRehearsal { get; init; }

    /// <summary>The mandate whose councils are elected.</summary>
    public required Guid MandateId { get; init; }

    /// <summary>The deliberation that calls it; null while it is a draft, and always in a rehearsal.</summary>
    public Guid? DeliberationId { get; private set; }
    public ElectionRules Rules { get; private set; } = new();

    /// <summary>Voting is open from here…</summary>
    public DateTimeOffset OpensAt { get; private set; }

    /// <summary>…up to, and without, here.</summary>
    public DateTimeOffset ClosesAt { get; private set; }

    /// <summary>Where electors find help while they vote: telephone, place, hours.</summary>
    public string HelpLine { get; private set; } = "";

    /// <summary>How many trustees are enough to decrypt; null when all are needed.</summary>
    public int? TrusteeThreshold { get; private set; }

    /// <summary>The trustees file, as PROTOCOL.md sections 6 and 7 have it; null before all keys are made.</summary>
    public byte[]? TrusteesDocument { get; private set; }
    public ElectionState State { get; private set; } = ElectionState.Draft;
    public required DateTimeOffset CreatedAt { get; init; }

    public static Election Create(string slug, string name, Guid mandateId, bool isRehearsal, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Slug = slug, Name = name.Trim(), MandateId = mandateId, IsRehearsal = isRehearsal, CreatedAt = now, OpensAt = now.AddDays(60), ClosesAt = now.AddDays(67) };

    /// <summary>Whether ballots are taken at this instant, as far as the election itself says; a box may be stopped alone.</summary>
    public bool IsOpenAt(DateTimeOffset now) => State == ElectionState.Sealed && OpensAt <= now && now < ClosesAt;

    /// <exception cref="InvalidOperationException">It was called: its rules are fixed.</exception>
    public void SetUp(string name, ElectionRules rules, DateTimeOffset opensAt, DateTimeOffset closesAt, string helpLine, int? trusteeThreshold)
    {
        Expect(ElectionState.Draft);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(opensAt, closesAt);
        (Name, Rules, OpensAt, ClosesAt, HelpLine, TrusteeThreshold) = (name.Trim(), rules, opensAt, closesAt, helpLine.Trim(), trusteeThreshold);
    }

    /// <param name="deliberationId">Null in a rehearsal only.</param>
    public void Call(Guid? deliberationId)
    {
        Expect(ElectionState.Draft);
        if (deliberationId is null != IsRehearsal)
        {
            throw new InvalidOperationException("An election is called by a deliberation, a rehearsal without one.");
        }

        (DeliberationId, State) = (deliberationId, ElectionState.Called);
    }

    /// <summary>Keeps the trustees' public keys; made anew when a trustee is replaced before the sealing.</summary>
    public void KeepTrustees(byte[]? document)
    {
        Expect(ElectionState.Called);
        TrusteesDocument = document;
    }

    public void Seal()
    {
        Expect(ElectionState.Called);
        if (TrusteesDocument is null)
        {
            throw new InvalidOperationException($"Election {Slug} has no trustees' keys.");
        }

        State = ElectionState.Sealed;
    }

    /// <summary>Lets people vote longer; the reason is in the journal. A rehearsal may also end early.</summary>
    public void ChangeClosing(DateTimeOffset closesAt)
    {
        Expect(ElectionState.Sealed);
        if (closesAt <= OpensAt || (closesAt < ClosesAt && !IsRehearsal))
        {
            throw new ArgumentOutOfRangeException(nameof(closesAt), closesAt, "Voting hours are lengthened only.");
        }

        ClosesAt = closesAt;
    }

    /// <summary>Whether the board may close the boxes: after the hours. A rehearsal of an afternoon does not wait for them.</summary>
    public bool MayClose(DateTimeOffset now) => State == ElectionState.Sealed && (now >= ClosesAt || (IsRehearsal && now > OpensAt));

    public void Close(DateTimeOffset now)
    {
        Expect(ElectionState.Sealed);
        if (now < ClosesAt)
        {
            throw new InvalidOperationException($"Voting in {Slug} is open until {ClosesAt:u}.");
        }

        State = ElectionState.Closed;
    }

    public void Proclaim()
    {
        Expect(ElectionState.Closed);
        State = ElectionState.Proclaimed;
    }

    public void End()
    {
        Expect(ElectionState.Proclaimed);
        State = ElectionState.Final;
    }

    private void Expect(ElectionState state)
    {
        if (State != state)
        {
            throw new InvalidOperationException($"Election {Slug} is {State}, not {state}.");
        }
    }
}

internal sealed class ElectionMapping : IEntityTypeConfiguration<Election>
{
    public void Configure(EntityTypeBuilder<Election> builder)
    {
        builder.ToTable("elections", table =>
        {
            table.HasCheckConstraint("ck_elections_hours", "opens_at < closes_at");
            table.HasCheckConstraint("ck_elections_called", "state = 'Draft' OR is_rehearsal OR deliberation_id IS NOT NULL");
            table.HasCheckConstraint("ck_elections_trustees", "state IN ('Draft', 'Called') OR trustees_document IS NOT NULL");
            table.HasCheckConstraint("ck_elections_threshold", "trustee_threshold >= 1");
        });
        builder.Property(election => election.Id).ValueGeneratedNever();
        builder.Property(election => election.Slug).HasMaxLength(Election.SlugMaxLength);
        builder.Property(election => election.Name).HasMaxLength(Election.NameMaxLength);
        builder.Property(election => election.HelpLine).HasMaxLength(Election.HelpLineMaxLength);
        // Two people who take the same step at once: one is told that it is taken.
        builder.Property(election => election.State).HasConversion<string>().HasMaxLength(10).IsConcurrencyToken();
        builder.OwnsOne(election => election.Rules, rules =>
        {
            rules.Property(one => one.Method).HasConversion<string>().HasMaxLength(30).HasColumnName("method");
            rules.Property(one => one.HasMajorityBonus).HasColumnName("has_majority_bonus");
            rules.Property(one => one.ElectsUnopposed).HasColumnName("elects_unopposed");
            rules.Ignore(one => one.IsByLists);
            rules.Property(one => one.Parity).HasConversion<string>().HasMaxLength(20).HasColumnName("parity");
            rules.Property(one => one.Ties).HasConversion<string>().HasMaxLength(20).HasColumnName("ties");
            rules.Property(one => one.Franchise).HasConversion<string>().HasMaxLength(20).HasColumnName("franchise");
            rules.Property(one => one.SecondSecret).HasConversion<string>().HasMaxLength(20).HasColumnName("second_secret");
        });
        builder.Navigation(election => election.Rules).IsRequired();
        builder.HasOne<Mandate>().WithMany().HasForeignKey(election => election.MandateId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Deliberation>().WithMany().HasForeignKey(election => election.DeliberationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(election => election.Slug).IsUnique();
    }
}
