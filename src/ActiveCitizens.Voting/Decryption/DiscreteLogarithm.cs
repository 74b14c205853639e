using ActiveCitizens.Voting.Groups;

namespace ActiveCitizens.Voting.Decryption;

/// <summary>Finds the n with g^n = m by baby steps and giant steps: the table and each search take about √(max+1) multiplications.</summary>
/// <param name="max">The largest n looked for.</param>
internal sealed class DiscreteLogarithm(Group group, long max)
{
    // Beyond this many baby steps the giant steps grow instead: a table of 2^20 elements is what a laptop holds easily.
    private const long MaxBabySteps = 1 << 20;
    private readonly long _width = Math.Clamp((long)Math.Ceiling(Math.Sqrt(max + 1.0)), 1, MaxBabySteps);
    private Dictionary<Element, long>? _babySteps;
    private Element? _giantStep;

    /// <returns>0 to the maximum; null when no such number gives <paramref name="value"/>.</returns>
    public long? Find(Element value)
    {
        var steps = _babySteps ??= MakeBabySteps();
        var giant = _giantStep ??= group.Invert(group.GeneratorPower(group.Scalars.Of(_width)));
        for (var start = 0L; start <= max; start += _width)
        {
            if (steps.TryGetValue(value, out var small) && start + small <= max)
            {
                return start + small;
            }

            value = group.Multiply(value, giant);
        }

        return null;
    }

    private Dictionary<Element, long> MakeBabySteps()
    {
        var steps = new Dictionary<Element, long>();
        var power = group.Identity;
        for (var n = 0L; n < _width; n++)
        {
            steps.Add(power, n);
            power = group.Multiply(power, group.Generator);
        }

        return steps;
    }
}
