using ActiveCitizens.Budgeting.Counting;
using CsCheck;

namespace ActiveCitizens.Budgeting.Tests.Counting;

public sealed class EveryRuleProperties
{
    private static readonly Gen<Preset> AnyPreset = Gen.OneOfConst([.. Presets.All]);

    [Fact] // Anonymity: who votes first must not matter.
    public void Ballot_order_never_changes_the_outcome() => Sample((instance, outcome) =>
    {
        var reversed = Counter.Count(Votes.Reversed(instance), outcome.Rule);
        Assert.Equal(outcome.Winners, reversed.Winners);
        Assert.Equal(outcome.Rounds, reversed.Rounds);
        Assert.Equal(outcome.Stop, reversed.Stop);
    });

    [Fact]
    public void The_budget_is_never_exceeded_and_no_project_is_funded_twice() => Sample((instance, outcome) =>
    {
        Assert.True(outcome.TotalCost <= instance.Budget);
        Assert.Equal(instance.CostOf(outcome.Winners), outcome.TotalCost);
        Assert.Equal(outcome.Winners.Count, outcome.Winners.Distinct().Count());
        Assert.Equal(outcome.Winners, outcome.Rounds.Select(r => r.Project));
    });

    [Fact]
    public void Rules_that_promise_exhaustiveness_leave_nothing_that_fits() => Sample((instance, outcome) =>
    {
        var promised = outcome.Rule switch
        {
            CityGreedyRule greedy => !greedy.StopAtFirstThatDoesNotFit && !greedy.ApplyThreshold,
            GreedyWelfareRule or MaximinSupportRule => true,
            EqualSharesRule shares => shares.Tail != Tail.None,
            _ => false,
        };
        var left = instance.Budget - outcome.TotalCost;
        Assert.True(!promised || !instance.Projects.Any(p => !outcome.Winners.Contains(p.Index) && p.Cost <= left));
    });

    [Fact]
    public void A_tie_names_projects_that_compete_and_one_that_won() => Sample((_, outcome) =>
        Assert.All(outcome.Ties, tie =>
        {
            Assert.True(tie.Tied.Count > 1);
            Assert.Equal(outcome.Winners[tie.Round], tie.Chosen);
            Assert.Contains(tie.Chosen!.Value, tie.Tied);
        }));

    [Fact]
    public void An_unresolved_tie_stops_the_count_and_a_lot_resolves_it() => Sample((instance, outcome) =>
    {
        var open = Counter.Count(instance, outcome.Rule with { Ties = new([], FinalOrder.Unresolved) });
        if (open.Stop != StopReason.TieNeedsLot)
        {
            return;
        }

        Assert.Null(open.Ties[^1].Chosen);
        var lot = new TieBreaking([], FinalOrder.Lot) { Lot = [.. instance.Projects.Select(p => p.Id).Reverse()] };
        Assert.NotEqual(StopReason.TieNeedsLot, Counter.Count(instance, outcome.Rule with { Ties = lot }).Stop);
    });

    [Fact]
    public void Rules_that_take_a_project_a_round_tell_how_much_of_the_budget_is_spent() => Sample((instance, outcome) =>
    {
        if (outcome.Rule is not (PhragmenRule or MaximinSupportRule) || instance.Budget.Sign == 0)
        {
            return;
        }

        var heard = new Reports();
        Counter.Count(instance, outcome.Rule, heard);
        Assert.Equal(Enumerable.Range(1, outcome.Winners.Count), heard.All.Select(report => report.Selected));
        Assert.All(heard.All, (report, index) =>
            Assert.Equal((instance.CostOf([.. outcome.Winners.Take(index + 1)]) / instance.Budget).ToDouble(), report.BudgetUsed, 1e-9));
    });

    private sealed class Reports : IProgress<CountProgress>
    {
        public List<CountProgress> All { get; } = [];

        public void Report(CountProgress value) => All.Add(value);
    }

    private static void Sample(Action<Instance, Outcome> check) =>
        Gen.Select(Votes.OfAnyType, AnyPreset).Sample((instance, preset) =>
        {
            if (preset.RuleFor(instance) is { } rule)
            {
                check(instance, Counter.Count(instance, rule));
            }
        }, iter: 5_000);
}
