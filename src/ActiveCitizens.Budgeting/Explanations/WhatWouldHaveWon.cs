using System.Numerics;
using ActiveCitizens.Budgeting.Counting;
using ActiveCitizens.Budgeting.Counting.EqualShares;

namespace ActiveCitizens.Budgeting.Explanations;

/// <summary>Searches what would have made a project win, one project and one question at a time; every answer is verified by a recount.</summary>
/// <remarks>
/// Sizes 1, 2, 4, … of the change are counted until the project wins, then the interval to the last size that lost is halved; for a
/// cost in Equal Shares also what its supporters lacked when it was dropped and at the end, which suffices without completion. The
/// Method of Equal Shares is not monotone, least of all with its completions: a smaller change may win by chance where a larger one
/// loses, so an answer is the end of an interval found by search ("this much is enough, one unit less is not"), not always the least
/// of all. Cost: up to 2 log₂(change) + 2 whole counts, never more than <see cref="CounterfactualBounds.MaxRecounts"/>.
/// Source: N. Boehmer, P. Faliszewski, Ł. Janeczko, D. Peters, G. Pierczyński, Š. Schierreich, P. Skowron, S. Szufa, "Evaluation of
/// Project Performance in Participatory Budgeting", IJCAI 2024, arXiv:2312.14723 (cost reduction, singletons, added approvals).
/// </remarks>
public static class WhatWouldHaveWon
{
    /// <summary>All questions about one project.</summary>
    /// <param name="outcome">The outcome of counting <paramref name="instance"/>; its rule is used for the recounts.</param>
    /// <param name="project">Index of the project.</param>
    /// <param name="progress">Told after every recount.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such project.</exception>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    public static NeededToWin Find(Instance instance, Outcome outcome, int project, CounterfactualBounds? bounds = null, IProgress<NeededProgress>? progress = null, CancellationToken cancel = default)
    {
        var cost = CostReduction(instance, outcome, project, bounds, Of(1), cancel);
        var voters = NewVoters(instance, outcome, project, bounds, Of(2), cancel);
        var best = MoreApprovals(instance, outcome, project, MoneyLeft.MostFirst, bounds, Of(3), cancel);
        // Without money of their own all voters are alike.
        return new(cost, voters, best, outcome.Ledger is EqualSharesLedger ? MoreApprovals(instance, outcome, project, MoneyLeft.LeastFirst, bounds, Of(4), cancel) : best);

        IProgress<NeededProgress>? Of(int question) => progress is null ? null : new Numbered(progress, question);
    }

    /// <summary>By how much less it would have had to cost, in whole currency units (in the finest unit that occurs in the vote, if that is finer).</summary>
    /// <inheritdoc cref="Find"/>
    public static Counterfactual CostReduction(Instance instance, Outcome outcome, int project, CounterfactualBounds? bounds = null, IProgress<NeededProgress>? progress = null, CancellationToken cancel = default)
    {
        if (Settled(instance, outcome, project) is { } settled)
        {
            return settled;
        }

        var cost = instance.Projects[project].Cost;
        var denominator = instance.Projects.Aggregate(instance.Budget.Denominator, (all, p) => all / BigInteger.GreatestCommonDivisor(all, p.Cost.Denominator) * p.Cost.Denominator);
        var unit = Rational.Of(1, denominator);
        // A project that is free is another matter: Equal Shares with costs gives it no utility.
        var most = (long)BigInteger.Min((cost / unit).Floor() - 1, long.MaxValue / 4);
        var least = (long)BigInteger.Max(1, BigInteger.Min(most, ((cost - instance.Budget) / unit).Floor()));
        return Search(new(instance, outcome, project, bounds ?? new(), progress, cancel), least, most, unit, Lacked(instance, outcome, project, unit), size => ChangedVote.WithCost(instance, project, cost - size * unit));
    }

    private static long[] Lacked(Instance instance, Outcome outcome, int project, Rational unit)
    {
        var (dropped, end) = outcome.Ledger is EqualSharesLedger ledger ? new EqualSharesStory(instance, ledger).MoneyOfSupporters(project) : default;
        return [.. new[] { dropped, end }.OfType<SupporterMoney>().Select(money => (long)BigInteger.Min(-(-money.Missing / unit).Floor(), long.MaxValue / 4))];
    }

    /// <summary>How many more voters, choosing only this project, would have been needed; the budget stays the same and is shared by more.</summary>
    /// <inheritdoc cref="Find"/>
    public static Counterfactual NewVoters(Instance instance, Outcome outcome, int project, CounterfactualBounds? bounds = null, IProgress<NeededProgress>? progress = null, CancellationToken cancel = default)
    {
        if (Settled(instance, outcome, project) is { } settled)
        {
            return settled;
        }

        bounds ??= new();
        if (instance.Projects[project].Cost > instance.Budget)
        {
            return new Counterfactual.NotFoundWithinBound(Rational.Zero, 0);
        }

        var most = Math.Min(int.MaxValue / 4, Math.Max(16, instance.VoterCount * bounds.NewVotersPerVoter));
        return Search(new(instance, outcome, project, bounds, progress, cancel), 1, most, Rational.One, [], size => ChangedVote.WithNewVoters(instance, project, (int)size));
    }

