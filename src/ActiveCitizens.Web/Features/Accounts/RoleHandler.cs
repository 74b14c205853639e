using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Accounts;

public enum GrantRoleResult { Granted, AlreadyHeld, DatesReversed, UnknownAccount }

public enum WithdrawRoleResult { Withdrawn, AlreadyWithdrawn, LastAdministrator }

/// <summary>Gives and withdraws roles; both are in the audit log with their dates, the reason stays with the grant.</summary>
public sealed class RoleHandler(CityDbContext db, AuditTrail audit, CurrentActor actor, TimeProvider clock)
{
    public async Task<GrantRoleResult> GrantAsync(Guid accountId, Role role, string scope, DateTimeOffset from, DateTimeOffset? until, string reason, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (until <= from)
        {
            return GrantRoleResult.DatesReversed;
        }

        if (!await db.Users.AnyAsync(account => account.Id == accountId && account.DeletedAt == null, cancel))
        {
            return GrantRoleResult.UnknownAccount;
        }

        // A grant that ran out makes room for a new one.
        foreach (var past in await db.Set<RoleGrant>().Where(grant => grant.AccountId == accountId && grant.Role == role && grant.Scope == scope && grant.WithdrawnAt == null && grant.ValidUntil <= now).ToListAsync(cancel))
        {
            past.Withdraw(now, actor.AccountId, "expired");
        }

        var granted = new RoleGrant
        {
            Id = Guid.CreateVersion7(now),
            AccountId = accountId,
            Role = role,
            Scope = scope,
            ValidFrom = from,
            ValidUntil = until,
            Reason = reason.Trim(),
            GrantedById = actor.AccountId,
            GrantedAt = now,
        };
        db.Add(granted);
        audit.Record("role.granted", $"account:{accountId}", new { role = role.ToString(), scope, from, until, grant = granted.Id });
        try
        {
            await db.SaveChangesAsync(cancel);
            return GrantRoleResult.Granted;
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            if (await db.Set<RoleGrant>().AnyAsync(grant => grant.AccountId == accountId && grant.Role == role && grant.Scope == scope && grant.WithdrawnAt == null, cancel))
            {
                return GrantRoleResult.AlreadyHeld;
            }

            throw;
        }
    }

    public async Task<WithdrawRoleResult> WithdrawAsync(RoleGrant grant, string reason, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (grant.WithdrawnAt is not null)
        {
            return WithdrawRoleResult.AlreadyWithdrawn;
        }

        if (grant.Role == Role.Administrator && !await AnotherAdministratorAsync(grant.AccountId, now, cancel))
        {
            return WithdrawRoleResult.LastAdministrator;
        }

        grant.Withdraw(now, actor.AccountId, reason);
        audit.Record("role.withdrawn", $"account:{grant.AccountId}", new { role = grant.Role.ToString(), scope = grant.Scope, grant = grant.Id });
        await db.SaveChangesAsync(cancel);
        return WithdrawRoleResult.Withdrawn;
    }

    /// <summary>Whether the city would still have an administrator without this account.</summary>
    public Task<bool> AnotherAdministratorAsync(Guid accountId, DateTimeOffset now, CancellationToken cancel) =>
        db.Set<RoleGrant>().AnyAsync(grant => grant.Role == Role.Administrator && grant.AccountId != accountId && grant.WithdrawnAt == null && grant.ValidFrom <= now && (grant.ValidUntil == null || grant.ValidUntil > now), cancel);
}
