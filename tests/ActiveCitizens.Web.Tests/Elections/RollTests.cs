using System.Diagnostics;
using System.Net;
using System.Text;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Elections.KeepRoll;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.Elections;

public sealed class RollTests
{
    private const string Check = "/elections/2026/roll";

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Eighteen_thousand_electors_are_on_the_roll_within_seconds(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var file = Encoding.UTF8.GetBytes(SampleRolls.Header + SampleRolls.Many(18_000));
        var watch = Stopwatch.StartNew();
        var import = SampleRolls.Import(city, file);
        TestContext.Current.TestOutputHelper?.WriteLine($"18 000 lines, {file.Length} bytes, {database}: {watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal(RollImportState.Done, import.State);
        Assert.Equal(18_000, import.Imported);
        Assert.Equal(18_000, Count(city));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        // Numbers run from 1 in each bureau.
        var contests = city.InDb(db => db.Set<Elector>().GroupBy(elector => elector.ContestId).Select(group => new { Least = group.Min(one => one.Number), Most = group.Max(one => one.Number), Count = group.Count() }).ToListAsync());
        Assert.Equal(23, contests.Count);
        Assert.All(contests, contest => Assert.Equal((1, contest.Count), (contest.Least, contest.Most)));
        Assert.Equal(1, city.InDb(db => db.Set<CalendarStep>().CountAsync(step => step.Step == ElectionStep.RollImported && step.DoneAt != null)));
        Assert.Equal(1, city.InDb(db => db.Set<AuditEntry>().CountAsync(entry => entry.Action == "roll.imported")));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task One_wrong_line_keeps_the_roll_as_it_was_and_every_problem_is_named(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        Assert.Equal(RollImportState.Done, SampleRolls.Import(city, SampleRolls.Line()).State);
        var office = city.SignedIn(Role.Officer);
        var election = SampleRolls.Demonstration(city);
        var bad = SampleRolls.Header
            + SampleRolls.Line(national: "1") + SampleRolls.Line(national: "1", name: "AUTRE") + SampleRolls.Line(bureau: "0099", name: "A") + SampleRolls.Line(name: "B", born: "31/02/1980") + SampleRolls.Line(name: "C", born: "01/01/1850")
            + SampleRolls.Line(name: "D", born: "01/01/2015") + SampleRolls.Line(name: "E", street: "") + SampleRolls.Line(name: "F", email: "pas une adresse") + SampleRolls.Line(name: "") + SampleRolls.Line();
        var sent = await office.FillAndPostAsync($"/administration/elections/{election.Id}/roll", new Dictionary<string, string>(), "#import", new Dictionary<string, (string, byte[])> { ["File"] = ("liste.csv", Encoding.UTF8.GetBytes(bad)) });
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var path = sent.Headers.Location!.OriginalString;
        Assert.Contains("En attente du départ", CityBrowser.TextOf(await office.ReadAsync(path)), StringComparison.Ordinal);
        city.InScope(services => services.GetRequiredService<ImportRollHandler>().RunWaitingAsync(default));
        var text = CityBrowser.TextOf(await office.ReadAsync(path)).Replace('\u202F', ' ').Replace('\u00A0', ' ');
        Assert.Contains("Rien n’a été importé", text, StringComparison.Ordinal);
        Assert.Contains("Le numéro national est déjà à la ligne 2", text, StringComparison.Ordinal);
        Assert.Contains("le bureau de vote « 0099 »", text, StringComparison.Ordinal);
        Assert.Contains("« 31/02/1980 » n’est pas une date", text, StringComparison.Ordinal);
        Assert.Contains("01/01/1850 : aucune personne en vie", text, StringComparison.Ordinal);
        Assert.Contains("01/01/2015 : trop jeune", text, StringComparison.Ordinal);
        Assert.Contains("aucun courrier ne pourrait partir", text, StringComparison.Ordinal);
        Assert.Contains("L’adresse électronique est fausse", text, StringComparison.Ordinal);
        Assert.Contains("Le nom ou les prénoms manquent", text, StringComparison.Ordinal);
        Assert.Contains("La même personne est déjà à la ligne 2", text, StringComparison.Ordinal);
        Assert.DoesNotContain("DUPONT", text, StringComparison.Ordinal);
        Assert.Equal(1, Count(city));
    }

    [Fact]
    public async Task Separators_encodings_and_the_order_of_columns_are_free()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var tabs = "prenoms\tNOM DE NAISSANCE\tdate_de_naissance\tbureau\tnumero d'ordre\tlibellé de la voie\tCode postal\tVille\nZoé\tGARÇON\t1980-12-31\t14\t7\tRue Neuve\t47000\tAgen\n";
        Assert.Equal(RollImportState.Done, SampleRolls.Import(city, CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(tabs)).State);
        var elector = city.InDb(db => db.Set<Elector>().AsNoTracking().SingleAsync());
        Assert.Equal(("GARÇON", "Zoé", 7, new DateOnly(1980, 12, 31)), (elector.LastName, elector.FirstNames, elector.Number, elector.BornOn));
        var commas = "Code bureau de vote,Nom,Prénom,Date de naissance,Adresse,Code postal,Commune\n14,\"Dupont, née Durand\",Zoé,31/12/1980,\"12, rue Neuve\",47000,Agen\n";
        Assert.Equal(RollImportState.Done, SampleRolls.Import(city, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(commas)]).State);
        Assert.Equal("Dupont, née Durand", city.InDb(db => db.Set<Elector>().AsNoTracking().SingleAsync()).LastName);
        var missing = SampleRolls.Import(city, Encoding.UTF8.GetBytes("Nom;Prénom\nA;B\n"));
        Assert.Contains(missing.Problems, problem => problem is { Fault: RollFault.ColumnMissing, Value: "codedubureaudevote" });
        Assert.Equal(RollFault.NoHeader, Assert.Single(SampleRolls.Import(city, []).Problems).Fault);
    }

