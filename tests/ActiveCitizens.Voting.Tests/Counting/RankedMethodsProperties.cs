using ActiveCitizens.Voting.Counting;
using CsCheck;
using static ActiveCitizens.Voting.Tests.Counting.RankedVotes;

namespace ActiveCitizens.Voting.Tests.Counting;

public sealed class RankedMethodsProperties
{
    private const int Runs = 3_000;

    [Fact] // Anonymity: who votes first must not matter.
    public void Ballot_order_never_changes_a_ranking() => Any.Sample(
        vote =>
        {
            int[][] reversed = [.. vote.Ballots.Reverse()];
            Assert.Equal(Describe(Judge(vote).Ranking), Describe(MajorityJudgment.Count(reversed, vote.Candidates, 4, true).Ranking));
            Assert.Equal(Describe(Schulze.Count(vote.Ballots, vote.Candidates, true).Ranking), Describe(Schulze.Count(reversed, vote.Candidates, true).Ranking));
        },
        iter: Runs);

    [Fact]
    public void Renaming_candidates_renames_the_ranking_and_nothing_else() => WithNames(Any).Sample(
        (vote, names) =>
        {
            var renamed = vote.Renamed(names);
            Assert.Equal(Describe(Rename(Judge(vote).Ranking, names)), Describe(Judge(renamed).Ranking));
            Assert.Equal(Describe(Rename(Schulze.Count(vote.Ballots, vote.Candidates, false).Ranking, names)), Describe(Schulze.Count(renamed.Ballots, vote.Candidates, false).Ranking));
        },
        iter: Runs);

    [Fact]
    public void Each_candidate_stands_in_one_group_of_a_ranking() => Any.Sample(
        vote =>
        {
            Assert.Equal(Enumerable.Range(0, vote.Candidates), Judge(vote).Ranking.SelectMany(g => g).Order());
            Assert.Equal(Enumerable.Range(0, vote.Candidates), Schulze.Count(vote.Ballots, vote.Candidates, true).Ranking.SelectMany(g => g).Order());
        },
        iter: Runs);

    [Fact]
    public void A_candidate_preferred_to_every_other_wins_alone_in_Schulze() => Any.Sample(
        vote =>
        {
            var outcome = Schulze.Count(vote.Ballots, vote.Candidates, true);
            Assert.True(outcome.CondorcetWinner is not { } winner || outcome.Ranking[0] is [var first] && first == winner);
        },
        iter: Runs);

    [Fact]
    public void Strongest_chains_are_what_trying_every_chain_finds() => Any.Sample(
        vote =>
        {
            var outcome = Schulze.Count(vote.Ballots, vote.Candidates, true);
            for (var i = 0; i < vote.Candidates; i++)
            {
                for (var j = 0; j < vote.Candidates; j++)
                {
                    if (i != j)
                    {
                        Assert.Equal(StrongestByTrying(outcome.Raw, i, j, [i]), outcome.BeatPaths[i][j]);
                        AssertIsChain(outcome, i, j);
                    }
                }
            }
        },
        iter: 300);

    [Fact] // Monotonicity: M. Schulze 2011, section 4.5; Balinski and Laraki 2010, chapter 13.
    public void Raising_a_winner_on_one_ballot_keeps_it_winning() => Any.Where(v => v.Ballots.Length > 0).Sample(
        vote =>
        {
            var winner = Schulze.Count(vote.Ballots, vote.Candidates, false).Ranking[0][0];
            Assert.Contains(winner, Schulze.Count(Raise(vote, winner, lowestRank: vote.Candidates + 2), vote.Candidates, false).Ranking[0]);
            var valid = vote with { Ballots = [.. vote.Ballots.Select(b => b.Select(v => Math.Clamp(v, 1, 4)).ToArray())] };
            var best = Judge(valid).Ranking[0][0];
            Assert.Contains(best, MajorityJudgment.Count(Raise(valid, best, 4), vote.Candidates, 4, true).Ranking[0]);
        },
        iter: Runs);

