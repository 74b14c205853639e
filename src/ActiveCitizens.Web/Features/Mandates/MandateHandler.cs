using ActiveCitizens.Web.Features.MunicipalCouncil;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Mandates;

public abstract record PrepareMandateResult
{
    private PrepareMandateResult() { }
    public sealed record Prepared(Guid Id) : PrepareMandateResult;
    public sealed record DatesReversed : PrepareMandateResult;

    /// <summary>Another mandate holds on some of these days.</summary>
    public sealed record Overlaps(int Year) : PrepareMandateResult;

    /// <summary>Another mandate starts in the same year.</summary>
    public sealed record YearTaken : PrepareMandateResult;
    public sealed record NotADraft : PrepareMandateResult;
}

public enum OpenMandateResult { Opened, AlreadyOpened, NotBinding, NothingToRenew }

public enum CloseMandateResult { Closed, AlreadyClosed, NotOpened, NotBinding, OutsideDates }

public enum AddCompetenceResult { Added, AlreadyThere, MandateOver }

public enum SetDelegationsResult
{
    Saved,
    Unchanged,

    /// <summary>Co-deciding takes two.</summary>
    LonelyCoDecision,

    /// <summary>Who co-decides cannot be overruled by somebody who decides alone.</summary>
    DecidesBesideCoDecision,

    /// <summary>What held in a mandate that is over is history.</summary>
    MandateOver,
    ChangedMeanwhile,
}

/// <summary>Prepares mandates, opens and closes them by deliberation, and keeps their competences and delegations; every act is in the audit log.</summary>
public sealed class MandateHandler(CityDbContext db, Deliberations deliberations, AuditTrail audit, City city, PublicPages pages, TimeProvider clock)
{
    public DateOnly Today => DateOnly.FromDateTime(city.Local(clock.GetUtcNow()).DateTime);

    public async Task<PrepareMandateResult> PrepareAsync(MandateContent content, CancellationToken cancel)
    {
        if (content.StartsOn >= content.EndsOn)
        {
            return new PrepareMandateResult.DatesReversed();
        }

        var prepared = Mandate.Prepare(content, clock.GetUtcNow());
        db.Add(prepared);
        audit.Record("mandate.prepared", Subject(prepared.Id), Facts(prepared));
        return await SaveAsync(prepared, cancel);
    }

    public async Task<PrepareMandateResult> RewriteAsync(Guid id, MandateContent content, CancellationToken cancel)
    {
        if (content.StartsOn >= content.EndsOn)
        {
            return new PrepareMandateResult.DatesReversed();
        }

        if (await db.Set<Mandate>().SingleOrDefaultAsync(mandate => mandate.Id == id, cancel) is not { IsDraft: true } draft)
        {
            return new PrepareMandateResult.NotADraft();
        }

        draft.Rewrite(content with { IllustrativeRemark = draft.IllustrativeRemark });
        audit.Record("mandate.rewritten", Subject(id), Facts(draft));
        return await SaveAsync(draft, cancel);
    }

    public async Task<OpenMandateResult> OpenAsync(Guid id, Guid deliberationId, bool isRenewal, CancellationToken cancel)
    {
        if (!await deliberations.BindsAsync(deliberationId, cancel))
        {
            return OpenMandateResult.NotBinding;
        }

        var mandate = await db.Set<Mandate>().SingleAsync(mandate => mandate.Id == id, cancel);
        if (isRenewal && !await db.Set<Mandate>().AnyAsync(earlier => earlier.OpenedById != null && earlier.StartsOn < mandate.StartsOn, cancel))
        {
            return OpenMandateResult.NothingToRenew;
        }

        if (!mandate.Open(deliberationId, isRenewal, clock.GetUtcNow()))
        {
            return OpenMandateResult.AlreadyOpened;
        }

        audit.Record(isRenewal ? "mandate.renewed" : "mandate.opened", Subject(id), new { mandate.Year, deliberation = deliberationId });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return OpenMandateResult.AlreadyOpened;
        }

