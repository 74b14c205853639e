using System.Runtime.CompilerServices;

namespace ActiveCitizens.Budgeting.Counting.EqualShares;

/// <summary>The loops over supporters in which nearly all time is spent. Doubles; their errors are bounded by the caller.</summary>
internal static class Passes
{
    /// <summary>Sums over supporters at price t: money of those who cannot pay t per unit, and units of those who can.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double PoorMoney, double RichUnits) Split(ReadOnlySpan<int> ballots, ReadOnlySpan<double> weights, ReadOnlySpan<double> money, double t)
    {
        double poor0 = 0, poor1 = 0, rich0 = 0, rich1 = 0;
        var i = 0;
        for (; i + 1 < ballots.Length; i += 2)
        {
            var (m0, w0) = (money[ballots[i]], weights[i]);
            var (m1, w1) = (money[ballots[i + 1]], weights[i + 1]);
            if (m0 < t)
            {
                poor0 += w0 * m0;
            }
            else
            {
                rich0 += w0;
            }

            if (m1 < t)
            {
                poor1 += w1 * m1;
            }
            else
            {
                rich1 += w1;
            }
        }

        if (i < ballots.Length)
        {
            if (money[ballots[i]] < t)
            {
                poor0 += weights[i] * money[ballots[i]];
            }
            else
            {
                rich0 += weights[i];
            }
        }

        return (poor0 + poor1, rich0 + rich1);
    }

    /// <summary>As the other, with different units per supporter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double PoorMoney, double RichUnits) Split(ReadOnlySpan<int> ballots, ReadOnlySpan<double> weights, ReadOnlySpan<double> units, ReadOnlySpan<double> money, double t)
    {
        double poor = 0, rich = 0;
        for (var i = 0; i < ballots.Length; i++)
        {
            var m = money[ballots[i]];
            if (m < t * units[i])
            {
                poor += weights[i] * m;
            }
            else
            {
                rich += weights[i] * units[i];
            }
        }

        return (poor, rich);
    }

    /// <summary>Whether some supporter's money lies so near to the price that doubles cannot tell whether it suffices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AnyNear(ReadOnlySpan<int> ballots, ReadOnlySpan<double> units, ReadOnlySpan<double> money, double t, double band, double bandPerUnit)
    {
        if (units.IsEmpty)
        {
            foreach (var ballot in ballots)
            {
                if (Math.Abs(money[ballot] - t) <= band + bandPerUnit)
                {
                    return true;
                }
            }

            return false;
        }

        for (var i = 0; i < ballots.Length; i++)
        {
            if (Math.Abs(money[ballots[i]] - t * units[i]) <= band + bandPerUnit * units[i])
            {
                return true;
            }
        }

        return false;
    }
}
