using System.Numerics;
using ActiveCitizens.Budgeting.Counting;
using ActiveCitizens.Budgeting.Counting.EqualShares;

namespace ActiveCitizens.Budgeting.Explanations;

/// <summary>
/// Retells a run of Equal Shares from its exact prices. Exact amounts are whole numbers over one common denominator; money of a
/// voter who never ran out is the endowment less the prices of the own winners, so groups are added up with integer counts.
/// </summary>
internal sealed class EqualSharesStory
{
    private readonly Instance _instance;
    private readonly EqualSharesLedger _ledger;
    private readonly Supporters _supporters;
    private readonly BigInteger _common;
    private readonly BigInteger _endowment;
    private readonly BigInteger[] _prices;
    private readonly int[] _roundOf;

    public EqualSharesStory(Instance instance, EqualSharesLedger ledger)
    {
        (_instance, _ledger, _supporters) = (instance, ledger, ledger.Supporters);
        _common = ledger.Purchases.Select(p => p.Price.Denominator)
            .Aggregate(_supporters.CostScale * ledger.Endowment.Denominator, (all, d) => all / BigInteger.GreatestCommonDivisor(all, d) * d);
        _endowment = Scaled(ledger.Endowment);
        _prices = [.. ledger.Purchases.Select(p => Scaled(p.Price))];
        _roundOf = new int[instance.Projects.Count];
        Array.Fill(_roundOf, -1);
        for (var purchase = 0; purchase < ledger.Purchases.Count; purchase++)
        {
            _roundOf[ledger.Purchases[purchase].Project] = purchase;
        }
    }

    private BigInteger Scaled(Rational value) => value.Numerator * (_common / value.Denominator);

    private Rational Amount(BigInteger scaled) => Rational.Of(scaled, _common);

    /// <summary>Who paid how much in a round of the outcome (from 0), dearest first.</summary>
    public IReadOnlyList<PaymentGroup> Payments(int round)
    {
        var purchase = round - _ledger.FirstRound;
        if (purchase < 0)
        {
            return [];
        }

        var project = _ledger.Purchases[purchase].Project;
        var voters = new Dictionary<BigInteger, long>();
        for (var entry = _supporters.Starts[project]; entry < _supporters.Starts[project + 1]; entry++)
        {
            var ballot = _supporters.Ballot[entry];
            var units = _supporters.AllOnes ? 1 : (long)_supporters.Units[entry];
            var payment = _ledger.BrokeIn[ballot] <= purchase ? ScaledBefore(ballot, purchase)
                : units * _prices[purchase];
            voters[payment] = voters.GetValueOrDefault(payment) + (long)_supporters.Weight[entry];
        }

        return [.. voters.OrderByDescending(v => v.Key).Select(v => new PaymentGroup(v.Value, Amount(v.Key)))];
    }

    /// <summary>How many projects were bought.</summary>
    public int Rounds => _prices.Length;

    /// <summary>Exact price per unit of utility in a purchase (from 0).</summary>
    public Rational Rho(int purchase) => _ledger.Purchases[purchase].Price / _supporters.Factor[_ledger.Purchases[purchase].Project];

    /// <summary>What each voter of a merged ballot held before a purchase (from 0), exact; at the end for <see cref="Rounds"/>.</summary>
    public Rational HeldBefore(int ballot, int purchase) => Amount(ScaledBefore(ballot, purchase));

    private BigInteger ScaledBefore(int ballot, int purchase)
    {
        if (_ledger.BrokeIn[ballot] < purchase)
        {
            return BigInteger.Zero;
        }

        var money = _endowment;
        var projects = _supporters.ProjectsOf(ballot);
        for (var position = 0; position < projects.Length; position++)
        {
            if (_roundOf[projects[position]] is >= 0 and var earlier && earlier < purchase)
            {
                money -= _supporters.UnitsOf(ballot, position) * _prices[earlier];
            }
        }

        return money;
    }

    /// <summary>Money of the supporters of a project that was not bought, when it first no longer sufficed and at the end; nulls without supporters.</summary>
    public (SupporterMoney? WhenDropped, SupporterMoney? AtTheEnd) MoneyOfSupporters(int project)
    {
        var (spent, payers) = SpentBySupporters(project);
        var supporters = 0L;
        for (var entry = _supporters.Starts[project]; entry < _supporters.Starts[project + 1]; entry++)
        {
            supporters += (long)_supporters.Weight[entry];
        }

        if (supporters == 0)
        {
            return default;
        }

        var cost = _supporters.ScaledCost[project] * (_common / _supporters.CostScale);
        var left = supporters * _endowment;
        var purchase = 0;
        while (left >= cost && purchase < spent.Length)
        {
            left -= spent[purchase++];
        }

        List<Spending> all = [];
        var upToDrop = 0;
        for (var i = 0; i < spent.Length; i++)
        {
            upToDrop = i == purchase ? all.Count : upToDrop;
            if (spent[i].Sign > 0)
            {
                all.Add(new(_ledger.Purchases[i].Project, payers[i], Amount(spent[i])));
            }
        }

        upToDrop = purchase == spent.Length ? all.Count : upToDrop;
        var endowments = Amount(supporters * _endowment);
        var atTheEnd = supporters * _endowment - spent.Aggregate(BigInteger.Zero, (sum, s) => sum + s);
        // Nothing was bought before the first purchase that costs anything, so a project dropped there never had enough.
        var rounds = purchase == 0 ? 0 : _ledger.FirstRound + purchase;
        return (
            new(rounds, supporters, endowments, [.. all.Take(upToDrop)], Amount(left), Amount(cost - left)),
            new(_ledger.FirstRound + spent.Length, supporters, endowments, all, Amount(atTheEnd), Amount(cost - atTheEnd)));
    }

