using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ActiveCitizens.Voting.Groups.Numbers;

/// <summary>Montgomery multiplication on 64-bit limbs, for any odd modulus: a residue x is kept as x R, R = 2^(64 limbs), below the modulus.</summary>
/// <remarks>P. Montgomery, "Modular multiplication without trial division", 1985. 2 k^2 word products for k limbs, 1.5 k^2 for a square.</remarks>
internal sealed class Montgomery : ResidueField
{
    private readonly ulong[] _modulus;
    private readonly ulong[] _one;
    private readonly ulong[] _squaredRadix;
    private readonly ulong[] _plainOne;
    private readonly ulong _negatedInverse;

    public Montgomery(BigInteger modulus)
        : base(modulus)
    {
        var radix = BigInteger.One << (64 * LimbCount);
        _modulus = Limbs.Of(modulus, LimbCount);
        _one = Limbs.Of(radix % modulus, LimbCount);
        _squaredRadix = Limbs.Of(radix * radix % modulus, LimbCount);
        _plainOne = Limbs.Of(1, LimbCount);
        _negatedInverse = NegatedInverse(_modulus[0]);
    }

    public override int WordCount => LimbCount;

    public override ReadOnlySpan<ulong> One => _one;

    /// <summary>The limbs of the modulus.</summary>
    public ReadOnlySpan<ulong> ModulusLimbs => _modulus;

    public override void Load(ReadOnlySpan<ulong> limbs, Span<ulong> words) => Multiply(limbs, _squaredRadix, words);

    public override void Store(ReadOnlySpan<ulong> words, Span<ulong> limbs) => Multiply(words, _plainOne, limbs);

    /// <summary>left right / R; one operand may be any number of limbs, the other must be below the modulus.</summary>
    public override void Multiply(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, Span<ulong> result)
    {
        var count = _modulus.Length;
        Span<ulong> product = stackalloc ulong[2 * count];
        product.Clear();
        ref var start = ref MemoryMarshal.GetReference(product);
        ref var multiplicand = ref MemoryMarshal.GetReference(left[..count]);
        for (var i = 0; i + 1 < count; i += 2)
        {
            var high = AddTwoProducts(ref Unsafe.Add(ref start, i), ref multiplicand, count, right[i], right[i + 1], 0);
            product[i + count] = (ulong)high;
            product[i + count + 1] = (ulong)(high >> 64);
        }

        if (count % 2 != 0)
        {
            product[^1] = AddProduct(ref Unsafe.Add(ref start, count - 1), ref multiplicand, count, right[count - 1]);
        }

        Reduce(product, result);
    }

    public override void Square(ReadOnlySpan<ulong> value, Span<ulong> result)
    {
        var count = _modulus.Length;
        Span<ulong> product = stackalloc ulong[2 * count];
        product.Clear();
        ref var start = ref MemoryMarshal.GetReference(product);
        ref var factor = ref MemoryMarshal.GetReference(value[..count]);
        var row = 0;
        for (; row + 2 < count; row += 2)
        {
            // The first product of the upper row stands alone; what it carries goes where both rows go on.
            var first = AddProduct(ref Unsafe.Add(ref start, (2 * row) + 1), ref Unsafe.Add(ref factor, row + 1), 1, value[row]);
            var high = AddTwoProducts(ref Unsafe.Add(ref start, (2 * row) + 2), ref Unsafe.Add(ref factor, row + 2), count - 2 - row, value[row], value[row + 1], first);
            product[row + count] = (ulong)high;
            product[row + count + 1] = (ulong)(high >> 64);
        }

        if (row + 1 < count)
        {
            product[row + count] = AddProduct(ref Unsafe.Add(ref start, (2 * row) + 1), ref Unsafe.Add(ref factor, row + 1), 1, value[row]);
        }

        // Each product of two different limbs counts twice, each limb's own square once.
        var (shiftedOut, carry) = (0UL, 0UL);
        for (var i = 0; i < count; i++)
        {
            var high = Math.BigMul(value[i], value[i], out var low);
            var (even, odd) = (product[2 * i], product[(2 * i) + 1]);
            low += carry;
            carry = low < carry ? 1UL : 0UL;
            var doubled = (even << 1) | shiftedOut;
            low += doubled;
            carry += low < doubled ? 1UL : 0UL;
            product[2 * i] = low;
            high += carry;
            doubled = (odd << 1) | (even >> 63);
            shiftedOut = odd >> 63;
            high += doubled;
            carry = high < doubled ? 1UL : 0UL;
            product[(2 * i) + 1] = high;
        }

        Reduce(product, result);
    }

