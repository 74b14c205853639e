using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>Sums of products that are not reduced yet: five columns of 51 bits, each within 2^62 of zero.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FieldSum
{
    // The last bit of the first weighs 2^51, that of the second 1; half of the range on either side of zero.
    private const double High = 1.5 * (1L << 52) * (1L << 51);
    private const double Low = 1.5 * (1L << 52);
    private const long HighBits = 0x4668_0000_0000_0000;
    private const long LowBits = 0x4338_0000_0000_0000;

    public Vector512<long> L0;
    public Vector512<long> L1;
    public Vector512<long> L2;
    public Vector512<long> L3;
    public Vector512<long> L4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldSum operator +(in FieldSum left, in FieldSum right) => new()
    {
        L0 = left.L0 + right.L0,
        L1 = left.L1 + right.L1,
        L2 = left.L2 + right.L2,
        L3 = left.L3 + right.L3,
        L4 = left.L4 + right.L4,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldSum operator -(in FieldSum left, in FieldSum right) => new()
    {
        L0 = left.L0 - right.L0,
        L1 = left.L1 - right.L1,
        L2 = left.L2 - right.L2,
        L3 = left.L3 - right.L3,
        L4 = left.L4 - right.L4,
    };

    /// <summary>The integers that the limbs hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldSum From(in FieldVector value) => new()
    {
        L0 = Avx512DQ.ConvertToVector512Int64(value.L0),
        L1 = Avx512DQ.ConvertToVector512Int64(value.L1),
        L2 = Avx512DQ.ConvertToVector512Int64(value.L2),
        L3 = Avx512DQ.ConvertToVector512Int64(value.L3),
        L4 = Avx512DQ.ConvertToVector512Int64(value.L4),
    };

    /// <summary>Each column keeps its 51 bits nearest zero; what is carried is below 2^12, so that once is enough.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldVector Reduce(in FieldSum sum)
    {
        var half = Vector512.Create(1L << 50);
        var mask = Vector512.Create((1L << 51) - 1);
        var (t0, t1, t2, t3, t4) = (sum.L0 + half, sum.L1 + half, sum.L2 + half, sum.L3 + half, sum.L4 + half);
        var top = Avx512DQ.MultiplyLow(Vector512.ShiftRightArithmetic(t4, 51), Vector512.Create(19L));
        return new()
        {
            L0 = Avx512DQ.ConvertToVector512Double((t0 & mask) - half + top),
            L1 = Avx512DQ.ConvertToVector512Double((t1 & mask) - half + Vector512.ShiftRightArithmetic(t0, 51)),
            L2 = Avx512DQ.ConvertToVector512Double((t2 & mask) - half + Vector512.ShiftRightArithmetic(t1, 51)),
            L3 = Avx512DQ.ConvertToVector512Double((t3 & mask) - half + Vector512.ShiftRightArithmetic(t2, 51)),
            L4 = Avx512DQ.ConvertToVector512Double((t4 & mask) - half + Vector512.ShiftRightArithmetic(t3, 51)),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldSum Product(in FieldVector left, in FieldVector right)
    {
        var c0 = Bias(1, 0);
        var c1 = Bias(2, 1);
        var c2 = Bias(3, 2);
        var c3 = Bias(4, 3);
        var c4 = Bias(5, 4);
        var c5 = Bias(4, 5);
        var c6 = Bias(3, 4);
        var c7 = Bias(2, 3);
        var c8 = Bias(1, 2);
        var c9 = Bias(0, 1);
        var (a0, a1, a2, a3, a4) = (left.L0, left.L1, left.L2, left.L3, left.L4);
        var b0 = right.L0;
        AddProduct(a0, b0, ref c0, ref c1);
        AddProduct(a1, b0, ref c1, ref c2);
        AddProduct(a2, b0, ref c2, ref c3);
        AddProduct(a3, b0, ref c3, ref c4);
        AddProduct(a4, b0, ref c4, ref c5);
        var b1 = right.L1;
        AddProduct(a0, b1, ref c1, ref c2);
        AddProduct(a1, b1, ref c2, ref c3);
        AddProduct(a2, b1, ref c3, ref c4);
        AddProduct(a3, b1, ref c4, ref c5);
        AddProduct(a4, b1, ref c5, ref c6);
        var b2 = right.L2;
        AddProduct(a0, b2, ref c2, ref c3);
        AddProduct(a1, b2, ref c3, ref c4);
        AddProduct(a2, b2, ref c4, ref c5);
        AddProduct(a3, b2, ref c5, ref c6);
        AddProduct(a4, b2, ref c6, ref c7);
        var b3 = right.L3;
        AddProduct(a0, b3, ref c3, ref c4);
        AddProduct(a1, b3, ref c4, ref c5);
        AddProduct(a2, b3, ref c5, ref c6);
        AddProduct(a3, b3, ref c6, ref c7);
        AddProduct(a4, b3, ref c7, ref c8);
        var b4 = right.L4;
        AddProduct(a0, b4, ref c4, ref c5);
        AddProduct(a1, b4, ref c5, ref c6);
        AddProduct(a2, b4, ref c6, ref c7);
        AddProduct(a3, b4, ref c7, ref c8);
        AddProduct(a4, b4, ref c8, ref c9);
        return Fold(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldSum Square(in FieldVector value)
    {
        var c0 = Bias(1, 0);
        var c1 = Bias(1, 1);
        var c2 = Bias(2, 1);
        var c3 = Bias(2, 2);
        var c4 = Bias(3, 2);
        var c5 = Bias(2, 3);
        var c6 = Bias(2, 2);
        var c7 = Bias(1, 2);
        var c8 = Bias(1, 1);
        var c9 = Bias(0, 1);
        var (a0, a1, a2, a3, a4) = (value.L0, value.L1, value.L2, value.L3, value.L4);
        var (d0, d1, d2, d3) = (a0 + a0, a1 + a1, a2 + a2, a3 + a3);
        AddProduct(a0, a0, ref c0, ref c1);
        AddProduct(d0, a1, ref c1, ref c2);
        AddProduct(d0, a2, ref c2, ref c3);
        AddProduct(d0, a3, ref c3, ref c4);
        AddProduct(d0, a4, ref c4, ref c5);
        AddProduct(a1, a1, ref c2, ref c3);
        AddProduct(d1, a2, ref c3, ref c4);
        AddProduct(d1, a3, ref c4, ref c5);
        AddProduct(d1, a4, ref c5, ref c6);
        AddProduct(a2, a2, ref c4, ref c5);
        AddProduct(d2, a3, ref c5, ref c6);
        AddProduct(d2, a4, ref c6, ref c7);
        AddProduct(a3, a3, ref c6, ref c7);
        AddProduct(d3, a4, ref c7, ref c8);
        AddProduct(a4, a4, ref c8, ref c9);
        return Fold(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9);
    }

    /// <summary>What a column starts from, so that the exponents of its low and high halves cancel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> Bias(long lows, long highs) => Vector512.Create(unchecked(-(lows * LowBits) - (highs * HighBits)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProduct(Vector512<double> left, Vector512<double> right, ref Vector512<long> low, ref Vector512<long> high)
    {
        var rounded = Avx512F.FusedMultiplyAdd(left, right, Vector512.Create(High));
        var rest = Avx512F.FusedMultiplyAdd(left, right, Vector512.Create(High + Low) - rounded);
        low += rest.AsInt64();
        high += rounded.AsInt64();
    }

    /// <summary>2^255 = 19 modulo P.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldSum Fold(
        Vector512<long> c0,
        Vector512<long> c1,
        Vector512<long> c2,
        Vector512<long> c3,
        Vector512<long> c4,
        Vector512<long> c5,
        Vector512<long> c6,
        Vector512<long> c7,
        Vector512<long> c8,
        Vector512<long> c9)
    {
        var nineteen = Vector512.Create(19L);
        return new()
        {
            L0 = c0 + Avx512DQ.MultiplyLow(c5, nineteen),
            L1 = c1 + Avx512DQ.MultiplyLow(c6, nineteen),
            L2 = c2 + Avx512DQ.MultiplyLow(c7, nineteen),
            L3 = c3 + Avx512DQ.MultiplyLow(c8, nineteen),
            L4 = c4 + Avx512DQ.MultiplyLow(c9, nineteen),
        };
    }
}
