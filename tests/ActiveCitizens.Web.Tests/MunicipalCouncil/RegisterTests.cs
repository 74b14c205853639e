using System.Net;
using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.MunicipalCouncil;
using ActiveCitizens.Web.Features.MunicipalCouncil.DownloadDeliberations;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.MunicipalCouncil;

public sealed class RegisterTests
{
    private static readonly Dictionary<string, string> Typed = new(StringComparer.Ordinal)
    {
        ["Number"] = "45", ["SessionDate"] = "2026-11-16", ["Subject"] = "Convention type des conseils de quartier", ["Rapporteur"] = "Jeanne Vidal", ["Text"] = "Le conseil municipal,\r\n\r\nDécide.",
        ["InOffice"] = "39", ["Present"] = "30", ["Proxies"] = "5", ["VotesFor"] = "30", ["VotesAgainst"] = "3", ["Abstentions"] = "2", ["NonVoting"] = "0",
    };

    [Theory]
    [InlineData(Database.Sqlite, Role.Mayor), InlineData(Database.Postgres, Role.Administrator)]
    public async Task An_act_is_recorded_corrected_transmitted_and_posted(Database database, Role role)
    {
        await using var city = new CityFactory(database);
        var keeper = city.SignedIn(role);
        var recorded = await keeper.FillAndPostAsync("/administration/deliberations/record", Typed);
        Assert.Equal(HttpStatusCode.Redirect, recorded.StatusCode);
        var manage = recorded.Headers.Location!.OriginalString;
        var act = city.InDb(db => db.Set<Deliberation>().SingleAsync());
        Assert.Equal($"/administration/deliberations/{act.Id}", manage);

        var anonymous = city.Anonymous();
        Assert.Equal(HttpStatusCode.NotFound, (await anonymous.GetAsync("/deliberations/2026/45")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await anonymous.GetAsync("/deliberations/2026/45/text.txt")).StatusCode);
        Assert.DoesNotContain("Convention type", await anonymous.Http.GetStringAsync(new Uri("/open-data/deliberations.json", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("Pas encore de délibération", CityBrowser.TextOf(await anonymous.ReadAsync("/deliberations")), StringComparison.Ordinal);
        Assert.Contains("Seules les personnes", CityBrowser.TextOf(await keeper.ReadAsync("/deliberations/2026/45")), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await keeper.FillAndPostAsync($"{manage}/edit", new Dictionary<string, string> { ["VotesFor"] = "31", ["Abstentions"] = "1" })).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await keeper.FillAndPostAsync(manage, new Dictionary<string, string> { ["ReceiptId"] = "047-1", ["Transmission.On"] = "2026-11-18" }, "#transmit")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await keeper.GetAsync($"{manage}/edit")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await anonymous.GetAsync("/deliberations/2026/45")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await keeper.FillAndPostAsync(manage, new Dictionary<string, string> { ["Posting.On"] = "2026-11-20" }, "#post")).StatusCode);

        var text = CityBrowser.TextOf(await anonymous.ReadAsync("/deliberations/2026/45"));
        Assert.Contains("Adoptée", text, StringComparison.Ordinal);
        Assert.Contains("31", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Plus d’une semaine", text, StringComparison.Ordinal);
        Assert.Contains("Enforceable since 20 November 2026", CityBrowser.TextOf(await anonymous.ReadAsync("/en/deliberations/2026/45")), StringComparison.Ordinal);
        Assert.Contains("2026-45", CityBrowser.TextOf(await anonymous.ReadAsync("/deliberations")), StringComparison.Ordinal);
        var bytes = await anonymous.Http.GetByteArrayAsync(new Uri("/deliberations/2026/45/text.txt", UriKind.Relative));
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(bytes)), text, StringComparison.Ordinal);

        var log = city.InDb(db => db.Set<AuditEntry>().Where(entry => entry.Subject == $"deliberation:{act.Id}").OrderBy(entry => entry.Sequence).ToListAsync());
        Assert.Equal(["deliberation.recorded", "deliberation.rewritten", "deliberation.transmitted", "deliberation.posted"], log.Select(entry => entry.Action));
        Assert.All(log, entry => Assert.Equal(keeper.Account!.Id, entry.ActorId));
    }

