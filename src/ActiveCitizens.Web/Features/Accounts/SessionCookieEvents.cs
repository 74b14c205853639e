using System.Globalization;
using System.Security.Claims;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Accounts;

/// <summary>Claims of a signed-in person, read from the city's database at every request: what ended a minute ago no longer counts.</summary>
public static class SessionClaims
{
    public const string Session = "session";
    public const string StartedAt = "started-at";
    public const string Neighbourhood = "neighbourhood";
    public const string CouncillorOf = "councillor-of";

    public static Guid? AccountId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    public static Guid? SessionId(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(Session), out var id) ? id : null;

    public static DateTimeOffset? SignedInAt(this ClaimsPrincipal user) =>
        DateTimeOffset.TryParse(user.FindFirstValue(StartedAt), CultureInfo.InvariantCulture, out var at) ? at : null;

    public static bool Holds(this ClaimsPrincipal user, Role role) => user.IsInRole(role.ToString());

    /// <summary>What the cookie carries: which session of which account, nothing else.</summary>
    public static ClaimsPrincipal ForCookie(SignInSession session) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, session.AccountId.ToString()), new(Session, session.Id.ToString())], IdentityConstants.ApplicationScheme));
}

/// <summary>Checks the session behind the cookie and puts today's rights into the request.</summary>
public sealed class SessionCookieEvents(CityDbContext db, TimeProvider clock) : CookieAuthenticationEvents
{
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var now = clock.GetUtcNow();
        var cancel = context.HttpContext.RequestAborted;
        var (sessionId, accountId) = (context.Principal?.SessionId(), context.Principal?.AccountId());
        var found = await (
            from session in db.Set<SignInSession>().AsNoTracking()
            join account in db.Users.AsNoTracking() on session.AccountId equals account.Id
            where session.Id == sessionId && session.AccountId == accountId && account.DeletedAt == null
            select new
            {
                Session = session,
                account.DisplayName,
                Grants = db.Set<RoleGrant>().Where(grant => grant.AccountId == account.Id && grant.WithdrawnAt == null).ToList(),
                Neighbourhood = db.Set<ResidenceVerification>().Where(proof => proof.AccountId == account.Id && proof.EndedAt == null).Select(proof => proof.NeighbourhoodCode).FirstOrDefault(),
            }).SingleOrDefaultAsync(cancel);
        if (found is null || !found.Session.IsOpenAt(now))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }

        var identity = new ClaimsIdentity(context.Principal!.Claims, IdentityConstants.ApplicationScheme);
        identity.AddClaim(new Claim(ClaimTypes.Name, found.DisplayName ?? ""));
        identity.AddClaim(new Claim(SessionClaims.StartedAt, found.Session.StartedAt.ToString("O", CultureInfo.InvariantCulture)));
        foreach (var grant in found.Grants.Where(grant => grant.HoldsAt(now)))
        {
            identity.AddClaim(new Claim(ClaimTypes.Role, grant.Role.ToString()));
            if (grant.Role == Role.Councillor)
            {
                identity.AddClaim(new Claim(SessionClaims.CouncillorOf, grant.Scope));
            }
        }

        if (found.Neighbourhood is not null)
        {
            identity.AddClaim(new Claim(ClaimTypes.Role, nameof(Role.VerifiedResident)));
            identity.AddClaim(new Claim(SessionClaims.Neighbourhood, found.Neighbourhood));
        }

        if (found.Session.SecondFactor)
        {
            identity.AddClaim(new Claim(SecondFactorRequirement.Claim, "true"));
        }

        context.ReplacePrincipal(new ClaimsPrincipal(identity));
        if (now - found.Session.LastSeenAt > SeenEvery)
        {
            await db.Set<SignInSession>().Where(session => session.Id == sessionId)
                .ExecuteUpdateAsync(set => set.SetProperty(session => session.LastSeenAt, now), cancel);
        }
    }

    // The path base carries the language; the framework adds it to the paths below by itself.
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}

/// <summary>Who lacks only a second factor, or only a recent sign-in, is led to it instead of being told "forbidden".</summary>
public sealed class MissingProofRedirect : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _default = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult is { Forbidden: true, AuthorizationFailure: { } failure } && HttpMethods.IsGet(context.Request.Method)
            && failure.FailedRequirements.All(missing => missing is SecondFactorRequirement or RecentSignInRequirement))
        {
            var page = failure.FailedRequirements.Any(missing => missing is SecondFactorRequirement) ? "/account/second-factor" : "/account/sign-in/again";
            context.Response.Redirect($"{context.Request.PathBase}{page}?returnPath={Uri.EscapeDataString(context.Request.PathBase + context.Request.Path)}");
            return Task.CompletedTask;
        }

        return _default.HandleAsync(next, context, policy, authorizeResult);
    }
}
