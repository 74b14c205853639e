using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>Up to eight products of powers at once, by buckets as in <see cref="CurveBuckets"/>. Variable time.</summary>
internal static class VectorProducts
{
    private const int BucketCount = (1 << (VectorBase.Window - 1)) + 1;

    /// <param name="products">At most eight lists of factors, the doublings of their bases done.</param>
    /// <param name="results">As many points.</param>
    public static void Compute(ReadOnlySpan<List<(PublicBase Base, LimbScalar Exponent)>> products, Span<CurvePoint> results)
    {
        var total = PointVector.Identity;
        var factors = new (double[] Table, int Start, LimbScalar Exponent)?[Lanes.Count];
        for (var index = 0; TakeFactors<VectorFixedBase>(products, index, factors); index++)
        {
            AddFixed(ref total, factors);
        }

        if (TakeFactors<VectorBase>(products, 0, factors))
        {
            Span<double> memory = stackalloc double[(Lanes.Count * BucketCount * Lanes.PointSize) + Lanes.Alignment];
            var buckets = memory[Lanes.AlignedStart(memory)..];
            Clear(buckets);
            for (var index = 0; TakeFactors<VectorBase>(products, index, factors); index++)
            {
                AddToBuckets(buckets, factors);
            }

            PointVector.Add(ref total, Sum(buckets));
        }

        PointVector.Store(total, results);
    }

    /// <summary>Factor number <paramref name="index"/> of one kind, of each product that has so many.</summary>
    private static bool TakeFactors<TBase>(
        ReadOnlySpan<List<(PublicBase Base, LimbScalar Exponent)>> products, int index, (double[] Table, int Start, LimbScalar Exponent)?[] factors)
        where TBase : PublicBase
    {
        Array.Clear(factors);
        var any = false;
        for (var lane = 0; lane < products.Length; lane++)
        {
            var rest = index;
            foreach (var (factor, exponent) in products[lane])
            {
                if (factor is TBase && rest-- == 0)
                {
                    factors[lane] = factor is VectorFixedBase table ? (table.Table, table.Start, exponent) : (((VectorBase)factor).Doublings!, 0, exponent);
                    any = true;
                    break;
                }
            }
        }

        return any;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddFixed(ref PointVector total, (double[] Table, int Start, LimbScalar Exponent)?[] factors)
    {
        var count = SignedDigits.Count(VectorFixedBase.Window);
        Span<int> magnitudes = stackalloc int[count * Lanes.Count];
        Span<long> signs = stackalloc long[count * Lanes.Count];
        Span<int> starts = stackalloc int[Lanes.Count];
        var tables = Split(factors, VectorFixedBase.Window, magnitudes, signs, starts);
        Span<int> offsets = stackalloc int[Lanes.Count];
        for (var i = 0; i < count; i++)
        {
            for (var lane = 0; lane < Lanes.Count; lane++)
            {
                offsets[lane] = starts[lane] + VectorFixedBase.Offset(i, magnitudes[(i * Lanes.Count) + lane]);
            }

            PointVector.Add(ref total, Lanes.LoadAffine(tables, offsets), Vector512.Create<long>(signs[(i * Lanes.Count)..]).AsDouble());
        }
    }

    /// <summary>Bucket 0 takes what digits 0 ask for, and is never read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddToBuckets(Span<double> buckets, (double[] Table, int Start, LimbScalar Exponent)?[] factors)
    {
        var count = VectorBase.DoublingCount;
        Span<int> magnitudes = stackalloc int[count * Lanes.Count];
        Span<long> signs = stackalloc long[count * Lanes.Count];
        Span<int> starts = stackalloc int[Lanes.Count];
        var tables = Split(factors, VectorBase.Window, magnitudes, signs, starts);
        ref var start = ref MemoryMarshal.GetReference(buckets);
        Span<int> offsets = stackalloc int[Lanes.Count];
        Span<int> bucketOffsets = stackalloc int[Lanes.Count];
        for (var i = 0; i < count; i++)
        {
            for (var lane = 0; lane < Lanes.Count; lane++)
            {
                offsets[lane] = i * Lanes.PointSize;
                bucketOffsets[lane] = BucketOffset(lane, magnitudes[(i * Lanes.Count) + lane]);
            }

            var bucket = Lanes.LoadPoint(ref start, bucketOffsets);
            PointVector.Add(ref bucket, Lanes.LoadCached(tables, offsets), Vector512.Create<long>(signs[(i * Lanes.Count)..]).AsDouble());
            Lanes.StorePoint(bucket, ref start, bucketOffsets);
        }
    }

    /// <summary>The sum of d times bucket d, in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static PointVector Sum(Span<double> buckets)
    {
        ref var start = ref MemoryMarshal.GetReference(buckets);
        Span<int> offsets = stackalloc int[Lanes.Count];
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            offsets[lane] = BucketOffset(lane, BucketCount - 1);
        }

        var running = Lanes.LoadPoint(ref start, offsets);
        var total = running;
        for (var digit = BucketCount - 2; digit >= 1; digit--)
        {
            for (var lane = 0; lane < Lanes.Count; lane++)
            {
                offsets[lane] -= Lanes.PointSize;
            }

            PointVector.Add(ref running, Lanes.LoadPoint(ref start, offsets));
            PointVector.Add(ref total, running);
        }

        return total;
    }

    /// <summary>Digits position after position, eight lanes side by side; lanes without a factor get digits 0 and somebody's table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[][] Split((double[] Table, int Start, LimbScalar Exponent)?[] factors, int window, Span<int> magnitudes, Span<long> signs, Span<int> starts)
    {
        var count = SignedDigits.Count(window);
        Span<short> digits = stackalloc short[count];
        var tables = new double[Lanes.Count][];
        var some = Array.Find(factors, factor => factor is not null)!.Value;
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            var factor = factors[lane] ?? some;
            (tables[lane], starts[lane]) = (factor.Table, factor.Start);
            digits.Clear();
            if (factors[lane] is not null)
            {
                SignedDigits.Write(factor.Exponent.Limbs, window, digits);
            }

            for (var i = 0; i < count; i++)
            {
                magnitudes[(i * Lanes.Count) + lane] = Math.Abs(digits[i]);
                signs[(i * Lanes.Count) + lane] = digits[i] < 0 ? long.MinValue : 0;
            }
        }

        return tables;
    }

    private static int BucketOffset(int lane, int digit) => ((lane * BucketCount) + digit) * Lanes.PointSize;

    /// <summary>Identities: Y = Z = 1.</summary>
    private static void Clear(Span<double> buckets)
    {
        buckets.Clear();
        for (var bucket = 0; bucket < Lanes.Count * BucketCount; bucket++)
        {
            buckets[(bucket * Lanes.PointSize) + FieldVector.LimbCount] = 1;
            buckets[(bucket * Lanes.PointSize) + (2 * FieldVector.LimbCount)] = 1;
        }
    }
}
