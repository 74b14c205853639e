using ActiveCitizens.Budgeting.Counting;
using CsCheck;

namespace ActiveCitizens.Budgeting.Tests.Counting;

public sealed class PhragmenProperties
{
    [Fact]
    public void Phragmen_agrees_with_its_definition_voter_by_voter() => Votes.OfType(VoteType.Approval, VoteType.ChooseOne).Sample(instance =>
    {
        var outcome = Counter.Count(instance, new PhragmenRule());
        var voters = NaiveEqualShares.Voters(instance, Satisfaction.Cardinality);
        var (loads, left) = (new Rational[voters.Count], instance.Budget);
        var candidates = instance.Projects.Where(p => p.Cost <= instance.Budget).Select(p => p.Index).ToList();
        var ties = new TieBreaker(instance, TieBreaking.ById);
        var expected = new List<(int Project, Rational? Load)>();
        var stopped = new List<int>();
        while (candidates.Count > 0)
        {
            var load = candidates.ToDictionary(p => p, p => Supporters(voters, p) is { Count: > 0 } group
                ? group.Aggregate(instance.Projects[p].Cost, (sum, v) => sum + loads[v]) / group.Count : default(Rational?));
            var finite = load.Values.OfType<Rational>().ToList();
            var least = finite.Count == 0 ? default(Rational?) : finite.Min();
            var tied = candidates.FindAll(p => load[p] == least);
            stopped = tied.FindAll(p => instance.Projects[p].Cost > left);
            if (stopped.Count > 0)
            {
                break;
            }

            var winner = tied.MinBy(ties.FinalRank);
            expected.Add((winner, least));
            Supporters(voters, winner).ForEach(v => loads[v] = least!.Value);
            left -= instance.Projects[winner].Cost;
            candidates.Remove(winner);
        }

        Assert.Equal(expected, outcome.Rounds.Select(r => (r.Project, r.Load)));
        Assert.Equal(stopped, outcome.StoppedBy);
        Assert.Equal(stopped.Count > 0 ? StopReason.NextDoesNotFit : StopReason.Complete, outcome.Stop);
        for (var round = 0; round < outcome.Rounds.Count; round++)
        {
            // What a purchase loads on voters is exactly its cost, unless nobody supports it.
            var paid = Enumerable.Range(0, instance.Profile.Count).Aggregate(Rational.Zero, (sum, b) => sum + outcome.Ledger!.Paid(round, b) * instance.Profile.Weight(b));
            Assert.Equal(outcome.Rounds[round].Load is null ? Rational.Zero : instance.Projects[outcome.Winners[round]].Cost, paid);
        }
    }, iter: 10_000);

    [Fact]
    public void Maximin_support_agrees_with_its_definition_over_all_sets_of_projects() => Votes.OfType(VoteType.Approval, VoteType.ChooseOne).Sample(instance =>
    {
        var outcome = Counter.Count(instance, new MaximinSupportRule());
        var voters = NaiveEqualShares.Voters(instance, Satisfaction.Cardinality);
        var (left, winners, ties) = (instance.Budget, new List<int>(), new TieBreaker(instance, TieBreaking.ById));
        var expected = new List<(int Project, Rational? Load)>();
        while (true)
        {
            var fitting = instance.Projects.Where(p => p.Cost <= left && !winners.Contains(p.Index)).Select(p => p.Index).ToList();
            if (fitting.Count == 0)
            {
                break;
            }

            var load = fitting.ToDictionary(p => p, p => LeastMaximum(instance, voters, [.. winners, p]));
            var finite = load.Values.OfType<Rational>().ToList();
            var least = finite.Count == 0 ? default(Rational?) : finite.Min();
            var winner = fitting.FindAll(p => load[p] == least).MinBy(ties.FinalRank);
            expected.Add((winner, least));
            winners.Add(winner);
            left -= instance.Projects[winner].Cost;
        }

        Assert.Equal(expected, outcome.Rounds.Select(r => (r.Project, r.Load)));
        Assert.True(winners.SequenceEqual(outcome.Winners), Votes.Describe(instance));
    }, iter: 10_000);

    /// <summary>The greatest cost(T) / supporters(T) over all nonempty T; null when infinite.</summary>
    private static Rational? LeastMaximum(Instance instance, List<Rational[]> voters, List<int> projects)
    {
        var dear = projects.FindAll(p => instance.Projects[p].Cost.Sign > 0);
        var most = Rational.Zero;
        for (var bits = 1; bits < 1 << dear.Count; bits++)
        {
            List<int> set = [.. dear.Where((_, i) => (bits >> i & 1) == 1)];
            var supporters = voters.Count(v => set.Exists(p => v[p].Sign > 0));
            if (supporters == 0)
            {
                return null;
            }

            most = Rational.Max(most, instance.CostOf(set) / supporters);
        }

        return most;
    }

    private static List<int> Supporters(List<Rational[]> voters, int project) => [.. Enumerable.Range(0, voters.Count).Where(v => voters[v][project].Sign > 0)];
}