    [Fact]
    public void A_ballot_of_zeros_is_blank_only_where_that_is_allowed()
    {
        int[][] ballots = [[0, 0], [1, 2]];
        Assert.Equal((1, 1, 0), Judged(true));
        Assert.Equal((1, null, 1), Judged(false));
        Assert.Equal((1, 1), (Schulze.Count(ballots, 2, true).Valid, Schulze.Count(ballots, 2, true).Blank));
        Assert.Equal((2, null), (Schulze.Count(ballots, 2, false).Valid, Schulze.Count(ballots, 2, false).Blank));

        (long Valid, long? Blank, int Invalid) Judged(bool blank)
        {
            var outcome = MajorityJudgment.Count(ballots, 2, 2, blank);
            return (outcome.Valid, outcome.Blank, outcome.Invalid.Count);
        }
    }

    [Fact] // The definition of PROTOCOL.md section 14, done literally.
    public void Middle_grades_are_taken_out_one_by_one() => Gen.Long[0, 5].Array[1, 5].Sample(
        counts =>
        {
            List<int> left = [.. counts.SelectMany((count, grade) => Enumerable.Repeat(grade + 1, (int)count))];
            var expected = new List<int>();
            while (left.Count > 0)
            {
                var middle = ((left.Count + 1) / 2) - 1;
                expected.Add(left[middle]);
                left.RemoveAt(middle);
            }

            Assert.Equal(expected, MajorityJudgment.MiddleGrades(counts));
        },
        iter: Runs);

    [Fact]
    public void Separations_say_where_the_grades_of_neighbours_differ() => Any.Sample(
        vote =>
        {
            var outcome = Judge(vote);
            Assert.Equal(Math.Max(0, outcome.Ranking.Count - 1), outcome.Separations.Count);
            Assert.All(outcome.Separations.Select((s, i) => (s, i)), item =>
            {
                var (better, worse) = (MajorityJudgment.MiddleGrades(outcome.Raw[outcome.Ranking[item.i][0]]), MajorityJudgment.MiddleGrades(outcome.Raw[outcome.Ranking[item.i + 1][0]]));
                Assert.Equal(better.Take(item.s.EqualMiddleGrades), worse.Take(item.s.EqualMiddleGrades));
                Assert.Equal((item.s.BetterGrade, item.s.WorseGrade), (better[item.s.EqualMiddleGrades], worse[item.s.EqualMiddleGrades]));
                Assert.True(item.s.BetterGrade < item.s.WorseGrade);
            });
        },
        iter: Runs);

    private static MajorityJudgmentOutcome Judge(Vote vote) => MajorityJudgment.Count(vote.Ballots, vote.Candidates, 4, true);

    private static int[][] Raise(Vote vote, int winner, int lowestRank)
    {
        int[][] ballots = [.. vote.Ballots.Select(b => b.ToArray())];
        ballots[0][winner] = ballots[0][winner] == 0 ? lowestRank : Math.Max(1, ballots[0][winner] - 1);
        return ballots;
    }

    private static Strength StrongestByTrying(IReadOnlyList<IReadOnlyList<long>> raw, int from, int to, int[] used)
    {
        var best = Victory(raw, from, to);
        for (var k = 0; k < raw.Count; k++)
        {
            if (k != to && !used.Contains(k))
            {
                var (first, rest) = (Victory(raw, from, k), StrongestByTrying(raw, k, to, [.. used, k]));
                var chain = first < rest ? first : rest;
                best = chain > best ? chain : best;
            }
        }

        return best;
    }

    private static void AssertIsChain(SchulzeOutcome outcome, int from, int to)
    {
        var path = outcome.StrongestPath(from, to);
        if (outcome.BeatPaths[from][to] == default)
        {
            Assert.Empty(path);
            return;
        }

        Assert.Equal((from, to), (path[0], path[^1]));
        Assert.Equal(outcome.BeatPaths[from][to], path.Zip(path.Skip(1), (a, b) => Victory(outcome.Raw, a, b)).Min());
    }

    private static Strength Victory(IReadOnlyList<IReadOnlyList<long>> raw, int i, int j) => raw[i][j] > raw[j][i] ? new(raw[i][j], raw[j][i]) : default;

    private static IEnumerable<IEnumerable<int>> Rename(IEnumerable<IEnumerable<int>> ranking, int[] names) => ranking.Select(g => g.Select(i => names[i]));

    private static string Describe(IEnumerable<IEnumerable<int>> ranking) => string.Join(" > ", ranking.Select(g => string.Join('=', g.Order())));
}
