using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Features.Neighbourhoods.ImportAddresses;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.Neighbourhoods;

public sealed class ImportAddressesTests
{
    private const string Page = "/administration/addresses";

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_good_file_replaces_the_addresses_in_force(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        Assert.Equal(280, Count(city));
        var admin = city.SignedIn(Role.Administrator);
        var sent = await SendAsync(admin, $"{Line("a", 1, "Rue Neuve")}{Line("b", 2, "Rue Neuve")}{Line("c", 3, "Rue Lointaine", lon: "2.35", lat: "48.85")}{Line("d", 4, "Rue d'ailleurs", insee: "47999")}");
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var path = sent.Headers.Location!.OriginalString;
        Assert.Contains("En attente du départ", Plain(await admin.ReadAsync(path)), StringComparison.Ordinal);
        Assert.Contains("\"done\":false", await (await admin.GetAsync($"{path}?handler=progress")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(280, Count(city));

        Run(city);
        var text = Plain(await admin.ReadAsync(path));
        Assert.Contains("3 adresses ont été importées", text, StringComparison.Ordinal);
        Assert.Contains("D’autres communes, laissées de côté1", text, StringComparison.Ordinal);
        Assert.Contains("Hors du contour de la commune1", text, StringComparison.Ordinal);
        Assert.Contains("\"done\":true", await (await admin.GetAsync($"{path}?handler=progress")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(3, Count(city));
        Assert.Equal(admin.Account!.Id, city.InDb(db => db.Set<AddressImport>().OrderBy(import => import.RequestedAt).LastAsync()).RequestedById);
        Assert.Equal(2, city.InDb(db => db.Set<AuditEntry>().CountAsync(entry => entry.Action == "addresses.replaced")));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task One_wrong_line_keeps_the_addresses_in_force_and_every_wrong_line_is_named(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var admin = city.SignedIn(Role.Administrator);
        var sent = await SendAsync(admin, $"{Line("a", 1, "Rue Neuve")}{Line("b", 2, "=cmd")}{Line("c", 3, "Rue Neuve", lat: "95")}");
        Run(city);
        var text = Plain(await admin.ReadAsync(sent.Headers.Location!.OriginalString));
        Assert.Contains("Rien n’a été importé", text, StringComparison.Ordinal);
        Assert.Contains("2 lignes sont fausses", text, StringComparison.Ordinal);
        Assert.Contains("3nom_voie : « =cmd » serait exécuté", text, StringComparison.Ordinal);
        Assert.Contains("4lat : degrés attendus", text, StringComparison.Ordinal);
        Assert.Equal(280, Count(city));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Thirty_thousand_addresses_are_in_force_within_seconds(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var admin = city.SignedIn(Role.Administrator);
        var lines = new StringBuilder();
        for (var i = 0; i < 30_000; i++)
        {
            lines.Append(Line(i.ToString(CultureInfo.InvariantCulture), i % 300 + 1, $"Rue de l’Essai {i / 300}"));
        }

        await SendAsync(admin, lines.ToString());
        var watch = Stopwatch.StartNew();
        Run(city);
        Assert.Equal(30_000, Count(city));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_cancelled_import_changes_nothing(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var admin = city.SignedIn(Role.Administrator);
        var path = (await SendAsync(admin, Line("a", 1, "Rue Neuve"))).Headers.Location!.OriginalString;
        await admin.FillAndPostAsync(path, new Dictionary<string, string>());
        Run(city);
        Assert.Contains("L’importation a été annulée", Plain(await admin.ReadAsync(path)), StringComparison.Ordinal);
        Assert.Equal(280, Count(city));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Ten_posts_at_once_start_one_import(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var admin = city.SignedIn(Role.Administrator);
        var page = await admin.ReadAsync(Page);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => admin.PostAsync(page, Page, new Dictionary<string, string>(), files: File(Line("a", 1, "Rue Neuve")))));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Single(answers.Select(answer => answer.Headers.Location!.OriginalString).Distinct());
        Assert.Equal(1, city.InDb(db => db.Set<AddressImport>().CountAsync(import => import.FinishedAt == null)));
    }

    [Fact]
    public async Task An_import_that_a_stopped_process_left_is_begun_again()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        await SendAsync(city.SignedIn(Role.Administrator), Line("a", 1, "Rue Neuve"));
        city.InDb(async db =>
        {
            (await db.Set<AddressImport>().SingleAsync(import => import.FinishedAt == null)).Start(lines: 2);
            await db.SaveChangesAsync();
        });
        Run(city);
        Assert.Equal(1, Count(city));
    }

    [Fact]
    public async Task A_file_of_100_megabytes_is_refused_in_words()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var response = await city.SignedIn(Role.Administrator).FillAndPostAsync(Page, new Dictionary<string, string>(), files: new Dictionary<string, (string, byte[])> { ["File"] = ("adresses.csv", new byte[100_000_000]) });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("Le fichier fait 100,0 Mo", Plain(await CityBrowser.ParseAsync(response)), StringComparison.Ordinal);
        Assert.Equal(1, city.InDb(db => db.Set<AddressImport>().CountAsync()));
    }

    private static string Line(string key, int number, string street, string insee = "47001", string lon = "0.61429", string lat = "44.19578") =>
        $"47001_{key};;{number};;{street};47000;{insee};Agen;;;;;{lon};{lat};entrée;;;AGEN;;commune;commune;1;\n";

    private static Task<HttpResponseMessage> SendAsync(CityBrowser admin, string lines) =>
        admin.FillAndPostAsync(Page, new Dictionary<string, string>(), files: File(lines));

    private static Dictionary<string, (string, byte[])> File(string lines) => new() { ["File"] = ("adresses-47.csv", Encoding.UTF8.GetBytes($"{AddressTests.Header}\n{lines}")) };

    private static void Run(CityFactory city) => city.InScope(services => services.GetRequiredService<ImportAddressesHandler>().RunWaitingAsync(default));

    private static int Count(CityFactory city) => city.InDb(db => db.Set<Address>().CountAsync());

    private static string Plain(AngleSharp.Html.Dom.IHtmlDocument page) => CityBrowser.TextOf(page).Replace('\u00A0', ' ').Replace('\u202F', ' ');
}
