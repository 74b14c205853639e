using System.Numerics;

namespace ActiveCitizens.Budgeting.Counting.Phragmen;

/// <summary>Sequential Phragmén (RULES 3.5): a winner's cost is loaded evenly on its supporters, counting what they carry already.</summary>
/// <remarks>
/// After a purchase all supporters carry the same load, so a ballot's load is that of its latest winner, and the load of a candidate
/// is (cost + Σ voters whose latest winner was round r × load of r) / votes: integer counts, and one fraction per round. Doubles rule
/// out what is certainly more; the rest is compared exactly. O(entries × longest ballot + rounds² × projects).
/// Source: M. Los, Z. Christoff, D. Grossi, "Proportional Budget Allocations: Towards a Systematization", 2022, arXiv:2203.12324.
/// </remarks>
internal sealed class PhragmenCount
{
    /// <summary>Relative error of a sum of products of positive doubles, per term; generous.</summary>
    private const double ErrorPerTerm = 1e-15;

    private readonly Instance _instance;
    private readonly PhragmenRule _rule;
    private readonly TieBreaker _ties;
    private readonly int[][] _ballotsOf;
    private readonly int[] _latest;
    private readonly List<long[]> _carriers = [];
    private readonly List<BigInteger> _loads = [];
    private readonly List<double> _loadValues = [];
    private readonly double[] _cost;
    private readonly BigInteger[] _scaledCost;
    private readonly BigInteger _costScale;
    private BigInteger _common = BigInteger.One;

    private PhragmenCount(Instance instance, PhragmenRule rule)
    {
        (_instance, _rule, _ties) = (instance, rule, new(instance, rule.Ties));
        (_costScale, _scaledCost) = ScaledCosts.Of(instance);
        _cost = [.. instance.Projects.Select(p => p.Cost.ToDouble())];
        _ballotsOf = BallotsByProject(instance);
        _latest = new int[instance.Profile.Count];
        Array.Fill(_latest, -1);
    }

    public static Outcome Count(Instance instance, PhragmenRule rule, IProgress<CountProgress>? progress, CancellationToken cancel) => new PhragmenCount(instance, rule).Count(progress, cancel);

    private static int[][] BallotsByProject(Instance instance)
    {
        var lists = new List<int>[instance.Projects.Count];
        for (var project = 0; project < lists.Length; project++)
        {
            lists[project] = [];
        }

        for (var ballot = 0; ballot < instance.Profile.Count; ballot++)
        {
            foreach (var project in instance.Profile.Projects(ballot))
            {
                lists[project].Add(ballot);
            }
        }

        return [.. lists.Select(l => l.ToArray())];
    }

    private Outcome Count(IProgress<CountProgress>? progress, CancellationToken cancel)
    {
        List<int> candidates = [.. Enumerable.Range(0, _instance.Projects.Count).Where(p => _instance.Projects[p].Cost <= _instance.Budget)];
        var (rounds, ties, left) = (new List<Round>(), new List<Tie>(), _instance.Budget);
        while (candidates.Count > 0)
        {
            cancel.ThrowIfCancellationRequested();
            var (least, isFinite) = LeastLoaded(candidates);
            var overflowing = least.FindAll(p => _instance.Projects[p].Cost > left);
            if (overflowing.Count > 0)
            {
                return Finish(rounds, ties, StopReason.NextDoesNotFit, overflowing);
            }

            var winner = least[0];
            if (least.Count > 1)
            {
                var tie = _ties.Break(rounds.Count, least);
                ties.Add(tie);
                if (tie.Chosen is not { } chosen)
                {
                    return Finish(rounds, ties, StopReason.TieNeedsLot, []);
                }

                winner = chosen;
            }

            candidates.Remove(winner);
            left -= _instance.Projects[winner].Cost;
            rounds.Add(new(winner, Phase.Phragmen) { Load = isFinite ? Select(winner) : null });
            progress?.Report(CountProgress.AfterRounds(rounds.Count, _instance.Budget, left));
        }

        return Finish(rounds, ties, StopReason.Complete, []);
    }

    /// <summary>All candidates of least load, and whether that load is finite.</summary>
    private (List<int> Least, bool IsFinite) LeastLoaded(List<int> candidates)
    {
        var loads = candidates.Select(p => (Project: p, Load: Approximately(p))).ToList();
        var lowest = loads.Min(l => l.Load);
        if (double.IsPositiveInfinity(lowest))
        {
            return (candidates, false);
        }

        var error = 2 * (_loads.Count + 8) * ErrorPerTerm;
        List<(int Project, BigInteger Numerator)> near = [.. loads.Where(l => l.Load <= lowest * (1 + error)).Select(l => (l.Project, Exactly(l.Project)))];
        var best = near[0];
        foreach (var other in near)
        {
            best = Compare(other, best) < 0 ? other : best;
        }

        return ([.. near.Where(n => Compare(n, best) == 0).Select(n => n.Project)], true);
    }

    private int Compare((int Project, BigInteger Numerator) a, (int Project, BigInteger Numerator) b) =>
        (a.Numerator * _instance.Votes[b.Project]).CompareTo(b.Numerator * _instance.Votes[a.Project]);

    private double Approximately(int project)
    {
        var sum = _cost[project];
        for (var round = 0; round < _loads.Count; round++)
        {
            sum += _carriers[round][project] * _loadValues[round];
        }

        return _instance.Votes[project] == 0 ? double.PositiveInfinity : sum / _instance.Votes[project];
    }

    /// <summary>The load of a candidate times its votes, over the common denominator.</summary>
    private BigInteger Exactly(int project)
    {
        var sum = _scaledCost[project] * _common;
        for (var round = 0; round < _loads.Count; round++)
        {
            sum += _carriers[round][project] == 0 ? BigInteger.Zero : _carriers[round][project] * _loads[round];
        }

        return sum;
    }

    /// <summary>Loads the winner's supporters and returns what each of them then carries.</summary>
    private Rational Select(int winner)
    {
        var (numerator, votes) = (Exactly(winner), _instance.Votes[winner]);
        var shared = BigInteger.GreatestCommonDivisor(numerator, votes);
        var factor = votes / shared;
        if (!factor.IsOne)
        {
            _common *= factor;
            for (var round = 0; round < _loads.Count; round++)
            {
                _loads[round] *= factor;
            }
        }

        var load = Rational.Of(numerator / shared, _common * _costScale);
        _loads.Add(numerator / shared);
        _loadValues.Add(load.ToDouble());
        var carriers = new long[_instance.Projects.Count];
        _carriers.Add(carriers);
        var now = _loads.Count - 1;
        foreach (var ballot in _ballotsOf[winner])
        {
            var weight = _instance.Profile.Weight(ballot);
            foreach (var project in _instance.Profile.Projects(ballot))
            {
                carriers[project] += weight;
                if (_latest[ballot] >= 0)
                {
                    _carriers[_latest[ballot]][project] -= weight;
                }
            }

            _latest[ballot] = now;
        }

        return load;
    }

    private Outcome Finish(List<Round> rounds, List<Tie> ties, StopReason stop, List<int> stoppedBy)
    {
        List<int> winners = [.. rounds.Select(r => r.Project)];
        return new()
        {
            Rule = _rule,
            Winners = winners,
            TotalCost = _instance.CostOf(winners),
            Rounds = rounds,
            Ties = ties,
            Stop = stop,
            StoppedBy = stoppedBy,
            Ledger = new LoadLedger(_instance.Profile, rounds),
        };
    }
}
