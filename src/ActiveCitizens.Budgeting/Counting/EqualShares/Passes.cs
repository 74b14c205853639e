using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ActiveCitizens.Budgeting.Counting.EqualShares;

/// <summary>
/// The loops over supporters in which nearly all time is spent. Four at a time and without a branch on who can pay, because no
/// processor can predict that. Doubles; their errors are bounded by the caller.
/// </summary>
internal static class Passes
{
    /// <summary>Sums over supporters at price t per unit: money and number of those who have some and cannot pay, and units of those who can.</summary>
    /// <param name="units">Units of each supporter; empty when all are 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double PoorMoney, double PoorVoters, double RichUnits) Split(ReadOnlySpan<int> ballots, ReadOnlySpan<double> weights, ReadOnlySpan<double> units, double[] money, double t)
    {
        var price = Vector256.Create(t);
        var (poor, voters, rich) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var whole = ballots.Length & ~3;
        for (var i = 0; i < whole; i += 4)
        {
            var m = Vector256.Create(money[ballots[i]], money[ballots[i + 1]], money[ballots[i + 2]], money[ballots[i + 3]]);
            var w = Vector256.Create(weights.Slice(i, 4));
            var u = units.IsEmpty ? Vector256<double>.One : Vector256.Create(units.Slice(i, 4));
            var cannotPay = Vector256.LessThan(m, price * u);
            poor += cannotPay & (w * m);
            voters += cannotPay & Vector256.AndNot(w, Vector256.Equals(m, Vector256<double>.Zero));
            rich += Vector256.AndNot(w * u, cannotPay);
        }

        var (poorMoney, poorVoters, richUnits) = (Vector256.Sum(poor), Vector256.Sum(voters), Vector256.Sum(rich));
        for (var i = whole; i < ballots.Length; i++)
        {
            var m = money[ballots[i]];
            var u = units.IsEmpty ? 1 : units[i];
            if (m < t * u)
            {
                poorMoney += weights[i] * m;
                poorVoters += m == 0 ? 0 : weights[i];
            }
            else
            {
                richUnits += weights[i] * u;
            }
        }

        return (poorMoney, poorVoters, richUnits);
    }

    /// <summary>Sum over supporters who cannot pay t per unit of weight × slope.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SlopeOfPoor(ReadOnlySpan<int> ballots, ReadOnlySpan<double> weights, ReadOnlySpan<double> units, double[] money, double[] slopes, double t)
    {
        var price = Vector256.Create(t);
        var poor = Vector256<double>.Zero;
        var whole = ballots.Length & ~3;
        for (var i = 0; i < whole; i += 4)
        {
            var (a, b, c, d) = (ballots[i], ballots[i + 1], ballots[i + 2], ballots[i + 3]);
            var m = Vector256.Create(money[a], money[b], money[c], money[d]);
            var s = Vector256.Create(slopes[a], slopes[b], slopes[c], slopes[d]);
            var u = units.IsEmpty ? Vector256<double>.One : Vector256.Create(units.Slice(i, 4));
            poor += Vector256.LessThan(m, price * u) & (Vector256.Create(weights.Slice(i, 4)) * s);
        }

        var sum = Vector256.Sum(poor);
        for (var i = whole; i < ballots.Length; i++)
        {
            sum += money[ballots[i]] < t * (units.IsEmpty ? 1 : units[i]) ? weights[i] * slopes[ballots[i]] : 0;
        }

        return sum;
    }

    /// <summary>Whether some supporter's money lies so near to the price that doubles cannot tell whether it suffices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AnyNear(ReadOnlySpan<int> ballots, ReadOnlySpan<double> units, double[] money, double t, double band, double bandPerUnit)
    {
        for (var i = 0; i < ballots.Length; i++)
        {
            var u = units.IsEmpty ? 1 : units[i];
            if (Math.Abs(money[ballots[i]] - t * u) <= band + bandPerUnit * u)
            {
                return true;
            }
        }

        return false;
    }
}