    [Fact]
    public async Task An_address_the_city_does_not_know_is_odd_but_no_reason_to_refuse()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var known = city.InDb(db => db.Set<Features.Neighbourhoods.Address>().AsNoTracking().FirstAsync(address => address.Suffix == ""));
        var import = SampleRolls.Import(city, SampleRolls.Line(street: "Rue qui n’existe pas") + SampleRolls.Line(name: "Autre", street: known.Street).Replace(";12;", $";{known.Number};", StringComparison.Ordinal));
        Assert.Equal(2, import.Imported);
        Assert.Equal((2, RollFault.UnknownAddress), (Assert.Single(import.Warnings).Line, import.Warnings[0].Fault));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Who_knows_all_three_is_told_where_and_nobody_else_is_revealed(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        SampleRolls.Import(city, SampleRolls.Line(name: "LE GOFF-D'ARTAGNAN", usual: "Petit", first: "Zoé Anne") + SampleRolls.Line(bureau: "0007", name: "MARTIN", first: "Zoé"));
        var anyone = city.Anonymous();
        Assert.Contains("quartier Q14", await AskAsync(anyone, "le goff d’artagnan", "ZOE", "1980-12-31"), StringComparison.Ordinal);
        Assert.Contains("bureau de vote 0014", (await AskAsync(anyone, "Petit", "Zoé Anne", "1980-12-31")).ToLowerInvariant(), StringComparison.Ordinal);
        foreach (var (name, first, born) in new[] { ("Martin", "Zoé", "1980-12-30"), ("Martin", "Zo", "1980-12-31"), ("Marti", "Zoé", "1980-12-31"), ("", "Zoé", "1980-12-31"), ("%", "%", "1980-12-31") })
        {
            var answer = await AskAsync(anyone, name, first, born);
            Assert.DoesNotContain("Oui, vous êtes", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("Q07", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("MARTIN", answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Guessing_at_the_roll_is_as_slow_as_guessing_at_a_sign_in_page()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true, settings: new(StringComparer.Ordinal) { ["RateLimits:SignInPostsPerMinute"] = "3" });
        SampleRolls.Import(city, SampleRolls.Line());
        var anyone = city.Anonymous();
        var page = await anyone.ReadAsync(Check);
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            answers.Add((await anyone.PostAsync(page, Check, Person("Dupont", "Marie", "1980-12-31"))).StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], answers);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Corrections_have_a_reason_are_counted_in_public_and_end_with_the_sealing(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        SampleRolls.Import(city, SampleRolls.Line());
        var office = city.SignedIn(Role.Officer);
        var election = SampleRolls.Demonstration(city);
        var q14 = city.InDb(db => db.Set<Contest>().AsNoTracking().SingleAsync(one => one.ElectionId == election.Id && one.NeighbourhoodCode == "Q14"));
        var q07 = city.InDb(db => db.Set<Contest>().AsNoTracking().SingleAsync(one => one.ElectionId == election.Id && one.NeighbourhoodCode == "Q07"));
        var add = $"/administration/elections/{election.Id}/roll/add";
        var typed = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LastName"] = "Moreau", ["FirstNames"] = "Léa", ["BornOn"] = "1999-05-05", ["AddressLines"] = "3 rue Neuve", ["PostCode"] = "47000", ["Town"] = "Agen", ["ContestId"] = q14.Id.ToString(), ["Reason"] = "",
        };
        Assert.Contains("Dites pourquoi la liste est corrigée", CityBrowser.TextOf(await CityBrowser.ParseAsync(await office.FillAndPostAsync(add, typed))), StringComparison.Ordinal);
        typed["Reason"] = "Décision du juge";
        Assert.Contains("Trop jeune", CityBrowser.TextOf(await CityBrowser.ParseAsync(await office.FillAndPostAsync(add, new Dictionary<string, string>(typed) { ["BornOn"] = "2015-05-05" }))), StringComparison.Ordinal);
        var page = await office.ReadAsync(add);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => office.PostAsync(page, add, typed)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        var added = city.InDb(db => db.Set<Elector>().AsNoTracking().SingleAsync(one => one.LastName == "Moreau"));
        Assert.Equal(2, added.Number);

        var path = $"/administration/elections/{election.Id}/roll/electors/{added.Id}";
        Assert.Equal(HttpStatusCode.Redirect, (await office.FillAndPostAsync(path, new Dictionary<string, string> { ["ContestId"] = q07.Id.ToString(), ["Input.Reason"] = "Déménagement" }, "#elector")).StatusCode);
        var moved = city.InDb(db => db.Set<Elector>().AsNoTracking().SingleAsync(one => one.Id == added.Id));
        Assert.Equal((q07.Id, 1), (moved.ContestId, moved.Number));
        Assert.Equal(HttpStatusCode.Redirect, (await office.FillAndPostAsync(path, new Dictionary<string, string> { ["Removal.Reason"] = "Décès" }, "#remove")).StatusCode);
        Assert.Equal(1, Count(city));

        Assert.Contains("3 corrections motivées", CityBrowser.TextOf(await city.Anonymous().ReadAsync("/elections/2026")), StringComparison.Ordinal);
        Assert.Equal(3, city.InDb(db => db.Set<AuditEntry>().CountAsync(entry => entry.Subject == $"elector:{added.Id}")));
        Assert.DoesNotContain(city.InDb(db => db.Set<AuditEntry>().Where(entry => entry.Subject == $"elector:{added.Id}").Select(entry => entry.Details).ToListAsync()), details => details.Contains("Moreau", StringComparison.Ordinal));

        var sample = SampleElection.Sealed(city);
        city.InScope(async services => Assert.Equal(CorrectRollResult.RollSealed, await services.GetRequiredService<RollHandler>().RemoveAsync(sample.Election.Id, sample.Contests[0].Electors[0].Id, "motif", default)));
        city.InScope(async services => Assert.Equal(RequestRollImportResult.RollSealed, (await services.GetRequiredService<ImportRollHandler>().RequestAsync(sample.Election.Id, null, "x", new MemoryStream(), default)).Result));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task When_the_number_of_electors_changes_the_codes_of_the_bureau_are_made_again(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Called(city, contests: 2);
        city.InScope(async services => Assert.Equal(CorrectRollResult.Corrected, await services.GetRequiredService<RollHandler>().RemoveAsync(sample.Election.Id, sample.Contests[0].Electors[0].Id, "Décès", default)));
        Assert.Null(sample.Read(sample.Contests[0]).CredentialsDocument);
        Assert.NotNull(sample.Read(sample.Contests[1]).CredentialsDocument);
        Assert.Contains(Assert.IsType<Features.Elections.SealElection.SealElectionResult.NotReady>(sample.Seal()).Problems, problem => problem is Features.Elections.SealElection.SealProblem.NoCredentials);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Only_a_rehearsal_has_invented_electors(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var office = city.SignedIn(Role.Officer);
        var mandate = city.InDb(db => db.Set<Features.Mandates.Mandate>().AsNoTracking().SingleAsync(one => one.Year == 2026));
        await office.FillAndPostAsync("/administration/elections/create", new Dictionary<string, string> { ["Name"] = "Répétition", ["Slug"] = "repetition", ["MandateId"] = mandate.Id.ToString(), ["IsRehearsal"] = "true" });
        var id = city.InDb(db => db.Set<Election>().AsNoTracking().SingleAsync(one => one.Slug == "repetition")).Id;
        await office.FillAndPostAsync($"/administration/elections/{id}/edit", new Dictionary<string, string> { ["HelpLine"] = "mairie" });
        Assert.Equal(HttpStatusCode.Redirect, (await office.FillAndPostAsync($"/administration/elections/{id}", new Dictionary<string, string>(), "#call")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await office.FillAndPostAsync($"/administration/elections/{id}/roll", new Dictionary<string, string> { ["Count"] = "12" }, "#invent")).StatusCode);
        Assert.Equal(23 * 12, city.InDb(db => db.Set<Elector>().CountAsync(one => one.ElectionId == id)));
        city.InScope(async services => Assert.Equal(InventElectorsResult.NotARehearsal, await services.GetRequiredService<RollHandler>().InventAsync(SampleRolls.Demonstration(city).Id, 12, default)));
    }

    [Fact]
    public async Task Two_imports_at_once_are_one_and_a_cancelled_one_changes_nothing()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var office = city.SignedIn(Role.Officer);
        var path = $"/administration/elections/{SampleRolls.Demonstration(city).Id}/roll";
        var page = await office.ReadAsync(path);
        var file = new Dictionary<string, (string, byte[])> { ["File"] = ("liste.csv", Encoding.UTF8.GetBytes(SampleRolls.Header + SampleRolls.Line())) };
        var sent = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => office.PostAsync(page, path, new Dictionary<string, string>(), "#import", file)));
        Assert.Equal(1, city.InDb(db => db.Set<RollImport>().CountAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await office.FillAndPostAsync(sent[0].Headers.Location!.OriginalString, new Dictionary<string, string>(), "#cancel")).StatusCode);
        city.InScope(services => services.GetRequiredService<ImportRollHandler>().RunWaitingAsync(default));
        Assert.Equal(RollImportState.Cancelled, city.InDb(db => db.Set<RollImport>().AsNoTracking().SingleAsync()).State);
        Assert.Equal(0, Count(city));
    }

    private static int Count(CityFactory city)
    {
        var id = SampleRolls.Demonstration(city).Id;
        return city.InDb(db => db.Set<Elector>().CountAsync(elector => elector.ElectionId == id));
    }

    private static Dictionary<string, string> Person(string name, string first, string born) => new(StringComparer.Ordinal) { ["LastName"] = name, ["FirstName"] = first, ["BornOn"] = born };

    private static async Task<string> AskAsync(CityBrowser browser, string name, string first, string born) =>
        CityBrowser.TextOf(await CityBrowser.ParseAsync(await browser.FillAndPostAsync(Check, Person(name, first, born))));
}
