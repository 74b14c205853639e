using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Verification;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Elections.CastBallot;
using ActiveCitizens.Web.Features.Elections.CloseVote;
using ActiveCitizens.Web.Features.Elections.DecryptTally;
using ActiveCitizens.Web.Features.Elections.KeepDesk;
using ActiveCitizens.Web.Features.Elections.SealElection;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Tests.Elections;

/// <summary>A box from its sealing to its result, on both databases.</summary>
public sealed class BallotBoxTests
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task An_election_goes_from_the_sealing_to_a_result_that_anybody_can_verify(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Called(city, electors: 4);
        Assert.Equal(1, Assert.IsType<SealElectionResult.Sealed>(sample.Seal()).Boxes);
        var contest = sample.Contests[0];

        Assert.IsType<CastResult.Cast>(sample.Cast(contest, contest.Electors[0], 0, 1, 2));
        Assert.IsType<CastResult.Cast>(sample.Cast(contest, contest.Electors[1], 0));
        Assert.IsType<CastResult.Cast>(sample.Cast(contest, contest.Electors[2]));
        Assert.True(Assert.IsType<CastResult.Cast>(sample.Cast(contest, contest.Electors[1], 1)).Replaces);
        using var early = sample.Archive(contest);
        Assert.Equal(CloseVoteResult.Closed, sample.Close());
        Assert.False(Assert.IsType<DecryptTallyResult.Kept>(sample.Decrypt(contest, 3)).IsComplete);
        Assert.False(Assert.IsType<DecryptTallyResult.Kept>(sample.Decrypt(contest, 1)).IsComplete);
        Assert.True(Assert.IsType<DecryptTallyResult.Kept>(sample.Decrypt(contest, 2)).IsComplete);

        var report = sample.Verify(contest, new() { EarlierCopy = early });
        Assert.True(report.Verdict == VerificationVerdict.Valid, report.ToText());
        Assert.Equal([1, 1, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], Assert.IsType<QuestionResult.Counts>(report.Facts.Result!.Questions[0]).Values);
        Assert.Equal(sample.Read(contest).LastEvent, report.Facts.LastEvent!.Value.Hex);
        Assert.Equal(3, city.InDb(db => db.Set<RollMark>().CountAsync()));
        Assert.Equal(0, city.InDb(db => db.Set<ElectorCredential>().CountAsync()));
        Assert.Equal(BoxState.Decrypted, sample.Read(contest).Box);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_rehearsal_alone_is_closed_before_its_hour(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city);
        var (contest, electors) = (sample.Contests[0], sample.Contests[0].Electors);
        Assert.IsType<CastResult.Cast>(sample.Cast(contest, electors[0], 0));
        Assert.Equal(CloseVoteResult.StillOpen, sample.CloseAgain());
        city.InDb(db => db.Set<Election>().Where(one => one.Id == sample.Election.Id).ExecuteUpdateAsync(set => set.SetProperty(one => one.IsRehearsal, true).SetProperty(one => one.DeliberationId, (Guid?)null)));
        Assert.Equal(CloseVoteResult.Closed, sample.CloseAgain());
        Assert.True(sample.ReadState().ClosesAt <= city.Clock.GetUtcNow());
        Assert.IsType<CastResult.NotOpen>(sample.Cast(contest, electors[1], 0));
        Assert.Equal(BoxState.Closed, sample.Read(contest).Box);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Only_its_owner_votes_with_a_code(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city, contests: 2);
        var (here, there) = (sample.Contests[0], sample.Contests[1]);
        var (owner, other) = (here.Electors[0], here.Electors[1]);

        Assert.Equal(4, Assert.IsType<CastResult.WrongSecret>(sample.Cast(here, owner, sample.BallotOf(here, owner, 1), secret: "1900-01-01")).Left);
        Assert.IsType<CastResult.Cast>(sample.Cast(here, owner, 1));
        // Another elector of the same bureau who holds the letter, and the owner with somebody else's letter.
        Assert.IsType<CastResult.ForeignCode>(sample.Cast(here, other, sample.BallotOf(here, owner, 2)));
        Assert.IsType<CastResult.ForeignCode>(sample.Cast(here, owner, sample.BallotOf(here, other, 2)));
        // A letter of another bureau: its code is on no list here.
        Assert.Equal(BallotRule.Credential, Assert.IsType<CastResult.Unacceptable>(sample.Cast(here, other, sample.BallotOf(here, there.Electors[1], 2))).Rule);
        // A ballot made for the other box.
        Assert.IsType<CastResult.Unacceptable>(sample.Cast(here, other, sample.BallotOf(there, there.Electors[1], 2)));
        Assert.Equal(1, city.InDb(db => db.Set<RollMark>().CountAsync()));
        Assert.Equal(2, sample.Read(here).Height);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Guessing_a_date_of_birth_rests_the_guessers_own_code_and_nobody_elses(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city);
        var contest = sample.Contests[0];
        var (guesser, victim) = (contest.Electors[0], contest.Electors[1]);

        for (var left = CredentialAttempts.Allowed - 1; left > 0; left--)
        {
            Assert.Equal(left, Assert.IsType<CastResult.WrongSecret>(sample.Cast(contest, victim, sample.BallotOf(contest, guesser, 1), secret: $"1950-01-0{left}")).Left);
        }

        Assert.IsType<CastResult.Locked>(sample.Cast(contest, victim, sample.BallotOf(contest, guesser, 1), secret: "1950-02-01"));
        Assert.IsType<CastResult.Locked>(sample.Cast(contest, guesser, 1));
        Assert.IsType<CastResult.Cast>(sample.Cast(contest, victim, 1));
        city.Clock.Advance(CredentialAttempts.LockedFor);
        Assert.IsType<CastResult.Cast>(sample.Cast(contest, guesser, 1));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Ten_devices_at_once_leave_one_mark_and_one_ballot_each(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city);
        var contest = sample.Contests[0];
        var ballots = Enumerable.Range(0, 5).Select(i => sample.BallotOf(contest, contest.Electors[0], i)).ToList();

        // Each of five ballots comes twice, as after a lost answer.
        var results = await Task.WhenAll(ballots.Concat(ballots).Select(ballot => Task.Run(() => sample.Cast(contest, contest.Electors[0], ballot))));

        Assert.All(results, result => Assert.IsType<CastResult.Cast>(result));
        Assert.Equal(6, sample.Read(contest).Height);
        Assert.Equal(1, city.InDb(db => db.Set<RollMark>().CountAsync()));
        var report = sample.Verify(contest);
        Assert.Equal(1, report.Facts.KeptBallotCount);
        Assert.Equal(5, report.Facts.BallotCount);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Whoever_voted_one_way_is_refused_the_other(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city);
        var contest = sample.Contests[0];
        Mark(city, contest, 0, VotingWay.PollingStation);
        Assert.Equal(VotingWay.PollingStation, Assert.IsType<CastResult.VotedOtherwise>(sample.Cast(contest, contest.Electors[0], 1)).Way);

        Assert.IsType<CastResult.Cast>(sample.Cast(contest, contest.Electors[1], 1));
        Assert.Throws<DbUpdateException>(() => Mark(city, contest, 1, VotingWay.Post));
        // Nor does anybody rub a mark out while people vote.
        Assert.ThrowsAny<Exception>(() => city.InDb(db => db.Set<RollMark>().ExecuteDeleteAsync()));
        Assert.ThrowsAny<Exception>(() => city.InDb(db => db.Set<RollMark>().ExecuteUpdateAsync(set => set.SetProperty(mark => mark.Way, VotingWay.Post))));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_database_itself_refuses_ballots_outside_the_hours_and_changes_in_the_box(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city);
        var contest = sample.Contests[0];
        Assert.IsType<CastResult.Cast>(sample.Cast(contest, contest.Electors[0], 1));
        Assert.ThrowsAny<Exception>(() => city.InDb(db => db.Set<BoxEvent>().ExecuteDeleteAsync()));
        Assert.ThrowsAny<Exception>(() => city.InDb(db => db.Set<BoxEvent>().ExecuteUpdateAsync(set => set.SetProperty(one => one.ContentHash, "0"))));

        // The site's clock stands still; the database's says that it is over.
        city.InDb(db => db.Set<Election>().ExecuteUpdateAsync(set => set.SetProperty(one => one.ClosesAt, DateTimeOffset.UtcNow.AddSeconds(-2)).SetProperty(one => one.OpensAt, DateTimeOffset.UtcNow.AddHours(-9))));
        city.Clock.AdjustTime(DateTimeOffset.UtcNow.AddHours(-1));
        Assert.IsType<CastResult.NotOpen>(sample.Cast(contest, contest.Electors[1], 1));
        Assert.Equal(2, sample.Read(contest).Height);
        Assert.Equal(1, city.InDb(db => db.Set<RollMark>().CountAsync()));

        // The roll is sealed.
        Assert.ThrowsAny<Exception>(() => city.InDb(db => db.Set<Elector>().ExecuteDeleteAsync()));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task After_the_closing_no_ballot_comes_in_and_a_wrong_factor_is_refused(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city, electors: 3);
        var contest = sample.Contests[0];
        var late = sample.BallotOf(contest, contest.Electors[1], 3);
        Assert.IsType<CastResult.Cast>(sample.Cast(contest, contest.Electors[0], 1));
        Assert.IsType<DecryptTallyResult.NotYet>(sample.DecryptEarly(contest));
        Assert.Equal(CloseVoteResult.Closed, sample.Close());
        Assert.Equal(CloseVoteResult.Closed, sample.CloseAgain());
        Assert.IsType<CastResult.NotOpen>(sample.Cast(contest, contest.Electors[1], late));

        Assert.Contains("proof", Assert.IsType<DecryptTallyResult.Unacceptable>(sample.Decrypt(contest, 1, key: sample.TrusteeKeys[1])).Reason, StringComparison.Ordinal);
        Assert.IsType<DecryptTallyResult.Kept>(sample.Decrypt(contest, 1));
        Assert.IsType<DecryptTallyResult.NotNeeded>(sample.Decrypt(contest, 1));
    }

    [Fact]
    public async Task A_trustee_who_disappears_does_not_stop_a_board_with_a_threshold()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Sealed(city, electors: 3, trustees: 3, threshold: 2);
        var contest = sample.Contests[0];
        Assert.IsType<CastResult.Cast>(sample.Cast(contest, contest.Electors[0], 4));
        sample.Close();

        Assert.False(Assert.IsType<DecryptTallyResult.Kept>(sample.Decrypt(contest, 3)).IsComplete);
        Assert.True(Assert.IsType<DecryptTallyResult.Kept>(sample.Decrypt(contest, 1)).IsComplete);
        Assert.IsType<DecryptTallyResult.NotNeeded>(sample.Decrypt(contest, 2));
        var report = sample.Verify(contest);
        Assert.True(report.Verdict == VerificationVerdict.Valid, report.ToText());
        Assert.Equal(1, Assert.IsType<QuestionResult.Counts>(report.Facts.Result!.Questions[0]).Values[5]);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Ballots_and_marks_of_the_last_second_count_or_are_told_that_the_box_is_closed(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city, electors: 40, candidates: 3);
        var contest = sample.Contests[0];
        var ballots = contest.Electors.Take(30).Select(elector => (elector, sample.BallotOf(contest, elector, 1))).ToList();

        var results = new System.Collections.Concurrent.ConcurrentBag<CastResult>();
        var voting = Task.WhenAll(ballots.Select(one => Task.Run(() => results.Add(sample.Cast(contest, one.elector, one.Item2)))));
        var marks = new System.Collections.Concurrent.ConcurrentBag<MarkVoterResult>();
        var marking = Task.WhenAll(contest.Electors.Skip(30).Select(elector => Task.Run(() => marks.Add(SeatTests.In<MarkVoterHandler, MarkVoterResult>(sample, handler => handler.MarkAsync(contest.Contest.Id, elector.Number, VotingWay.PollingStation, default))))));
        while (results.Count < 5)
        {
            await Task.Delay(1);
        }

        Assert.Equal(CloseVoteResult.Closed, sample.Close());
        await voting;
        await marking;

        Assert.All(marks, mark => Assert.True(mark is MarkVoterResult.Marked or MarkVoterResult.NotOpen, mark.ToString()));
        Assert.All(results, result => Assert.True(result is CastResult.Cast or CastResult.NotOpen, result.ToString()));
        var report = sample.Verify(contest);
        Assert.NotEqual(VerificationVerdict.Invalid, report.Verdict);
        Assert.Equal(results.OfType<CastResult.Cast>().Count(), report.Facts.BallotCount);
        var turnout = new Turnout(report.Facts.BallotCount, marks.OfType<MarkVoterResult.Marked>().Count(), 0);
        Assert.Equal(turnout, sample.Read(contest).Turnout);
        Assert.Equal(turnout.Voters, city.InDb(db => db.Set<RollMark>().CountAsync()));
        Assert.Equal(0, city.InDb(db => db.Set<ElectorCredential>().CountAsync()));
    }

    [Fact]
    public async Task Sealing_names_everything_that_is_missing_and_keeps_nothing()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Called(city, contests: 2);
        city.InDb(async db =>
        {
            var contest = await db.Set<Contest>().FirstAsync(one => one.Number == 2);
            contest.KeepCredentials(null);
            await db.SaveChangesAsync();
        });
        var problem = Assert.Single(Assert.IsType<SealElectionResult.NotReady>(sample.Seal()).Problems);
        Assert.Equal(sample.Contests[1].Contest.NeighbourhoodCode, Assert.IsType<SealProblem.NoCredentials>(problem).NeighbourhoodCode);
        Assert.Equal(ElectionState.Called, sample.ReadState().State);
        Assert.Equal(0, city.InDb(db => db.Set<BoxEvent>().CountAsync()));
    }

    private static void Mark(CityFactory city, SampleContest contest, int elector, VotingWay way) => city.InDb(async db =>
    {
        db.Add(new RollMark { ElectorId = contest.Electors[elector].Id, ContestId = contest.Contest.Id, Way = way });
        await db.SaveChangesAsync();
    });
}
