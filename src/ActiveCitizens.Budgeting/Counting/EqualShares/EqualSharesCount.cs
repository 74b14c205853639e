using System.Numerics;

namespace ActiveCitizens.Budgeting.Counting.EqualShares;

/// <summary>The Method of Equal Shares with its completions (RULES 3.3 and 3.4).</summary>
/// <remarks>
/// O(runs × rounds × entries of the projects evaluated). Outcomes are not monotone in the endowment, so endowments are never
/// bisected: they are tried one after another, and where many change nothing the run says how many may be skipped.
/// </remarks>
internal sealed class EqualSharesCount
{
    /// <summary>Unchanged outcomes in a row after which it pays to ask how far the endowment may rise.</summary>
    private const int UnchangedBeforeFollowing = 3;

    /// <summary>Steps that the first run to follow lines looks ahead.</summary>
    private const long FirstHorizon = 16;

    /// <summary>Runs in a row that follow lines and gain nothing before that is given up again.</summary>
    private const int Patience = 4;

    private readonly Instance _instance;
    private readonly EqualSharesRule _rule;
    private readonly Supporters _supporters;
    private readonly EqualSharesRun _run;
    private readonly IProgress<CountProgress>? _progress;
    private readonly CancellationToken _cancel;
    private long _runs;

    private EqualSharesCount(Instance instance, EqualSharesRule rule, IProgress<CountProgress>? progress, CancellationToken cancel)
    {
        (_instance, _rule, _progress, _cancel) = (instance, rule, progress, cancel);
        _supporters = new(instance, rule.Satisfaction);
        _run = new(_supporters, new(instance, rule.Ties));
    }

    public static Outcome Count(Instance instance, EqualSharesRule rule, IProgress<CountProgress>? progress, CancellationToken cancel)
    {
        var outcome = new EqualSharesCount(instance, rule, progress, cancel).Count();
        if (rule.Comparison == ComparisonStep.None || outcome.Stop == StopReason.TieNeedsLot)
        {
            return outcome;
        }

        var greedy = Counter.Count(instance, new CityGreedyRule(GreedyKey.Votes, false, false) { Ties = rule.Ties }, null, cancel);
        var preference = OutcomeComparison.Compare(instance, outcome.Winners, greedy.Winners, rule.Comparison);
        return preference.Greedy > preference.ThisOutcome
            ? greedy with { Rule = rule, Comparison = preference, ReplacedByGreedy = true }
            : outcome with { Comparison = preference };
    }

    private Outcome Count()
    {
        if (_instance.VoterCount == 0)
        {
            return Finish([], Rational.Zero, 0, StopReason.NothingAffordable);
        }

        var share = _instance.Budget / _instance.VoterCount;
        var increase = _rule.Increase;
        var start = increase.StartFromWholeUnits ? (Rational)share.Floor() : share;
        if (increase.SkipWhenEverythingFits && _instance.EverythingFits)
        {
            Run(share);
            return Finish([.. _run.Winners], share, 0, StopReason.EverythingFits);
        }

        if (increase.Unit == IncreaseUnit.None)
        {
            Run(start);
            return Finish([.. _run.Winners], start, null, StopReason.NothingAffordable);
        }

        var step = increase.Unit == IncreaseUnit.PerVoter ? increase.Step : share * increase.Step;
        var (steps, stop) = Raise(start, step, increase.BoundedByBudgetTimesVoters ? share * (_instance.VoterCount + 1) : null);
        var endowment = start + steps * step;
        Run(endowment);
        return Finish([.. _run.Winners], endowment, steps, stop);
    }

    /// <summary>Raises the endowment step by step; returns how many steps to take and why no more.</summary>
    private (long Steps, StopReason Stop) Raise(Rational start, Rational step, Rational? bound)
    {
        var last = bound is { } most && step.Sign > 0 ? (long)BigInteger.Min(((most - start) / step).Floor(), long.MaxValue) : long.MaxValue;
        var (at, unchanged, following, rise, horizon) = (0L, 0, 0, 1L, FirstHorizon);
        Run(start);
        List<int> current = [.. _run.Winners];
        while (true)
        {
            if (_run.TieNeedsLot)
            {
                return (at, StopReason.TieNeedsLot);
            }

            if (IsExhaustive(current))
            {
                return (at, StopReason.Exhaustive);
            }

            if (step.Sign == 0 || at >= last)
            {
                return (at, StopReason.Bound);
            }

            if (current.Count == _supporters.Supported.Length + _supporters.Free.Length)
            {
                // Whatever is bought now is among these, so no outcome can cost too much: only the order may still change.
                return last < long.MaxValue ? (last, StopReason.Bound) : (at, StopReason.EverySupportedSelected);
            }

            var next = Math.Min(last, at + Math.Min(rise, long.MaxValue - at));
            Run(start + next * step, following > 0 ? horizon * step.ToDouble() : 0);
            if (_run.ScaledCost > _supporters.ScaledBudget)
            {
                return (next - 1, StopReason.NextCostsTooMuch);
            }

            rise = following > 0 ? StepsBelow(_run.SafeRise, step) : 1;
            // The lines are the tighter the nearer the horizon: look about four times as far as it went.
            horizon = Math.Clamp(4 * rise, FirstHorizon, 1 << 30);
            unchanged = _run.Winners.SequenceEqual(current) ? unchanged + 1 : 0;
            following = rise > 2 || unchanged >= UnchangedBeforeFollowing ? Patience : Math.Max(0, following - 1);
            unchanged = following > 0 ? 0 : unchanged;
            (current, at) = ([.. _run.Winners], next);
        }
    }

