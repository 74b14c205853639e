using ActiveCitizens.Web.Features.MunicipalCouncil;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Tests.MunicipalCouncil;

/// <summary>Deliberations for tests: 39 members in office, 30 present, 5 proxies, unless a test says otherwise.</summary>
internal static class Acts
{
    public static readonly DeliberationVote Unanimous = new(InOffice: 39, Present: 30, Proxies: 5, For: 35, Against: 0, Abstentions: 0, NonVoting: 0, IsSecretBallot: false, Casting: null);
    public static readonly DeliberationVote Lost = Unanimous with { For = 10, Against = 25 };

    private static int _last;

    public static DeliberationContent Content(int? number = null, DateOnly? day = null, string subject = "Conseils de quartier", string text = "Le conseil municipal décide.", DeliberationVote? vote = null, Guid? amends = null) =>
        new(number ?? Interlocked.Increment(ref _last) + 100, day ?? new DateOnly(2026, 11, 16), subject, "Jeanne Vidal", text, vote ?? Unanimous, amends);

    /// <summary>A draft; the one of that number when it is there already.</summary>
    public static Deliberation Add(CityFactory city, DeliberationContent content)
    {
        if (city.InDb(db => db.Set<Deliberation>().AsNoTracking().SingleOrDefaultAsync(act => act.Year == content.SessionDate.Year && act.Number == content.Number)) is { } known)
        {
            return known;
        }

        var act = Deliberation.Record(content, by: null, city.Clock.GetUtcNow());
        city.InDb(async db =>
        {
            db.Add(act);
            await db.SaveChangesAsync();
        });
        return act;
    }

    public static Deliberation AddPosted(CityFactory city, DeliberationContent? content = null)
    {
        var act = Deliberation.Record(content ?? Content(), by: null, city.Clock.GetUtcNow());
        act.Post(act.SessionDate.AddDays(2), city.Clock.GetUtcNow());
        city.InDb(async db =>
        {
            db.Add(act);
            await db.SaveChangesAsync();
        });
        return act;
    }

    public static SigningAuthorisation Authorise(CityFactory city, Guid deliberationId, DateOnly? from = null, DateOnly? until = null)
    {
        var now = city.Clock.GetUtcNow();
        var given = new SigningAuthorisation
        {
            Id = Guid.CreateVersion7(now), DeliberationId = deliberationId, Subject = SigningSubject.NeighbourhoodContracts, OfficialName = "Claire Darmagnac", OfficialFunction = "Maire", AccountId = null,
            From = from ?? new DateOnly(2026, 11, 16), Until = until, RecordedById = null, RecordedAt = now,
        };
        city.InDb(async db =>
        {
            db.Add(given);
            await db.SaveChangesAsync();
        });
        return given;
    }

    public static string AuthorisationPath(CityFactory city)
    {
        var act = AddPosted(city);
        return $"administration/deliberations/{act.Id}/end/{Authorise(city, act.Id).Id}";
    }
}
