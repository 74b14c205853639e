using System.Net;
using System.Text.Json;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Elections.CastBallot;
using ActiveCitizens.Web.Features.Elections.KeepDesk;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.Elections;

/// <summary>The roll at the polling station.</summary>
public sealed class DeskTests
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task An_assessor_marks_an_elector_found_by_name_and_whoever_voted_online_is_refused(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city);
        var contest = sample.Contests[0];
        var assessor = sample.Member(BoardDuty.Assessor, contest);
        var desk = $"/board/{sample.Election.Slug}/desk";
        sample.Cast(contest, contest.Electors[1], 1);

        var found = await assessor.ReadAsync($"{desk}?q=Électeur1+DOMINIQUE");
        Assert.Equal("Dominique ÉLECTEUR1", Assert.Single(found.QuerySelectorAll("tbody th")).TextContent);
        var answer = await assessor.PostAsync(found, desk, new Dictionary<string, string> { ["Way"] = nameof(VotingWay.PollingStation) }, "td form");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(VotingWay.PollingStation, WayOf(city, contest, 0));
        Assert.Contains("a voté au bureau de vote", CityBrowser.TextOf(await assessor.ReadAsync($"{desk}?q=1")), StringComparison.Ordinal);
        Assert.IsType<CastResult.VotedOtherwise>(sample.Cast(contest, contest.Electors[0], 2));

        var refused = await assessor.FillAndPostAsync(desk, new Dictionary<string, string> { ["Number"] = "2", ["Way"] = nameof(VotingWay.Post) }, "#mark");
        Assert.Contains("a voté en ligne", CityBrowser.TextOf(await CityBrowser.ParseAsync(refused)), StringComparison.Ordinal);
        Assert.Equal(VotingWay.Online, WayOf(city, contest, 1));
        Assert.Contains("Il n’y a pas de numéro 99", CityBrowser.TextOf(await CityBrowser.ParseAsync(await assessor.FillAndPostAsync(desk, new Dictionary<string, string> { ["Number"] = "99", ["Way"] = nameof(VotingWay.Post) }, "#mark"))), StringComparison.Ordinal);
        Assert.Contains("Saisissez le numéro", CityBrowser.TextOf(await CityBrowser.ParseAsync(await assessor.FillAndPostAsync(desk, new Dictionary<string, string> { ["Way"] = nameof(VotingWay.Post) }, "#mark"))), StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_mark_sent_again_after_a_network_cut_is_no_second_vote_but_one_of_another_desk_is(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city);
        var assessor = sample.Member(BoardDuty.Assessor);
        var desk = $"/board/{sample.Election.Slug}/desk";
        Assert.Equal("marked", await SendAsync(retry: false));
        Assert.Equal("marked", await SendAsync(retry: true));
        Assert.Equal("refused", await SendAsync(retry: false));
        Assert.Equal(1, city.InDb(db => db.Set<RollMark>().CountAsync()));

        async Task<string> SendAsync(bool retry)
        {
            var page = await assessor.ReadAsync(desk);
            using var body = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = page.QuerySelector("#mark input[name=__RequestVerificationToken]")!.GetAttribute("value")!,
                ["Bureau"] = sample.Contests[0].Code(), ["Input.Number"] = "3", ["Input.Way"] = "PollingStation", ["Input.Retry"] = retry.ToString(),
            });
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(desk, UriKind.Relative)) { Content = body };
            request.Headers.Accept.ParseAdd("application/json");
            using var answer = await assessor.Http.SendAsync(request);
            using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            return json.RootElement.GetProperty("result").GetString()!;
        }
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Ten_desks_and_devices_at_once_leave_one_mark(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city);
        var contest = sample.Contests[0];
        var ballot = sample.BallotOf(contest, contest.Electors[0], 1);
        var marks = Enumerable.Range(0, 9).Select(i => Task.Run(() => Mark(sample, contest, 1, i % 2 == 0 ? VotingWay.Post : VotingWay.PollingStation) is MarkVoterResult.Marked));
        var casts = Enumerable.Range(0, 1).Select(_ => Task.Run(() => sample.Cast(contest, contest.Electors[0], ballot) is CastResult.Cast));
        var results = await Task.WhenAll(marks.Concat(casts));
        Assert.Single(results, taken => taken);
        Assert.Equal(1, city.InDb(db => db.Set<RollMark>().CountAsync()));
    }

    [Fact]
    public async Task The_desk_opens_for_its_own_neighbourhood_and_only_while_the_boxes_are_open()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Sealed(city, contests: 2);
        var desk = $"/board/{sample.Election.Slug}/desk";
        var assessor = sample.Member(BoardDuty.Assessor, sample.Contests[0]);
        // Whatever the address says, the roll is that of the assessor's own bureau.
        Assert.Contains(sample.Contests[0].Contest.Name, (await assessor.ReadAsync($"{desk}?bureau={sample.Contests[1].Code()}")).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, (await sample.Member(BoardDuty.President).ReadAsync(desk)).QuerySelectorAll(".card").Length);
        Assert.Equal(HttpStatusCode.Forbidden, (await city.SignedIn().GetAsync(desk)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await city.SignedIn(Features.Accounts.Role.Administrator).GetAsync(desk)).StatusCode);
        sample.Close();
        Assert.IsType<MarkVoterResult.NotOpen>(Mark(sample, sample.Contests[0], 1, VotingWay.Post));
    }

    [Fact]
    public async Task A_post_from_another_site_marks_nobody()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Sealed(city);
        var assessor = sample.Member(BoardDuty.Assessor);
        using var body = new FormUrlEncodedContent(new Dictionary<string, string> { ["Bureau"] = sample.Contests[0].Code(), ["Input.Number"] = "1", ["Input.Way"] = "PollingStation" });
        using var answer = await assessor.Http.PostAsync(new Uri($"/board/{sample.Election.Slug}/desk", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, city.InDb(db => db.Set<RollMark>().CountAsync()));
    }

    internal static MarkVoterResult Mark(SampleElection sample, SampleContest contest, int number, VotingWay way)
    {
        MarkVoterResult answer = null!;
        sample.City.InScope(async services => answer = await services.GetRequiredService<MarkVoterHandler>().MarkAsync(contest.Contest.Id, number, way, default));
        return answer;
    }

    private static VotingWay WayOf(CityFactory city, SampleContest contest, int elector) => city.InDb(db => db.Set<RollMark>().Where(mark => mark.ElectorId == contest.Electors[elector].Id).Select(mark => mark.Way).SingleAsync());
}