        await ChangedAsync();
        return OpenMandateResult.Opened;
    }

    public async Task<CloseMandateResult> CloseAsync(Guid id, Guid deliberationId, DateOnly on, CancellationToken cancel)
    {
        if (!await deliberations.BindsAsync(deliberationId, cancel))
        {
            return CloseMandateResult.NotBinding;
        }

        var mandate = await db.Set<Mandate>().SingleAsync(mandate => mandate.Id == id, cancel);
        if (mandate.IsDraft)
        {
            return CloseMandateResult.NotOpened;
        }

        if (on < mandate.StartsOn || on > mandate.EndsOn)
        {
            return CloseMandateResult.OutsideDates;
        }

        if (!mandate.Close(deliberationId, on, clock.GetUtcNow()))
        {
            return CloseMandateResult.AlreadyClosed;
        }

        audit.Record("mandate.closed", Subject(id), new { mandate.Year, deliberation = deliberationId, on });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return CloseMandateResult.AlreadyClosed;
        }

        await ChangedAsync();
        return CloseMandateResult.Closed;
    }

    /// <summary>Adds a subject to the catalogue, from this mandate on.</summary>
    public async Task<AddCompetenceResult> AddCompetenceAsync(Mandate mandate, string name, string description, CancellationToken cancel)
    {
        if (mandate.StateOn(Today) == MandateState.Over)
        {
            return AddCompetenceResult.MandateOver;
        }

        var added = new Competence { Id = Guid.CreateVersion7(clock.GetUtcNow()), Code = Competence.CodeOf(name), Name = name.Trim(), Description = description.Trim(), FromMandateId = mandate.Id };
        db.Add(added);
        audit.Record("competence.added", Subject(mandate.Id), new { added.Code, mandate.Year });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            if (await db.Set<Competence>().AnyAsync(other => other.Code == added.Code, cancel))
            {
                return AddCompetenceResult.AlreadyThere;
            }

            throw;
        }

        await ChangedAsync();
        return AddCompetenceResult.Added;
    }

    /// <summary>Says who has which part in a subject; the log keeps what was before.</summary>
    public async Task<SetDelegationsResult> SetDelegationsAsync(Mandate mandate, Competence competence, IReadOnlySet<(DelegationPart Part, DelegationActor Actor)> wanted, CancellationToken cancel)
    {
        if (mandate.StateOn(Today) == MandateState.Over)
        {
            return SetDelegationsResult.MandateOver;
        }

        var coDeciders = wanted.Count(cross => cross.Part == DelegationPart.CoDecides);
        if (coDeciders == 1)
        {
            return SetDelegationsResult.LonelyCoDecision;
        }

        if (coDeciders > 0 && wanted.Any(cross => cross.Part == DelegationPart.Decides))
        {
            return SetDelegationsResult.DecidesBesideCoDecision;
        }

        var held = await db.Set<Delegation>().Where(cross => cross.MandateId == mandate.Id && cross.CompetenceId == competence.Id).ToListAsync(cancel);
        var before = held.Select(cross => (cross.Part, cross.Actor)).ToHashSet();
        if (before.SetEquals(wanted))
        {
            return SetDelegationsResult.Unchanged;
        }

        db.RemoveRange(held.Where(cross => !wanted.Contains((cross.Part, cross.Actor))));
        db.AddRange(wanted.Except(before).Select(cross => new Delegation { MandateId = mandate.Id, CompetenceId = competence.Id, Part = cross.Part, Actor = cross.Actor }));
        audit.Record("delegations.set", Subject(mandate.Id), new { competence = competence.Code, before = Words(before), after = Words(wanted) });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return SetDelegationsResult.ChangedMeanwhile;
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            var now = await db.Set<Delegation>().Where(cross => cross.MandateId == mandate.Id && cross.CompetenceId == competence.Id).ToListAsync(cancel);
            if (!now.Select(cross => (cross.Part, cross.Actor)).ToHashSet().SetEquals(before))
            {
                return SetDelegationsResult.ChangedMeanwhile;
            }

            throw;
        }

        await ChangedAsync();
        return SetDelegationsResult.Saved;
    }

    private static string Subject(Guid id) => $"mandate:{id}";

    private static object Facts(Mandate mandate) => new { mandate.StartsOn, mandate.EndsOn, mandate.SeatsPerCouncil, mandate.EnvelopePerCouncilCents };

    private static IEnumerable<string> Words(IEnumerable<(DelegationPart Part, DelegationActor Actor)> crosses) => crosses.Order().Select(cross => $"{cross.Part}:{cross.Actor}");

    private async Task<PrepareMandateResult> SaveAsync(Mandate mandate, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            await ChangedAsync();
            return new PrepareMandateResult.Prepared(mandate.Id);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new PrepareMandateResult.NotADraft();
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            var others = db.Set<Mandate>().AsNoTracking().Where(other => other.Id != mandate.Id);
            if (await others.FirstOrDefaultAsync(other => other.StartsOn < mandate.EndsOn && mandate.StartsOn < (other.ClosedOn ?? other.EndsOn), cancel) is { } overlapped)
            {
                return new PrepareMandateResult.Overlaps(overlapped.Year);
            }

            if (await others.AnyAsync(other => other.Year == mandate.Year, cancel))
            {
                return new PrepareMandateResult.YearTaken();
            }

            throw;
        }
    }

    private ValueTask ChangedAsync() => pages.ChangedAsync(MandatesModule.CacheTag);
}