    [Fact]
    public async Task A_form_with_mistakes_says_them_and_keeps_what_was_typed()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var keeper = city.SignedIn(Role.Mayor);
        var missing = await RefusedAsync(keeper, new Dictionary<string, string> { ["Number"] = "", ["Subject"] = " ", ["Text"] = "", ["Present"] = "", ["VotesFor"] = "-3" });
        Assert.All(["Saisissez le numéro", "Écrivez l’objet", "Collez le texte", "nombre de présents", "de 0 à 500"], message => Assert.Contains(message, missing, StringComparison.Ordinal));
        Assert.Contains("Pas de quorum", await RefusedAsync(keeper, new Dictionary<string, string> { ["Present"] = "19", ["VotesFor"] = "19" }), StringComparison.Ordinal);
        Assert.Contains("doivent faire le total", await RefusedAsync(keeper, new Dictionary<string, string> { ["VotesFor"] = "1" }), StringComparison.Ordinal);
        Assert.Contains("indiquez ce que le maire a décidé", await RefusedAsync(keeper, new Dictionary<string, string> { ["VotesFor"] = "15", ["VotesAgainst"] = "15", ["Abstentions"] = "5" }), StringComparison.Ordinal);
        Assert.Contains("pas encore eu lieu", await RefusedAsync(keeper, new Dictionary<string, string> { ["SessionDate"] = "2026-11-24" }), StringComparison.Ordinal);
        Assert.Contains("doit être affichée", await RefusedAsync(keeper, new Dictionary<string, string> { ["Amends"] = "2008-12" }), StringComparison.Ordinal);
        Assert.Equal(0, city.InDb(db => db.Set<Deliberation>().CountAsync()));

