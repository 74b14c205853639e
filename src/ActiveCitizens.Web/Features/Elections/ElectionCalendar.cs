using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>The steps of an election in their order.</summary>
public enum ElectionStep
{
    /// <summary>The municipal council calls the election and sets its rules.</summary>
    Called = 1,
    RollImported,

    /// <summary>Electors can ask whether they are on the roll, and have it corrected.</summary>
    RollDisplayed,
    CandidaciesOpened,
    CandidaciesClosed,

    /// <summary>An officer has decided on every candidacy.</summary>
    CandidaciesDecided,

    /// <summary>The order on the ballot was drawn by lot.</summary>
    OrderDrawn,
    BoardFormed,

    /// <summary>All trustees have made their keys.</summary>
    KeysMade,

    /// <summary>The credential authority has handed in the public lists.</summary>
    CredentialsMade,
    LettersPosted,
    CampaignOpened,

    /// <summary>Roll, candidates, keys and credentials are fixed; the boxes exist, empty.</summary>
    Sealed,
    VoteOpened,
    VoteClosed,

    /// <summary>The board has closed the boxes.</summary>
    BoxesClosed,

    /// <summary>Paper results were typed twice and agree.</summary>
    PaperCounted,
    Decrypted,
    Proclaimed,
    RecordSigned,
    AppealEnded,
    Destroyed,
}

/// <summary>One step in an election's calendar: planned for a day, then done, or left out for a reason that everybody can read.</summary>
public sealed class CalendarStep
{
    public required Guid ElectionId { get; init; }
    public required ElectionStep Step { get; init; }
    public required DateOnly PlannedOn { get; set; }
    public DateTimeOffset? DoneAt { get; private set; }
    public Guid? DoneById { get; private set; }

    /// <summary>Why it was left out.</summary>
    public string? WaivedBecause { get; private set; }

    public bool IsOver => DoneAt is not null;

    /// <summary>False when it was done or left out before.</summary>
    public bool Finish(Guid? by, DateTimeOffset now)
    {
        if (IsOver)
        {
            return false;
        }

        (DoneAt, DoneById) = (now, by);
        return true;
    }

    /// <summary>What it rested on is gone: it has to be done again.</summary>
    public void Reopen() => (DoneAt, DoneById, WaivedBecause) = (null, null, null);

    /// <summary>False when it was done or left out before.</summary>
    public bool Waive(string reason, Guid? by, DateTimeOffset now)
    {
        if (!Finish(by, now))
        {
            return false;
        }

        WaivedBecause = reason.Trim();
        return true;
    }
}

internal sealed class CalendarStepMapping : IEntityTypeConfiguration<CalendarStep>
{
    public void Configure(EntityTypeBuilder<CalendarStep> builder)
    {
        builder.ToTable("election_steps", table => table.HasCheckConstraint("ck_election_steps_waived", "waived_because IS NULL OR done_at IS NOT NULL"));
        builder.HasKey(step => new { step.ElectionId, step.Step });
        builder.Property(step => step.Step).HasConversion<string>().HasMaxLength(20);
        builder.Property(step => step.DoneAt).IsConcurrencyToken();
        builder.Property(step => step.WaivedBecause).HasMaxLength(Election.ReasonMaxLength);
        builder.Ignore(step => step.IsOver);
        builder.HasOne<Election>().WithMany().HasForeignKey(step => step.ElectionId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>Keeps an election to its calendar: a step is done only when all before it are done, or left out with a reason.</summary>
public sealed class ElectionCalendar(CityDbContext db, Shared.Audit.CurrentActor actor, TimeProvider clock)
{
    /// <summary>The steps in their order.</summary>
    public async Task<IReadOnlyList<CalendarStep>> StepsAsync(Guid electionId, CancellationToken cancel) =>
        [.. (await db.Set<CalendarStep>().AsNoTracking().Where(step => step.ElectionId == electionId).ToListAsync(cancel)).OrderBy(step => step.Step)];

    /// <summary>The steps before this one that are neither done nor left out, in their order.</summary>
    public async Task<IReadOnlyList<ElectionStep>> MissingBeforeAsync(Guid electionId, ElectionStep step, CancellationToken cancel) =>
        [.. (await StepsAsync(electionId, cancel)).Where(one => one.Step < step && !one.IsOver).Select(one => one.Step)];

    /// <summary>Marks a step as done, to be saved with the act; a step done before stays as it was. Ask <see cref="MissingBeforeAsync"/> first.</summary>
    public async Task FinishAsync(Guid electionId, ElectionStep step, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (await db.Set<CalendarStep>().SingleOrDefaultAsync(one => one.ElectionId == electionId && one.Step == step, cancel) is not { } kept)
        {
            kept = new CalendarStep { ElectionId = electionId, Step = step, PlannedOn = DateOnly.FromDateTime(now.UtcDateTime) };
            db.Add(kept);
        }

        kept.Finish(actor.AccountId, now);
    }

    /// <summary>Marks a step as not done any more, to be saved with the act that undid it.</summary>
    public async Task ReopenAsync(Guid electionId, ElectionStep step, CancellationToken cancel)
    {
        if (await db.Set<CalendarStep>().SingleOrDefaultAsync(one => one.ElectionId == electionId && one.Step == step, cancel) is { } kept)
        {
            kept.Reopen();
        }
    }
}
