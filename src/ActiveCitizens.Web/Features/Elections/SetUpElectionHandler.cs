using System.Security.Cryptography;
using ActiveCitizens.Web.Features.Mandates;
using ActiveCitizens.Web.Features.MunicipalCouncil;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using ProtocolElection = ActiveCitizens.Voting.Elections.Election;

namespace ActiveCitizens.Web.Features.Elections;

public enum CreateElectionResult { Created, SlugTaken, NoNeighbourhood, UnknownMandate }

/// <summary>What an office writes into a draft.</summary>
public sealed record ElectionContent(string Name, ElectionRules Rules, DateTimeOffset OpensAt, DateTimeOffset ClosesAt, string HelpLine, int? TrusteeThreshold);

public enum RewriteElectionResult { Saved, HoursReversed, NoLongerADraft }

public enum CallElectionResult { Called, NotBinding, NoHelpLine, OpeningPassed, NoLongerADraft }

public enum PlanStepsResult { Saved, OutOfOrder }

public enum EndStepResult
{
    Done,
    AlreadyDone,

    /// <summary>Another act finishes it, or it cannot be left out.</summary>
    NotThisWay,

    /// <summary>A step before it is neither done nor left out.</summary>
    EarlierStepsOpen,

    /// <summary>The vote has not come to this hour, or the appeal to its day.</summary>
    TooEarly,
    UndecidedCandidacies,
}

