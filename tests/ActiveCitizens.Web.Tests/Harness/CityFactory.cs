using System.Net;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ActiveCitizens.Web.Tests.Harness;

/// <summary>The site of a test city, in process, on a fresh database, with a clock the test moves. Jobs run only when asked for.</summary>
public sealed class CityFactory : WebApplicationFactory<Program>
{
    private readonly TestDatabase _database;
    private readonly Dictionary<string, string> _settings;

    public CityFactory(Database database, bool demonstration = false, string environment = "Production", Dictionary<string, string>? settings = null)
    {
        _database = TestDatabase.Create(database);
        _settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["environment"] = environment,
            ["Cities:0:Id"] = "agen",
            ["Cities:0:Name"] = "Agen",
            ["Cities:0:IsDemonstration"] = demonstration.ToString(),
            ["Cities:0:Database:Provider"] = _database.Provider.ToString(),
            ["Cities:0:Database:ConnectionString"] = _database.ConnectionString,
            ["Jobs:Enabled"] = "false",
            ["RateLimits:PostsPerMinute"] = "100000",
            ["RateLimits:SignInPostsPerMinute"] = "100000",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        foreach (var (key, value) in settings ?? [])
        {
            _settings[key] = value;
        }
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero));

    public City City => Services.GetRequiredService<CityDirectory>().All[0];

    /// <summary>A browser with no session.</summary>
    public CityBrowser Anonymous() => new(this);

    /// <summary>A browser in which a new account with these roles is signed in; staff with their second factor.</summary>
    public CityBrowser SignedIn(params Role[] roles) => SignedInAs(AddAccount(roles: roles), secondFactor: roles.Any(Roles.Staff.Contains));

    public CityBrowser SignedInAs(Account account, bool secondFactor = false)
    {
        var now = Clock.GetUtcNow();
        var session = new SignInSession
        {
            Id = Guid.CreateVersion7(now),
            AccountId = account.Id,
            Method = SignInMethod.EmailLink,
            SecondFactor = secondFactor,
            Device = "Firefox, Linux",
            StartedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + SignInSession.Lifetime,
        };
        InDb(async db =>
        {
            db.Add(session);
            await db.SaveChangesAsync();
        });
        var cookie = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var ticket = new AuthenticationTicket(SessionClaims.ForCookie(session), new AuthenticationProperties { ExpiresUtc = session.ExpiresAt }, IdentityConstants.ApplicationScheme);
        return new CityBrowser(this, account, new Cookie(cookie.Cookie.Name!, cookie.TicketDataFormat.Protect(ticket), "/", "localhost"));
    }

    public Account AddAccount(string? email = null, string name = "Camille Dupont", params Role[] roles)
    {
        var now = Clock.GetUtcNow();
        email ??= $"{Guid.NewGuid():N}@example.org";
        var account = Account.Create(email, name, "fr", now);
        InScope(async services =>
        {
            var created = await services.GetRequiredService<UserManager<Account>>().CreateAsync(account);
            Assert.True(created.Succeeded, string.Join(' ', created.Errors.Select(error => error.Description)));
            var db = services.GetRequiredService<CityDbContext>();
            foreach (var role in roles.Where(role => role != Role.VerifiedResident))
            {
                db.Add(new RoleGrant { Id = Guid.CreateVersion7(now), AccountId = account.Id, Role = role, Scope = role == Role.Councillor ? "Q14" : "", ValidFrom = now, ValidUntil = null, Reason = "test", GrantedById = null, GrantedAt = now });
            }

            if (roles.Contains(Role.VerifiedResident))
            {
                db.Add(new ResidenceVerification { Id = Guid.CreateVersion7(now), AccountId = account.Id, NeighbourhoodCode = "Q14", Proof = ResidenceProof.Letter, VerifiedById = null, VerifiedAt = now });
            }

            await db.SaveChangesAsync();
        });
        return account;
    }

    public void InScope(Func<IServiceProvider, Task> act) => Task.Run(async () =>
    {
        await using var scope = Services.CreateCityScope(City);
        await act(scope.ServiceProvider);
    }).GetAwaiter().GetResult();

    public void InDb(Func<CityDbContext, Task> act) => InScope(services => act(services.GetRequiredService<CityDbContext>()));

    public T InDb<T>(Func<CityDbContext, Task<T>> ask)
    {
        T answer = default!;
        InDb(async db => { answer = await ask(db); });
        return answer;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)));
    }
}
