using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>Eight numbers modulo P at once, in five signed limbs of 51 bits held as doubles: what is computed here is exact.</summary>
/// <remarks>
/// <para>
/// A fused multiply-add rounds the exact product once. Added to 1.5 2^103, whose last bit weighs 2^51, it leaves the high half of a product of two limbs
/// in the bits of the sum; a second one gives the low half, exactly: N. Emmart, F. Zheng, C. Weems, "Faster modular exponentiation using double precision
/// floating point arithmetic on the GPU", 2018.
/// </para>
/// <para>
/// Reduced numbers have limbs within 2^50 + 2^16 of zero. The operands of a product must be such that every product of two limbs is below 2^102: both reduced,
/// or one reduced and the other a sum of at most three reduced numbers.
/// </para>
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct FieldVector
{
    /// <summary>How many numbers are computed at once.</summary>
    public const int Lanes = 8;

    /// <summary>Limbs of a number.</summary>
    public const int LimbCount = 5;

    public Vector512<double> L0;
    public Vector512<double> L1;
    public Vector512<double> L2;
    public Vector512<double> L3;
    public Vector512<double> L4;

    /// <summary>Whether this processor has the instructions.</summary>
    public static bool IsSupported => Avx512F.IsSupported && Avx512DQ.IsSupported && BitConverter.IsLittleEndian;

    public static FieldVector One => new() { L0 = Vector512.Create(1.0) };

    /// <summary>The same number eight times.</summary>
    public static FieldVector Broadcast(in FieldElement value) => FieldSum.Reduce(new FieldSum
    {
        L0 = Vector512.Create((long)value.L0),
        L1 = Vector512.Create((long)value.L1),
        L2 = Vector512.Create((long)value.L2),
        L3 = Vector512.Create((long)value.L3),
        L4 = Vector512.Create((long)value.L4),
    });

    /// <summary>Eight numbers.</summary>
    public static FieldVector From(ReadOnlySpan<FieldElement> values)
    {
        Span<long> limbs = stackalloc long[LimbCount * Lanes];
        limbs.Clear();
        for (var lane = 0; lane < values.Length; lane++)
        {
            limbs[lane] = (long)values[lane].L0;
            limbs[Lanes + lane] = (long)values[lane].L1;
            limbs[(2 * Lanes) + lane] = (long)values[lane].L2;
            limbs[(3 * Lanes) + lane] = (long)values[lane].L3;
            limbs[(4 * Lanes) + lane] = (long)values[lane].L4;
        }

        return FieldSum.Reduce(new FieldSum
        {
            L0 = Vector512.Create<long>(limbs),
            L1 = Vector512.Create<long>(limbs[Lanes..]),
            L2 = Vector512.Create<long>(limbs[(2 * Lanes)..]),
            L3 = Vector512.Create<long>(limbs[(3 * Lanes)..]),
            L4 = Vector512.Create<long>(limbs[(4 * Lanes)..]),
        });
    }

    /// <summary>The numbers of the first lanes of a reduced vector.</summary>
    public static void Store(in FieldVector vector, Span<FieldElement> values)
    {
        // P is added so that no limb is below zero.
        var top = Vector512.Create((1L << 51) - 1);
        Span<ulong> limbs = stackalloc ulong[LimbCount * Lanes];
        var sum = FieldSum.From(vector);
        (sum.L0 + Vector512.Create((1L << 51) - 19)).AsUInt64().CopyTo(limbs);
        (sum.L1 + top).AsUInt64().CopyTo(limbs[Lanes..]);
        (sum.L2 + top).AsUInt64().CopyTo(limbs[(2 * Lanes)..]);
        (sum.L3 + top).AsUInt64().CopyTo(limbs[(3 * Lanes)..]);
        (sum.L4 + top).AsUInt64().CopyTo(limbs[(4 * Lanes)..]);
        for (var lane = 0; lane < values.Length; lane++)
        {
            values[lane] = new FieldElement
            {
                L0 = limbs[lane],
                L1 = limbs[Lanes + lane],
                L2 = limbs[(2 * Lanes) + lane],
                L3 = limbs[(3 * Lanes) + lane],
                L4 = limbs[(4 * Lanes) + lane],
            };
        }
    }

    /// <summary>Without reduction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldVector operator +(in FieldVector left, in FieldVector right) => new()
    {
        L0 = left.L0 + right.L0,
        L1 = left.L1 + right.L1,
        L2 = left.L2 + right.L2,
        L3 = left.L3 + right.L3,
        L4 = left.L4 + right.L4,
    };

    /// <summary>Without reduction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldVector operator -(in FieldVector left, in FieldVector right) => new()
    {
        L0 = left.L0 - right.L0,
        L1 = left.L1 - right.L1,
        L2 = left.L2 - right.L2,
        L3 = left.L3 - right.L3,
        L4 = left.L4 - right.L4,
    };

    /// <summary>Per lane, the first where the mask is all ones and the second where it is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldVector Select(Vector512<double> mask, in FieldVector first, in FieldVector second) => new()
    {
        L0 = Vector512.ConditionalSelect(mask, first.L0, second.L0),
        L1 = Vector512.ConditionalSelect(mask, first.L1, second.L1),
        L2 = Vector512.ConditionalSelect(mask, first.L2, second.L2),
        L3 = Vector512.ConditionalSelect(mask, first.L3, second.L3),
        L4 = Vector512.ConditionalSelect(mask, first.L4, second.L4),
    };

    /// <summary>Per lane, with the sign bits of the mask turned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FieldVector NegateWhere(Vector512<double> signs, in FieldVector value) => new()
    {
        L0 = value.L0 ^ signs,
        L1 = value.L1 ^ signs,
        L2 = value.L2 ^ signs,
        L3 = value.L3 ^ signs,
        L4 = value.L4 ^ signs,
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Multiply(out FieldVector product, in FieldVector left, in FieldVector right) => product = FieldSum.Reduce(FieldSum.Product(left, right));

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Square(out FieldVector square, in FieldVector value) => square = FieldSum.Reduce(FieldSum.Square(value));

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Square(out FieldVector square, in FieldVector value, int times)
    {
        square = value;
        for (var i = 0; i < times; i++)
        {
            square = FieldSum.Reduce(FieldSum.Square(square));
        }
    }
}
