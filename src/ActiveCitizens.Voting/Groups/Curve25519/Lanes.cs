using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>Moves points between memory, where the limbs of one lie side by side, and vectors, which hold the same limb of eight.</summary>
internal static class Lanes
{
    public const int Count = FieldVector.Lanes;

    /// <summary>Doubles of a point with Z = 1: y+x, y-x, 2dxy in five limbs each, and one unused.</summary>
    public const int AffineSize = 16;

    /// <summary>Doubles of a point with four coordinates of five limbs, and four unused.</summary>
    public const int PointSize = 24;

    /// <summary>Doubles of a cache line: room to begin at the start of one.</summary>
    public const int Alignment = 8;

    /// <summary>Index of the first double that begins a cache line.</summary>
    /// <param name="memory">Does not move: pinned, or on the stack.</param>
    public static unsafe int AlignedStart(ReadOnlySpan<double> memory)
    {
        var misplaced = (int)((nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(memory)) / sizeof(double) % Alignment);
        return (Alignment - misplaced) % Alignment;
    }

    /// <summary>One point with Z = 1 for each lane, each from its own table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static AffineVector LoadAffine(ReadOnlySpan<double[]> tables, ReadOnlySpan<int> offsets)
    {
        Load(tables, offsets, 0, out var p0, out var p1, out var p2, out var p3, out var p4, out var m0, out var m1, out var m2);
        Load(tables, offsets, 8, out var m3, out var m4, out var t0, out var t1, out var t2, out var t3, out var t4, out _);
        return new()
        {
            YPlusX = new() { L0 = p0, L1 = p1, L2 = p2, L3 = p3, L4 = p4 },
            YMinusX = new() { L0 = m0, L1 = m1, L2 = m2, L3 = m3, L4 = m4 },
            TD2 = new() { L0 = t0, L1 = t1, L2 = t2, L3 = t3, L4 = t4 },
        };
    }

    /// <summary>One prepared point for each lane, each from its own table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CachedVector LoadCached(ReadOnlySpan<double[]> tables, ReadOnlySpan<int> offsets)
    {
        Load(tables, offsets, 0, out var p0, out var p1, out var p2, out var p3, out var p4, out var m0, out var m1, out var m2);
        Load(tables, offsets, 8, out var m3, out var m4, out var t0, out var t1, out var t2, out var t3, out var t4, out var z0);
        Load(tables, offsets, 16, out var z1, out var z2, out var z3, out var z4, out _, out _, out _, out _);
        return new()
        {
            YPlusX = new() { L0 = p0, L1 = p1, L2 = p2, L3 = p3, L4 = p4 },
            YMinusX = new() { L0 = m0, L1 = m1, L2 = m2, L3 = m3, L4 = m4 },
            TD2 = new() { L0 = t0, L1 = t1, L2 = t2, L3 = t3, L4 = t4 },
            Z2 = new() { L0 = z0, L1 = z1, L2 = z2, L3 = z3, L4 = z4 },
        };
    }

    /// <summary>The prepared point of each lane into its own table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreCached(in CachedVector p, ReadOnlySpan<double[]> tables, ReadOnlySpan<int> offsets)
    {
        Store(tables, offsets, 0, p.YPlusX.L0, p.YPlusX.L1, p.YPlusX.L2, p.YPlusX.L3, p.YPlusX.L4, p.YMinusX.L0, p.YMinusX.L1, p.YMinusX.L2);
        Store(tables, offsets, 8, p.YMinusX.L3, p.YMinusX.L4, p.TD2.L0, p.TD2.L1, p.TD2.L2, p.TD2.L3, p.TD2.L4, p.Z2.L0);
        Store(tables, offsets, 16, p.Z2.L1, p.Z2.L2, p.Z2.L3, p.Z2.L4, p.Z2.L4, p.Z2.L4, p.Z2.L4, p.Z2.L4);
    }

