using System.Net;
using System.Text;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.Neighbourhoods;

public sealed class ReplaceTerritoriesTests
{
    private const string Page = "/administration/territories";

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_gap_is_refused_on_both_databases(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var file = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(DemoTerritories.Territories).Replace("[0.6218, 44.2092], [0.61539", "[0.6188, 44.2092], [0.61539", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(city.SignedIn(Role.Administrator), file)).StatusCode);
        AssertNothingStored(city);
    }

    [Fact]
    public async Task A_file_of_100_megabytes_is_refused_in_words()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var response = await SendAsync(city.SignedIn(Role.Administrator), new byte[100_000_000]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("Le fichier fait 100,0 Mo", Plain(await CityBrowser.ParseAsync(response)), StringComparison.Ordinal);
        AssertNothingStored(city);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task New_territories_are_previewed_then_applied_in_one_step_and_the_old_ones_stay_as_history(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var admin = city.SignedIn(Role.Administrator);
        var visitor = city.Anonymous();
        Assert.Contains("Le Gravier", CityBrowser.TextOf(await visitor.ReadAsync("/neighbourhoods")), StringComparison.Ordinal);

        var preview = await Preview(admin, Changed());
        AssertNothingStored(city, drafts: 1);
        var shown = Plain(await admin.ReadAsync(preview));
        Assert.Contains("Nom : Le Gravier → Gravier et Péristyle", shown, StringComparison.Ordinal);
        Assert.Contains("Q07 – La Villette – La Salève Supprimé", shown, StringComparison.Ordinal);
        Assert.Contains("Q77 – La Villette – La Salève Ajouté", shown, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync($"{preview}?handler=map")).StatusCode);

        Assert.Equal(HttpStatusCode.Redirect, (await admin.FillAndPostAsync(preview, new Dictionary<string, string>())).StatusCode);
        Assert.Contains("Les nouveaux territoires sont en vigueur", Plain(await admin.ReadAsync(Page)), StringComparison.Ordinal);
        Assert.Equal(2, city.InDb(db => db.Set<TerritoryVersion>().CountAsync()));
        Assert.Equal(46, city.InDb(db => db.Set<Neighbourhood>().CountAsync()));
        Assert.Equal(0, city.InDb(db => db.Set<TerritoryDraft>().CountAsync()));
        var entry = city.InDb(db => db.Set<AuditEntry>().SingleAsync(entry => entry.Subject == "territories:2"));
        Assert.Equal(admin.Account!.Id, entry.ActorId);
        Assert.Contains("\"added\":\"Q77\",\"removed\":\"Q07\",\"changed\":\"Q03\"", entry.Details, StringComparison.Ordinal);

        // The cached list is gone, the code of a removed neighbourhood still leads to its page, its old name to its new address.
        var list = CityBrowser.TextOf(await visitor.ReadAsync("/neighbourhoods"));
        Assert.Contains("Gravier et Péristyle", list, StringComparison.Ordinal);
        Assert.Contains("Ce quartier n’existe plus", Plain(await visitor.ReadAsync("/neighbourhoods/q07-la-villette-la-saleve")), StringComparison.Ordinal);
        Assert.Equal("/neighbourhoods/q03-gravier-et-peristyle", (await visitor.GetAsync("/neighbourhoods/q03-le-gravier")).Headers.Location!.OriginalString);
        Assert.Equal("Q77", await LocateAsync(city, 0.63955, 44.20708));
        Assert.Contains("Le Gravier", await (await visitor.GetAsync("/open-data/neighbourhoods.geojson?version=1")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Ten_clicks_at_once_apply_a_draft_once(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var admin = city.SignedIn(Role.Administrator);
        var preview = await Preview(admin, Changed());
        var page = await admin.ReadAsync(preview);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => admin.PostAsync(page, preview, new Dictionary<string, string>())));
        Assert.Single(answers, answer => answer is { StatusCode: HttpStatusCode.Redirect } && !answer.Headers.Location!.OriginalString.Contains("overtaken", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(2, city.InDb(db => db.Set<TerritoryVersion>().CountAsync()));
        Assert.Equal(1, city.InDb(db => db.Set<AuditEntry>().CountAsync(entry => entry.Subject == "territories:2")));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_draft_made_against_older_territories_is_not_applied(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var (first, second) = (city.SignedIn(Role.Administrator), city.SignedIn(Role.Administrator));
        var (one, two) = (await Preview(first, Changed()), await Preview(second, DemoTerritories.Territories));
        var seen = await second.ReadAsync(two);
        Assert.Equal(HttpStatusCode.NotFound, (await second.GetAsync(one)).StatusCode);
        await first.FillAndPostAsync(one, new Dictionary<string, string>());
        var late = await second.PostAsync(seen, two, new Dictionary<string, string>());
        Assert.Contains("overtaken", late.Headers.Location!.OriginalString, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Rien n’a été appliqué", Plain(await second.ReadAsync(late.Headers.Location!.OriginalString)), StringComparison.Ordinal);
        Assert.Equal(2, city.InDb(db => db.Set<TerritoryVersion>().CountAsync()));
    }

    [Fact]
    public async Task A_draft_expires_after_a_day()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var admin = city.SignedIn(Role.Administrator);
        var preview = await Preview(admin, Changed());
        var page = await admin.ReadAsync(preview);
        city.Clock.Advance(TerritoryDraft.Lifetime);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(preview)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync(page, preview, new Dictionary<string, string>())).StatusCode);
        Assert.Equal(1, city.InDb(db => db.Set<TerritoryVersion>().CountAsync()));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_city_s_first_territories_need_its_outline(Database database)
    {
        await using var city = new CityFactory(database);
        var admin = city.SignedIn(Role.Administrator);
        var refused = await SendAsync(admin, DemoTerritories.Territories);
        Assert.Contains("pas encore de contour", Plain(await CityBrowser.ParseAsync(refused)), StringComparison.Ordinal);
        var accepted = await SendAsync(admin, DemoTerritories.Territories, DemoTerritories.OutlineFile);
        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
        await admin.FillAndPostAsync(accepted.Headers.Location!.OriginalString, new Dictionary<string, string>());
        Assert.Equal(23, city.InDb(db => db.Set<Neighbourhood>().CountAsync()));
        Assert.Contains("Un seul objet est attendu", Plain(await CityBrowser.ParseAsync(await SendAsync(admin, DemoTerritories.Territories, DemoTerritories.Territories))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_file_or_source_says_what_to_do()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var response = await city.SignedIn(Role.Administrator).FillAndPostAsync(Page, new Dictionary<string, string>(), files: new Dictionary<string, (string, byte[])>());
        var text = Plain(await CityBrowser.ParseAsync(response));
        Assert.Contains("Choisissez le fichier GeoJSON", text, StringComparison.Ordinal);
        Assert.Contains("Dites qui a tracé ces limites", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Page)]
    [InlineData("/administration/territories/019ab000-0000-7000-8000-000000000000")]
    [InlineData("/administration/addresses")]
    [InlineData("/administration/addresses/019ab000-0000-7000-8000-000000000000")]
    public async Task Only_administrators_enter(string path)
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        Assert.StartsWith("/account/sign-in", (await city.Anonymous().GetAsync(path)).Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        foreach (var role in new[] { Role.VerifiedResident, Role.Councillor, Role.Officer, Role.Mayor, Role.Facilitator })
        {
            Assert.NotEqual(HttpStatusCode.OK, (await city.SignedIn(role).GetAsync(path)).StatusCode);
        }

        Assert.Equal(path.Length > 40 ? HttpStatusCode.NotFound : HttpStatusCode.OK, (await city.SignedIn(Role.Administrator).GetAsync(path)).StatusCode);
    }

    [Fact]
    public async Task A_post_without_the_form_s_token_is_refused()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        using var form = new MultipartFormDataContent { { new StringContent("source"), "Input.Source" }, { new ByteArrayContent(DemoTerritories.Territories), "Input.Territories", "t.geojson" } };
        Assert.Equal(HttpStatusCode.BadRequest, (await city.SignedIn(Role.Administrator).Http.PostAsync(new Uri(Page, UriKind.Relative), form)).StatusCode);
        AssertNothingStored(city);
    }

    private static byte[] Changed() => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(DemoTerritories.Territories)
        .Replace("\"code\": \"Q07\"", "\"code\": \"Q77\"", StringComparison.Ordinal)
        .Replace("\"name\": \"Le Gravier\"", "\"name\": \"Gravier et Péristyle\"", StringComparison.Ordinal));

    private static async Task<string> Preview(CityBrowser admin, byte[] file)
    {
        var sent = await SendAsync(admin, file);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        return sent.Headers.Location!.OriginalString;
    }

    private static Task<HttpResponseMessage> SendAsync(CityBrowser admin, byte[] file, byte[]? outline = null)
    {
        var files = new Dictionary<string, (string, byte[])> { ["Territories"] = ("quartiers.geojson", file) };
        if (outline is not null)
        {
            files["Outline"] = ("commune.geojson", outline);
        }

        return admin.FillAndPostAsync(Page, new Dictionary<string, string> { ["Source"] = "Ville d’Agen, Licence Ouverte 2.0" }, files: files);
    }

    private static void AssertNothingStored(CityFactory city, int drafts = 0)
    {
        Assert.Equal(1, city.InDb(db => db.Set<TerritoryVersion>().CountAsync()));
        Assert.Equal(23, city.InDb(db => db.Set<Neighbourhood>().CountAsync()));
        Assert.Equal(drafts, city.InDb(db => db.Set<TerritoryDraft>().CountAsync()));
    }

    private static Task<string?> LocateAsync(CityFactory city, double longitude, double latitude)
    {
        string? code = null;
        city.InScope(async services => code = (await services.GetRequiredService<NeighbourhoodDirectory>().LocateAsync(longitude, latitude, default))?.Code);
        return Task.FromResult(code);
    }

    private static string Plain(AngleSharp.Html.Dom.IHtmlDocument page) => CityBrowser.TextOf(page).Replace('\u00A0', ' ').Replace('\u202F', ' ');
}
