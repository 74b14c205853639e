using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Demo;

/// <summary>An invented person through whose eyes one looks at the demonstration city.</summary>
/// <param name="Part">What the person is, as <c>./run</c> prints it.</param>
public sealed record Persona(string Part, string Name, string Email, string? Home, Role? Holds, string Scope = "")
{
    public static readonly IReadOnlyList<Persona> All =
    [
        new("inhabitant", "Inès Laborde", "ines@agen.example", Home: null, Holds: null),
        new("verified inhabitant", "Marcel Cazeneuve", "marcel@agen.example", Home: "Q14", Holds: null),
        new("councillor", "Nadia Benali", "nadia@agen.example", Home: "Q14", Role.Councillor, "Q14"),
        new("officer", "Hugo Lafitte", "hugo@agen.example", Home: null, Role.Officer, "Vie des quartiers"),
        new("mayor", "Claire Darmagnac", "claire@agen.example", Home: "Q01", Role.Mayor),
        new("facilitator", "Théo Vidal", "theo@agen.example", Home: null, Role.Facilitator),
        new("administrator", "Aïcha Moreau", "aicha@agen.example", Home: null, Role.Administrator),
    ];
}

/// <summary>The demonstration city's people.</summary>
public sealed class PersonasDemo(CityDbContext db, UserManager<Account> accounts, AuditTrail audit, TimeProvider clock) : DemoData
{
    public override async Task LoadAsync(string folder, CancellationToken cancel)
    {
        foreach (var persona in Persona.All)
        {
            if (await accounts.FindByEmailAsync(persona.Email) is not null)
            {
                continue;
            }

            var now = clock.GetUtcNow();
            var account = Account.Create(persona.Email, persona.Name, "fr", now);
            audit.Record("account.created", $"account:{account.Id}", new { by = "demonstration" });
            var created = await accounts.CreateAsync(account);
            if (!created.Succeeded)
            {
                throw new InvalidOperationException(string.Join(' ', created.Errors.Select(error => error.Description)));
            }

            if (persona.Holds is { } role)
            {
                db.Add(new RoleGrant { Id = Guid.CreateVersion7(now), AccountId = account.Id, Role = role, Scope = persona.Scope, ValidFrom = now, ValidUntil = null, Reason = "Demonstration", GrantedById = null, GrantedAt = now });
                audit.Record("role.granted", $"account:{account.Id}", new { role = role.ToString(), scope = persona.Scope });
            }

            if (persona.Home is { } home)
            {
                db.Add(new ResidenceVerification { Id = Guid.CreateVersion7(now), AccountId = account.Id, NeighbourhoodCode = home, Proof = ResidenceProof.Letter, VerifiedById = null, VerifiedAt = now });
                audit.Record("residence.verified", $"account:{account.Id}", new { neighbourhood = home, proof = nameof(ResidenceProof.Letter) });
            }

            await db.SaveChangesAsync(cancel);
        }
    }
}

/// <summary>Says on the terminal where the site is served and, for a demonstration city, how to enter it as each persona.</summary>
public static class ReadyLines
{
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(7);

    public static void PrintWhenServing(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        if (address is null)
        {
            return;
        }

        Console.WriteLine($"Ready: {address}");
        foreach (var (persona, token) in app.Services.GetRequiredService<PersonaLinks>().Tokens)
        {
            Console.WriteLine($"  {persona.Part,-20} {persona.Name,-18} {address}/account/sign-in/link?token={token}");
        }
    });

    /// <summary>New links for this start; those of an earlier start no longer work.</summary>
    public static async Task MakePersonaLinksAsync(this IServiceProvider services, CancellationToken cancel)
    {
        var cities = services.GetRequiredService<CityDirectory>().All;
        if (cities.FirstOrDefault(city => city.IsDemonstration) is not { } city)
        {
            return;
        }

        await using var scope = services.CreateCityScope(city);
        var db = scope.ServiceProvider.GetRequiredService<CityDbContext>();
        var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        await db.Set<SignInLink>().Where(link => link.IsDemonstration).ExecuteDeleteAsync(cancel);
        var links = services.GetRequiredService<PersonaLinks>();
        foreach (var persona in Persona.All)
        {
            var token = SignInLink.NewToken();
            db.Add(new SignInLink
            {
                Id = Guid.CreateVersion7(now),
                Email = persona.Email,
                NormalizedEmail = persona.Email.ToUpperInvariant(),
                TokenHash = SignInLink.HashOf(token),
                ReturnPath = "/account",
                CreatedAt = now,
                ExpiresAt = now + LinkLifetime,
                IsDemonstration = true,
            });
            links.Tokens.Add((persona, token));
        }

        await db.SaveChangesAsync(cancel);
    }
}

/// <summary>The personas' tokens of this start, in memory until they are printed.</summary>
public sealed class PersonaLinks
{
    public List<(Persona Persona, string Token)> Tokens { get; } = [];
}

public static class PersonasModule
{
    public static void AddPersonas(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PersonaLinks>();
        builder.Services.AddDemoData<PersonasDemo>();
    }
}