    /// <summary>The first step that is not surely below the rise; at least 1.</summary>
    private static long StepsBelow(double rise, Rational step)
    {
        var steps = Math.Floor(rise / step.ToDouble() * (1 - 1e-9));
        return steps >= 1e15 ? 1_000_000_000_000_000 : Math.Max(1, (long)steps);
    }

    private void Run(Rational endowment, double horizon = 0)
    {
        _run.Horizon = horizon;
        _run.Run(endowment, _cancel);
        _runs++;
        if (_runs % 16 == 0)
        {
            _progress?.Report(new(_runs, _run.Winners.Count, _supporters.ScaledBudget == 0 ? 1 : (double)_run.ScaledCost / (double)_supporters.ScaledBudget));
        }
    }

    private bool IsExhaustive(List<int> winners)
    {
        if (_rule.Increase.ExhaustiveStop == ExhaustiveStop.Never)
        {
            return false;
        }

        var left = _supporters.ScaledBudget - _run.ScaledCost;
        var candidates = _rule.Increase.ExhaustiveStop == ExhaustiveStop.SupportedProjects ? _supporters.Supported : Enumerable.Range(0, _instance.Projects.Count);
        var selected = new bool[_instance.Projects.Count];
        foreach (var winner in winners)
        {
            selected[winner] = true;
        }

        return !candidates.Any(p => !selected[p] && _supporters.ScaledCost[p] <= left);
    }

    private Outcome Finish(List<int> winners, Rational endowment, long? steps, StopReason stop)
    {
        var purchases = winners.Count == 0 ? [] : _run.ExactPurchases();
        var free = winners.Count - purchases.Count;
        List<Round> rounds = [.. winners.Take(free).Select(p => new Round(p, Phase.EqualShares) { Rho = Rational.Zero })];
        rounds.AddRange(purchases.Select(purchase => RoundOf(purchase.Project, purchase.Price)));
        List<Tie> ties = [.. _run.Ties];
        if (_run.TieNeedsLot)
        {
            stop = StopReason.TieNeedsLot;
        }
        else if (_rule.Tail != Tail.None)
        {
            stop = AddTail(winners, rounds, ties, stop);
        }

        return new()
        {
            Rule = _rule,
            Winners = winners,
            TotalCost = _instance.CostOf(winners),
            Rounds = rounds,
            Ties = ties,
            Stop = stop,
            Endowment = _instance.VoterCount == 0 ? null : endowment,
            Steps = steps,
            Ledger = _instance.VoterCount == 0 ? null : new EqualSharesLedger(_supporters, endowment, free, purchases, _run.BrokeIn),
        };
    }

    private Round RoundOf(int project, Rational price)
    {
        var rho = price / _supporters.Factor[project];
        var units = (long)_supporters.GreatestUnit[project];
        var payment = units * price;
        return new(project, Phase.EqualShares)
        {
            Rho = rho,
            EffectiveVotes = _supporters.LeastUnit[project] == units ? _instance.Projects[project].Cost / payment : 1 / rho,
            MaxPayment = payment,
        };
    }

    private StopReason AddTail(List<int> winners, List<Round> rounds, List<Tie> ties, StopReason stop)
    {
        var byVotes = _rule.Tail == Tail.ByVotes;
        var walk = new Greedy.Walk(_instance, byVotes ? new([], FinalOrder.NumbersThenFile) : _rule.Ties, Phase.Tail) { RoundsBefore = winners.Count };
        walk.Spend(_instance.CostOf(winners));
        IReadOnlyList<Greedy.Key> keys = byVotes ? [.. _instance.Votes.Select(v => new Greedy.Key(v, false))] : Greedy.WelfareKeys(_instance, _rule.Satisfaction);
        walk.Take(Enumerable.Range(0, _instance.Projects.Count).Except(winners), keys, stopAtFirstThatDoesNotFit: false);
        winners.AddRange(walk.Rounds.Select(r => r.Project));
        rounds.AddRange(walk.Rounds);
        ties.AddRange(walk.Ties);
        return walk.Stop == StopReason.TieNeedsLot ? walk.Stop : stop;
    }
}
