using System.Net;
using System.Text;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Features.Neighbourhoods.DownloadNeighbourhoods;
using ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;
using ActiveCitizens.Web.Tests.Harness;

namespace ActiveCitizens.Web.Tests.Neighbourhoods;

public sealed class PublicPagesTests
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_neighbourhoods_are_listed_with_their_totals_and_say_that_they_are_illustrative(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var browser = city.Anonymous();
        var page = await browser.ReadAsync("/neighbourhoods");
        Assert.Equal(23, page.QuerySelectorAll("[data-feature]").Length);
        var text = CityBrowser.TextOf(page);
        Assert.Contains("207 sièges dans les conseils", Figures(page), StringComparison.Ordinal);
        Assert.Contains("8 625 000 € pour un mandat", Figures(page), StringComparison.Ordinal);
        Assert.Contains("Les limites sont illustratives", text, StringComparison.Ordinal);

        Assert.Equal(["Q14"], Features(await browser.ReadAsync("/neighbourhoods?q=14")));
        Assert.Equal(["Q20"], Features(await browser.ReadAsync("/neighbourhoods?q=vingt%20coeurs")));
        Assert.Contains("Aucun résultat", CityBrowser.TextOf(await browser.ReadAsync("/neighbourhoods?q=%3Cscript%3E")), StringComparison.Ordinal);
        Assert.Equal("Q17", Features(await browser.ReadAsync("/neighbourhoods?sort=Population"))[0]);
        Assert.Equal("Q16", Features(await browser.ReadAsync("/neighbourhoods?sort=Area"))[0]);
        Assert.Equal("Q16", Features(await browser.ReadAsync("/neighbourhoods?sort=Name"))[0]);
        Assert.Equal("Q01", Features(await browser.ReadAsync("/neighbourhoods?sort=nonsense"))[0]);
        Assert.Contains("Boundaries are illustrative", CityBrowser.TextOf(await browser.ReadAsync("/en/neighbourhoods")), StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_neighbourhood_has_a_page_which_its_code_finds(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var browser = city.Anonymous();
        var byCode = await browser.GetAsync("/neighbourhoods/Q23");
        Assert.Equal(HttpStatusCode.MovedPermanently, byCode.StatusCode);
        Assert.Equal("/neighbourhoods/q23-labesque", byCode.Headers.Location!.OriginalString);
        var text = CityBrowser.TextOf(await browser.ReadAsync("/neighbourhoods/q23-labesque"));
        Assert.Contains("961", text, StringComparison.Ordinal);
        Assert.Contains("35,7 ha", text, StringComparison.Ordinal);
        Assert.Contains("Taille inhabituelle", text, StringComparison.Ordinal);
        Assert.Contains("375 000 €", text, StringComparison.Ordinal);
        Assert.Contains("0023", text, StringComparison.Ordinal);
        Assert.Contains("Données illustratives", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/neighbourhoods/q99-nowhere")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/neighbourhoods/q99/map.geojson")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/neighbourhoods/q23-labesque/map.geojson")).StatusCode);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)] // A1 and A5
    public async Task The_profile_shows_both_populations_and_the_legal_status(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var page = await city.Anonymous().ReadAsync("/city");
        var rows = page.QuerySelectorAll("tbody tr").Select(row => string.Join(' ', row.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();
        Assert.Contains(rows, row => row.Contains("33 012 2018 INSEE", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Contains("35 000 2023 Document fondateur", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Contains("11,49 km²", StringComparison.Ordinal));
        var text = CityBrowser.TextOf(page);
        Assert.Contains("Les conseils de quartier sont facultatifs (CGCT L2143-1)", text, StringComparison.Ordinal);
        Assert.Contains("Agglomération Agenaise", text, StringComparison.Ordinal);
        Assert.Contains("Nouvelle-Aquitaine", text, StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task An_address_leads_to_one_neighbourhood_whatever_its_spelling(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        Assert.Contains("quartier n° 8", await AskAsync(city, "3 rue des Pruniers en Fleur"), StringComparison.Ordinal);
        Assert.Contains("quartier n° 8", await AskAsync(city, "3, R DES PRUNIERS-EN-FLEUR 47000 AGEN"), StringComparison.Ordinal);
        Assert.Contains("quartier n° 2", await AskAsync(city, "1 r de l'ecluse haute, Agen"), StringComparison.Ordinal);
        Assert.Contains("quartier n° 4", await AskAsync(city, "6 bis rue du Coeur Volant"), StringComparison.Ordinal);
        Assert.Contains("entièrement dans le quartier n° 7", await AskAsync(city, "impasse du puits couvert"), StringComparison.Ordinal);
        Assert.Contains("traverse plusieurs quartiers", await AskAsync(city, "av des quatre vents"), StringComparison.Ordinal);
        Assert.Contains("Le numéro 999 n’est pas", await AskAsync(city, "999 rue des Pruniers en Fleur"), StringComparison.Ordinal);
        Assert.Contains("Cherchez-vous l’une de celles-ci", await AskAsync(city, "3 rue des Prunier en Fleurs"), StringComparison.Ordinal);
        Assert.Contains("Laquelle cherchez-vous", await AskAsync(city, "3 rue"), StringComparison.Ordinal);
        Assert.Contains("Aucune voie de la commune", await AskAsync(city, "12 Kungsgatan"), StringComparison.Ordinal);
        Assert.Contains("Saisissez une voie", await AskAsync(city, " "), StringComparison.Ordinal);
        Assert.Contains("au plus 200 caractères", await AskAsync(city, new string('a', 201)), StringComparison.Ordinal);
        Assert.Contains("Aucune voie", await AskAsync(city, "100% _rue; DROP TABLE addresses"), StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_point_leads_to_one_neighbourhood_or_outside(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        Assert.Contains("quartier n° 14", await AskAsync(city, "44.19578", "0.61429"), StringComparison.Ordinal);
        Assert.Contains("quartier n° 14", await AskAsync(city, "44,19578", " 0,61429"), StringComparison.Ordinal);
        Assert.Contains("Hors de la commune (Agen)", await AskAsync(city, "48.8566", "2.3522"), StringComparison.Ordinal);
        Assert.Contains("Saisissez une latitude", await AskAsync(city, "95", "0.6"), StringComparison.Ordinal);
        Assert.Contains("Saisissez une longitude", await AskAsync(city, "44.2", "1e400"), StringComparison.Ordinal);
        Assert.Contains("Saisissez une latitude", await AskAsync(city, "NaN", "0.6"), StringComparison.Ordinal);
        Assert.Contains("Saisissez une latitude", await AskAsync(city, "", ""), StringComparison.Ordinal);
    }

    [Fact] // Where somebody lives must not end in logs, histories or caches.
    public async Task A_search_leaves_no_trace()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var browser = city.Anonymous();
        var form = await browser.GetAsync("/neighbourhoods/find");
        Assert.False(form.Headers.Contains("Set-Cookie"));
        var answer = await browser.FillAndPostAsync("/neighbourhoods/find", new Dictionary<string, string> { ["Address"] = "3 rue des Pruniers en Fleur" }, "#address");
        Assert.Equal("/neighbourhoods/find?handler=Address", answer.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        var page = await CityBrowser.ParseAsync(answer);
        Assert.DoesNotContain(page.QuerySelectorAll("a[href]"), link => link.GetAttribute("href")!.Contains("Pruniers", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_suggested_street_is_one_button_away()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var browser = city.Anonymous();
        var asked = await CityBrowser.ParseAsync(await browser.FillAndPostAsync("/neighbourhoods/find", new Dictionary<string, string> { ["Address"] = "3 rue des Prunier en Fleurs" }, "#address"));
        var again = await browser.PostAsync(asked, "/neighbourhoods/find", new Dictionary<string, string> { ["Where.Address"] = "3 Rue des Pruniers en Fleur" }, "#streets");
        Assert.Contains("quartier n° 8", CityBrowser.TextOf(await CityBrowser.ParseAsync(again)), StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_downloads_hold_every_neighbourhood_and_can_be_kept(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var http = city.Anonymous().Http;
        var csv = await http.GetAsync(new Uri("/open-data/neighbourhoods.csv", UriKind.Relative));
        var bytes = await csv.Content.ReadAsByteArrayAsync();
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(24, lines.Length);
        Assert.StartsWith("Q20,20,Les Vingt Cœurs,real,", lines[20], StringComparison.Ordinal);

        var geoJson = await http.GetAsync(new Uri("/open-data/neighbourhoods.geojson", UriKind.Relative));
        Assert.Equal(NeighbourhoodFiles.GeoJsonType, geoJson.Content.Headers.ContentType!.MediaType);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/open-data/neighbourhoods.geojson");
        again.Headers.IfNoneMatch.Add(geoJson.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await http.SendAsync(again)).StatusCode);

        var current = DemoTerritories.Map();
        var (plan, problems) = TerritoryPlan.Make(await geoJson.Content.ReadAsByteArrayAsync(), null, "test", current, null, DateTimeOffset.UnixEpoch);
        Assert.Empty(problems);
        Assert.Empty(plan!.ComparedWith(current));
        Assert.Equal(961, plan.Neighbourhoods.Single(one => one.Code == "Q23").Published!.Population);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/open-data/neighbourhoods.geojson?version=1", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("/open-data/neighbourhoods.geojson?version=2", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public void A_formula_is_escaped_in_csv_and_a_negative_number_is_not()
    {
        var map = DemoTerritories.Map();
        var one = map.Find("Q01")!;
        var odd = new Neighbourhood
        {
            Id = one.Id, VersionId = one.VersionId, Code = "Q01", Number = 1, Name = "=cmd|' /C calc'!A0", NameStatus = one.NameStatus, NameSource = "+1", Slug = "q01", PollingBureau = "@x",
            Population = null, Electors = null, Seats = 9, BudgetPerMandateCents = 1, Boundary = one.Boundary, LabelLongitude = -0.5, LabelLatitude = 44, AreaSquareMetres = 1,
            BoundaryIsIllustrative = false, FiguresAreIllustrative = false,
        };
        var csv = Encoding.UTF8.GetString(NeighbourhoodFiles.Csv(new TerritoryMap(map.Version, [odd])));
        Assert.Contains("'=cmd|' /C calc'!A0", csv, StringComparison.Ordinal);
        Assert.Contains(",'+1,'@x,,", csv, StringComparison.Ordinal);
        Assert.Contains(",-0.5,44,", csv, StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_city_without_territories_says_so(Database database)
    {
        await using var city = new CityFactory(database);
        var browser = city.Anonymous();
        Assert.Contains("Pas encore de quartier", CityBrowser.TextOf(await browser.ReadAsync("/neighbourhoods")), StringComparison.Ordinal);
        Assert.Contains("Pas encore de quartier", CityBrowser.TextOf(await browser.ReadAsync("/neighbourhoods/find")), StringComparison.Ordinal);
        Assert.Contains("Pas encore de chiffre", CityBrowser.TextOf(await browser.ReadAsync("/city")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/open-data/neighbourhoods.geojson")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/open-data/neighbourhoods.csv")).StatusCode);
    }

    private static async Task<string> AskAsync(CityFactory city, string address) =>
        CityBrowser.TextOf(await CityBrowser.ParseAsync(await city.Anonymous().FillAndPostAsync("/neighbourhoods/find", new Dictionary<string, string> { ["Address"] = address }, "#address"))).Replace('\u00A0', ' ').Replace('\u202F', ' ');

    private static async Task<string> AskAsync(CityFactory city, string latitude, string longitude) =>
        CityBrowser.TextOf(await CityBrowser.ParseAsync(await city.Anonymous().FillAndPostAsync("/neighbourhoods/find", new Dictionary<string, string> { ["Latitude"] = latitude, ["Longitude"] = longitude }, "#point"))).Replace('\u00A0', ' ').Replace('\u202F', ' ');

    private static string Figures(AngleSharp.Html.Dom.IHtmlDocument page) =>
        string.Join("; ", page.QuerySelectorAll(".stat").Select(stat => $"{stat.QuerySelector("dd")!.TextContent.Trim()} {stat.QuerySelector("dt")!.TextContent.Trim()}")).Replace('\u00A0', ' ').Replace('\u202F', ' ');

    private static List<string> Features(AngleSharp.Html.Dom.IHtmlDocument page) => [.. page.QuerySelectorAll("[data-feature]").Select(item => item.GetAttribute("data-feature")!)];
}
