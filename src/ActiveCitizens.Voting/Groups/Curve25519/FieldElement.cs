using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>A number modulo P = 2^255 - 19 in five limbs of 51 bits, least significant first. Times do not depend on the values.</summary>
/// <remarks>Limbs are below 2^54 at any entry, and below 2^52 after every operation but <see cref="Add"/>. D. Bernstein et al., "High-speed high-security signatures", 2011, section 4.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct FieldElement
{
    private const ulong Mask = (1UL << 51) - 1;

    public ulong L0;
    public ulong L1;
    public ulong L2;
    public ulong L3;
    public ulong L4;

    public static FieldElement Zero => default;

    public static FieldElement One => new() { L0 = 1 };

    /// <summary>The number that four limbs of 64 bits hold; the top bit is dropped.</summary>
    public static FieldElement FromLimbs(ReadOnlySpan<ulong> limbs) => new()
    {
        L0 = limbs[0] & Mask,
        L1 = ((limbs[0] >> 51) | (limbs[1] << 13)) & Mask,
        L2 = ((limbs[1] >> 38) | (limbs[2] << 26)) & Mask,
        L3 = ((limbs[2] >> 25) | (limbs[3] << 39)) & Mask,
        L4 = (limbs[3] >> 12) & Mask,
    };

    /// <summary>The number below P in four limbs of 64 bits.</summary>
    public static void ToLimbs(in FieldElement value, Span<ulong> limbs)
    {
        var reduced = value;
        Carry(ref reduced);
        Carry(ref reduced);

        // The quotient by P is 1 exactly when adding 19 reaches 2^255.
        var quotient = (reduced.L0 + 19) >> 51;
        quotient = (reduced.L1 + quotient) >> 51;
        quotient = (reduced.L2 + quotient) >> 51;
        quotient = (reduced.L3 + quotient) >> 51;
        quotient = (reduced.L4 + quotient) >> 51;
        reduced.L0 += 19 * quotient;
        reduced.L1 += reduced.L0 >> 51;
        reduced.L2 += reduced.L1 >> 51;
        reduced.L3 += reduced.L2 >> 51;
        reduced.L4 += reduced.L3 >> 51;
        var (l0, l1, l2, l3, l4) = (reduced.L0 & Mask, reduced.L1 & Mask, reduced.L2 & Mask, reduced.L3 & Mask, reduced.L4 & Mask);
        limbs[0] = l0 | (l1 << 51);
        limbs[1] = (l1 >> 13) | (l2 << 38);
        limbs[2] = (l2 >> 26) | (l3 << 25);
        limbs[3] = (l3 >> 39) | (l4 << 12);
    }

    /// <summary>Without carrying: at most two sums of results before the next multiplication.</summary>
    public static void Add(out FieldElement sum, in FieldElement left, in FieldElement right)
    {
        sum.L0 = left.L0 + right.L0;
        sum.L1 = left.L1 + right.L1;
        sum.L2 = left.L2 + right.L2;
        sum.L3 = left.L3 + right.L3;
        sum.L4 = left.L4 + right.L4;
    }

    public static void Subtract(out FieldElement difference, in FieldElement left, in FieldElement right)
    {
        // 16 P is added so that no limb goes below zero.
        difference.L0 = left.L0 + (16 * (Mask - 18)) - right.L0;
        difference.L1 = left.L1 + (16 * Mask) - right.L1;
        difference.L2 = left.L2 + (16 * Mask) - right.L2;
        difference.L3 = left.L3 + (16 * Mask) - right.L3;
        difference.L4 = left.L4 + (16 * Mask) - right.L4;
        Carry(ref difference);
    }

    public static void Negate(out FieldElement negated, in FieldElement value) => Subtract(out negated, default, value);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(out FieldElement product, in FieldElement left, in FieldElement right)
    {
        var (a0, a1, a2, a3, a4) = (left.L0, left.L1, left.L2, left.L3, left.L4);
        var (b0, b1, b2, b3, b4) = (right.L0, right.L1, right.L2, right.L3, right.L4);
        var (c1, c2, c3, c4) = (19 * b1, 19 * b2, 19 * b3, 19 * b4);
        Carry(
            out product,
            Math.BigMul(a0, b0) + Math.BigMul(a1, c4) + Math.BigMul(a2, c3) + Math.BigMul(a3, c2) + Math.BigMul(a4, c1),
            Math.BigMul(a0, b1) + Math.BigMul(a1, b0) + Math.BigMul(a2, c4) + Math.BigMul(a3, c3) + Math.BigMul(a4, c2),
            Math.BigMul(a0, b2) + Math.BigMul(a1, b1) + Math.BigMul(a2, b0) + Math.BigMul(a3, c4) + Math.BigMul(a4, c3),
            Math.BigMul(a0, b3) + Math.BigMul(a1, b2) + Math.BigMul(a2, b1) + Math.BigMul(a3, b0) + Math.BigMul(a4, c4),
            Math.BigMul(a0, b4) + Math.BigMul(a1, b3) + Math.BigMul(a2, b2) + Math.BigMul(a3, b1) + Math.BigMul(a4, b0));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Square(out FieldElement square, in FieldElement value)
    {
        var (a0, a1, a2, a3, a4) = (value.L0, value.L1, value.L2, value.L3, value.L4);
        var (d0, d1, d2) = (2 * a0, 2 * a1, 2 * a2);
        var (c3, c4) = (19 * a3, 19 * a4);
        Carry(
            out square,
            Math.BigMul(a0, a0) + Math.BigMul(d1, c4) + Math.BigMul(d2, c3),
            Math.BigMul(d0, a1) + Math.BigMul(d2, c4) + Math.BigMul(a3, c3),
            Math.BigMul(d0, a2) + Math.BigMul(a1, a1) + Math.BigMul(2 * a3, c4),
            Math.BigMul(d0, a3) + Math.BigMul(d1, a2) + Math.BigMul(a4, c4),
            Math.BigMul(d0, a4) + Math.BigMul(d1, a3) + Math.BigMul(a2, a2));
    }

    public static void Square(out FieldElement square, in FieldElement value, int times)
    {
        Square(out square, value);
        for (var i = 1; i < times; i++)
        {
            Square(out square, square);
        }
    }

    /// <summary>1/value, and 0 for 0: value^(P-2).</summary>
    public static void Invert(out FieldElement inverse, in FieldElement value)
    {
        PowerOfTwo250MinusOne(out var power, out var eleventh, value);
        Square(out power, power, 5);
        Multiply(out inverse, power, eleventh);
    }

    /// <summary>value^((P-5)/8) = value^(2^252 - 3): what square roots are made of.</summary>
    public static void PowerForRoot(out FieldElement result, in FieldElement value)
    {
        PowerOfTwo250MinusOne(out var power, out _, value);
        Square(out power, power, 2);
        Multiply(out result, power, value);
    }

    /// <summary>target = value where <paramref name="condition"/> is 1; unchanged where it is 0.</summary>
    public static void CopyIf(ulong condition, in FieldElement value, ref FieldElement target)
    {
        var mask = 0UL - condition;
        target.L0 ^= (target.L0 ^ value.L0) & mask;
        target.L1 ^= (target.L1 ^ value.L1) & mask;
        target.L2 ^= (target.L2 ^ value.L2) & mask;
        target.L3 ^= (target.L3 ^ value.L3) & mask;
        target.L4 ^= (target.L4 ^ value.L4) & mask;
    }

    public static bool AreEqual(in FieldElement left, in FieldElement right)
    {
        Subtract(out var difference, left, right);
        return IsZero(difference);
    }

    public static bool IsZero(in FieldElement value)
    {
        Span<ulong> limbs = stackalloc ulong[4];
        ToLimbs(value, limbs);
        return (limbs[0] | limbs[1] | limbs[2] | limbs[3]) == 0;
    }

    public static bool IsOdd(in FieldElement value)
    {
        Span<ulong> limbs = stackalloc ulong[4];
        ToLimbs(value, limbs);
        return (limbs[0] & 1) != 0;
    }

    private static void PowerOfTwo250MinusOne(out FieldElement power, out FieldElement eleventh, in FieldElement value)
    {
        Square(out var second, value);
        Square(out var other, second, 2);
        Multiply(out var ninth, other, value);
        Multiply(out eleventh, ninth, second);
        Square(out other, eleventh);
        Multiply(out var ones5, other, ninth); // 2^5 - 1
        Square(out other, ones5, 5);
        Multiply(out var ones10, other, ones5);
        Square(out other, ones10, 10);
        Multiply(out var ones20, other, ones10);
        Square(out other, ones20, 20);
        Multiply(out var ones40, other, ones20);
        Square(out other, ones40, 10);
        Multiply(out var ones50, other, ones10);
        Square(out other, ones50, 50);
        Multiply(out var ones100, other, ones50);
        Square(out other, ones100, 100);
        Multiply(out other, other, ones100);
        Square(out other, other, 50);
        Multiply(out power, other, ones50);
    }

    private static void Carry(ref FieldElement value)
    {
        var top = value.L4 >> 51;
        value.L1 += value.L0 >> 51;
        value.L0 = (value.L0 & Mask) + (19 * top);
        value.L2 += value.L1 >> 51;
        value.L1 &= Mask;
        value.L3 += value.L2 >> 51;
        value.L2 &= Mask;
        value.L4 = (value.L4 & Mask) + (value.L3 >> 51);
        value.L3 &= Mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Carry(out FieldElement result, UInt128 t0, UInt128 t1, UInt128 t2, UInt128 t3, UInt128 t4)
    {
        t1 += (ulong)(t0 >> 51);
        t2 += (ulong)(t1 >> 51);
        t3 += (ulong)(t2 >> 51);
        t4 += (ulong)(t3 >> 51);
        var low = ((ulong)t0 & Mask) + (19 * (ulong)(t4 >> 51));
        result.L0 = low & Mask;
        result.L1 = ((ulong)t1 & Mask) + (low >> 51);
        result.L2 = (ulong)t2 & Mask;
        result.L3 = (ulong)t3 & Mask;
        result.L4 = (ulong)t4 & Mask;
    }
}
