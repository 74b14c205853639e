using ActiveCitizens.Voting.Groups.Numbers;

namespace ActiveCitizens.Voting.Groups.FiniteFields;

/// <summary>Products of powers by buckets: what is to be raised to the digit d is multiplied into bucket d. Variable time.</summary>
/// <remarks>
/// A. Yao, "On the evaluation of powers", 1976, for one power; N. Pippenger, 1980, for many: all bases whose squarings are done share the buckets.
/// </remarks>
internal sealed class ResidueBuckets(ResidueField field, int window)
{
    private readonly ulong[] _buckets = new ulong[field.WordCount << window];
    private readonly bool[] _filled = new bool[1 << window];

    /// <summary>Multiplies the result by factor^digit.</summary>
    public void Multiply(int digit, ReadOnlySpan<ulong> factor)
    {
        var bucket = Bucket(digit);
        if (_filled[digit])
        {
            field.Multiply(bucket, factor, bucket);
        }
        else
        {
            factor.CopyTo(bucket);
            _filled[digit] = true;
        }
    }

    /// <summary>Multiplies the result by a power of a prepared base.</summary>
    /// <param name="powers">base^(2^(window i)), one after the other.</param>
    /// <param name="exponent">Has no more digits than there are powers.</param>
    public void MultiplyPower(ReadOnlySpan<ulong> powers, ReadOnlySpan<ulong> exponent)
    {
        var words = field.WordCount;
        for (var i = 0; i < powers.Length / words; i++)
        {
            var digit = Limbs.Bits(exponent, i * window, window);
            if (digit != 0)
            {
                Multiply(digit, powers.Slice(i * words, words));
            }
        }
    }

    /// <summary>The product of bucket d raised to d, for all d: from the top, each running product enters once more for every step down.</summary>
    public ulong[] Product()
    {
        var (running, total) = (new ulong[field.WordCount], new ulong[field.WordCount]);
        var (hasRunning, hasTotal) = (false, false);
        for (var digit = _filled.Length - 1; digit >= 1; digit--)
        {
            if (_filled[digit])
            {
                Accumulate(running, Bucket(digit), ref hasRunning);
            }

            if (hasRunning)
            {
                Accumulate(total, running, ref hasTotal);
            }
        }

        return hasTotal ? total : field.One.ToArray();
    }

    private Span<ulong> Bucket(int digit) => _buckets.AsSpan(digit * field.WordCount, field.WordCount);

    private void Accumulate(ulong[] target, ReadOnlySpan<ulong> factor, ref bool hasValue)
    {
        if (hasValue)
        {
            field.Multiply(target, factor, target);
        }
        else
        {
            factor.CopyTo(target);
            hasValue = true;
        }
    }
}
