using System.Numerics;
using System.Runtime.CompilerServices;

namespace ActiveCitizens.Budgeting.Counting.EqualShares;

/// <summary>
/// One run of the Method of Equal Shares at one endowment. Doubles with a bound on their error rule out what only loses;
/// whatever they cannot tell apart is decided with <see cref="ExactMoney"/>. Reused from run to run; not safe for threads.
/// </summary>
/// <remarks>
/// Two facts carry it. For any set T of supporters, (cost − money of T) / units of the others never exceeds the true price, and
/// equals it when T are those who cannot pay it: so Newton's steps rise towards the price and every one is a valid lower bound.
/// And prices only rise from round to round, so an old lower bound stays valid.
/// Source: D. Peters, G. Pierczyński, P. Skowron, "Proportional Participatory Budgeting with Additive Utilities", 2021, arXiv:2008.13276.
/// </remarks>
internal sealed partial class EqualSharesRun
{
    /// <summary>Twice the unit round-off: every bound below is generous by at least that factor.</summary>
    private const double Epsilon = 2.3e-16;

    /// <summary>Share of the endowment up to which errors may add up before money is recomputed from exact prices.</summary>
    private const double TolerableError = 1e-8;

    /// <summary>Least money noted for who never ran out: nothing at all is noted only for who did, and is then exact.</summary>
    private const double Trifle = 1e-300;

    private readonly Supporters _supporters;
    private readonly TieBreaker _ties;
    private readonly double[] _money;
    private readonly int[] _brokeIn;
    private readonly int[] _roundOf;
    private readonly double[] _price;
    private readonly double[] _rhoLow;
    private readonly List<int> _alive = [];
    private readonly List<Candidate> _contenders = [];
    private readonly List<Purchase> _purchases = [];
    private readonly List<Tie> _tiesMet = [];
    private ExactMoney _exact;
    private double _money0;
    private double _moneyError;

    public EqualSharesRun(Supporters supporters, TieBreaker ties)
    {
        (_supporters, _ties) = (supporters, ties);
        var (ballots, projects) = (supporters.Instance.Profile.Count, supporters.Instance.Projects.Count);
        (_money, _brokeIn) = (new double[ballots], new int[ballots]);
        (_roundOf, _price, _rhoLow) = (new int[projects], new double[projects], new double[projects]);
        _exact = new(supporters, Rational.Zero);
    }

    /// <summary>Indices of the projects bought, in order; those that cost nothing come first.</summary>
    public List<int> Winners { get; } = [];

    public IReadOnlyList<Tie> Ties => _tiesMet;

    /// <summary>Set when a tie stays unresolved; the run then ended there.</summary>
    public bool TieNeedsLot { get; private set; }

    /// <summary>Cost of the winners in units of 1/<see cref="Supporters.CostScale"/>.</summary>
    public BigInteger ScaledCost { get; private set; }

    /// <summary>What a bought project cost its supporters; everything needed to find its exact price later.</summary>
    private sealed record Purchase(int Project, PoorMoney Poor, long RichUnits);

    private sealed class Candidate
    {
        public int Project;
        public double Price;
        public double PriceError;
        public double RichUnits;
        public double RhoLow;
        public double RhoHigh;
        public BigInteger Missing;
        public long ExactRichUnits;
        public PoorMoney? Poor;
        public Dictionary<int, bool>? Near;
    }

