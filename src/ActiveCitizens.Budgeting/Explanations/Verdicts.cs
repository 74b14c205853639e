using ActiveCitizens.Budgeting.Counting;

namespace ActiveCitizens.Budgeting.Explanations;

/// <summary>Finds the verdict on each project of one outcome.</summary>
internal sealed class Verdicts(Instance instance, Outcome outcome)
{
    private readonly BudgetTurns? _turns = BudgetTurns.Of(instance, outcome);
    private readonly CountingRule _rule = BudgetTurns.RuleOf(outcome);

    public Rational? RemainingAtItsTurn(int project) =>
        _turns?.TakesTurn(project) == true && !_turns.IsAfterTheStop(project) ? _turns.RemainingFor(project) : null;

    /// <param name="position">From 1 for winners.</param>
    /// <param name="payments">Equal Shares: who paid, dearest first; with points the greatest admirer may have been short of money.</param>
    /// <param name="whenDropped">Equal Shares: money of the supporters when it no longer sufficed, if there are supporters.</param>
    public Verdict Of(int project, int? position, IReadOnlyList<PaymentGroup> payments, SupporterMoney? whenDropped)
    {
        if (position is { } place)
        {
            var round = outcome.Rounds[place - 1];
            return round.Phase switch
            {
                Phase.EqualShares => new Verdict.BoughtInRound(place, round.EffectiveVotes, payments is [var highest, ..] ? highest.Payment : null),
                Phase.Tail => new Verdict.FundedByTailRule(place, _turns!.RemainingFor(project)),
                Phase.Greedy => new Verdict.GreedyFunded(place, _turns!.RemainingFor(project)),
                _ => new Verdict.LoadedInRound(place, round.Load),
            };
        }

        var cost = instance.Projects[project].Cost;
        if (_turns?.Ineligible(project) is { } ineligible)
        {
            return ineligible;
        }

        if (cost > instance.Budget)
        {
            return new Verdict.DoesNotFit(cost - instance.Budget);
        }

        if (outcome.Stop == StopReason.TieNeedsLot && outcome.Ties is [.., { Chosen: null } tie])
        {
            return tie.Tied.Contains(project) ? new Verdict.TieNeedsLot(tie.Tied) : new Verdict.NotReached(null);
        }

        return _rule switch
        {
            EqualSharesRule => OfEqualShares(whenDropped),
            PhragmenRule => OfPhragmen(project, cost),
            MaximinSupportRule => OfMaximin(cost),
            _ => OfGreedy(project, cost),
        };
    }

    private static Verdict OfEqualShares(SupporterMoney? dropped) => dropped switch
    {
        null => new Verdict.NoVotes(),
        { AfterRounds: 0 } => new Verdict.NeverEnoughMoney(dropped.Left, dropped.Missing),
        _ => new Verdict.SupportersSpentElsewhere(dropped.AfterRounds, dropped.Left, dropped.Missing),
    };

    private Verdict OfPhragmen(int project, Rational cost)
    {
        var remaining = instance.Budget - outcome.TotalCost;
        return outcome.StoppedBy.Contains(project) ? new Verdict.StoppedTheCount(remaining, Rational.Max(Rational.Zero, cost - remaining))
            : instance.Votes[project] == 0 ? new Verdict.NoVotes()
            : new Verdict.NotReached(outcome.StoppedBy is [var single] ? single : null);
    }

    private Verdict.NoLongerFits OfMaximin(Rational cost)
    {
        var (remaining, rounds) = (instance.Budget, 0);
        while (cost <= remaining)
        {
            remaining -= instance.Projects[outcome.Winners[rounds++]].Cost;
        }

        return new(rounds, remaining, cost - remaining);
    }

    private Verdict OfGreedy(int project, Rational cost)
    {
        if (_turns!.IsAfterTheStop(project))
        {
            return new Verdict.NotReached(_turns.StoppedBy);
        }

        var remaining = _turns.RemainingFor(project);
        return project == _turns.StoppedBy ? new Verdict.StoppedTheCount(remaining, cost - remaining) : new Verdict.GreedySkipped(remaining, cost - remaining);
    }
}
