using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Persistence;

namespace ActiveCitizens.Web.Features.Accounts;

public static class AccountsModule
{
    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentActor>();
        services.AddScoped<AuditTrail>();
        services.AddIdentityCore<Account>(options =>
            {
                // Length beats composition (NIST SP 800-63B, 5.1.1.2).
                options.Password = new PasswordOptions { RequiredLength = 12, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false, RequiredUniqueChars = 5 };
                options.Lockout = new LockoutOptions { AllowedForNewUsers = true, MaxFailedAccessAttempts = 5, DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15) };
                options.User.RequireUniqueEmail = false;
            })
            .AddEntityFrameworkStores<CityDbContext>()
            .AddSignInManager()
            .AddDefaultTokenProviders()
            .AddTokenProvider<SingleUseAuthenticator>(TokenOptions.DefaultAuthenticatorProvider);
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddScoped<SessionCookieEvents>();
        services.ConfigureApplicationCookie(options =>
        {
            Harden(options.Cookie, "session");
            options.LoginPath = "/account/sign-in";
            options.AccessDeniedPath = "/errors/403";
            options.ReturnUrlParameter = "returnPath";
            options.ExpireTimeSpan = SignInSession.Lifetime;
            options.SlidingExpiration = false;
            options.EventsType = typeof(SessionCookieEvents);
        });
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, options =>
        {
            Harden(options.Cookie, "sign-in");
            options.ExpireTimeSpan = TimeSpan.FromMinutes(10);
        });
        services.AddAuthorization(Policies.Add);
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, MissingProofRedirect>();
        services.AddSingleton<IAuthorizationHandler, RecentSignInHandler>();
        services.AddScoped<SignInHandler>();
        services.AddScoped<SignInLinkHandler>();
        services.AddScoped<RoleHandler>();
        services.AddScoped<ResidenceHandler>();
        services.AddScoped<DeleteAccountHandler>();
    }

    private static void Harden(CookieBuilder cookie, string name)
    {
        cookie.Name = name;
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }
}
