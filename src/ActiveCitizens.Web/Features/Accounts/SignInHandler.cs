using System.Security.Claims;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Accounts;

public enum SignInOutcome { SignedIn, NeedsSecondFactor, LockedOut, WrongCode, Expired }

/// <summary>Opens and ends sessions; every way of signing in ends here.</summary>
public sealed class SignInHandler(CityDbContext db, UserManager<Account> accounts, AuditTrail audit, IHttpContextAccessor http, TimeProvider clock, City city)
{
    private HttpContext Context => http.HttpContext ?? throw new InvalidOperationException("Signing in needs a request.");

    /// <summary>After the first factor: opens the session, or remembers for ten minutes who must still give a code.</summary>
    public async Task<SignInOutcome> AfterFirstFactorAsync(Account account, SignInMethod method, CancellationToken cancel)
    {
        if (await accounts.IsLockedOutAsync(account))
        {
            return SignInOutcome.LockedOut;
        }

        if (!account.TwoFactorEnabled)
        {
            await OpenAsync(account, method, secondFactor: false, cancel);
            return SignInOutcome.SignedIn;
        }

        var pending = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, account.Id.ToString()), new(ClaimTypes.AuthenticationMethod, method.ToString())], IdentityConstants.TwoFactorUserIdScheme);
        await Context.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(pending));
        return SignInOutcome.NeedsSecondFactor;
    }

    /// <summary>Whether somebody has given a first factor and owes the second.</summary>
    public async Task<bool> IsPendingAsync() => await PendingAsync() is not null;

    /// <summary>A code of the authenticator app, or one of the recovery codes; wrong ones count towards the lock-out.</summary>
    public async Task<SignInOutcome> SecondFactorAsync(string code, CancellationToken cancel)
    {
        if (await PendingAsync() is not var (account, method))
        {
            return SignInOutcome.Expired;
        }

        if (await accounts.IsLockedOutAsync(account))
        {
            return SignInOutcome.LockedOut;
        }

        if (!await AcceptsCodeAsync(account, code))
        {
            await accounts.AccessFailedAsync(account);
            return await accounts.IsLockedOutAsync(account) ? SignInOutcome.LockedOut : SignInOutcome.WrongCode;
        }

        await accounts.ResetAccessFailedCountAsync(account);
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await OpenAsync(account, method, secondFactor: true, cancel);
        return SignInOutcome.SignedIn;
    }

    /// <summary>Starts a session in this browser.</summary>
    public async Task OpenAsync(Account account, SignInMethod method, bool secondFactor, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var session = new SignInSession
        {
            Id = Guid.CreateVersion7(now),
            AccountId = account.Id,
            Method = method,
            SecondFactor = secondFactor,
            Device = Device.Describe(Context.Request.Headers.UserAgent.ToString()),
            StartedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + SignInSession.Lifetime,
        };
        db.Add(session);
        audit.RecordAs(account.Id, "session.opened", $"account:{account.Id}", new { method = method.ToString(), secondFactor, city = city.Id });
        await db.SaveChangesAsync(cancel);
        await Context.SignInAsync(IdentityConstants.ApplicationScheme, SessionClaims.ForCookie(session), new AuthenticationProperties { IsPersistent = true, ExpiresUtc = session.ExpiresAt });
    }

    /// <summary>Ends this browser's session.</summary>
    public async Task SignOutAsync(CancellationToken cancel)
    {
        if (Context.User.SessionId() is { } id)
        {
            await EndAsync(session => session.Id == id, cancel);
        }

        await Context.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    /// <summary>Ends one session of an account, seen in its list.</summary>
    public Task EndSessionAsync(Guid accountId, Guid sessionId, CancellationToken cancel) => EndAsync(session => session.AccountId == accountId && session.Id == sessionId, cancel);

    /// <summary>Ends all sessions of an account but, if given, the one that asks.</summary>
    public Task EndAllAsync(Guid accountId, Guid? except, CancellationToken cancel) => EndAsync(session => session.AccountId == accountId && session.Id != except, cancel);

    private async Task EndAsync(System.Linq.Expressions.Expression<Func<SignInSession, bool>> which, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        foreach (var session in await db.Set<SignInSession>().Where(which).Where(session => session.EndedAt == null).ToListAsync(cancel))
        {
            session.End(now);
            audit.Record("session.ended", $"account:{session.AccountId}", new { session = session.Id });
        }

        await db.SaveChangesAsync(cancel);
    }

    private async Task<bool> AcceptsCodeAsync(Account account, string code)
    {
        var typed = code.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        if (typed.Length == 6 && typed.All(char.IsAsciiDigit))
        {
            return await accounts.VerifyTwoFactorTokenAsync(account, accounts.Options.Tokens.AuthenticatorTokenProvider, typed);
        }

        // Identity's recovery codes are five, a hyphen, five.
        return typed.Length == 10 && (await accounts.RedeemTwoFactorRecoveryCodeAsync(account, $"{typed[..5]}-{typed[5..]}".ToUpperInvariant())).Succeeded;
    }

    private async Task<(Account Account, SignInMethod Method)?> PendingAsync()
    {
        var pending = (await Context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal;
        return pending?.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && Enum.TryParse<SignInMethod>(pending.FindFirstValue(ClaimTypes.AuthenticationMethod), out var method)
            && await accounts.FindByIdAsync(id) is { DeletedAt: null } account
            ? (account, method)
            : null;
    }
}

/// <summary>A browser's own description in a few words a person recognises in a list.</summary>
public static class Device
{
    private static readonly (string Mark, string Name)[] Browsers = [("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    private static readonly (string Mark, string Name)[] Systems = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("Linux", "Linux")];

    public static string Describe(string userAgent)
    {
        var browser = Browsers.FirstOrDefault(known => userAgent.Contains(known.Mark, StringComparison.Ordinal)).Name;
        var system = Systems.FirstOrDefault(known => userAgent.Contains(known.Mark, StringComparison.Ordinal)).Name;
        return string.Join(", ", new[] { browser, system }.Where(part => part is not null)) is { Length: > 0 } known ? known : "?";
    }
}
