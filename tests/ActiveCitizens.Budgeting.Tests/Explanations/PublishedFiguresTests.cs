using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActiveCitizens.Budgeting.Counting;
using ActiveCitizens.Budgeting.Explanations;
using ActiveCitizens.Budgeting.Tests.Golden;

namespace ActiveCitizens.Budgeting.Tests.Explanations;

/// <summary>Figures and stories of real and hand-made votes.</summary>
public sealed class PublishedFiguresTests
{
    private static (Instance Instance, Outcome Outcome) Counted(string name, string preset)
    {
        var instance = GoldenSet.Copied.Read(name).Instance;
        return (instance, Counter.Count(instance, Presets.Find(preset)!.RuleFor(instance)!, null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Wieliczka_excludes_1172_voters_with_Equal_Shares_and_1820_with_greedy()
    {
        var (instance, shares) = Counted("Poland_Wieliczka_2023_Green_Budget", "es_add1_int");
        var (_, greedy) = Counted("Poland_Wieliczka_2023_Green_Budget", "es_greedy");
        var comparison = RuleComparison.Compare(instance, [("Equal Shares", shares), ("Greedy", greedy)]);
        var (ours, theirs) = (comparison.Columns[0].Figures, comparison.Columns[1].Figures);
        Assert.Equal((6586, 1172, 1820), (ours.Voters, ours.ExcludedVoters, theirs.ExcludedVoters));
        Assert.Equal(Rational.Of(10651, 6586), ours.AverageApprovedWinners);
        Assert.Equal(Rational.Of(4845, 3293), theirs.AverageApprovedWinners);
        Assert.Equal((30, Rational.FromInt64(995_079)), (ours.Winners, ours.TotalCost));
        Assert.Equal((1615, 873, 986, 338), (comparison.Pairs[0].BetterOff, comparison.Pairs[0].WorseOff, comparison.Pairs[0].NewlyIncluded, comparison.Pairs[0].NewlyExcluded));
        Assert.Equal((873, 1615), (comparison.Pairs[1].BetterOff, comparison.Pairs[1].WorseOff));
        Assert.Equal(comparison.Columns[0].OnlyHere, shares.Winners.Except(greedy.Winners));
        Assert.Equal(instance.VoterCount, ours.MoneyDecided.Binned(12).Sum(b => b.Voters));
        Assert.InRange(ours.MoneyDecided.Gini, 0.01, theirs.MoneyDecided.Gini);
    }

    [Fact] // Eleven voters, 100 each: bike 700 and gym 400 share supporters; park lacks 50.
    public void The_hand_made_example_tells_who_paid_and_what_was_missing()
    {
        var (instance, outcome) = Counted("example_explanation_1", "mes_cost");
        var told = Explainer.Explain(instance, outcome, TestContext.Current.CancellationToken);
        ProjectExplanation Of(string id) => told.Projects[instance.Find(id)!.Index];

        Assert.Equal([new PaymentGroup(7, 100)], Of("bike").Payments);
        Assert.Equal([new PaymentGroup(4, 50)], Of("play").Payments);
        Assert.Equal([new PaymentGroup(3, Rational.Of(100, 3))], Of("lib").Payments);
        Assert.Equal(new Verdict.BoughtInRound(1, 7, 100), Of("bike").Verdict);
        Assert.Equal(new Verdict.SupportersSpentElsewhere(1, 0, 400), Of("gym").Verdict);
        Assert.Equal([new Spending(instance.Find("bike")!.Index, 6, 600)], Of("gym").AtTheEnd!.Spent);
        Assert.Equal(Rational.Of(7, 11), Of("bike").ShareOfVoters);
        Assert.Equal(Rational.Of(7, 11), Of("bike").ShareOfBudget);

        // Three of the five supporters of the park paid for the bike path, the other two for playground and library.
        Assert.Equal(new Verdict.SupportersSpentElsewhere(1, 200, 50), Of("park").Verdict);
        Assert.Equal(["bike"], Of("park").WhenDropped!.Spent.Select(s => instance.Projects[s.Project].Id));
        Assert.Equal(Rational.Of(100, 3), Of("park").AtTheEnd!.Left);
        Assert.Equal([7.0], Of("bike").Considered.Select(c => Math.Round(c.EffectiveVotes, 9)));
        Assert.Equal([4.0, 4.0], Of("play").Considered.Select(c => Math.Round(c.EffectiveVotes, 9)));
        Assert.Equal((0, 14), (told.Figures.ExcludedVoters, told.Figures.VotersByWinners.Select((voters, own) => voters * own).Sum()));
    }

    [Fact]
    public void Cheaper_or_better_supported_the_park_would_have_won()
    {
        var (instance, outcome) = Counted("example_explanation_1", "mes_cost");
        var park = instance.Find("park")!.Index;
        var needed = WhatWouldHaveWon.Find(instance, outcome, park, cancel: TestContext.Current.CancellationToken);
        foreach (var answer in new[] { needed.CostReduction, needed.NewVoters, needed.MoreApprovals, needed.MoreApprovalsAtWorst })
        {
            var found = Assert.IsType<Counterfactual.Needed>(answer);
            Assert.Contains(park, Counter.Count(found.ChangedVote, outcome.Rule, null, TestContext.Current.CancellationToken).Winners);
        }

        // Playground and library have more effective votes, so only what the two have left after them would have bought a park: 33 of 250.
        Assert.Equal(217, Assert.IsType<Counterfactual.Needed>(needed.CostReduction).Amount);
        Assert.IsType<Counterfactual.AlreadySelected>(WhatWouldHaveWon.CostReduction(instance, outcome, outcome.Winners[0], cancel: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void An_explanation_can_be_published_as_json()
    {
        var (instance, outcome) = Counted("example_explanation_1", "mes_cost");
        var json = JsonSerializer.SerializeToNode(Explainer.Explain(instance, outcome, TestContext.Current.CancellationToken))!;
        var library = json["Projects"]![instance.Find("lib")!.Index]!;
        Assert.Equal("BoughtInRound", (string?)library["Verdict"]!["verdict"]);
        Assert.Equal("100/3", (string?)library["Payments"]![0]!["Payment"]);
        Assert.Equal(Rational.Of(100, 3), library["Payments"]![0]!["Payment"]!.Deserialize<Rational>());
    }

    public static TheoryData<string> CopiedNames => [.. GoldenSet.Copied.Names];

    [Theory, MemberData(nameof(CopiedNames))]
    public void Losers_held_what_other_programs_saw_when_they_last_looked(string name)
    {
        var instance = GoldenSet.Copied.Read(name).Instance;
        foreach (var (id, expected) in GoldenSet.Copied.Results(name)["results"]!.AsObject())
        {
            if (expected!["losers_money_when_last_considered_approx"] is not JsonObject losers || Presets.Find(id)?.RuleFor(instance) is not EqualSharesRule rule)
            {
                continue;
            }

            var told = Explainer.Explain(instance, Counter.Count(instance, rule, null, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
            foreach (var (loser, money) in losers)
            {
                var (held, mine) = (double.Parse((string)money!, CultureInfo.InvariantCulture), told.Projects[instance.Find(loser)!.Index]);
                // They look again only when a project comes up, so it may have been any round from the one in which the money ceased to suffice.
                var end = mine.AtTheEnd!;
                var later = end.Spent.Skip(mine.WhenDropped!.Spent.Count).Select(s => s.Amount.ToDouble());
                var seen = later.Aggregate(new List<double> { mine.WhenDropped.Left.ToDouble() }, (all, spent) => [.. all, all[^1] - spent]);
                Assert.Contains(seen, s => Math.Abs(s - held) <= 1e-9 * end.Endowments.ToDouble());
            }
        }
    }
}