    /// <summary>One point for each lane, all from one memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PointVector LoadPoint(ref double start, ReadOnlySpan<int> offsets)
    {
        Load(ref start, offsets, 0, out var x0, out var x1, out var x2, out var x3, out var x4, out var y0, out var y1, out var y2);
        Load(ref start, offsets, 8, out var y3, out var y4, out var z0, out var z1, out var z2, out var z3, out var z4, out var t0);
        Load(ref start, offsets, 16, out var t1, out var t2, out var t3, out var t4, out _, out _, out _, out _);
        return new()
        {
            X = new() { L0 = x0, L1 = x1, L2 = x2, L3 = x3, L4 = x4 },
            Y = new() { L0 = y0, L1 = y1, L2 = y2, L3 = y3, L4 = y4 },
            Z = new() { L0 = z0, L1 = z1, L2 = z2, L3 = z3, L4 = z4 },
            T = new() { L0 = t0, L1 = t1, L2 = t2, L3 = t3, L4 = t4 },
        };
    }

    /// <summary>The point of each lane, all into one memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePoint(in PointVector p, ref double start, ReadOnlySpan<int> offsets)
    {
        Store(ref start, offsets, 0, p.X.L0, p.X.L1, p.X.L2, p.X.L3, p.X.L4, p.Y.L0, p.Y.L1, p.Y.L2);
        Store(ref start, offsets, 8, p.Y.L3, p.Y.L4, p.Z.L0, p.Z.L1, p.Z.L2, p.Z.L3, p.Z.L4, p.T.L0);
        Store(ref start, offsets, 16, p.T.L1, p.T.L2, p.T.L3, p.T.L4, p.T.L4, p.T.L4, p.T.L4, p.T.L4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(
        ReadOnlySpan<double[]> tables,
        ReadOnlySpan<int> offsets,
        int block,
        out Vector512<double> v0,
        out Vector512<double> v1,
        out Vector512<double> v2,
        out Vector512<double> v3,
        out Vector512<double> v4,
        out Vector512<double> v5,
        out Vector512<double> v6,
        out Vector512<double> v7)
    {
        (v0, v1, v2, v3) = (Row(tables[0], offsets[0] + block), Row(tables[1], offsets[1] + block), Row(tables[2], offsets[2] + block), Row(tables[3], offsets[3] + block));
        (v4, v5, v6, v7) = (Row(tables[4], offsets[4] + block), Row(tables[5], offsets[5] + block), Row(tables[6], offsets[6] + block), Row(tables[7], offsets[7] + block));
        Transpose(ref v0, ref v1, ref v2, ref v3, ref v4, ref v5, ref v6, ref v7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        ReadOnlySpan<double[]> tables,
        ReadOnlySpan<int> offsets,
        int block,
        Vector512<double> v0,
        Vector512<double> v1,
        Vector512<double> v2,
        Vector512<double> v3,
        Vector512<double> v4,
        Vector512<double> v5,
        Vector512<double> v6,
        Vector512<double> v7)
    {
        Transpose(ref v0, ref v1, ref v2, ref v3, ref v4, ref v5, ref v6, ref v7);
        Write(v0, tables[0], offsets[0] + block);
        Write(v1, tables[1], offsets[1] + block);
        Write(v2, tables[2], offsets[2] + block);
        Write(v3, tables[3], offsets[3] + block);
        Write(v4, tables[4], offsets[4] + block);
        Write(v5, tables[5], offsets[5] + block);
        Write(v6, tables[6], offsets[6] + block);
        Write(v7, tables[7], offsets[7] + block);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(
        ref double start,
        ReadOnlySpan<int> offsets,
        int block,
        out Vector512<double> v0,
        out Vector512<double> v1,
        out Vector512<double> v2,
        out Vector512<double> v3,
        out Vector512<double> v4,
        out Vector512<double> v5,
        out Vector512<double> v6,
        out Vector512<double> v7)
    {
        (v0, v1, v2, v3) = (Row(ref start, offsets[0] + block), Row(ref start, offsets[1] + block), Row(ref start, offsets[2] + block), Row(ref start, offsets[3] + block));
        (v4, v5, v6, v7) = (Row(ref start, offsets[4] + block), Row(ref start, offsets[5] + block), Row(ref start, offsets[6] + block), Row(ref start, offsets[7] + block));
        Transpose(ref v0, ref v1, ref v2, ref v3, ref v4, ref v5, ref v6, ref v7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(
        ref double start,
        ReadOnlySpan<int> offsets,
        int block,
        Vector512<double> v0,
        Vector512<double> v1,
        Vector512<double> v2,
        Vector512<double> v3,
        Vector512<double> v4,
        Vector512<double> v5,
        Vector512<double> v6,
        Vector512<double> v7)
    {
        Transpose(ref v0, ref v1, ref v2, ref v3, ref v4, ref v5, ref v6, ref v7);
        v0.StoreUnsafe(ref start, (nuint)(offsets[0] + block));
        v1.StoreUnsafe(ref start, (nuint)(offsets[1] + block));
        v2.StoreUnsafe(ref start, (nuint)(offsets[2] + block));
        v3.StoreUnsafe(ref start, (nuint)(offsets[3] + block));
        v4.StoreUnsafe(ref start, (nuint)(offsets[4] + block));
        v5.StoreUnsafe(ref start, (nuint)(offsets[5] + block));
        v6.StoreUnsafe(ref start, (nuint)(offsets[6] + block));
        v7.StoreUnsafe(ref start, (nuint)(offsets[7] + block));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Row(ref double start, int offset) => Vector512.LoadUnsafe(ref start, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Row(double[] table, int offset) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(table), (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(Vector512<double> row, double[] table, int offset) =>
        row.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(table), (nuint)offset);

    /// <summary>Row i, column j becomes row j, column i: pairs of neighbours, then blocks of two twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        ref Vector512<double> v0,
        ref Vector512<double> v1,
        ref Vector512<double> v2,
        ref Vector512<double> v3,
        ref Vector512<double> v4,
        ref Vector512<double> v5,
        ref Vector512<double> v6,
        ref Vector512<double> v7)
    {
        const byte Even = 0x88; // blocks 0 and 2 of either operand
        const byte Odd = 0xDD; // blocks 1 and 3
        var (low01, low23, low45, low67) = (Avx512F.UnpackLow(v0, v1), Avx512F.UnpackLow(v2, v3), Avx512F.UnpackLow(v4, v5), Avx512F.UnpackLow(v6, v7));
        var (high01, high23, high45, high67) = (Avx512F.UnpackHigh(v0, v1), Avx512F.UnpackHigh(v2, v3), Avx512F.UnpackHigh(v4, v5), Avx512F.UnpackHigh(v6, v7));
        var (a, b) = (Avx512F.Shuffle4x128(low01, low23, Even), Avx512F.Shuffle4x128(low45, low67, Even));
        var (c, d) = (Avx512F.Shuffle4x128(low01, low23, Odd), Avx512F.Shuffle4x128(low45, low67, Odd));
        var (e, f) = (Avx512F.Shuffle4x128(high01, high23, Even), Avx512F.Shuffle4x128(high45, high67, Even));
        var (g, h) = (Avx512F.Shuffle4x128(high01, high23, Odd), Avx512F.Shuffle4x128(high45, high67, Odd));
        v0 = Avx512F.Shuffle4x128(a, b, Even);
        v4 = Avx512F.Shuffle4x128(a, b, Odd);
        v2 = Avx512F.Shuffle4x128(c, d, Even);
        v6 = Avx512F.Shuffle4x128(c, d, Odd);
        v1 = Avx512F.Shuffle4x128(e, f, Even);
        v5 = Avx512F.Shuffle4x128(e, f, Odd);
        v3 = Avx512F.Shuffle4x128(g, h, Even);
        v7 = Avx512F.Shuffle4x128(g, h, Odd);
    }
}
