using System.Net;
using ActiveCitizens.Voting.Verification;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Elections.CastBallot;
using ActiveCitizens.Web.Features.Elections.CheckBoxes;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.Elections;

/// <summary>The board's screen, and what a dishonest server cannot hide.</summary>
public sealed class WatchTests
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_president_stops_one_box_extends_the_hours_and_closes_each_with_its_reason(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city, contests: 2);
        var (here, there) = (sample.Contests[0], sample.Contests[1]);
        var watch = $"/board/{sample.Election.Slug}/watch";
        var (president, assessor) = (sample.Member(BoardDuty.President, name: "Paule Présidente"), sample.Member(BoardDuty.Assessor));
        Assert.Null((await assessor.ReadAsync(watch)).QuerySelector("#stop-box"));
        Assert.Equal(HttpStatusCode.Forbidden, (await city.SignedIn().GetAsync(watch)).StatusCode);

        await president.FillAndPostAsync(watch, new Dictionary<string, string> { ["ContestId"] = here.Contest.Id.ToString(), ["Reason"] = "Fuite d’eau." }, "#stop-box");
        Assert.Equal(BoxState.Suspended, Assert.IsType<CastResult.NotOpen>(sample.Cast(here, here.Electors[0], 1)).Box);
        Assert.IsType<CastResult.Cast>(sample.Cast(there, there.Electors[0], 1));
        await president.FillAndPostAsync(watch, new Dictionary<string, string> { ["ContestId"] = here.Contest.Id.ToString(), ["Reason"] = "Réparé." }, "#stop-box");
        Assert.IsType<CastResult.Cast>(sample.Cast(here, here.Electors[0], 1));
        var closes = sample.ReadState().ClosesAt;
        await president.FillAndPostAsync(watch, new Dictionary<string, string> { ["Minutes"] = "120", ["Reason"] = "Deux heures de panne." }, "#extend-hours");
        Assert.Equal(closes.AddHours(2), sample.ReadState().ClosesAt);
        await assessor.FillAndPostAsync(watch, new Dictionary<string, string> { ["Words"] = "Une urne ouverte en retard." }, "#incident");
        Assert.Equal(["Deux heures de panne.", "Fuite d’eau.", "Réparé.", "Une urne ouverte en retard."],
            city.InDb(db => db.Set<JournalEntry>().Where(entry => entry.ElectionId == sample.Election.Id).Select(entry => entry.Text).ToListAsync()).Select(words => words[(words.LastIndexOf("Z. ", StringComparison.Ordinal) is var at and >= 0 ? at + 3 : 0)..]).Order(StringComparer.Ordinal));

        Assert.Null((await president.ReadAsync(watch)).QuerySelector("#close-boxes"));
        city.Clock.Advance(TimeSpan.FromHours(27));
        president = city.SignedInAs(president.Account!);
        Assert.Contains("Cochez", CityBrowser.TextOf(await CityBrowser.ParseAsync(await president.FillAndPostAsync(watch, new Dictionary<string, string>(), "#close-boxes"))), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await president.FillAndPostAsync(watch, new Dictionary<string, string> { ["Sure"] = "true" }, "#close-boxes")).StatusCode);
        Assert.Equal(ElectionState.Closed, sample.ReadState().State);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_verifier_says_that_sound_boxes_are_sound_and_the_screen_shows_turnout(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city);
        var contest = sample.Contests[0];
        sample.Cast(contest, contest.Electors[0], 1);
        PublicBoardTests.Publish(sample);
        DeskTests.Mark(sample, contest, 2, VotingWay.PollingStation);
        city.Clock.Advance(TimeSpan.FromMinutes(5));
        PublicBoardTests.Publish(sample);
        city.InScope(services => services.GetRequiredService<BoxChecker>().CheckAsync(default));
        Assert.True(city.InDb(db => db.Set<BoxCheck>().SingleAsync()).IsSound);
        var page = await sample.Member(BoardDuty.President).ReadAsync($"/board/{sample.Election.Slug}/watch?bureau={contest.Code()}");
        Assert.Contains("Toutes les urnes sont intègres", CityBrowser.TextOf(page), StringComparison.Ordinal);
        Assert.Equal(["1", "0", "1", "1"], page.QuerySelectorAll("figure td").Select(cell => cell.GetAttribute("data-value")));
    }

    public static TheoryData<Database, string> Cheats => new(
        from database in (Database[])[Database.Sqlite, Database.Postgres]
        from cheat in (string[])["drop the last ballot", "drop a ballot", "swap two ballots", "reorder two ballots of one elector", "add a copy", "add a ballot for an abstainer", "change a byte"]
        select (database, cheat));

    [Theory, MemberData(nameof(Cheats))]
    public async Task A_server_that_touches_the_box_is_caught_by_public_checks(Database database, string cheat)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city, contests: 2, electors: 3);
        var contest = sample.Contests[0];
        // The server has no private code of an abstainer: it can only sign with one that is on no list here.
        var foreign = sample.Contests[1].Electors[0];
        var stuffed = (Content: sample.BallotOf(contest, foreign, 1), Credential: ActiveCitizens.Voting.Ballots.Ballot.Read(sample.ReadElection(contest), sample.BallotOf(contest, foreign, 1)).Credential);
        sample.Cast(contest, contest.Electors[0], 1);
        sample.Cast(contest, contest.Electors[1], 2);
        var victim = Assert.IsType<CastResult.Cast>(sample.Cast(contest, contest.Electors[1], 3)).Tracker;
        using var early = sample.Archive(contest);
        PublicBoardTests.Publish(sample);
        var published = sample.Read(contest).LastEvent!;
        BoxTampering.LiftGuards(city);
        BoxTampering.Rewrite(sample, contest, cheat switch
        {
            "drop the last ballot" => ballots => [.. ballots.SkipLast(1)],
            "drop a ballot" => ballots => [ballots[0], ballots[2]],
            "swap two ballots" => ballots => [ballots[1], ballots[0], ballots[2]],
            "reorder two ballots of one elector" => ballots => [ballots[0], ballots[2], ballots[1]],
            "add a copy" => ballots => [.. ballots, ballots[0]],
            "add a ballot for an abstainer" => ballots => [.. ballots, stuffed],
            _ => ballots => [ballots[0], ballots[1], (Content: BoxTampering.Flip(ballots[2].Content), ballots[2].Credential)],
        });

        // The forger made every hash of the chain anew: only what somebody kept elsewhere, or the ballots themselves, can tell.
        var report = sample.Verify(contest, new() { EarlierCopy = early, Tracker = BoxTampering.DigestOf(victim), LastEvent = BoxTampering.HashOf(published) });
        var failed = report.Outcomes.Where(outcome => outcome.Status == VerificationStatus.Failed).Select(outcome => outcome.Check.Id).ToHashSet();
        string[] expected = cheat switch
        {
            "drop the last ballot" => ["10.1", "10.6", "10.7"],
            "drop a ballot" => ["10.1", "10.6"],
            "swap two ballots" => ["10.1", "10.6"],
            "reorder two ballots of one elector" => ["10.1", "10.6", "10.7"],
            "add a copy" => ["4.10"],
            "add a ballot for an abstainer" => ["4.3"],
            _ => ["10.1", "10.6", "10.7"],
        };
        Assert.True(expected.All(failed.Contains), $"{cheat}: {string.Join(' ', failed)}");
        Assert.True(cheat != "change a byte" || failed.Any(id => id.StartsWith("4.", StringComparison.Ordinal)), string.Join(' ', failed));
        // The board's own screen says so too: a published fingerprint is gone, or a ballot is not valid.
        city.InScope(services => services.GetRequiredService<BoxChecker>().CheckAsync(default));
        Assert.False(city.InDb(db => db.Set<BoxCheck>().SingleAsync(check => check.ContestId == contest.Contest.Id)).IsSound);
        Assert.True(city.InDb(db => db.Set<BoxCheck>().SingleAsync(check => check.ContestId == sample.Contests[1].Contest.Id)).IsSound);
        Assert.Equal(JournalKind.Incident, city.InDb(db => db.Set<JournalEntry>().SingleAsync(entry => entry.ElectionId == sample.Election.Id)).Kind);
    }
}
