using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Shared.Assets;
using ActiveCitizens.Web.Features.Shared.Mail;
using ActiveCitizens.Web.Tests.Harness;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.Elections;

/// <summary>The voting booth as a browser meets it: page, documents, casting, giving up, files and codes by e-mail.</summary>
public sealed partial class BoothTests
{
    [Fact]
    public async Task The_booth_shows_who_stands_and_only_its_page_may_start_workers()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Sealed(city, candidates: 12);
        var page = await city.Anonymous().ReadAsync(PathOf(sample));
        Assert.Equal(sample.Contests[0].Candidates.Select(candidate => candidate.FullName), page.QuerySelectorAll("#choices label[for^=answer-]").Select(label => label.TextContent));
        Assert.NotNull(page.QuerySelector("label[for=blank]"));
        Assert.Equal(["1", "2", "3", "audit", "4", "done"], page.QuerySelectorAll("section[data-step]").Select(section => section.GetAttribute("data-step")));
        Assert.All(page.QuerySelectorAll("section[data-step]"), section => Assert.Equal("-1", section.QuerySelector($"h2#{section.GetAttribute("aria-labelledby")}")!.GetAttribute("tabindex")));
        Assert.All(page.QuerySelectorAll("form#booth input:not([type=hidden])"), input => Assert.NotNull(page.QuerySelector($"label[for={input.Id}]")));
        Assert.Contains("05 00 00 00 00", page.QuerySelector("noscript")!.TextContent, StringComparison.Ordinal);

        using var booth = await city.Anonymous().GetAsync(PathOf(sample));
        using var other = await city.Anonymous().GetAsync("/neighbourhoods");
        var policy = string.Join(' ', booth.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("worker-src blob:", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("worker-src", string.Join(' ', other.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.True(booth.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task What_the_booth_downloads_is_what_was_sealed_and_the_copy_has_the_fingerprint_shown()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Sealed(city);
        var browser = city.Anonymous();
        var contest = sample.Read(sample.Contests[0]);
        Assert.Equal(contest.ElectionDocument, await (await browser.GetAsync($"{PathOf(sample)}/election.json")).Content.ReadAsByteArrayAsync());
        Assert.Equal(contest.CredentialsDocument, await (await browser.GetAsync($"{PathOf(sample)}/credentials.json")).Content.ReadAsByteArrayAsync());

        using var copy = await browser.GetAsync("/vote/standalone.html");
        Assert.Equal("attachment", copy.Content.Headers.ContentDisposition!.DispositionType);
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(await copy.Content.ReadAsByteArrayAsync()));
        Assert.Equal(city.Services.GetRequiredService<AssetManifest>().Sha256Of("booth-standalone.html"), fingerprint);
        Assert.Contains(fingerprint, (await browser.ReadAsync($"{PathOf(sample)}/upload")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/vote/{sample.Election.Slug}/q99")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/vote/nothing/q01/election.json")).StatusCode);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_ballot_is_cast_once_however_often_it_is_sent_and_the_receipt_has_its_tracker(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city);
        var contest = sample.Contests[0];
        var elector = contest.Electors[0];
        var ballot = sample.BallotOf(contest, elector, 1, 2);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ => await CastAsync(city, sample, elector.Number, elector.Secret, ballot)));
        Assert.All(answers, answer => Assert.Equal(("Done", HttpStatusCode.OK), (answer.Next, answer.Status)));
        Assert.Equal(1, city.InDb(db => db.Set<BoxEvent>().CountAsync(one => one.Type == ArchiveEventType.Ballot)));
        Assert.Single(answers.Select(answer => answer.Tracker).Distinct());

        var again = await CastAsync(city, sample, elector.Number, elector.Secret, sample.BallotOf(contest, elector, 3), email: "elector@example.org");
        Assert.Contains("remplace", again.Text, StringComparison.Ordinal);
        var receipt = city.InDb(db => db.Set<OutboxMessage>().SingleAsync(message => message.Recipient == "elector@example.org"));
        Assert.Contains(again.Tracker!, receipt.Body, StringComparison.Ordinal);
        Assert.Contains($"/elections/{sample.Election.Slug}/q", receipt.Body, StringComparison.Ordinal);
        // Receipts tell no minute, and leave together.
        Assert.Equal(0, receipt.CreatedAt.UtcTicks % TimeSpan.FromMinutes(15).Ticks);
        Assert.Equal(receipt.CreatedAt.AddMinutes(15), receipt.DueAt);
    }