/// <summary>Sets elections up: makes them with their contests and calendar, fixes their rules, calls them, and keeps the steps that no other act takes.</summary>
public sealed class SetUpElectionHandler(
    CityDbContext db, NeighbourhoodDirectory neighbourhoods, MandateDirectory mandates, Deliberations deliberations, ElectionCalendar calendar, CurrentActor actor, AuditTrail audit, City city, PublicPages pages, TimeProvider clock)
{
    public DateOnly Today => DateOnly.FromDateTime(city.Local(clock.GetUtcNow()).DateTime);

    /// <param name="codes">Neighbourhoods that vote.</param>
    public async Task<CreateElectionResult> CreateAsync(string slug, string name, Guid mandateId, IReadOnlyCollection<string> codes, bool isRehearsal, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var voting = (await neighbourhoods.MapAsync(cancel)).Neighbourhoods.Where(one => codes.Contains(one.Code, StringComparer.OrdinalIgnoreCase)).ToList();
        if (voting.Count == 0)
        {
            return CreateElectionResult.NoNeighbourhood;
        }

        if (!(await mandates.ElectableAsync(Today, cancel)).Any(mandate => mandate.Id == mandateId))
        {
            return CreateElectionResult.UnknownMandate;
        }

        var election = Election.Create(slug, name, mandateId, isRehearsal, now);
        using var random = RandomNumberGenerator.Create();
        db.Add(election);
        db.AddRange(voting.Select(one => Contest.Create(election.Id, one, ProtocolElection.NewUuid(random), now)));
        db.AddRange(Propose(election.OpensAt, election.ClosesAt).Select(step => new CalendarStep { ElectionId = election.Id, Step = step.Key, PlannedOn = step.Value }));
        audit.Record("election.created", Subject(election.Id), new { slug, isRehearsal, mandate = mandateId, contests = voting.Count });
        try
        {
            await db.SaveChangesAsync(cancel);
            return CreateElectionResult.Created;
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            db.ChangeTracker.Clear();
            if (await db.Set<Election>().AnyAsync(other => other.Slug == slug, cancel))
            {
                return CreateElectionResult.SlugTaken;
            }

            throw;
        }
    }

    /// <summary>Changes a draft; another opening or closing day proposes the calendar anew.</summary>
    public async Task<RewriteElectionResult> RewriteAsync(Guid id, ElectionContent content, CancellationToken cancel)
    {
        if (content.OpensAt >= content.ClosesAt)
        {
            return RewriteElectionResult.HoursReversed;
        }

        var election = await db.Set<Election>().SingleAsync(one => one.Id == id, cancel);
        if (election.State != ElectionState.Draft)
        {
            return RewriteElectionResult.NoLongerADraft;
        }

        if (Day(election.OpensAt) != Day(content.OpensAt) || Day(election.ClosesAt) != Day(content.ClosesAt))
        {
            var proposed = Propose(content.OpensAt, content.ClosesAt);
            foreach (var step in await db.Set<CalendarStep>().Where(step => step.ElectionId == id).ToListAsync(cancel))
            {
                step.PlannedOn = proposed[step.Step];
            }
        }

        election.SetUp(content.Name, content.Rules, content.OpensAt, content.ClosesAt, content.HelpLine, content.TrusteeThreshold);
        audit.Record("election.set-up", Subject(id), new { content.Name, content.Rules, content.OpensAt, content.ClosesAt, content.TrusteeThreshold });
        return await SavedAsync(cancel) ? RewriteElectionResult.Saved : RewriteElectionResult.NoLongerADraft;
    }

    /// <param name="deliberationId">Posted and adopted; not asked for in a rehearsal.</param>
    public async Task<CallElectionResult> CallAsync(Guid id, Guid? deliberationId, CancellationToken cancel)
    {
        var election = await db.Set<Election>().SingleAsync(one => one.Id == id, cancel);
        if (election.State != ElectionState.Draft)
        {
            return CallElectionResult.NoLongerADraft;
        }

        if (!election.IsRehearsal && (deliberationId is null || !await deliberations.BindsAsync(deliberationId.Value, cancel)))
        {
            return CallElectionResult.NotBinding;
        }

        if (election.HelpLine.Length == 0)
        {
            return CallElectionResult.NoHelpLine;
        }

        if (election.OpensAt <= clock.GetUtcNow() && !election.IsRehearsal)
        {
            return CallElectionResult.OpeningPassed;
        }

        election.Call(election.IsRehearsal ? null : deliberationId);
        await calendar.FinishAsync(id, ElectionStep.Called, cancel);
        audit.Record("election.called", Subject(id), new { election.Slug, deliberation = election.DeliberationId });
        return await SavedAsync(cancel) ? CallElectionResult.Called : CallElectionResult.NoLongerADraft;
    }

    /// <summary>Moves steps that are not over to other days; all of them stay in order.</summary>
    public async Task<PlanStepsResult> PlanAsync(Guid id, IReadOnlyDictionary<ElectionStep, DateOnly> days, CancellationToken cancel)
    {
        var steps = await db.Set<CalendarStep>().Where(step => step.ElectionId == id).ToListAsync(cancel);
        // What is over lies where it lies: only what is still to come has to follow its own order.
        if (CalendarPlan.OutOfOrder(steps.Where(step => !step.IsOver).ToDictionary(step => step.Step, step => days.GetValueOrDefault(step.Step, step.PlannedOn))) is not null)
        {
            return PlanStepsResult.OutOfOrder;
        }

        var moved = steps.Where(step => !step.IsOver && days.TryGetValue(step.Step, out var day) && day != step.PlannedOn).ToList();
        foreach (var step in moved)
        {
            step.PlannedOn = days[step.Step];
        }

        if (moved.Count > 0)
        {
            audit.Record("election.calendar-planned", Subject(id), new { moved = moved.Select(step => new { step = step.Step.ToString(), on = step.PlannedOn }) });
            await db.SaveChangesAsync(cancel);
            await pages.ChangedAsync(ElectionsModule.CacheTag);
        }

        return PlanStepsResult.Saved;
    }

    public async Task<EndStepResult> FinishStepAsync(Guid id, ElectionStep step, CancellationToken cancel)
    {
        if (!CalendarPlan.ByOffice.Contains(step))
        {
            return EndStepResult.NotThisWay;
        }

        var election = await db.Set<Election>().AsNoTracking().SingleAsync(one => one.Id == id, cancel);
        var now = clock.GetUtcNow();
        if ((step == ElectionStep.VoteOpened && now < election.OpensAt) || (step == ElectionStep.VoteClosed && now < election.ClosesAt))
        {
            return EndStepResult.TooEarly;
        }

        if (step == ElectionStep.CandidaciesDecided && await UndecidedAsync(id, cancel))
        {
            return EndStepResult.UndecidedCandidacies;
        }

        return await EndAsync(id, step, kept => kept.Finish(actor.AccountId, now), "election.step-done", reason: null, cancel);
    }

    /// <summary>Leaves a step out; everybody reads the reason.</summary>
    public async Task<EndStepResult> WaiveStepAsync(Guid id, ElectionStep step, string reason, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return CalendarPlan.Indispensable.Contains(step)
            ? EndStepResult.NotThisWay
            : await EndAsync(id, step, kept => kept.Waive(reason, actor.AccountId, now), "election.step-left-out", reason.Trim(), cancel);
    }

    private async Task<EndStepResult> EndAsync(Guid id, ElectionStep step, Func<CalendarStep, bool> end, string act, string? reason, CancellationToken cancel)
    {
        if ((await calendar.MissingBeforeAsync(id, step, cancel)).Count > 0)
        {
            return EndStepResult.EarlierStepsOpen;
        }

        var kept = await db.Set<CalendarStep>().SingleAsync(one => one.ElectionId == id && one.Step == step, cancel);
        if (!end(kept))
        {
            return EndStepResult.AlreadyDone;
        }

        audit.Record(act, Subject(id), new { step = step.ToString(), reason });
        return await SavedAsync(cancel) ? EndStepResult.Done : EndStepResult.AlreadyDone;
    }

    private Task<bool> UndecidedAsync(Guid id, CancellationToken cancel) => db.Set<Candidate>()
        .Join(db.Set<Contest>(), candidate => candidate.ContestId, contest => contest.Id, (candidate, contest) => new { candidate.State, contest.ElectionId })
        .AnyAsync(one => one.ElectionId == id && one.State == CandidacyState.Submitted, cancel);

    private static string Subject(Guid id) => $"election:{id}";

    private DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(city.Local(instant).DateTime);

    private IReadOnlyDictionary<ElectionStep, DateOnly> Propose(DateTimeOffset opensAt, DateTimeOffset closesAt) => CalendarPlan.Propose(Day(opensAt), Day(closesAt), Today);

    /// <returns>False when somebody else was faster.</returns>
    private async Task<bool> SavedAsync(CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return false;
        }

        await pages.ChangedAsync(ElectionsModule.CacheTag);
        return true;
    }
}