    /// <summary>For each purchase what the supporters of a project paid together, and how many of them did.</summary>
    private (BigInteger[] Spent, long[] Payers) SpentBySupporters(int project)
    {
        var rounds = _prices.Length;
        var (paid, brokeVoters, brokeUnits, payers) = (new long[rounds], new long[rounds], new long[rounds][], new long[rounds]);
        for (var entry = _supporters.Starts[project]; entry < _supporters.Starts[project + 1]; entry++)
        {
            var (ballot, weight) = (_supporters.Ballot[entry], (long)_supporters.Weight[entry]);
            var broke = _ledger.BrokeIn[ballot];
            if (broke < rounds)
            {
                brokeVoters[broke] += weight;
                payers[broke] += weight;
                brokeUnits[broke] ??= new long[broke];
            }

            var projects = _supporters.ProjectsOf(ballot);
            for (var position = 0; position < projects.Length; position++)
            {
                if (_roundOf[projects[position]] is >= 0 and var round && round < broke)
                {
                    var units = weight * _supporters.UnitsOf(ballot, position);
                    paid[round] += units;
                    payers[round] += weight;
                    if (broke < rounds)
                    {
                        brokeUnits[broke][round] += units;
                    }
                }
            }
        }

        var spent = new BigInteger[rounds];
        for (var round = 0; round < rounds; round++)
        {
            spent[round] = paid[round] * _prices[round] + brokeVoters[round] * _endowment;
            foreach (var (earlier, units) in (brokeUnits[round] ?? []).Index())
            {
                spent[round] -= units == 0 ? BigInteger.Zero : units * _prices[earlier];
            }
        }

        return (spent, payers);
    }

    /// <summary>Standing of every project before every round in which its supporters could pay, by project; doubles.</summary>
    public IReadOnlyList<Consideration>[] Considered(Outcome outcome, CancellationToken cancel)
    {
        var considered = new List<Consideration>[_instance.Projects.Count];
        for (var project = 0; project < considered.Length; project++)
        {
            considered[project] = [];
        }

        var money = StartMoney();
        var price = new double[considered.Length];
        HashSet<int> alive = [.. _supporters.Supported];
        for (var purchase = 0; purchase < _prices.Length; purchase++)
        {
            cancel.ThrowIfCancellationRequested();
            var round = _ledger.FirstRound + purchase;
            var bought = _ledger.Purchases[purchase].Project;
            foreach (var project in alive)
            {
                var (held, perUnit) = Standing(project, money, price[project]);
                price[project] = perUnit;
                // A project that is bought must be affordable, whatever rounding says.
                if (held < _supporters.Cost[project] * (1 - 1e-12) && project != bought)
                {
                    alive.Remove(project);
                    continue;
                }

                var votes = project == bought && outcome.Rounds[round].EffectiveVotes is { } exact ? exact.ToDouble() : EffectiveVotes(project, perUnit);
                considered[project].Add(new(round + 1, votes, held));
            }

            alive.Remove(bought);
            Pay(money, purchase);
        }

        return considered;
    }

    /// <summary>What each voter of each merged ballot has left at the end; doubles.</summary>
    public double[] FinalMoney()
    {
        var money = StartMoney();
        for (var purchase = 0; purchase < _prices.Length; purchase++)
        {
            Pay(money, purchase);
        }

        return money;
    }

    public double[] StartMoney()
    {
        var money = new double[_instance.Profile.Count];
        Array.Fill(money, _ledger.Endowment.ToDouble());
        return money;
    }

    public void Pay(double[] money, int purchase)
    {
        var (project, exact) = _ledger.Purchases[purchase];
        var price = exact.ToDouble();
        for (var entry = _supporters.Starts[project]; entry < _supporters.Starts[project + 1]; entry++)
        {
            var ballot = _supporters.Ballot[entry];
            if (_ledger.BrokeIn[ballot] >= purchase)
            {
                money[ballot] = _ledger.BrokeIn[ballot] == purchase ? 0 : Math.Max(0, money[ballot] - price * (_supporters.AllOnes ? 1 : _supporters.Units[entry]));
            }
        }
    }

    private double EffectiveVotes(int project, double perUnit) =>
        _supporters.LeastUnit[project] == _supporters.GreatestUnit[project] ? _supporters.Cost[project] / (perUnit * _supporters.GreatestUnit[project])
            : _supporters.FactorValue[project] / perUnit;

    /// <summary>Money behind a project and its price per unit, by Newton's steps from a lower bound of the price.</summary>
    private (double Held, double Price) Standing(int project, double[] money, double lowerBound)
    {
        var (start, end) = (_supporters.Starts[project], _supporters.Starts[project + 1]);
        var held = 0.0;
        for (var entry = start; entry < end; entry++)
        {
            held += _supporters.Weight[entry] * money[_supporters.Ballot[entry]];
        }

        var (cost, price) = (_supporters.Cost[project], lowerBound);
        var units = _supporters.AllOnes ? default : _supporters.Units.AsSpan(start..end);
        while (held > 0)
        {
            var (poor, _, rich) = Passes.Split(_supporters.Ballot.AsSpan(start..end), _supporters.Weight.AsSpan(start..end), units, money, price);
            var next = (cost - poor) / rich;
            if (!(next > price * (1 + 1e-14)) || double.IsInfinity(next))
            {
                break;
            }

            price = next;
        }

        return (held, price);
    }
}
