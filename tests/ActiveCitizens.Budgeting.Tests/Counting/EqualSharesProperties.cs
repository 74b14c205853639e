using ActiveCitizens.Budgeting.Counting;
using CsCheck;

namespace ActiveCitizens.Budgeting.Tests.Counting;

public sealed class EqualSharesProperties
{
    private static readonly Gen<EqualSharesRule> AnyRule =
        from satisfaction in Gen.OneOfConst(Enum.GetValues<Satisfaction>())
        from increase in Gen.OneOfConst(EndowmentIncrease.None, new(IncreaseUnit.PerVoter, 1), new(IncreaseUnit.PerVoter, Rational.Of(1, 3)), new(IncreaseUnit.FractionOfBudget, Rational.Of(1, 20)) { BoundedByBudgetTimesVoters = true })
        from stop in Gen.OneOfConst(Enum.GetValues<ExhaustiveStop>())
        from whole in Gen.Bool
        from skip in Gen.Bool
        from ties in Gen.OneOfConst(TieBreaking.ById, TieBreaking.ByCostVotesId, TieBreaking.ByFileOrder)
        select new EqualSharesRule(satisfaction) { Ties = ties, Increase = increase with { ExhaustiveStop = stop, StartFromWholeUnits = whole && increase.Unit != IncreaseUnit.None, SkipWhenEverythingFits = skip && increase.Unit != IncreaseUnit.None } };

    [Fact]
    public void The_fast_count_agrees_with_the_naive_one_in_winners_prices_and_payments() =>
        Gen.Select(Votes.OfAnyType, AnyRule).Where((instance, rule) => rule.AppliesTo(instance.VoteType)).Sample((instance, rule) =>
        {
            var naive = NaiveEqualShares.Count(instance, rule);
            var fast = Counter.Count(instance, rule);
            Assert.True(naive.Winners.SequenceEqual(fast.Winners), $"{rule}\n{Votes.Describe(instance)}naive {string.Join(',', naive.Winners)} at {naive.Endowment}, fast {string.Join(',', fast.Winners)} at {fast.Endowment}");
            Assert.Equal(naive.Endowment, fast.Endowment);
            Assert.Equal(naive.Rhos, fast.Rounds.Select(r => r.Rho!.Value));
            for (var round = 0; round < naive.Winners.Count; round++)
            {
                Assert.Equal(naive.Payments[round], EachVoter(instance, b => fast.Ledger!.Paid(round, b)));
                Assert.Equal(instance.Projects[naive.Winners[round]].Cost, naive.Payments[round].Aggregate(Rational.Zero, (a, b) => a + b));
            }

            Assert.Equal(
                Enumerable.Range(0, (int)instance.VoterCount).Select(v => naive.Endowment - naive.Payments.Aggregate(Rational.Zero, (sum, p) => sum + p[v])),
                EachVoter(instance, b => fast.Ledger!.Left(b)!.Value));
        }, iter: 20_000);

    private static IEnumerable<Rational> EachVoter(Instance instance, Func<int, Rational> ofBallot) =>
        Enumerable.Range(0, instance.Profile.Count).SelectMany(b => Enumerable.Repeat(ofBallot(b), instance.Profile.Weight(b)));

    [Fact] // Extended justified representation: a group that agrees on projects its share of the budget could pay is not left with fewer for everybody in it.
    public void A_group_with_the_money_for_its_common_projects_has_a_voter_with_as_many_winners() =>
        Votes.OfType(VoteType.Approval).Sample(instance =>
        {
            var winners = Counter.Count(instance, new EqualSharesRule(Satisfaction.Cardinality)).Winners.ToHashSet();
            var voters = NaiveEqualShares.Voters(instance, Satisfaction.Cardinality);
            foreach (var set in Subsets(instance.Projects.Count))
            {
                // Taking everybody who approves the whole set makes the demand easiest to meet, so a smaller group that can pay must be tried too:
                // those of its size with the fewest winners are the ones that might be let down.
                var group = voters.Where(v => set.TrueForAll(p => v[p].Sign > 0)).Select(v => winners.Count(p => v[p].Sign > 0)).Order().ToList();
                var needed = instance.Budget.Sign == 0 ? int.MaxValue : (int)System.Numerics.BigInteger.Min(int.MaxValue, -(-(instance.CostOf(set) * voters.Count / instance.Budget)).Floor());
                needed = Math.Max(1, needed);
                Assert.True(group.Count < needed || group[needed - 1] >= set.Count, $"{Votes.Describe(instance)}set {string.Join(',', set)} winners {string.Join(',', winners)}");
            }
        }, iter: 3_000);

    private static IEnumerable<List<int>> Subsets(int projects) =>
        Enumerable.Range(1, (1 << projects) - 1).Select(bits => Enumerable.Range(0, projects).Where(p => (bits >> p & 1) == 1).ToList());

    [Fact]
    public void The_comparison_step_replaces_the_outcome_only_when_strictly_more_voters_prefer_greedy() =>
        Gen.Select(Votes.OfAnyType, Gen.OneOfConst(ComparisonStep.ApprovedWinners, ComparisonStep.Exclusion)).Sample((instance, step) =>
        {
            var rule = new EqualSharesRule(Satisfaction.Cost) { Comparison = step };
            var outcome = Counter.Count(instance, rule);
            var (shares, greedy) = (Counter.Count(instance, rule with { Comparison = ComparisonStep.None }).Winners, Counter.Count(instance, new CityGreedyRule(GreedyKey.Votes, false, false)).Winners);
            var balance = NaiveEqualShares.Voters(instance, Satisfaction.Cardinality).Sum(v => Math.Sign(Own(v, greedy, step) - Own(v, shares, step)));
            Assert.Equal(balance > 0, outcome.ReplacedByGreedy);
            Assert.Equal(balance > 0 ? greedy : shares, outcome.Winners);
        }, iter: 3_000);

    private static int Own(Rational[] utilities, IReadOnlyList<int> winners, ComparisonStep step) =>
        winners.Count(p => utilities[p].Sign > 0) is var own && step == ComparisonStep.Exclusion ? Math.Min(1, own) : own;
}
