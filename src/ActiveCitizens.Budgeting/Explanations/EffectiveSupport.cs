using ActiveCitizens.Budgeting.Counting;
using ActiveCitizens.Budgeting.Counting.EqualShares;

namespace ActiveCitizens.Budgeting.Explanations;

/// <summary>
/// Effective support: how much of its cost a project could have raised. The count is run without the project; after every purchase
/// its supporters are asked, from what they still hold, for as much per unit of utility as the supporters of that purchase pay, and at
/// the end for all they have; the most they could have paid, divided by the cost.
/// </summary>
/// <remarks>Source: effective support as the program pabutools and RULES 6 of the Pabulib note define it.</remarks>
public static class EffectiveSupport
{
    /// <summary>Effective support of every project at the endowment of the outcome.</summary>
    /// <param name="outcome">An outcome of the Method of Equal Shares for <paramref name="instance"/>; a tail is left aside.</param>
    /// <returns>Per cent by project index, truncated to whole numbers, 0 or more; at least 100 for bought projects (they did raise their cost), less for others; null for projects that cost nothing.</returns>
    /// <exception cref="ArgumentException">The outcome has no payments of Equal Shares.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <remarks>One run of Equal Shares at a fixed endowment per bought project. Doubles, and exact numbers where they cannot tell the whole number.</remarks>
    public static IReadOnlyList<int?> Percent(Instance instance, Outcome outcome, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(outcome);
        if (outcome is not { Rule: EqualSharesRule rule, Ledger: EqualSharesLedger ledger })
        {
            throw new ArgumentException("Effective support is defined for outcomes of Equal Shares.", nameof(outcome));
        }

        var story = new EqualSharesStory(instance, ledger);
        var bought = ledger.Purchases.Select(p => p.Project).ToHashSet();
        var percents = new int?[instance.Projects.Count];
        foreach (var project in instance.Projects.Where(p => p.Cost.Sign > 0))
        {
            cancel.ThrowIfCancellationRequested();
            // What nobody bought changed nothing, so the run itself is the run without it.
            var without = bought.Contains(project.Index) ? Without(instance, rule, ledger.Endowment, project.Index, cancel) : story;
            var percent = PercentOf(project, ledger.Supporters, without);
            percents[project.Index] = bought.Contains(project.Index) ? Math.Max(100, percent) : percent;
        }

        return percents;
    }

    private static EqualSharesStory Without(Instance instance, EqualSharesRule rule, Rational endowment, int project, CancellationToken cancel)
    {
        var unaffordable = ChangedVote.WithCost(instance, project, endowment * instance.VoterCount + 1);
        var supporters = new Supporters(unaffordable, rule.Satisfaction);
        var run = new EqualSharesRun(supporters, new(unaffordable, rule.Ties));
        run.Run(endowment, cancel);
        var purchases = run.ExactPurchases();
        return new(unaffordable, new(supporters, endowment, run.Winners.Count - purchases.Count, purchases, run.BrokeIn));
    }

    private static int PercentOf(Project project, Supporters supporters, EqualSharesStory without)
    {
        var (start, end) = (supporters.Starts[project.Index], supporters.Starts[project.Index + 1]);
        var money = without.StartMoney();
        var raised = new double[without.Rounds + 1];
        for (var round = 0; round <= without.Rounds; round++)
        {
            if (round < without.Rounds)
            {
                without.Pay(money, round);
            }

            var perUnit = round < without.Rounds ? without.Rho(round).ToDouble() * supporters.FactorValue[project.Index] : double.PositiveInfinity;
            for (var entry = start; entry < end; entry++)
            {
                raised[round] += supporters.Weight[entry] * Math.Min(money[supporters.Ballot[entry]], perUnit * (supporters.AllOnes ? 1 : supporters.Units[entry]));
            }
        }

        var most = raised.Max();
        var percent = 100 * most / supporters.Cost[project.Index];
        var error = 1e-9 * (1 + percent);
        if (Math.Floor(percent - error) == Math.Floor(percent + error))
        {
            return (int)percent;
        }

        var exact = Enumerable.Range(0, raised.Length).Where(round => raised[round] >= most * (1 - 1e-9)).Select(Exactly).Aggregate(Rational.Zero, Rational.Max);
        return (int)(100 * exact / project.Cost).Floor();

        Rational Exactly(int round)
        {
            var sum = Rational.Zero;
            var perUnit = round < without.Rounds ? without.Rho(round) * supporters.Factor[project.Index] : default(Rational?);
            foreach (var same in Enumerable.Range(start, end - start).GroupBy(e => (Held: without.HeldBefore(supporters.Ballot[e], Math.Min(round + 1, without.Rounds)), Units: supporters.AllOnes ? 1 : (long)supporters.Units[e])))
            {
                var pays = perUnit is { } price ? Rational.Min(same.Key.Held, price * same.Key.Units) : same.Key.Held;
                sum += same.Sum(e => (long)supporters.Weight[e]) * pays;
            }

            return sum;
        }
    }
}
