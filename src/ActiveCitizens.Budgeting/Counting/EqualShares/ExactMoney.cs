using System.Numerics;

namespace ActiveCitizens.Budgeting.Counting.EqualShares;

/// <summary>
/// The exact side of one run: prices per unit of utility as fractions over one common denominator. A voter who never ran out of
/// money holds the endowment minus the prices of the own winners, so no money is ever stored exactly.
/// </summary>
internal sealed class ExactMoney
{
    private readonly Supporters _supporters;
    private readonly List<BigInteger> _prices = [];
    private BigInteger _multiple;
    private BigInteger _endowment;

    public ExactMoney(Supporters supporters, Rational endowment)
    {
        _supporters = supporters;
        var scaled = endowment * supporters.CostScale;
        (_endowment, _multiple) = (scaled.Numerator, scaled.Denominator);
    }

    /// <summary>Number of rounds whose prices are known.</summary>
    public int Rounds => _prices.Count;

    /// <summary>The price per unit in round <paramref name="round"/>, reduced.</summary>
    public Rational Price(int round) => Rational.Of(_prices[round], _multiple * _supporters.CostScale);

    /// <summary>The price per unit in round <paramref name="round"/> as the nearest double.</summary>
    public double PriceValue(int round) => Rational.Quotient(_prices[round], _multiple * _supporters.CostScale);

    /// <summary>Numerator of the price times the units of the rich, over the common denominator: cost minus the money of the poor.</summary>
    /// <param name="poor">Money of the supporters who pay all they have: how many endowments, and how many units paid in each round before.</param>
    public BigInteger Missing(int project, PoorMoney poor)
    {
        var missing = _supporters.ScaledCost[project] * _multiple - poor.Voters * _endowment;
        for (var round = 0; round < poor.UnitsPaid.Length; round++)
        {
            if (poor.UnitsPaid[round] != 0)
            {
                missing += poor.UnitsPaid[round] * _prices[round];
            }
        }

        return missing;
    }

    /// <summary>Money of one voter who never ran out, over the common denominator.</summary>
    public BigInteger MoneyOf(int ballot, int[] roundOf)
    {
        var money = _endowment;
        var projects = _supporters.ProjectsOf(ballot);
        for (var position = 0; position < projects.Length; position++)
        {
            var round = roundOf[projects[position]];
            if (round >= 0)
            {
                money -= _supporters.UnitsOf(ballot, position) * _prices[round];
            }
        }

        return money;
    }

    /// <summary>Records that the next round has the price missing / richUnits.</summary>
    public void Add(BigInteger missing, long richUnits)
    {
        var common = (long)BigInteger.GreatestCommonDivisor(missing, richUnits);
        missing /= common;
        var factor = richUnits / common;
        if (factor != 1)
        {
            _multiple *= factor;
            _endowment *= factor;
            for (var round = 0; round < _prices.Count; round++)
            {
                _prices[round] *= factor;
            }
        }

        _prices.Add(missing);
    }

    /// <summary>The price missing / richUnits as a double.</summary>
    public double Value(BigInteger missing, long richUnits) => Rational.Quotient(missing, richUnits * _multiple * _supporters.CostScale);

    /// <summary>Compares missingA / (unitsA × factorA) with missingB / (unitsB × factorB): the rho of two projects.</summary>
    public static int CompareRho(BigInteger missingA, long unitsA, Rational factorA, BigInteger missingB, long unitsB, Rational factorB) =>
        (missingA * factorA.Denominator * unitsB * factorB.Numerator).CompareTo(missingB * factorB.Denominator * unitsA * factorA.Numerator);
}

/// <summary>What supporters who pay everything they have hold together: <paramref name="Voters"/> endowments less what they paid before.</summary>
/// <param name="Voters">Number of such voters who still have money.</param>
/// <param name="UnitsPaid">For each earlier round, units they paid for.</param>
internal sealed record PoorMoney(long Voters, long[] UnitsPaid);