    public void Run(Rational endowment, CancellationToken cancel)
    {
        Start(endowment);
        while (_alive.Count > 0 && !TieNeedsLot)
        {
            cancel.ThrowIfCancellationRequested();
            FindContenders();
            if (_contenders.Count == 0)
            {
                break;
            }

            if (Choose() is { } winner)
            {
                Buy(winner);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Start(Rational endowment)
    {
        _exact = new(_supporters, endowment);
        _money0 = endowment.ToDouble();
        (_moneyError, TieNeedsLot, ScaledCost) = (Epsilon * _money0, false, BigInteger.Zero);
        Array.Fill(_money, _money0);
        Array.Fill(_brokeIn, int.MaxValue);
        Array.Fill(_roundOf, -1);
        Winners.Clear();
        _purchases.Clear();
        _tiesMet.Clear();
        _alive.Clear();
        StartJump();
        foreach (var project in _supporters.Free.Order(Comparer<int>.Create((a, b) => _ties.FinalRank(a).CompareTo(_ties.FinalRank(b)))))
        {
            Winners.Add(project);
        }

        foreach (var project in _supporters.Supported)
        {
            _alive.Add(project);
            _price[project] = 0;
            // Before anybody has spent anything the price is cost over units, if the supporters have that much.
            _rhoLow[project] = _supporters.Cost[project] / _supporters.TotalUnits[project] / _supporters.FactorValue[project] * (1 - 16 * Epsilon);
        }
    }

    /// <summary>Evaluates candidates from the least lower bound on, until the next bound lies above the best upper bound.</summary>
    private void FindContenders()
    {
        _contenders.Clear();
        SortAlive();
        var bestHigh = double.PositiveInfinity;
        var kept = 0;
        for (var i = 0; i < _alive.Count; i++)
        {
            var project = _alive[i];
            if (_rhoLow[project] <= bestHigh)
            {
                var candidate = Evaluate(project, bestHigh, out var affordable);
                if (!affordable)
                {
                    continue;
                }

                if (candidate is not null)
                {
                    bestHigh = Math.Min(bestHigh, candidate.RhoHigh);
                    _contenders.Add(candidate);
                }
            }

            _alive[kept++] = project;
        }

        _alive.RemoveRange(kept, _alive.Count - kept);
        _contenders.RemoveAll(c => c.RhoLow > bestHigh);
    }

    /// <summary>By insertion: from round to round the order hardly changes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SortAlive()
    {
        for (var i = 1; i < _alive.Count; i++)
        {
            var project = _alive[i];
            var j = i - 1;
            for (; j >= 0 && _rhoLow[_alive[j]] > _rhoLow[project]; j--)
            {
                _alive[j + 1] = _alive[j];
            }

            _alive[j + 1] = project;
        }
    }

    /// <summary>Finds the price of a project; null when its rho certainly exceeds <paramref name="bestHigh"/> or nobody can pay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Candidate? Evaluate(int project, double bestHigh, out bool affordable)
    {
        var (start, end) = (_supporters.Starts[project], _supporters.Starts[project + 1]);
        var ballots = _supporters.Ballot.AsSpan(start..end);
        var weights = _supporters.Weight.AsSpan(start..end);
        var units = _supporters.AllOnes ? default : _supporters.Units.AsSpan(start..end);
        var (cost, price, richBefore) = (_supporters.Cost[project], _price[project], -1.0);
        affordable = true;
        for (var step = 0; ; step++)
        {
            var (poorMoney, poorVoters, rich) = Passes.Split(ballots, weights, units, _money, price);
            var moneyError = poorVoters * _moneyError + (ballots.Length / 4 + 16) * Epsilon * (poorMoney + cost);
            if (rich == 0)
            {
                if (poorMoney + moneyError < cost)
                {
                    NoteDropped(project, cost - poorMoney, moneyError);
                    affordable = false;
                    return null;
                }

                return Resolve(project, price, out affordable);
            }

            var next = (cost - poorMoney) / rich;
            var error = moneyError / rich + 4 * Epsilon * Math.Abs(next);
            var low = Math.Max(0, (next - error) / _supporters.FactorValue[project] * (1 - 16 * Epsilon));
            _rhoLow[project] = Math.Max(_rhoLow[project], low);
            if (low > bestHigh)
            {
                _price[project] = next;
                NoteLine(project, price, next, error, rich);
                return null;
            }

            if (rich == richBefore || step == 60)
            {
                _price[project] = next;
                NoteLine(project, price, next, error, rich);
                if (step == 60 || Passes.AnyNear(ballots, units, _money, next, 2 * _moneyError + 4 * Epsilon * next, 2 * error + 8 * Epsilon * next))
                {
                    return Resolve(project, next + error, out affordable);
                }

                return new()
                {
                    Project = project,
                    Price = next,
                    PriceError = error,
                    RichUnits = rich,
                    RhoLow = low,
                    RhoHigh = (next + error) / _supporters.FactorValue[project] * (1 + 16 * Epsilon),
                };
            }

            (price, richBefore) = (next, rich);
        }
    }

    /// <summary>Picks the candidate of least rho: by doubles when only one can be it, exactly otherwise.</summary>
    private Candidate? Choose()
    {
        if (_contenders.Count == 1)
        {
            NoteRound(_contenders[0]);
            return _contenders[0];
        }

        MakeExact(_contenders);
        var best = _contenders[0];
        foreach (var candidate in _contenders)
        {
            best = CompareRho(candidate, best) < 0 ? candidate : best;
        }

        var tied = _contenders.FindAll(c => CompareRho(c, best) == 0);
        if (tied.Count > 1)
        {
            var tie = _ties.Break(Winners.Count, [.. tied.Select(c => c.Project)]);
            _tiesMet.Add(tie);
            if (tie.Chosen is null)
            {
                TieNeedsLot = true;
                return null;
            }

            best = tied.Find(c => c.Project == tie.Chosen)!;
        }

        NoteRound(best);
        return best;
    }

    private int CompareRho(Candidate a, Candidate b) => ReferenceEquals(a, b) ? 0 : ExactMoney.CompareRho(
        a.Missing, a.ExactRichUnits, _supporters.Factor[a.Project], b.Missing, b.ExactRichUnits, _supporters.Factor[b.Project]);

    private void Buy(Candidate winner)
    {
        var project = winner.Project;
        if (winner.Poor is null)
        {
            SettlePoor(winner);
        }

        var round = _purchases.Count;
        _purchases.Add(new(project, winner.Poor!, winner.ExactRichUnits));
        _roundOf[project] = round;
        Winners.Add(project);
        ScaledCost += _supporters.ScaledCost[project];
        _alive.Remove(project);
        Pay(winner, round);
        _moneyError += _supporters.GreatestUnit[project] * winner.PriceError + 2 * Epsilon * _money0;
        if (_moneyError > TolerableError * _money0)
        {
            Refresh();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pay(Candidate winner, int round)
    {
        var (start, end) = (_supporters.Starts[winner.Project], _supporters.Starts[winner.Project + 1]);
        for (var entry = start; entry < end; entry++)
        {
            var ballot = _supporters.Ballot[entry];
            var (before, broke) = (_money[ballot], _brokeIn[ballot] < int.MaxValue);
            if (broke && SafeRise == 0)
            {
                continue;
            }

            var units = _supporters.AllOnes ? 1 : _supporters.Units[entry];
            var price = winner.Price * units;
            var poor = broke || (winner.Near is { } near && near.TryGetValue(ballot, out var verdict) ? verdict : before < price);
            if (!poor)
            {
                _money[ballot] = Math.Max(Trifle, before - price);
            }
            else if (!broke)
            {
                (_brokeIn[ballot], _money[ballot]) = (round, 0);
            }

            if (SafeRise > 0)
            {
                FollowPayment(winner, ballot, before, units, poor);
            }
        }
    }

    /// <summary>Recomputes every sum of money from exact prices once errors have added up.</summary>
    private void Refresh()
    {
        EnsureExact();
        var prices = Enumerable.Range(0, _exact.Rounds).Select(r => _exact.PriceValue(r)).ToArray();
        for (var ballot = 0; ballot < _money.Length; ballot++)
        {
            if (_brokeIn[ballot] < int.MaxValue)
            {
                continue;
            }

            var projects = _supporters.ProjectsOf(ballot);
            var money = _money0;
            for (var position = 0; position < projects.Length; position++)
            {
                if (_roundOf[projects[position]] is >= 0 and var round)
                {
                    money -= prices[round] * _supporters.UnitsOf(ballot, position);
                }
            }

            _money[ballot] = Math.Max(Trifle, money);
        }

        _moneyError = (2 * _purchases.Count + 4) * Epsilon * _money0;
    }
}