    [Fact]
    public async Task Every_refusal_says_what_to_do()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Sealed(city, contests: 2);
        var (first, second) = (sample.Contests[0], sample.Contests[1]);
        var elector = first.Electors[0];
        var wrong = await CastAsync(city, sample, elector.Number, "1900-01-01", sample.BallotOf(first, elector, 1));
        Assert.Equal(("Identify", HttpStatusCode.UnprocessableEntity), (wrong.Next, wrong.Status));
        Assert.Contains("4 essais", wrong.Text, StringComparison.Ordinal);
        var foreign = await CastAsync(city, sample, elector.Number, elector.Secret, sample.BallotOf(second, second.Electors[0], 1));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, foreign.Status);
        var damaged = sample.BallotOf(first, elector, 1);
        damaged[^20] ^= 1;
        Assert.Equal("Choose", (await CastAsync(city, sample, elector.Number, elector.Secret, damaged)).Next);
        city.InDb(async db =>
        {
            db.Add(new RollMark { ElectorId = first.Electors[1].Id, ContestId = first.Contest.Id, Way = VotingWay.PollingStation });
            await db.SaveChangesAsync();
        });
        var voted = await CastAsync(city, sample, first.Electors[1].Number, first.Electors[1].Secret, sample.BallotOf(first, first.Electors[1], 1));
        Assert.Equal(("Stop", HttpStatusCode.Conflict), (voted.Next, voted.Status));
        Assert.Contains("bureau de vote", voted.Text, StringComparison.Ordinal);
        for (var i = 0; i < 3; i++)
        {
            await CastAsync(city, sample, elector.Number, "1900-01-01", sample.BallotOf(first, elector, 1));
        }

        Assert.Equal(HttpStatusCode.Locked, (await CastAsync(city, sample, elector.Number, "1900-01-01", sample.BallotOf(first, elector, 1))).Status);
        Assert.Equal(0, city.InDb(db => db.Set<BoxEvent>().CountAsync(one => one.Type == ArchiveEventType.Ballot)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_ballot_opened_to_check_the_booth_is_refused_from_then_on(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city);
        var contest = sample.Contests[0];
        var elector = contest.Electors[0];
        var ballot = sample.BallotOf(contest, elector, 1);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => PostAsync(city.Anonymous(), sample, "audit", new() { ["ballot"] = Encoding.UTF8.GetString(ballot) })));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode));
        Assert.Equal(1, city.InDb(db => db.Set<AuditedBallot>().CountAsync()));
        var refused = await CastAsync(city, sample, elector.Number, elector.Secret, ballot);
        Assert.Equal(("Choose", HttpStatusCode.Conflict), (refused.Next, refused.Status));
        Assert.Equal("Done", (await CastAsync(city, sample, elector.Number, elector.Secret, sample.BallotOf(contest, elector, 1))).Next);

        // Nobody fills the table without a code.
        using var nonsense = await PostAsync(city.Anonymous(), sample, "audit", new() { ["ballot"] = "{}" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nonsense.StatusCode);
    }

    [Theory, InlineData("cast"), InlineData("audit"), InlineData("code"), InlineData("upload")]
    public async Task Posts_from_another_site_are_refused(string act)
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Sealed(city, rules: new() { SecondSecret = SecondSecret.EmailCode });
        var contest = sample.Contests[0];
        using var forged = new FormUrlEncodedContent(new Dictionary<string, string> { ["number"] = "1", ["secret"] = "000000", ["Input.Number"] = "1", ["ballot"] = Encoding.UTF8.GetString(sample.BallotOf(contest, contest.Electors[0], 1)) });
        using var answer = await city.Anonymous().Http.PostAsync(new Uri($"{PathOf(sample)}/{act}", UriKind.Relative), forged);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, city.InDb(db => db.Set<AuditedBallot>().CountAsync()));
        Assert.Equal(0, city.InDb(db => db.Set<CredentialAttempts>().CountAsync()));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_code_by_e_mail_is_a_second_secret_and_asking_tells_nobody_who_is_on_the_roll(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Called(city, rules: new() { SecondSecret = SecondSecret.EmailCode });
        var contest = sample.Contests[0];
        var elector = contest.Electors[0];
        city.InDb(db => db.Set<Elector>().Where(one => one.Id == elector.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.Email, "elector@example.org")));
        sample.Seal();

        var texts = new List<string>();
        foreach (var number in new[] { elector.Number, contest.Electors[1].Number, 999 })
        {
            using var sent = await city.Anonymous().FillAndPostAsync($"{PathOf(sample)}/code", new Dictionary<string, string> { ["Number"] = $"{number}" });
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
            texts.Add(CityBrowser.TextOf(await CityBrowser.ParseAsync(sent)));
        }

        Assert.Single(texts.Distinct());
        using var tooSoon = await city.Anonymous().FillAndPostAsync($"{PathOf(sample)}/code", new Dictionary<string, string> { ["Number"] = $"{elector.Number}" });
        var message = city.InDb(db => db.Set<OutboxMessage>().SingleAsync());
        Assert.Equal("elector@example.org", message.Recipient);
        var code = CodeInMail().Match(message.Body!).Value.Replace(" ", "", StringComparison.Ordinal);

        var other = code == "123456" ? "654321" : "123456";
        Assert.Equal("Identify", (await CastAsync(city, sample, elector.Number, other, sample.BallotOf(contest, elector, 1))).Next);
        Assert.Equal("Done", (await CastAsync(city, sample, elector.Number, code, sample.BallotOf(contest, elector, 1))).Next);
        city.Clock.Advance(ElectorCode.ValidFor);
        Assert.Equal("Identify", (await CastAsync(city, sample, elector.Number, code, sample.BallotOf(contest, elector, 2))).Next);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_ballot_file_is_handed_in_without_scripts(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city);
        var contest = sample.Contests[0];
        var elector = contest.Electors[0];
        var path = $"{PathOf(sample)}/upload";
        var file = new Dictionary<string, (string, byte[])> { ["File"] = ("ballot.json", [.. sample.BallotOf(contest, elector, 1), (byte)'\n']) };
        Dictionary<string, string> Fields(string day) => new() { ["Number"] = $"{elector.Number}", ["Day"] = day, ["Month"] = $"{elector.BornOn.Month}", ["Year"] = $"{elector.BornOn.Year}" };

        using var noDate = await city.Anonymous().FillAndPostAsync(path, Fields("32"), files: file);
        var page = await CityBrowser.ParseAsync(noDate);
        Assert.NotNull(page.QuerySelector(".ds-error-summary a[href='#Secret_Day']"));
        Assert.Equal($"{elector.Number}", ((IHtmlInputElement)page.QuerySelector("#Input_Number")!).Value);
        using var missing = await city.Anonymous().FillAndPostAsync(path, Fields($"{elector.BornOn.Day}"));
        Assert.NotNull((await CityBrowser.ParseAsync(missing)).QuerySelector(".ds-error-summary a[href='#Input_File']"));

        using var cast = await city.Anonymous().FillAndPostAsync(path, Fields($"{elector.BornOn.Day}"), files: file);
        Assert.Equal(HttpStatusCode.OK, cast.StatusCode);
        Assert.Equal(1, city.InDb(db => db.Set<BoxEvent>().CountAsync(one => one.Type == ArchiveEventType.Ballot)));
        Assert.Equal(43, (await CityBrowser.ParseAsync(cast)).QuerySelector(".booth__tracker")!.TextContent.Length);
    }

    [Fact]
    public async Task Outside_the_hours_the_booth_says_when_it_opens_and_takes_nothing()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Called(city);
        Assert.Contains("Le vote n’est pas encore ouvert", CityBrowser.TextOf(await city.Anonymous().ReadAsync(PathOf(sample))), StringComparison.Ordinal);
        sample.Seal();
        var contest = sample.Contests[0];
        var browser = city.Anonymous();
        var open = await browser.ReadAsync(PathOf(sample));
        city.Clock.Advance(TimeSpan.FromHours(25));
        using var late = await PostAsync(browser, sample, "cast", new() { ["number"] = "1", ["secret"] = contest.Electors[0].Secret, ["ballot"] = Encoding.UTF8.GetString(sample.BallotOf(contest, contest.Electors[0], 1)) }, open);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("Le vote est clos", CityBrowser.TextOf(await city.Anonymous().ReadAsync(PathOf(sample))), StringComparison.Ordinal);
        Assert.Contains("Le vote est clos", CityBrowser.TextOf(await city.Anonymous().ReadAsync($"{PathOf(sample)}/upload")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_for_codes_is_slowed_down_per_address_and_casting_goes_on()
    {
        await using var city = new CityFactory(Database.Sqlite, settings: new() { ["RateLimits:SignInPostsPerMinute"] = "3" });
        var sample = SampleElection.Sealed(city, rules: new() { SecondSecret = SecondSecret.EmailCode });
        var browser = city.Anonymous();
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await browser.FillAndPostAsync($"{PathOf(sample)}/code", new Dictionary<string, string> { ["Number"] = $"{i}" })).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.FillAndPostAsync($"{PathOf(sample)}/code", new Dictionary<string, string> { ["Number"] = "4" })).StatusCode);
        var contest = sample.Contests[0];
        Assert.Equal("Identify", (await CastAsync(city, sample, 1, "000000", sample.BallotOf(contest, contest.Electors[0], 1))).Next);
    }

    private static string PathOf(SampleElection sample) => $"/vote/{sample.Election.Slug}/{sample.Contests[0].Contest.NeighbourhoodCode.ToLowerInvariant()}";

    private static async Task<Answer> CastAsync(CityFactory city, SampleElection sample, int number, string secret, byte[] ballot, string email = "")
    {
        using var answer = await PostAsync(city.Anonymous(), sample, "cast", new() { ["number"] = $"{number}", ["secret"] = secret, ["ballot"] = Encoding.UTF8.GetString(ballot), ["email"] = email });
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var reply = json.RootElement;
        return new(answer.StatusCode, reply.GetProperty("next").GetString()!, reply.GetProperty("text").GetString()!, reply.GetProperty("tracker").GetString());
    }

    private static async Task<HttpResponseMessage> PostAsync(CityBrowser browser, SampleElection sample, string act, Dictionary<string, string> fields, IHtmlDocument? page = null)
    {
        page ??= await browser.ReadAsync(PathOf(sample));
        fields["__RequestVerificationToken"] = ((IHtmlInputElement)page.QuerySelector("form#booth input[name=__RequestVerificationToken]")!).Value;
        using var form = new FormUrlEncodedContent(fields);
        return await browser.Http.PostAsync(new Uri($"{PathOf(sample)}/{act}", UriKind.Relative), form);
    }

    [GeneratedRegex(@"\d{3} \d{3}")]
    private static partial Regex CodeInMail();

    private sealed record Answer(HttpStatusCode Status, string Next, string Text, string? Tracker);
}
