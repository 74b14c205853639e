using ActiveCitizens.Voting.Groups;

namespace ActiveCitizens.Voting.Decryption;

/// <summary>Finds the n with g^n = m by baby steps and giant steps: the table and each search take about √(max+1) multiplications.</summary>
/// <param name="max">The largest n looked for.</param>
internal sealed class DiscreteLogarithm(Group group, long max)
{
    // Beyond this many baby steps the giant steps grow in number instead: a table of 2^20 texts is what a laptop holds easily.
    private const long MaxBabySteps = 1 << 20;

    // So many elements are encoded together, with one shared inversion.
    private const int BatchLength = 256;
    private readonly long _width = Math.Clamp((long)Math.Ceiling(Math.Sqrt(max + 1.0)), 1, MaxBabySteps);
    private Dictionary<string, long>? _babySteps;
    private Element? _giantStep;

    /// <returns>0 to the maximum; null when no such number gives <paramref name="value"/>.</returns>
    public long? Find(Element value)
    {
        var steps = _babySteps ??= MakeBabySteps();
        var giant = _giantStep ??= group.Invert(group.GeneratorPower(group.Scalars.Of(_width)));
        var count = (max / _width) + 1;
        // Small counts are the usual ones: the batches grow as the search goes on.
        var length = 1;
        for (var step = 0L; step < count; step += length, length = Math.Min(BatchLength, 2 * length))
        {
            var texts = group.Encode(Progression(ref value, giant, (int)Math.Min(length, count - step)));
            for (var i = 0; i < texts.Length; i++)
            {
                if (steps.TryGetValue(texts[i], out var small))
                {
                    var n = ((step + i) * _width) + small;
                    return n <= max ? n : null;
                }
            }
        }

        return null;
    }

    private Dictionary<string, long> MakeBabySteps()
    {
        var steps = new Dictionary<string, long>((int)_width, StringComparer.Ordinal);
        var power = group.Identity;
        while (steps.Count < _width)
        {
            foreach (var text in group.Encode(Progression(ref power, group.Generator, (int)Math.Min(BatchLength, _width - steps.Count))))
            {
                steps.Add(text, steps.Count);
            }
        }

        return steps;
    }

    /// <summary>value, value*factor, value*factor^2 …; leaves the next one in <paramref name="value"/>.</summary>
    private Element[] Progression(ref Element value, Element factor, int length)
    {
        var elements = new Element[length];
        for (var i = 0; i < length; i++)
        {
            elements[i] = value;
            value = group.Multiply(value, factor);
        }

        return elements;
    }
}
