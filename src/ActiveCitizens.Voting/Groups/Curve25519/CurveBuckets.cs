namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>Products of powers by buckets: what is to be taken d times is added into bucket d. Variable time.</summary>
/// <remarks>A. Yao, "On the evaluation of powers", 1976, for one power; N. Pippenger, 1980, for many: all bases whose doublings are done share the buckets.</remarks>
internal sealed class CurveBuckets
{
    private readonly CurvePoint[] _buckets = new CurvePoint[(1 << (CurveBase.Window - 1)) + 1];

    public CurveBuckets() => Array.Fill(_buckets, CurvePoint.Identity);

    public void Add(FixedCurveBase factor, ReadOnlySpan<ulong> exponent)
    {
        Span<short> digits = stackalloc short[SignedDigits.Count(FixedCurveBase.Window)];
        SignedDigits.Write(exponent, FixedCurveBase.Window, digits);
        ref var bucket = ref _buckets[1];
        for (var i = 0; i < digits.Length; i++)
        {
            if (digits[i] > 0)
            {
                CurvePoint.Add(out bucket, bucket, factor.Multiple(i, digits[i]));
            }
            else if (digits[i] < 0)
            {
                CurvePoint.Subtract(out bucket, bucket, factor.Multiple(i, -digits[i]));
            }
        }
    }

    public void Add(ReadOnlySpan<CachedPoint> doublings, ReadOnlySpan<ulong> exponent)
    {
        Span<short> digits = stackalloc short[SignedDigits.Count(CurveBase.Window)];
        SignedDigits.Write(exponent, CurveBase.Window, digits);
        for (var i = 0; i < digits.Length; i++)
        {
            if (digits[i] > 0)
            {
                ref var bucket = ref _buckets[digits[i]];
                CurvePoint.Add(out bucket, bucket, doublings[i]);
            }
            else if (digits[i] < 0)
            {
                ref var bucket = ref _buckets[-digits[i]];
                CurvePoint.Subtract(out bucket, bucket, doublings[i]);
            }
        }
    }

    /// <summary>The sum of d times bucket d: from the top, each running sum enters once more for every step down.</summary>
    public CurvePoint Sum()
    {
        var running = _buckets[^1];
        var total = running;
        for (var digit = _buckets.Length - 2; digit >= 1; digit--)
        {
            CurvePoint.Add(out running, running, _buckets[digit]);
            CurvePoint.Add(out total, total, running);
        }

        return total;
    }
}
