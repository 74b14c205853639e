using System.IO.Compression;
using System.Net;
using System.Text;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Budgets;
using ActiveCitizens.Web.Features.Budgets.ImportRound;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Tests.Budgets;

public sealed class ImportRoundTests
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_file_is_read_counted_looked_at_and_published(Database database)
    {
        await using var city = new CityFactory(database);
        var administrator = city.SignedIn(Role.Administrator);
        var import = await SmallVote.ImportAsync(city, administrator, "agen.pb", Encoding.UTF8.GetBytes(SmallVote.Text));
        Assert.Equal(RoundImportState.Done, import.State);

        // A draft is the administrators' own.
        Assert.Equal(HttpStatusCode.NotFound, (await city.Anonymous().GetAsync("/budgets/agen-2026")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await city.Anonymous().GetAsync("/budgets/agen-2026/agen-2026.pb")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await administrator.GetAsync("/budgets/agen-2026/result")).StatusCode);
        Assert.DoesNotContain("Agen 2026", CityBrowser.TextOf(await city.Anonymous().ReadAsync("/budgets")), StringComparison.Ordinal);
        await administrator.FillAndPostAsync($"/administration/budgets/{import.Id}", new Dictionary<string, string>(), "#publish");

        Assert.Contains("Agen 2026", CityBrowser.TextOf(await city.Anonymous().ReadAsync("/budgets")), StringComparison.Ordinal);
        var result = await city.Anonymous().ReadAsync("/budgets/agen-2026/result");
        Assert.Contains("Jardin partagé", result.QuerySelector("#funded")!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Contains("activecitizens count agen-2026.pb --preset city_greedy_skip", CityBrowser.TextOf(result), StringComparison.Ordinal);
        Assert.Empty(result.QuerySelectorAll("main script:not([src])"));
        Assert.Equal(HttpStatusCode.OK, (await city.Anonymous().GetAsync("/budgets/agen-2026/projects/3")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await city.Anonymous().GetAsync("/budgets/agen-2026/projects/4")).StatusCode);
    }

    [Fact]
    public async Task Downloads_say_nothing_of_who_the_voters_are_and_run_no_formula()
    {
        await using var city = new CityFactory(Database.Sqlite);
        await SmallVote.PublishAsync(city);

        var ballots = await (await city.Anonymous().GetAsync("/budgets/agen-2026/agen-2026.pb")).Content.ReadAsStringAsync();
        Assert.Contains("voter_id;vote\n", ballots, StringComparison.Ordinal);
        Assert.DoesNotContain("sex", ballots, StringComparison.Ordinal);
        Assert.DoesNotContain(";78", ballots, StringComparison.Ordinal);
        var csv = await (await city.Anonymous().GetAsync("/budgets/agen-2026/projects.csv")).Content.ReadAsStringAsync();
        Assert.Contains("'=HYPERLINK", csv, StringComparison.Ordinal);
        Assert.DoesNotContain(",=HYPERLINK", csv, StringComparison.Ordinal);
        var map = await (await city.Anonymous().GetAsync("/en/budgets/agen-2026/projects.geojson")).Content.ReadAsStringAsync();
        Assert.Contains("/en/budgets/agen-2026/projects/1", map, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_compressed_file_is_read_too_and_the_same_ballots_come_in_once()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var administrator = city.SignedIn(Role.Administrator);
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(SmallVote.Text));
        }

        Assert.Equal(RoundImportState.Done, (await SmallVote.ImportAsync(city, administrator, "agen.pb.gz", compressed.ToArray())).State);
        Assert.Equal(RoundImportState.Refused, (await SmallVote.ImportAsync(city, administrator, "again.pb", Encoding.UTF8.GetBytes(SmallVote.Text))).State);
        Assert.Equal(1, city.InDb(db => db.Set<BudgetRound>().CountAsync()));
    }

    [Theory]
    [InlineData("truncated"), InlineData("utf16"), InlineData("latin1"), InlineData("huge-cost"), InlineData("no-votes-section"), InlineData("unknown-project"), InlineData("wrong-count")]
    [InlineData("voter-twice"), InlineData("unclosed-quote"), InlineData("not-gzip"), InlineData("binary"), InlineData("negative-cost"), InlineData("gzip-cut")]
    public async Task A_malformed_file_is_refused_with_its_place_and_nothing_is_stored(string fault)
    {
        await using var city = new CityFactory(Database.Sqlite);
        var administrator = city.SignedIn(Role.Administrator);
        var import = await SmallVote.ImportAsync(city, administrator, "fault.pb", Malformed(fault));
        Assert.Equal(RoundImportState.Refused, import.State);
        Assert.NotEmpty(import.Problems);
        Assert.Null(import.Content);
        Assert.Equal((0, 0, 0), (city.InDb(db => db.Set<BudgetRound>().CountAsync()), city.InDb(db => db.Set<BudgetProject>().CountAsync()), city.InDb(db => db.Set<BudgetBallots>().CountAsync())));
        Assert.Contains("Rien n’a été importé", CityBrowser.TextOf(await administrator.ReadAsync($"/administration/budgets/{import.Id}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_hundred_megabytes_gets_an_answer_and_is_not_kept()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var administrator = city.SignedIn(Role.Administrator);
        var answer = await administrator.FillAndPostAsync("/administration/budgets", SmallVote.Form, files: new Dictionary<string, (string, byte[])> { ["File"] = ("large.pb", new byte[100 << 20]) });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("sont acceptés", CityBrowser.TextOf(await CityBrowser.ParseAsync(answer)), StringComparison.Ordinal);
        Assert.Equal(0, city.InDb(db => db.Set<RoundImport>().CountAsync()));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Ten_clicks_at_once_start_one_import(Database database)
    {
        await using var city = new CityFactory(database);
        var administrator = city.SignedIn(Role.Administrator);
        var page = await administrator.ReadAsync("/administration/budgets");
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            administrator.PostAsync(page, "/administration/budgets", SmallVote.Form, files: new Dictionary<string, (string, byte[])> { ["File"] = ("agen.pb", Encoding.UTF8.GetBytes(SmallVote.Text)) })));
        Assert.Equal(1, city.InDb(db => db.Set<RoundImport>().CountAsync()));
    }

    [Fact]
    public async Task An_import_that_was_cancelled_keeps_nothing()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var administrator = city.SignedIn(Role.Administrator);
        await administrator.FillAndPostAsync("/administration/budgets", SmallVote.Form, files: new Dictionary<string, (string, byte[])> { ["File"] = ("agen.pb", Encoding.UTF8.GetBytes(SmallVote.Text)) });
        var waiting = city.InDb(db => db.Set<RoundImport>().SingleAsync());
        await administrator.FillAndPostAsync($"/administration/budgets/{waiting.Id}", new Dictionary<string, string>(), "#cancel");
        SmallVote.RunImports(city);
        Assert.Equal(RoundImportState.Cancelled, city.InDb(db => db.Set<RoundImport>().SingleAsync()).State);
        Assert.Equal(0, city.InDb(db => db.Set<BudgetRound>().CountAsync()));
    }

    private static byte[] Malformed(string fault) => fault switch
    {
        "truncated" => Encoding.UTF8.GetBytes(SmallVote.Text[..(SmallVote.Text.Length / 2)]),
        "utf16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(SmallVote.Text)],
        "latin1" => Encoding.Latin1.GetBytes(SmallVote.Text),
        "huge-cost" => Encoding.UTF8.GetBytes(SmallVote.Text.Replace("1;60;", $"1;{new string('9', 100_000)};", StringComparison.Ordinal)),
        "negative-cost" => Encoding.UTF8.GetBytes(SmallVote.Text.Replace("1;60;", "1;-60;", StringComparison.Ordinal)),
        "no-votes-section" => Encoding.UTF8.GetBytes(SmallVote.Text[..SmallVote.Text.IndexOf("VOTES", StringComparison.Ordinal)]),
        "unknown-project" => Encoding.UTF8.GetBytes(SmallVote.Text.Replace("b;1;", "b;99;", StringComparison.Ordinal)),
        "wrong-count" => Encoding.UTF8.GetBytes(SmallVote.Text.Replace("num_votes;4", "num_votes;5", StringComparison.Ordinal)),
        "voter-twice" => Encoding.UTF8.GetBytes(SmallVote.Text.Replace("b;1;", "a;1;", StringComparison.Ordinal)),
        "unclosed-quote" => Encoding.UTF8.GetBytes(SmallVote.Text.Replace("description;A small", "description;\"A small", StringComparison.Ordinal)),
        "not-gzip" => [0x1f, 0x8b, 1, 2, 3, 4, 5],
        "gzip-cut" => Cut(),
        "binary" => [.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 37))],
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    private static byte[] Cut()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(SmallVote.Text));
        }

        return compressed.ToArray()[..^200];
    }
}
