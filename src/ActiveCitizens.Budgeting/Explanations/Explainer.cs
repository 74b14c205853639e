using ActiveCitizens.Budgeting.Counting;
using ActiveCitizens.Budgeting.Counting.EqualShares;

namespace ActiveCitizens.Budgeting.Explanations;

/// <summary>Explains an outcome from the ballots alone.</summary>
public static class Explainer
{
    /// <summary>Says for every project why it was funded or not, and for the whole outcome what it means for voters.</summary>
    /// <param name="instance">The vote that was counted.</param>
    /// <param name="outcome">What <see cref="Counter.Count"/> returned for it, by any rule.</param>
    /// <returns>Verdicts, payments and missing amounts are exact; only figures declared as doubles are not.</returns>
    /// <exception cref="ArgumentException">The outcome names projects that the instance does not have.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <remarks>
    /// Equal Shares: O(rounds × entries) with doubles for the charts, and O(m × rounds²) additions of exact numbers for the money of
    /// supporters; other rules O(entries + m²). Nothing is counted again: see <see cref="EffectiveSupport"/> and
    /// <see cref="WhatWouldHaveWon"/> for what needs recounts. Source: RULES 6 of the Pabulib note.
    /// </remarks>
    public static Explanation Explain(Instance instance, Outcome outcome, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(outcome);
        if (outcome.Winners.Any(w => w < 0 || w >= instance.Projects.Count))
        {
            throw new ArgumentException("The outcome belongs to another vote.", nameof(outcome));
        }

        var story = outcome.Ledger is EqualSharesLedger ledger ? new EqualSharesStory(instance, ledger) : null;
        var considered = story?.Considered(outcome, cancel);
        var verdicts = new Verdicts(instance, outcome);
        var positions = new int?[instance.Projects.Count];
        for (var round = 0; round < outcome.Winners.Count; round++)
        {
            positions[outcome.Winners[round]] = round + 1;
        }

        return new(OutcomeFigures.Of(instance, outcome.Winners), [.. instance.Projects.Select(Explained)]) { Endowment = outcome.Endowment };

        ProjectExplanation Explained(Project project)
        {
            cancel.ThrowIfCancellationRequested();
            var (p, votes, position) = (project.Index, instance.Votes[project.Index], positions[project.Index]);
            var bought = position is { } place && outcome.Rounds[place - 1].Phase == Phase.EqualShares;
            var payments = bought && story is not null ? story.Payments(position!.Value - 1) : [];
            var (whenDropped, atTheEnd) = story is null || bought ? default : story.MoneyOfSupporters(p);
            return new()
            {
                Project = p,
                Id = project.Id,
                Name = project.Name,
                Cost = project.Cost,
                Votes = votes,
                CostPerVote = votes == 0 ? null : project.Cost / votes,
                ShareOfVoters = instance.VoterCount == 0 ? null : Rational.Of(votes, instance.VoterCount),
                ShareOfBudget = instance.Budget.Sign == 0 ? null : project.Cost / instance.Budget,
                Selected = position is not null,
                Position = position,
                Verdict = verdicts.Of(p, position, payments, whenDropped),
                Payments = payments,
                Considered = considered?[p] ?? [],
                WhenDropped = whenDropped,
                AtTheEnd = atTheEnd,
                RemainingAtItsTurn = verdicts.RemainingAtItsTurn(p),
            };
        }
    }
}
