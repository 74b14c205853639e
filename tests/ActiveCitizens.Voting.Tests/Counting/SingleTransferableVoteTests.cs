using System.Numerics;
using ActiveCitizens.Voting.Counting;
using CsCheck;
using static ActiveCitizens.Voting.Tests.Counting.RankedVotes;

namespace ActiveCitizens.Voting.Tests.Counting;

public sealed class SingleTransferableVoteTests
{
    private const int Runs = 3_000;

    [Fact] // The party food of the English Wikipedia article "Single transferable vote" (as of 2021): twenty guests, three dishes.
    public void A_surplus_and_an_elimination_pass_votes_on()
    {
        const int orange = 0, pear = 1, chocolate = 2, strawberry = 3, sweets = 4;
        int[][] ballots =
        [
            .. Times(4, orange), .. Times(2, pear, orange), .. Times(8, chocolate, strawberry), .. Times(4, chocolate, sweets), .. Times(1, strawberry), .. Times(1, sweets),
        ];
        var outcome = SingleTransferableVote.Count(ballots, Candidate.Numbered(5), 3, TieRule.Unresolved);
        Assert.Equal(6, outcome.Quota);
        Assert.Equal([chocolate, orange, strawberry], outcome.Seats.Elected);
        var first = Assert.IsType<StvRound.Win>(outcome.Rounds[0]);
        Assert.Equal("1/2", first.TransferFactor.ToString());
        Assert.Equal(["5", "4", "3", "2"], outcome.Rounds[1].Scores.Select(s => s.Score.ToString()));
        Assert.Equal(pear, Assert.IsType<StvRound.Lose>(outcome.Rounds[1]).Candidate);
    }

    [Fact]
    public void Ballot_order_never_changes_the_count() => Sample((vote, seats) =>
        Assert.Equal(Describe(Count(vote, seats, TieRule.Lot("2026"))), Describe(Count(vote with { Ballots = [.. vote.Ballots.Reverse()] }, seats, TieRule.Lot("2026")))));

    [Fact]
    public void Renaming_candidates_renames_the_elected_and_nothing_else() => Gen.Select(WithNames(Rankings), Gen.Int[1, 4]).Sample(
        (named, seats) =>
        {
            var (vote, names) = named;
            IReadOnlyList<Candidate> candidates = Candidate.Numbered(vote.Candidates);
            var moved = new Candidate[vote.Candidates];
            for (var i = 0; i < names.Length; i++)
            {
                moved[names[i]] = candidates[i];
            }

            var (plain, renamed) = (Count(vote, seats, TieRule.Lot("x")), SingleTransferableVote.Count(vote.Renamed(names).Ballots, moved, seats, TieRule.Lot("x")));
            Assert.Equal(plain.Seats.Elected.Select(i => candidates[i].Id).Order(), renamed.Seats.Elected.Select(i => moved[i].Id).Order());
        },
        iter: Runs);

    [Fact]
    public void No_vote_appears_or_is_lost() => Sample((vote, seats) =>
    {
        var outcome = Count(vote, seats, TieRule.ListedOrder);
        var won = 0;
        Assert.All(outcome.Rounds, round =>
        {
            var sum = round.Scores.Aggregate(round.Exhausted, (total, score) => Fraction.Add(total, score.Score));
            Assert.Equal(Fraction.Of(outcome.Valid - (won * outcome.Quota)), sum);
            won += round is StvRound.Win ? 1 : 0;
        });
    });

    [Fact]
    public void As_many_are_elected_as_there_are_seats_or_ranked_candidates() => Sample((vote, seats) =>
    {
        var ranked = vote.Ballots.Select(SingleTransferableVote.PreferencesOf).OfType<int[]>().SelectMany(p => p).Distinct().Count();
        var elected = Count(vote, seats, TieRule.ListedOrder).Seats.Elected;
        Assert.Equal(Math.Min(seats, ranked), elected.Count);
        Assert.Distinct(elected);
    });

    [Fact] // Droop proportionality for one candidate: more first choices than the quota is a seat.
    public void Whoever_is_first_on_a_quota_of_ballots_is_elected() => Sample((vote, seats) =>
    {
        var outcome = Count(vote, seats, TieRule.ListedOrder);
        Assert.All(outcome.Rounds.Take(1).SelectMany(r => r.Scores).Where(s => s.Score >= Fraction.Of(outcome.Quota)), s => Assert.Contains(s.Candidate, outcome.Seats.Elected));
    });

    [Fact]
    public void An_open_tie_stops_the_count_and_a_lot_resolves_it() => Sample((vote, seats) =>
    {
        var open = Count(vote, seats, TieRule.Unresolved);
        if (open.Seats.Open is not { } tie)
        {
            return;
        }

        Assert.Same(tie, Assert.IsType<StvRound.Open>(open.Rounds[^1]).Tie);
        var drawn = Count(vote, seats, TieRule.Lot("seed")).Seats;
        Assert.Null(drawn.Open);
        Assert.Equal(open.Seats.Elected, drawn.Elected.Take(open.Seats.Elected.Count));
    });

    [Fact]
    public void Between_equals_the_younger_is_eliminated()
    {
        IReadOnlyList<Candidate> candidates = [new("young", new(1990, 1, 1)), new("old", new(1950, 1, 1))];
        var outcome = SingleTransferableVote.Count([[1, 2], [2, 1]], candidates, 1, TieRule.Older);
        Assert.Equal([1], outcome.Seats.Elected);
        Assert.Equal(["1950-01-01", "1990-01-01"], outcome.Seats.Ties[0].Evidence.Select(e => e.Value));
    }

    [Fact]
    public void Votes_that_passed_on_twice_are_still_equal_when_they_are()
    {
        int[][] ballots = [.. Enumerable.Repeat<int[]>([1, 2, 3, 0], 300), .. Enumerable.Repeat<int[]>([1, 2, 0, 3], 300), .. Enumerable.Repeat<int[]>([1, 0, 0, 2], 7), .. Enumerable.Repeat<int[]>([1, 0, 2, 0], 7), .. Enumerable.Repeat<int[]>([1, 0, 0, 0], 15)];
        var outcome = SingleTransferableVote.Count(ballots, Candidate.Numbered(4), 3, TieRule.Unresolved);
        Assert.Equal([2, 3], outcome.Seats.Open!.Tied);
        var scores = outcome.Rounds[^1].Scores;
        Assert.Equal(scores[0].Score, scores[1].Score);
        Assert.True(scores[0].Score.Denominator > BigInteger.One);
    }

    private static void Sample(Action<Vote, int> check) => Gen.Select(Rankings, Gen.Int[1, 4]).Sample(check, iter: Runs);

    private static StvOutcome Count(Vote vote, int seats, TieRule ties) => SingleTransferableVote.Count(vote.Ballots, Candidate.Numbered(vote.Candidates), seats, ties);

    private static string Describe(StvOutcome outcome) =>
        $"{outcome.Quota} {string.Join(' ', outcome.Seats.Elected)} | {string.Join(" | ", outcome.Rounds.Select(r => $"{r.GetType().Name} {r.Exhausted} {string.Join(' ', r.Scores.Select(s => $"{s.Candidate}:{s.Score}"))}"))}";

    private static IEnumerable<int[]> Times(int count, params int[] preferences)
    {
        var ballot = new int[5];
        for (var rank = 0; rank < preferences.Length; rank++)
        {
            ballot[preferences[rank]] = rank + 1;
        }

        return Enumerable.Repeat(ballot, count);
    }
}
