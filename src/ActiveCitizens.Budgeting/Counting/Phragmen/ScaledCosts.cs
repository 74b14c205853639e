using System.Numerics;

namespace ActiveCitizens.Budgeting.Counting.Phragmen;

/// <summary>Costs as whole numbers of one common fraction of the currency unit.</summary>
internal static class ScaledCosts
{
    /// <returns>Costs by project index in units of 1/Scale.</returns>
    public static (BigInteger Scale, BigInteger[] Costs) Of(Instance instance)
    {
        var scale = instance.Projects.Aggregate(instance.Budget.Denominator, (all, p) => all / BigInteger.GreatestCommonDivisor(all, p.Cost.Denominator) * p.Cost.Denominator);
        return (scale, [.. instance.Projects.Select(p => p.Cost.Numerator * (scale / p.Cost.Denominator))]);
    }
}
