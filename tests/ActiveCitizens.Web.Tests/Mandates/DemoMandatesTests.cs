using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Mandates;
using ActiveCitizens.Web.Features.MunicipalCouncil;
using ActiveCitizens.Web.Demo;
using ActiveCitizens.Web.Tests.Harness;
using ActiveCitizens.Web.Tests.Neighbourhoods;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.Mandates;

public sealed class DemoMandatesTests
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)] // B1, B4, B8
    public async Task The_demonstration_shows_three_mandates_with_their_deliberations(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var anonymous = city.Anonymous();
        var list = await anonymous.ReadAsync("/mandates");
        Assert.Equal(["Mandat de 2008", "Mandat de 2014", "Mandat de 2020"], list.QuerySelectorAll("main h2").Select(title => title.TextContent));
        Assert.Equal(["Achevé", "Achevé", "En cours"], list.QuerySelectorAll("main .card .status:first-child").Select(state => state.TextContent));
        Assert.Equal(4, (await city.SignedIn(Role.Administrator).ReadAsync("/mandates")).QuerySelectorAll("main h2").Length);
        var mandates = city.InDb(db => db.Set<Mandate>().OrderBy(mandate => mandate.StartsOn).ToListAsync());
        Assert.All(mandates, mandate => Assert.Equal(mandate.StartsOn.AddYears(6), mandate.EndsOn));
        Assert.All(mandates.Take(3), mandate => Assert.NotNull(mandate.OpenedById));
        Assert.Equal([500_000_00, 600_000_00, 375_000_00, 375_000_00], mandates.Select(mandate => mandate.EnvelopePerCouncilCents));

        Assert.DoesNotContain("Transition écologique", CityBrowser.TextOf(await anonymous.ReadAsync("/mandates/2014")), StringComparison.Ordinal);
        foreach (var (page, act2020) in new[] { ("/en/mandates/2020", "/en/deliberations/2020/123"), ("/signing-authorisations", "/deliberations/2020/124") })
        {
            Assert.Contains(act2020, (await anonymous.ReadAsync(page)).QuerySelectorAll("main a").Select(link => link.GetAttribute("href")));
        }

        var latest = CityBrowser.TextOf(await anonymous.ReadAsync("/mandates/2020"));
        Assert.All(["Transition écologique", "Animation des quartiers", "Lutte contre l’isolement social", "375 000 €"], words => Assert.Contains(words, latest.Replace('\u00A0', ' ').Replace('\u202F', ' '), StringComparison.Ordinal));
        var act = CityBrowser.TextOf(await anonymous.ReadAsync("/deliberations/2014/96"));
        Assert.Contains("Elle clôt", act, StringComparison.Ordinal);
        Assert.Contains("Elle ouvre, par renouvellement,", act, StringComparison.Ordinal);
        Assert.Contains("Données illustratives", act, StringComparison.Ordinal);
        Assert.Contains("Claire Darmagnac", CityBrowser.TextOf(await anonymous.ReadAsync("/signing-authorisations")), StringComparison.Ordinal);

        // A restart changes nothing.
        city.InScope(services => services.GetServices<DemoData>().OfType<MandatesDemo>().Single().LoadAsync(DemoTerritories.Folder, CancellationToken.None));
        Assert.Equal(8, city.InDb(db => db.Set<Deliberation>().CountAsync()));
        Assert.Equal(4, city.InDb(db => db.Set<Mandate>().CountAsync()));
    }

    [Fact]
    public async Task Both_languages_show_every_page()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var administrator = city.SignedIn(Role.Administrator);
        var draft = city.InDb(db => db.Set<Mandate>().SingleAsync(mandate => mandate.OpenedById == null));
        var act = city.InDb(db => db.Set<Deliberation>().FirstAsync(one => one.Year == 2020));
        foreach (var path in new[] { "/deliberations", "/deliberations/2008/71", "/signing-authorisations", "/mandates", "/mandates/2008", "/mandates/2026", "/administration/deliberations", $"/administration/deliberations/{act.Id}", "/administration/mandates", $"/administration/mandates/{draft.Id}", $"/administration/mandates/{draft.Id}/edit" })
        {
            foreach (var (prefix, language) in new[] { ("", "fr"), ("/en", "en") })
            {
                var page = await administrator.ReadAsync(prefix + path);
                Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
                Assert.Single(page.QuerySelectorAll("h1"));
                Assert.All(page.QuerySelectorAll("main table th"), cell => Assert.Contains(cell.GetAttribute("scope"), new[] { "col", "row" }));
                var ids = page.QuerySelectorAll("[id]").Select(element => element.Id).ToList();
                Assert.Equal(ids.Count, ids.Distinct().Count());
            }
        }
    }
}