    /// <summary>-1/value modulo 2^64, for an odd value.</summary>
    public static ulong NegatedInverse(ulong value)
    {
        var inverse = value;
        for (var bits = 3; bits < 64; bits *= 2)
        {
            // Newton's step doubles the correct bits; an odd number is its own inverse modulo 8.
            inverse *= 2 - (value * inverse);
        }

        return 0 - inverse;
    }

    private void Reduce(Span<ulong> product, Span<ulong> result)
    {
        var count = _modulus.Length;
        ref var start = ref MemoryMarshal.GetReference(product);
        ref var modulus = ref MemoryMarshal.GetArrayDataReference(_modulus);
        var carry = 0UL;
        var row = 0;
        for (; row + 1 < count; row += 2)
        {
            // The second quotient follows from the two lowest limbs once the first has cleared the lowest.
            var first = product[row] * _negatedInverse;
            var next = product[row + 1] + (ulong)((Math.BigMul(first, modulus) + product[row]) >> 64) + (first * Unsafe.Add(ref modulus, 1));
            var high = AddTwoProducts(ref Unsafe.Add(ref start, row), ref modulus, count, first, next * _negatedInverse, 0);
            carry = AddTo(ref product[row + count], (ulong)high, carry);
            carry = AddTo(ref product[row + count + 1], (ulong)(high >> 64), carry);
        }

        if (row < count)
        {
            carry = AddTo(ref product[row + count], AddProduct(ref Unsafe.Add(ref start, row), ref modulus, count, product[row] * _negatedInverse), carry);
        }

        var reduced = product[count..];
        var borrow = Limbs.Subtract(reduced, _modulus);
        Limbs.AddIf(borrow & (carry ^ 1), reduced, _modulus);
        reduced.CopyTo(result);
    }

    /// <summary>target += value + carry.</summary>
    /// <returns>The carry out, 0 or 1.</returns>
    private static ulong AddTo(ref ulong target, ulong value, ulong carry)
    {
        var sum = target + carry;
        var overflow = sum < carry ? 1UL : 0UL;
        target = sum + value;
        return overflow + (target < value ? 1UL : 0UL);
    }

    /// <summary>limb + value * factor + carry.</summary>
    /// <returns>The low limb; the high one becomes the carry.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AddProduct(ulong limb, ulong value, ulong factor, ref ulong carry)
    {
        var high = Math.BigMul(value, factor, out var low);
        low += limb;
        high += low < limb ? 1UL : 0UL;
        low += carry;
        carry = high + (low < carry ? 1UL : 0UL);
        return low;
    }

    /// <summary>target[0..count-1] += value[0..count-1] * factor.</summary>
    /// <returns>The limb carried out.</returns>
    private static ulong AddProduct(ref ulong target, ref ulong value, int count, ulong factor)
    {
        var carry = 0UL;
        for (var i = 0; i < count; i++)
        {
            ref var limb = ref Unsafe.Add(ref target, i);
            limb = AddProduct(limb, Unsafe.Add(ref value, i), factor, ref carry);
        }

        return carry;
    }

    /// <summary>target += value * (first + 2^64 second) + carry on count limbs: two rows at once, so that one waits while the other works.</summary>
    /// <returns>The two limbs carried out.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static UInt128 AddTwoProducts(ref ulong target, ref ulong value, int count, ulong first, ulong second, ulong carry)
    {
        var secondCarry = 0UL;
        target = AddProduct(target, value, first, ref carry);
        for (var i = 1; i < count; i++)
        {
            ref var limb = ref Unsafe.Add(ref target, i);
            var sum = AddProduct(limb, Unsafe.Add(ref value, i), first, ref carry);
            limb = AddProduct(sum, Unsafe.Add(ref value, i - 1), second, ref secondCarry);
        }

        return Math.BigMul(Unsafe.Add(ref value, count - 1), second) + carry + secondCarry;
    }
}
