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
    private (int Bucket, ulong[] Table, int Offset)? _waiting;

    /// <summary>Multiplies the result by an entry of a table. Bucket 0 helps bucket 1: two chains of products take little longer than one.</summary>
    public void Multiply(ulong[] table, int offset)
    {
        var helps = _waiting is (1, _, _) || (_filled[1] && !_filled[0]);
        Multiply(helps ? 0 : 1, table, offset);
    }

    /// <summary>Multiplies the result by a power of a prepared base.</summary>
    /// <param name="powers">base^(2^(window i)), one after the other.</param>
    /// <param name="exponent">Has no more digits than there are powers.</param>
    public void MultiplyPower(ulong[] powers, ReadOnlySpan<ulong> exponent)
    {
        var words = field.WordCount;
        for (var i = 0; i < powers.Length / words; i++)
        {
            var digit = Limbs.Bits(exponent, i * window, window);
            if (digit != 0)
            {
                Multiply(digit, powers, i * words);
            }
        }
    }

    /// <summary>The product of bucket d raised to d, for all d: from the top, each running product enters once more for every step down.</summary>
    public ulong[] Product()
    {
        Settle();
        if (_filled[0])
        {
            Multiply(1, _buckets, 0);
            Settle();
        }

        ulong[]? running = null;
        ulong[]? total = null;
        for (var digit = _filled.Length - 1; digit >= 1; digit--)
        {
            // The running product of the step before enters the total while it takes up this bucket.
            if (running is null)
            {
                running = _filled[digit] ? Bucket(digit).ToArray() : null;
            }
            else if (total is null)
            {
                total = [.. running];
                if (_filled[digit])
                {
                    field.Multiply(running, Bucket(digit), running);
                }
            }
            else if (_filled[digit])
            {
                field.MultiplyPair(total, running, total, running, Bucket(digit), running);
            }
            else
            {
                field.Multiply(total, running, total);
            }
        }

        if (total is null)
        {
            return running ?? field.One.ToArray();
        }

        field.Multiply(total, running!, total);
        return total;
    }

    private Span<ulong> Bucket(int digit) => _buckets.AsSpan(digit * field.WordCount, field.WordCount);

    /// <summary>Multiplies into a bucket, at once with what waits for another one; what waits for the same one goes first.</summary>
    private void Multiply(int bucket, ulong[] table, int offset)
    {
        if (!_filled[bucket])
        {
            table.AsSpan(offset, field.WordCount).CopyTo(Bucket(bucket));
            _filled[bucket] = true;
            return;
        }

        if (_waiting is (var other, var otherTable, var otherOffset) && other != bucket)
        {
            field.MultiplyPair(
                Bucket(bucket),
                table.AsSpan(offset, field.WordCount),
                Bucket(bucket),
                Bucket(other),
                otherTable.AsSpan(otherOffset, field.WordCount),
                Bucket(other));
            _waiting = null;
            return;
        }

        Settle();
        _waiting = (bucket, table, offset);
    }

    private void Settle()
    {
        if (_waiting is (var bucket, var table, var offset))
        {
            field.Multiply(Bucket(bucket), table.AsSpan(offset, field.WordCount), Bucket(bucket));
            _waiting = null;
        }
    }
}
