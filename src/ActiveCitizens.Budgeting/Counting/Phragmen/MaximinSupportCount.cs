using System.Numerics;

namespace ActiveCitizens.Budgeting.Counting.Phragmen;

/// <summary>
/// Maximin support (RULES 3.6): the project whose addition leaves the least possible maximum load, when the costs of all winners are
/// spread anew. That load is the greatest cost(T) / supporters(T) over sets T of the projects concerned.
/// </summary>
/// <remarks>
/// Dinkelbach's method in whole numbers: a lower bound λ of a candidate's load is tried as the limit of a flow; when the flow fails,
/// the cut is a set T with a greater ratio, the next bound. Bounds hold in later rounds too, because winners only become more, so in
/// each round only candidates whose bound is least are tried. The flow of the winners is kept and only the candidate is added to it.
/// O(rounds × candidates tried × a few passes over the entries of winners).
/// Sources: L. Sánchez-Fernández, N. Fernández, J. Fisteus, M. Brill, "The Maximin Support Method", 2021, arXiv:1609.05370;
/// H. Aziz, B. Lee, N. Talmon, "Proportionally Representative Participatory Budgeting: Axioms and Algorithms", 2018, arXiv:1711.08226.
/// </remarks>
internal sealed class MaximinSupportCount<T>
    where T : struct, INumber<T>
{
    private readonly Instance _instance;
    private readonly MaximinSupportRule _rule;
    private readonly TieBreaker _ties;
    private readonly BigInteger _costScale;
    private readonly BigInteger[] _cost;
    private readonly T[] _flowCost;
    private readonly LoadNetwork<T> _winners;
    private readonly LoadNetwork<T> _trial;
    private readonly Rational?[] _bound;
    private readonly List<int> _selected = [];

    /// <summary>The maximum load so far, in units of 1/CostScale per voter.</summary>
    private Rational _load = Rational.Zero;

    private MaximinSupportCount(Instance instance, MaximinSupportRule rule)
    {
        (_instance, _rule, _ties) = (instance, rule, new(instance, rule.Ties));
        (_costScale, _cost) = ScaledCosts.Of(instance);
        // Costs above the budget never enter a flow, and might not fit into the numbers.
        _flowCost = [.. instance.Projects.Select(p => p.Cost <= instance.Budget ? T.CreateChecked(_cost[p.Index]) : T.Zero)];
        (_winners, _trial) = (new(instance.Profile), new(instance.Profile));
        _bound = [.. instance.Projects.Select(p => p.Cost.Sign == 0 ? Rational.Zero : instance.Votes[p.Index] == 0 ? default(Rational?) : Rational.Of(_cost[p.Index], instance.Votes[p.Index]))];
    }

    public static Outcome Count(Instance instance, MaximinSupportRule rule, IProgress<CountProgress>? progress, CancellationToken cancel) => new MaximinSupportCount<T>(instance, rule).Count(progress, cancel);

    private Outcome Count(IProgress<CountProgress>? progress, CancellationToken cancel)
    {
        var (rounds, ties, left, stop) = (new List<Round>(), new List<Tie>(), _instance.Budget, StopReason.Complete);
        List<int> candidates = [.. Enumerable.Range(0, _instance.Projects.Count)];
        while (true)
        {
            candidates.RemoveAll(p => _instance.Projects[p].Cost > left);
            if (candidates.Count == 0)
            {
                break;
            }

            var (least, load) = Least(candidates, cancel);
            var winner = least[0];
            if (least.Count > 1)
            {
                var tie = _ties.Break(rounds.Count, least);
                ties.Add(tie);
                if (tie.Chosen is not { } chosen)
                {
                    stop = StopReason.TieNeedsLot;
                    break;
                }

                winner = chosen;
            }

            candidates.Remove(winner);
            left -= _instance.Projects[winner].Cost;
            rounds.Add(new(winner, Phase.MaximinSupport) { Load = load / _costScale });
            progress?.Report(CountProgress.AfterRounds(rounds.Count, _instance.Budget, left));
            if (load is { } finite)
            {
                Select(winner, finite);
            }
        }

        List<int> winners = [.. rounds.Select(r => r.Project)];
        return new() { Rule = _rule, Winners = winners, TotalCost = _instance.CostOf(winners), Rounds = rounds, Ties = ties, Stop = stop };
    }

    /// <summary>All candidates of least load, and that load; null when it is infinite.</summary>
    private (List<int> Least, Rational? Load) Least(List<int> candidates, CancellationToken cancel)
    {
        var finite = candidates.FindAll(p => _bound[p] is not null);
        if (finite.Count == 0)
        {
            return (candidates, null);
        }

        foreach (var project in finite)
        {
            _bound[project] = Rational.Max(_bound[project]!.Value, _load);
        }

        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var least = finite.Min(p => _bound[p]!.Value);
            var tried = finite.FindAll(p => _bound[p] == least);
            _trial.Load(_winners, T.CreateChecked(least.Denominator), T.CreateChecked(least.Numerator) * T.CreateChecked(_load.Denominator));
            foreach (var project in tried)
            {
                Try(project, least);
                _trial.TakeBack();
            }

            tried.RemoveAll(p => _bound[p] != least);
            if (tried.Count > 0)
            {
                return (tried, least);
            }
        }
    }

    /// <summary>Raises the bound of a project unless nobody need carry more than <paramref name="load"/> with it.</summary>
    private void Try(int project, Rational load)
    {
        if (_trial.Place(project, _flowCost[project] * T.CreateChecked(_load.Denominator) * T.CreateChecked(load.Denominator)) > T.Zero)
        {
            var (projects, supporters) = _trial.TooDear();
            _bound[project] = Rational.Of(projects.Aggregate(BigInteger.Zero, (sum, p) => sum + _cost[p]), supporters);
        }
    }

    /// <summary>Adds the winner's cost to the flow, whose scale becomes the denominator of the load.</summary>
    private void Select(int winner, Rational load)
    {
        var (before, now, room) = (T.CreateChecked(_load.Denominator), T.CreateChecked(load.Denominator), T.CreateChecked(load.Numerator));
        _winners.Load(_winners, now, T.Zero);
        _winners.Shrink(before, room);
        _selected.Add(winner);
        _load = load;
        foreach (var project in _selected)
        {
            var missing = _flowCost[project] * now - _winners.Placed(project);
            if (_winners.Place(project, missing) > T.Zero)
            {
                throw new InvalidOperationException("A load that was found possible is not.");
            }
        }
    }
}

/// <summary>Chooses numbers wide enough for the flows of maximin support.</summary>
internal static class MaximinSupport
{
    public static Outcome Count(Instance instance, MaximinSupportRule rule, IProgress<CountProgress>? progress, CancellationToken cancel)
    {
        // Winners and candidate never cost more than the budget; loads have denominators up to the number of voters, and two are multiplied.
        var greatest = (instance.Budget * ScaledCosts.Of(instance).Scale).Numerator * instance.VoterCount * instance.VoterCount;
        return greatest < long.MaxValue / 4 ? MaximinSupportCount<long>.Count(instance, rule, progress, cancel) : MaximinSupportCount<BigInteger>.Count(instance, rule, progress, cancel);
    }
}
