using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Mail;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Accounts;

public enum DeleteAccountResult { Deleted, LastAdministrator }

/// <summary>Takes a person out of the city's site: what says who they are goes, what the city must answer for stays under a bare id.</summary>
public sealed class DeleteAccountHandler(CityDbContext db, RoleHandler roles, AuditTrail audit, TimeProvider clock)
{
    public async Task<DeleteAccountResult> HandleAsync(Guid accountId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var grants = await db.Set<RoleGrant>().Where(grant => grant.AccountId == accountId && grant.WithdrawnAt == null).ToListAsync(cancel);
        if (grants.Any(grant => grant.Role == Role.Administrator && grant.HoldsAt(now)) && !await roles.AnotherAdministratorAsync(accountId, now, cancel))
        {
            return DeleteAccountResult.LastAdministrator;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var account = await db.Users.SingleAsync(account => account.Id == accountId, cancel);
        var normalized = account.NormalizedEmail;
        var email = account.Email;
        account.Anonymise(now);
        grants.ForEach(grant => grant.Withdraw(now, accountId, "account deleted"));
        foreach (var proof in await db.Set<ResidenceVerification>().Where(proof => proof.AccountId == accountId && proof.EndedAt == null).ToListAsync(cancel))
        {
            proof.End(now);
        }

        audit.Record("account.deleted", $"account:{accountId}", new { });
        await db.SaveChangesAsync(cancel);
        await db.Set<SignInSession>().Where(session => session.AccountId == accountId).ExecuteDeleteAsync(cancel);
        await db.Set<SignInLink>().Where(link => link.NormalizedEmail == normalized).ExecuteDeleteAsync(cancel);
        await db.Set<ResidenceLetter>().Where(letter => letter.AccountId == accountId).ExecuteDeleteAsync(cancel);
        await db.Set<OutboxMessage>().Where(message => message.Recipient == email).ExecuteDeleteAsync(cancel);
        await db.Set<IdentityUserPasskey<Guid>>().Where(passkey => passkey.UserId == accountId).ExecuteDeleteAsync(cancel);
        await db.UserTokens.Where(token => token.UserId == accountId).ExecuteDeleteAsync(cancel);
        await db.UserLogins.Where(login => login.UserId == accountId).ExecuteDeleteAsync(cancel);
        await db.UserClaims.Where(claim => claim.UserId == accountId).ExecuteDeleteAsync(cancel);
        await transaction.CommitAsync(cancel);
        return DeleteAccountResult.Deleted;
    }
}
