using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using ActiveCitizens.Voting.Verification;
using ActiveCitizens.Web.Features.Elections.CastBallot;
using ActiveCitizens.Web.Features.Elections.PublishReadings;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.Elections;

/// <summary>What everybody sees of a box, and takes home.</summary>
public sealed class PublicBoardTests
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_voter_finds_the_ballot_by_its_tracker_and_learns_whether_it_counts(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city);
        var contest = sample.Contests[0];
        var browser = city.Anonymous();
        var address = $"/elections/{sample.Election.Slug}/{contest.Code()}/board";
        Assert.Contains("L’urne est vide", CityBrowser.TextOf(await browser.ReadAsync(address)), StringComparison.Ordinal);

        var first = Assert.IsType<CastResult.Cast>(sample.Cast(contest, contest.Electors[0], 1)).Tracker;
        var last = Assert.IsType<CastResult.Cast>(sample.Cast(contest, contest.Electors[0], 2)).Tracker;
        Publish(sample);

        Assert.Contains("Oui", await LookAsync(last), StringComparison.Ordinal);
        Assert.Contains("un bulletin plus récent l’a remplacé", await LookAsync(first), StringComparison.Ordinal);
        Assert.Contains("Aucun bulletin", await LookAsync(new string('A', 42) + "E"), StringComparison.Ordinal);
        Assert.Contains("Ce n’est pas un numéro de suivi", await LookAsync("bonjour"), StringComparison.Ordinal);
        // Copied from paper: with spaces, and with the equals sign that other programs write.
        Assert.Contains("Oui", await LookAsync($" {last[..20]} {last[20..]}="), StringComparison.Ordinal);
        var page = await browser.ReadAsync(address);
        Assert.Equal([first, last], page.QuerySelectorAll("tbody th code").Select(cell => cell.TextContent));
        Assert.Contains(sample.Read(contest).LastEvent!, CityBrowser.TextOf(page), StringComparison.Ordinal);

        async Task<string> LookAsync(string tracker) => CityBrowser.TextOf(await browser.ReadAsync($"{address}?tracker={Uri.EscapeDataString(tracker)}"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_archive_and_the_fingerprints_can_be_kept_elsewhere_at_any_moment(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city, contests: 2);
        var contest = sample.Contests[0];
        var browser = city.Anonymous();
        var address = $"/elections/{sample.Election.Slug}";
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"{address}/q99/archive.bel")).StatusCode);

        using var early = new MemoryStream(await DownloadAsync());
        Publish(sample);
        sample.Cast(contest, contest.Electors[0], 1);
        city.Clock.Advance(TimeSpan.FromMinutes(5));
        Publish(sample);
        using var later = new MemoryStream(await DownloadAsync());
        var report = Verifier.Verify(later, new() { EarlierCopy = early });
        Assert.Equal(VerificationVerdict.Incomplete, report.Verdict);
        Assert.Equal(1, report.Facts.BallotCount);

        using var json = JsonDocument.Parse(await (await browser.GetAsync($"{address}/fingerprints.json")).Content.ReadAsStringAsync());
        var published = json.RootElement.GetProperty("published").EnumerateArray().ToList();
        Assert.Equal(2, published.Count);
        Assert.EndsWith(":00Z", published[0].GetProperty("at").GetString(), StringComparison.Ordinal);
        Assert.Equal(report.Facts.LastEvent!.Value.Hex, published[0].GetProperty("boxes")[0].GetProperty("lastEvent").GetString());
        Assert.Equal(2, published[0].GetProperty("boxes").GetArrayLength());
        var atom = XDocument.Parse(await (await browser.GetAsync($"{address}/fingerprints.atom")).Content.ReadAsStringAsync());
        Assert.Contains(report.Facts.LastEvent.Value.Hex, atom.Root!.Elements().First(element => element.Name.LocalName == "entry").Value, StringComparison.Ordinal);

        async Task<byte[]> DownloadAsync()
        {
            using var answer = await browser.GetAsync($"{address}/{contest.Code()}/archive.bel");
            Assert.Equal($"{contest.Contest.Uuid}.bel", answer.Content.Headers.ContentDisposition!.FileName);
            return await answer.Content.ReadAsByteArrayAsync();
        }
    }

    [Fact]
    public async Task Nothing_new_is_not_published_again_and_ten_nodes_publish_a_minute_once()
    {
        await using var city = new CityFactory(Database.Postgres);
        var sample = SampleElection.Sealed(city);
        var published = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Publish(sample))));
        Assert.Single(published, wasNew => wasNew);
        city.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.False(Publish(sample));
    }

    [Fact]
    public async Task The_page_on_verifying_gives_commands_with_this_elections_values()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Sealed(city);
        var page = await city.Anonymous().ReadAsync($"/elections/{sample.Election.Slug}/verify");
        var commands = page.QuerySelectorAll("pre code").Select(code => code.TextContent).ToList();
        Assert.Contains(commands, command => command.StartsWith("activecitizens verify", StringComparison.Ordinal) && command.Contains(sample.Read(sample.Contests[0]).Fingerprint!, StringComparison.Ordinal));
        Assert.Contains("belenios-tool election verify --dir .", commands);
        Assert.Contains("belenios-tool election verify-diff --dir1 ../earlier --dir2 .", commands);
        Assert.Contains(commands, command => command.Contains("curl -OJ http://localhost/elections/", StringComparison.Ordinal));
    }

    internal static bool Publish(SampleElection sample)
    {
        var wasNew = false;
        sample.City.InScope(async services => wasNew = await services.GetRequiredService<BoxReader>().PublishAsync(sample.Election.Id, default));
        return wasNew;
    }
}