        static async Task<string> RefusedAsync(CityBrowser keeper, Dictionary<string, string> wrong)
        {
            var answer = await keeper.FillAndPostAsync("/administration/deliberations/record", Typed.Where(field => !wrong.ContainsKey(field.Key)).Concat(wrong).ToDictionary(field => field.Key, field => field.Value));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var page = await CityBrowser.ParseAsync(answer);
            Assert.NotNull(page.QuerySelector(".ds-error-summary"));
            Assert.Equal("Jeanne Vidal", page.QuerySelector("#Input_Rapporteur")!.GetAttribute("value"));
            return page.QuerySelector(".ds-error-summary")!.TextContent;
        }
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Ten_identical_records_at_once_save_one(Database database)
    {
        await using var city = new CityFactory(database);
        var keeper = city.SignedIn(Role.Administrator);
        var page = await keeper.ReadAsync("/administration/deliberations/record");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => keeper.PostAsync(page, "/administration/deliberations/record", Typed)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        var refused = await CityBrowser.ParseAsync(answers.First(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Contains("figure déjà au registre", CityBrowser.TextOf(refused), StringComparison.Ordinal);
        Assert.Equal(1, city.InDb(db => db.Set<Deliberation>().CountAsync()));
        Assert.Equal(1, city.InDb(db => db.Set<AuditEntry>().CountAsync(entry => entry.Action == "deliberation.recorded")));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Ten_postings_at_once_post_once(Database database)
    {
        await using var city = new CityFactory(database);
        var path = $"/administration/deliberations/{Acts.Add(city, Acts.Content()).Id}";
        var keeper = city.SignedIn(Role.Mayor);
        var page = await keeper.ReadAsync(path);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => keeper.PostAsync(page, path, new Dictionary<string, string> { ["Posting.On"] = "2026-11-20" }, "#post")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal(1, city.InDb(db => db.Set<AuditEntry>().CountAsync(entry => entry.Action == "deliberation.posted")));
    }

    [Fact]
    public async Task A_draft_can_be_discarded_and_a_posted_act_cannot()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var keeper = city.SignedIn(Role.Mayor);
        var draft = Acts.Add(city, Acts.Content());
        Assert.Equal(HttpStatusCode.Redirect, (await keeper.FillAndPostAsync($"/administration/deliberations/{draft.Id}", new Dictionary<string, string>(), "#discard")).StatusCode);
        Assert.Equal(0, city.InDb(db => db.Set<Deliberation>().CountAsync()));
        var posted = Acts.AddPosted(city);
        Assert.Null((await keeper.ReadAsync($"/administration/deliberations/{posted.Id}")).QuerySelector("#discard"));
        city.InScope(async services => Assert.False(await services.GetRequiredService<RegisterHandler>().DiscardAsync(posted.Id, CancellationToken.None)));
    }

    [Fact]
    public async Task A_late_posting_says_so()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var late = Acts.Add(city, Acts.Content(day: new DateOnly(2026, 11, 2)));
        var keeper = city.SignedIn(Role.Mayor);
        Assert.Contains("La semaine est écoulée", CityBrowser.TextOf(await keeper.ReadAsync($"/administration/deliberations/{late.Id}")), StringComparison.Ordinal);
        await keeper.FillAndPostAsync($"/administration/deliberations/{late.Id}", new Dictionary<string, string>(), "#post");
        Assert.Contains("Plus d’une semaine après la séance", CityBrowser.TextOf(await city.Anonymous().ReadAsync($"/deliberations/{late.Year}/{late.Number}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_act_and_the_one_that_changes_it_name_each_other()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var first = Acts.AddPosted(city, Acts.Content(subject: "Règlement"));
        var second = Acts.AddPosted(city, Acts.Content(subject: "Règlement modifié", amends: first.Id));
        var anonymous = city.Anonymous();
        Assert.Contains($"Il est modifié par : {second.Reference}", Folded(CityBrowser.TextOf(await anonymous.ReadAsync($"/deliberations/{first.Year}/{first.Number}"))), StringComparison.Ordinal);
        Assert.Contains($"Modifie{first.Reference}", CityBrowser.TextOf(await anonymous.ReadAsync($"/deliberations/{second.Year}/{second.Number}")), StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_list_is_searched_and_filtered(Database database)
    {
        await using var city = new CityFactory(database);
        Acts.AddPosted(city, Acts.Content(number: 1, day: new DateOnly(2008, 7, 7), subject: "Création des quartiers", text: "Vingt-trois quartiers, élus au suffrage universel."));
        Acts.AddPosted(city, Acts.Content(number: 2, day: new DateOnly(2020, 12, 7), subject: "États généraux"));
        Acts.Add(city, Acts.Content(number: 3, day: new DateOnly(2020, 12, 7), subject: "États particuliers"));
        var anonymous = city.Anonymous();
        Assert.Equal(["2020-2", "2008-1"], await RowsAsync("/deliberations"));
        Assert.Equal(["2020-2"], await RowsAsync("/deliberations?q=etats"));
        Assert.Equal(["2008-1"], await RowsAsync("/deliberations?q=ELUS+universel"));
        Assert.Equal(["2008-1"], await RowsAsync("/deliberations?year=2008"));
        Assert.Empty(await RowsAsync("/deliberations?year=2008&q=etats"));
        Assert.Equal(["2020-2", "2008-1"], await RowsAsync("/deliberations?year=abc"));
        Assert.Contains("Rien n’a été trouvé", CityBrowser.TextOf(await anonymous.ReadAsync("/deliberations?q=%25")), StringComparison.Ordinal);

        async Task<string[]> RowsAsync(string path) => [.. (await anonymous.ReadAsync(path)).QuerySelectorAll("tbody th").Select(cell => cell.TextContent)];
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task An_authorisation_to_sign_holds_between_its_dates_and_until_ended(Database database)
    {
        await using var city = new CityFactory(database);
        var keeper = city.SignedIn(Role.Administrator);
        var act = Acts.AddPosted(city);
        var path = $"/administration/deliberations/{act.Id}";
        var given = new Dictionary<string, string> { ["Authorisation.Subject"] = "NeighbourhoodContracts", ["OfficialName"] = "Claire Darmagnac", ["OfficialFunction"] = "Maire", ["From"] = "2026-11-20", ["Until"] = "2026-12-31" };
        var page = await keeper.ReadAsync(path);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => keeper.PostAsync(page, path, given, "#authorise")));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        var early = await keeper.PostAsync(page, path, new Dictionary<string, string>(given) { ["From"] = "2026-11-01" }, "#authorise");
        Assert.Contains("avant la séance qui la donne", CityBrowser.TextOf(await CityBrowser.ParseAsync(early)), StringComparison.Ordinal);

        Assert.Equal(0, Found(city, "2026-11-19"));
        Assert.Equal(1, Found(city, "2026-11-20"));
        Assert.Equal(1, Found(city, "2026-12-31"));
        Assert.Equal(0, Found(city, "2027-01-01"));
        var anonymous = city.Anonymous();
        Assert.Contains("Claire Darmagnac", CityBrowser.TextOf(await anonymous.ReadAsync("/signing-authorisations")), StringComparison.Ordinal);
        Assert.Contains("Claire Darmagnac", CityBrowser.TextOf(await anonymous.ReadAsync($"/deliberations/{act.Year}/{act.Number}")), StringComparison.Ordinal);

        var end = (await keeper.ReadAsync(path)).QuerySelector("tbody a")!.GetAttribute("href")!;
        Assert.Equal(HttpStatusCode.OK, (await keeper.FillAndPostAsync(end, new Dictionary<string, string> { ["LastDay"] = "2027-01-02", ["Reason"] = "Démission" })).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await keeper.FillAndPostAsync(end, new Dictionary<string, string> { ["LastDay"] = "2026-11-22", ["Reason"] = "Démission" })).StatusCode);
        Assert.Equal(0, Found(city, "2026-11-23"));
        Assert.Contains("Aucune autorisation en vigueur", CityBrowser.TextOf(await anonymous.ReadAsync("/signing-authorisations")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_formula_is_escaped_in_csv()
    {
        var act = Deliberation.Record(Acts.Content(subject: "=HYPERLINK(\"http://x\")"), null, DateTimeOffset.UnixEpoch);
        var csv = Encoding.UTF8.GetString(DownloadDeliberations.Csv([act]));
        Assert.Contains("'=HYPERLINK", csv, StringComparison.Ordinal);
        Assert.DoesNotContain(",=HYPERLINK", csv, StringComparison.Ordinal);
        Assert.StartsWith("\uFEFFreference,year,number,session_date,subject", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_cannot_bring_markup_into_the_page()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var act = Acts.AddPosted(city, Acts.Content(subject: "<script>alert(1)</script>", text: "<img src=x onerror=alert(1)>"));
        var page = await city.Anonymous().ReadAsync($"/deliberations/{act.Year}/{act.Number}");
        Assert.Null(page.QuerySelector("main script, main img"));
        Assert.Equal("<script>alert(1)</script>", page.QuerySelector("h1")!.TextContent);
    }

    private static int Found(CityFactory city, string day)
    {
        var count = -1;
        city.InScope(async services => count = (await services.GetRequiredService<SigningAuthorisations>().FindAsync(SigningSubject.NeighbourhoodContracts, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), CancellationToken.None)).Count);
        return count;
    }

    private static string Folded(string text) => text.Replace('\u00A0', ' ').Replace('\u202F', ' ');
}
