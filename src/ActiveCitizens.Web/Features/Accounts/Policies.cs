using Microsoft.AspNetCore.Authorization;

namespace ActiveCitizens.Web.Features.Accounts;

/// <summary>
/// Who may open a page or act: <c>[Authorize(Policy = Policies.Administrator)]</c> on the page model. A staff role counts only in a
/// session with a second factor.
/// </summary>
public static class Policies
{
    public const string SignedIn = nameof(SignedIn);

    /// <summary>Signed in less than half an hour ago: for what a stranger at an open browser must not do.</summary>
    public const string RecentlySignedIn = nameof(RecentlySignedIn);
    public const string VerifiedResident = nameof(VerifiedResident);
    public const string Officer = nameof(Officer);
    public const string Administrator = nameof(Administrator);

    /// <summary>Keeps the municipal council's register: records, transmits and posts deliberations.</summary>
    public const string MunicipalRegister = nameof(MunicipalRegister);

    /// <summary>Keeps the papers of a neighbourhood council; of which one, the page asks.</summary>
    public const string CouncilPapers = nameof(CouncilPapers);

    /// <summary>Sets elections up, keeps their rolls and decides on candidacies.</summary>
    public const string ElectionOffice = nameof(ElectionOffice);

    public static void Add(AuthorizationOptions options)
    {
        options.AddPolicy(SignedIn, policy => policy.RequireAuthenticatedUser());
        options.AddPolicy(RecentlySignedIn, policy => policy.RequireAuthenticatedUser().AddRequirements(new RecentSignInRequirement()));
        options.AddPolicy(VerifiedResident, policy => policy.RequireRole(nameof(Role.VerifiedResident)));
        options.AddPolicy(Officer, policy => Staff(policy, Role.Officer));
        options.AddPolicy(Administrator, policy => Staff(policy, Role.Administrator));
        options.AddPolicy(MunicipalRegister, policy => Staff(policy, Role.Administrator, Role.Mayor));
        options.AddPolicy(ElectionOffice, policy => Staff(policy, Role.Officer, Role.Administrator));
        options.AddPolicy(CouncilPapers, policy => policy.RequireRole(nameof(Role.Councillor), nameof(Role.Administrator)).AddRequirements(new SecondFactorRequirement { SparesCouncillors = true }));
    }

    private static void Staff(AuthorizationPolicyBuilder policy, params Role[] roles) =>
        policy.RequireRole(roles.Select(role => role.ToString())).AddRequirements(new SecondFactorRequirement());
}

/// <summary>The session was opened with a second factor or a passkey.</summary>
public sealed class SecondFactorRequirement : AuthorizationHandler<SecondFactorRequirement>, IAuthorizationRequirement
{
    public const string Claim = "second-factor";

    /// <summary>Councillors are no staff: they come in without one.</summary>
    public bool SparesCouncillors { get; init; }

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, SecondFactorRequirement requirement)
    {
        if (context.User.HasClaim(Claim, "true") || (requirement.SparesCouncillors && context.User.Holds(Role.Councillor)))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}

/// <summary>The session was opened less than half an hour ago.</summary>
public sealed class RecentSignInRequirement : IAuthorizationRequirement
{
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(30);
}

internal sealed class RecentSignInHandler(TimeProvider clock) : AuthorizationHandler<RecentSignInRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RecentSignInRequirement requirement)
    {
        if (context.User.SignedInAt() is { } at && clock.GetUtcNow() - at < RecentSignInRequirement.Within)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