    /// <summary>
    /// How many of the existing voters would have had to approve this project too (a limit on approvals per ballot is left aside).
    /// Approval ballots only.
    /// </summary>
    /// <param name="order">Which voters come first: the optimistic or the pessimistic case.</param>
    /// <inheritdoc cref="Find"/>
    public static Counterfactual MoreApprovals(Instance instance, Outcome outcome, int project, MoneyLeft order, CounterfactualBounds? bounds = null, IProgress<NeededProgress>? progress = null, CancellationToken cancel = default)
    {
        if (Settled(instance, outcome, project) is { } settled)
        {
            return settled;
        }

        if (instance.VoteType != VoteType.Approval)
        {
            return new Counterfactual.DoesNotApply();
        }

        var profile = instance.Profile;
        var money = outcome.Ledger is EqualSharesLedger ledger ? new EqualSharesStory(instance, ledger).FinalMoney() : new double[profile.Count];
        List<int> ballots = [.. Enumerable.Range(0, profile.Count).Where(b => !profile.Projects(b).Contains(project)).OrderBy(b => order == MoneyLeft.MostFirst ? -money[b] : money[b]).ThenBy(b => b)];
        var most = instance.VoterCount - instance.Votes[project];
        if (most == 0 || instance.Projects[project].Cost > instance.Budget)
        {
            return new Counterfactual.NotFoundWithinBound(Rational.Zero, 0);
        }

        return Search(new(instance, outcome, project, bounds ?? new(), progress, cancel), 1, most, Rational.One, [], size =>
        {
            var changing = new Dictionary<int, int>();
            foreach (var ballot in ballots)
            {
                changing[ballot] = (int)Math.Min(size, profile.Weight(ballot));
                size -= changing[ballot];
                if (size == 0)
                {
                    break;
                }
            }

            return ChangedVote.WithApprovals(instance, project, changing);
        });
    }

    private sealed record Question(Instance Instance, Outcome Outcome, int Project, CounterfactualBounds Bounds, IProgress<NeededProgress>? Progress, CancellationToken Cancel);

    private sealed class Numbered(IProgress<NeededProgress> progress, int question) : IProgress<NeededProgress>
    {
        public void Report(NeededProgress value) => progress.Report(value with { Question = question });
    }

    private static Counterfactual.AlreadySelected? Settled(Instance instance, Outcome outcome, int project)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentOutOfRangeException.ThrowIfNegative(project);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(project, instance.Projects.Count);
        return outcome.Winners.Contains(project) ? new Counterfactual.AlreadySelected() : null;
    }

    private static Counterfactual Search(Question question, long least, long most, Rational unit, long[] likely, Func<long, Instance> changed)
    {
        var recounts = 0;
        Counterfactual.Needed? found = null;
        // What is below the least is known to be not enough.
        var (lost, step) = (least - 1, 1L);
        while (found is null)
        {
            var doubled = Math.Min(most, least - 1 + step);
            var size = likely.Where(l => l > lost && l < doubled).DefaultIfEmpty(doubled).Min();
            if (most < least || recounts == question.Bounds.MaxRecounts)
            {
                return new Counterfactual.NotFoundWithinBound(lost * unit, recounts);
            }

            found = TryWith(size);
            if (found is null)
            {
                if (size == most)
                {
                    return new Counterfactual.NotFoundWithinBound(most * unit, recounts);
                }

                (lost, step) = (size, size == doubled ? 2 * step : step);
            }
        }

        var won = (long)(found.Amount / unit).Floor();
        while (won - lost > 1 && recounts < question.Bounds.MaxRecounts)
        {
            var middle = lost + (won - lost) / 2;
            if (TryWith(middle) is { } better)
            {
                (found, won) = (better, middle);
            }
            else
            {
                lost = middle;
            }
        }

        found = found with { NotEnough = lost * unit, Recounts = recounts };
        return found;

        Counterfactual.Needed? TryWith(long size)
        {
            question.Cancel.ThrowIfCancellationRequested();
            recounts++;
            var vote = changed(size);
            var recount = Counter.Count(vote, question.Outcome.Rule, null, question.Cancel);
            question.Progress?.Report(new(1, recounts));
            return recount.Winners.Contains(question.Project) ? new(size * unit, lost * unit, recounts) { ChangedVote = vote, Recount = recount } : null;
        }
    }
}
