using System.Numerics;
using System.Runtime.CompilerServices;

namespace ActiveCitizens.Budgeting.Counting.EqualShares;

internal sealed partial class EqualSharesRun
{
    /// <summary>Exact price per unit of every purchase of this run, in order.</summary>
    public IReadOnlyList<(int Project, Rational Price)> ExactPurchases()
    {
        EnsureExact();
        return [.. _purchases.Select((purchase, round) => (purchase.Project, _exact.Price(round)))];
    }

    /// <summary>For each merged ballot the purchase (from 0) that took its last money; <see cref="int.MaxValue"/> when none did.</summary>
    public int[] BrokeIn => [.. _brokeIn];

    private void EnsureExact()
    {
        for (var round = _exact.Rounds; round < _purchases.Count; round++)
        {
            var purchase = _purchases[round];
            _exact.Add(_exact.Missing(purchase.Project, purchase.Poor), purchase.RichUnits);
        }
    }

    /// <summary>Finds what the rich have to pay for each candidate, all over one common denominator.</summary>
    private void MakeExact(List<Candidate> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (candidate.Poor is null)
            {
                SettlePoor(candidate);
            }
        }

        // Most ties are among projects whose supporters all pay the same: cost over votes says it, and no earlier price is needed.
        var nobodyPoor = candidates.TrueForAll(c => c.Poor!.Voters == 0);
        if (!nobodyPoor)
        {
            EnsureExact();
        }

        foreach (var candidate in candidates)
        {
            candidate.Missing = nobodyPoor ? _supporters.ScaledCost[candidate.Project] : _exact.Missing(candidate.Project, candidate.Poor!);
        }
    }

    /// <summary>Counts who pays everything, where doubles are certain about every supporter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SettlePoor(Candidate candidate)
    {
        var project = candidate.Project;
        var poor = new PoorSum(this);
        var rich = 0L;
        for (var entry = _supporters.Starts[project]; entry < _supporters.Starts[project + 1]; entry++)
        {
            var ballot = _supporters.Ballot[entry];
            if (_brokeIn[ballot] < int.MaxValue)
            {
                continue;
            }

            var units = _supporters.AllOnes ? 1 : _supporters.Units[entry];
            if (_money[ballot] < candidate.Price * units)
            {
                poor.Add(ballot, (long)_supporters.Weight[entry]);
            }
            else
            {
                rich += (long)(_supporters.Weight[entry] * units);
            }
        }

        (candidate.Poor, candidate.ExactRichUnits) = (poor.Done(), rich);
    }

    /// <summary>
    /// Finds a price where doubles cannot tell who is poor: those near the price are compared exactly. Starts from supporters who are
    /// poor at a lower bound of the price, hence at the price, and rises from there; ends when who is surely rich stays rich.
    /// </summary>
    private Candidate? Resolve(int project, double upper, out bool affordable)
    {
        EnsureExact();
        StopJump();
        var lower = _rhoLow[project] * _supporters.FactorValue[project] * (1 - 32 * Epsilon);
        while (true)
        {
            var poor = new PoorSum(this);
            var near = new List<int>();
            var (surelyRich, nearRich) = (0L, 0L);
            for (var entry = _supporters.Starts[project]; entry < _supporters.Starts[project + 1]; entry++)
            {
                var (ballot, weight) = (_supporters.Ballot[entry], (long)_supporters.Weight[entry]);
                if (_brokeIn[ballot] < int.MaxValue)
                {
                    continue;
                }

                var units = _supporters.AllOnes ? 1 : _supporters.Units[entry];
                if (_money[ballot] + _moneyError < lower * units * (1 - 4 * Epsilon))
                {
                    poor.Add(ballot, weight);
                }
                else if (_money[ballot] - _moneyError > upper * units * (1 + 4 * Epsilon))
                {
                    surelyRich += (long)(weight * units);
                }
                else
                {
                    near.Add(entry);
                    nearRich += (long)(weight * units);
                }
            }

            var verdicts = near.ToDictionary(entry => _supporters.Ballot[entry], _ => false);
            var missing = RaisePrice(project, near, verdicts, poor, surelyRich, ref nearRich);
            var rich = surelyRich + nearRich;
            if (rich == 0)
            {
                affordable = false;
                return null;
            }

            var price = _exact.Value(missing, rich);
            if (surelyRich > 0 && price * (1 - 4 * Epsilon) > upper)
            {
                (lower, upper) = (price * (1 - 8 * Epsilon), price * (1 + 8 * Epsilon));
                continue;
            }

            affordable = true;
            _price[project] = price;
            var rho = price / _supporters.FactorValue[project];
            _rhoLow[project] = Math.Max(_rhoLow[project], rho * (1 - 16 * Epsilon));
            return new()
            {
                Project = project,
                Price = price,
                PriceError = 4 * Epsilon * price,
                RichUnits = rich,
                RhoLow = rho * (1 - 16 * Epsilon),
                RhoHigh = rho * (1 + 16 * Epsilon),
                Missing = missing,
                ExactRichUnits = rich,
                Poor = poor.Done(),
                Near = verdicts,
            };
        }
    }

    /// <summary>Newton's steps in exact numbers over the supporters near the price; returns what the rich have to pay together.</summary>
    private BigInteger RaisePrice(int project, List<int> near, Dictionary<int, bool> verdicts, PoorSum poor, long surelyRich, ref long nearRich)
    {
        while (true)
        {
            var missing = _exact.Missing(project, poor.Done());
            var rich = surelyRich + nearRich;
            var moved = false;
            foreach (var entry in near)
            {
                var ballot = _supporters.Ballot[entry];
                var units = _supporters.AllOnes ? 1 : (long)_supporters.Units[entry];
                if (!verdicts[ballot] && _exact.MoneyOf(ballot, _roundOf) * rich < missing * units)
                {
                    (verdicts[ballot], moved) = (true, true);
                    poor.Add(ballot, (long)_supporters.Weight[entry]);
                    nearRich -= (long)_supporters.Weight[entry] * units;
                }
            }

            if (!moved || surelyRich + nearRich == 0)
            {
                return missing;
            }
        }
    }

    /// <summary>Adds up what supporters who pay everything hold.</summary>
    private sealed class PoorSum(EqualSharesRun run)
    {
        private readonly long[] _unitsPaid = new long[run._purchases.Count];
        private long _voters;

        public void Add(int ballot, long weight)
        {
            _voters += weight;
            var projects = run._supporters.ProjectsOf(ballot);
            for (var position = 0; position < projects.Length; position++)
            {
                if (run._roundOf[projects[position]] is >= 0 and var round)
                {
                    _unitsPaid[round] += weight * run._supporters.UnitsOf(ballot, position);
                }
            }
        }

        public PoorMoney Done() => new(_voters, _unitsPaid);
    }
}
