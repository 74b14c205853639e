using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.MunicipalCouncil;

/// <summary>Who may sign for the city: asked by every area in which something is signed.</summary>
public sealed class SigningAuthorisations(CityDbContext db)
{
    /// <summary>The rights to sign on a subject that hold on a day; empty when nobody may.</summary>
    public async Task<IReadOnlyList<SigningAuthorisation>> FindAsync(SigningSubject subject, DateOnly day, CancellationToken cancel) =>
        await HoldingOn(day).Where(given => given.Subject == subject).ToListAsync(cancel);

    /// <summary>All rights to sign that hold on a day.</summary>
    public async Task<IReadOnlyList<SigningAuthorisation>> FindAsync(DateOnly day, CancellationToken cancel) => await HoldingOn(day).ToListAsync(cancel);

    /// <summary>All that a deliberation gave, past and present.</summary>
    public async Task<IReadOnlyList<SigningAuthorisation>> GivenByAsync(Guid deliberationId, CancellationToken cancel) =>
        await db.Set<SigningAuthorisation>().AsNoTracking().Where(given => given.DeliberationId == deliberationId).OrderBy(given => given.Subject).ThenBy(given => given.OfficialName).ToListAsync(cancel);

    private IQueryable<SigningAuthorisation> HoldingOn(DateOnly day) => db.Set<SigningAuthorisation>().AsNoTracking()
        .Where(given => given.From <= day && (given.Until == null || given.Until >= day) && (given.EndedOn == null || given.EndedOn >= day))
        .OrderBy(given => given.Subject).ThenBy(given => given.OfficialName);
}

public enum GiveAuthorisationResult { Given, AlreadyGiven, DatesReversed, BeforeSession, NotBinding, UnknownAccount }

public enum EndAuthorisationResult { Ended, AlreadyEnded, OutsideDates }

/// <summary>Records the rights to sign that a deliberation gives, and their early end.</summary>
public sealed class SigningAuthorisationHandler(CityDbContext db, Deliberations deliberations, AuditTrail audit, CurrentActor actor, PublicPages pages, TimeProvider clock)
{
    public async Task<GiveAuthorisationResult> GiveAsync(Guid deliberationId, SigningSubject subject, string name, string function, Guid? accountId, DateOnly from, DateOnly? until, CancellationToken cancel)
    {
        if (until < from)
        {
            return GiveAuthorisationResult.DatesReversed;
        }

        if (!await deliberations.BindsAsync(deliberationId, cancel))
        {
            return GiveAuthorisationResult.NotBinding;
        }

        if (await db.Set<Deliberation>().AnyAsync(act => act.Id == deliberationId && act.SessionDate > from, cancel))
        {
            return GiveAuthorisationResult.BeforeSession;
        }

        if (accountId is not null && !await db.Set<RoleGrant>().AnyAsync(grant => grant.AccountId == accountId && (grant.Role == Role.ElectedOfficial || grant.Role == Role.Mayor) && grant.WithdrawnAt == null, cancel))
        {
            return GiveAuthorisationResult.UnknownAccount;
        }

        var now = clock.GetUtcNow();
        var given = new SigningAuthorisation
        {
            Id = Guid.CreateVersion7(now), DeliberationId = deliberationId, Subject = subject, OfficialName = name.Trim(), OfficialFunction = function.Trim(), AccountId = accountId,
            From = from, Until = until, RecordedById = actor.AccountId, RecordedAt = now,
        };
        db.Add(given);
        audit.Record("signing.authorised", RegisterHandler.Subject(deliberationId), new { authorisation = given.Id, subject = subject.ToString(), account = accountId, from, until });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            if (await db.Set<SigningAuthorisation>().AnyAsync(other => other.DeliberationId == deliberationId && other.Subject == subject && other.OfficialName == given.OfficialName && other.From == from, cancel))
            {
                return GiveAuthorisationResult.AlreadyGiven;
            }

            throw;
        }

        await pages.ChangedAsync(MunicipalCouncilModule.CacheTag);
        return GiveAuthorisationResult.Given;
    }

    public async Task<EndAuthorisationResult> EndAsync(SigningAuthorisation given, DateOnly lastDay, string reason, CancellationToken cancel)
    {
        if (lastDay < given.From || lastDay > given.Until)
        {
            return EndAuthorisationResult.OutsideDates;
        }

        if (!given.End(lastDay, reason))
        {
            return EndAuthorisationResult.AlreadyEnded;
        }

        audit.Record("signing.ended", RegisterHandler.Subject(given.DeliberationId), new { authorisation = given.Id, lastDay });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return EndAuthorisationResult.AlreadyEnded;
        }

        await pages.ChangedAsync(MunicipalCouncilModule.CacheTag);
        return EndAuthorisationResult.Ended;
    }
}
