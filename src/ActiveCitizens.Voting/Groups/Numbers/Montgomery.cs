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
        var inverse = _modulus[0];
        for (var bits = 3; bits < 64; bits *= 2)
        {
            // Newton's step doubles the correct bits; an odd number is its own inverse modulo 8.
            inverse *= 2 - (_modulus[0] * inverse);
        }

        _negatedInverse = 0 - inverse;
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
        product[..count].Clear();
        ref var start = ref MemoryMarshal.GetReference(product);
        ref var multiplicand = ref MemoryMarshal.GetReference(left[..count]);
        for (var i = 0; i < count; i++)
        {
            product[i + count] = AddProduct(ref Unsafe.Add(ref start, i), ref multiplicand, count, right[i]);
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
        for (var i = 0; i < count - 1; i++)
        {
            product[i + count] = AddProduct(ref Unsafe.Add(ref start, (2 * i) + 1), ref Unsafe.Add(ref factor, i + 1), count - 1 - i, value[i]);
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

    private void Reduce(Span<ulong> product, Span<ulong> result)
    {
        var count = _modulus.Length;
        ref var start = ref MemoryMarshal.GetReference(product);
        ref var modulus = ref MemoryMarshal.GetArrayDataReference(_modulus);
        var carry = 0UL;
        for (var i = 0; i < count; i++)
        {
            var high = AddProduct(ref Unsafe.Add(ref start, i), ref modulus, count, product[i] * _negatedInverse);
            var sum = product[i + count] + carry;
            carry = sum < carry ? 1UL : 0UL;
            sum += high;
            carry += sum < high ? 1UL : 0UL;
            product[i + count] = sum;
        }

        var reduced = product[count..];
        var borrow = Limbs.Subtract(reduced, _modulus);
        Limbs.AddIf(borrow & (carry ^ 1), reduced, _modulus);
        reduced.CopyTo(result);
    }

    /// <summary>target[0..count-1] += value[0..count-1] * factor.</summary>
    /// <returns>The limb carried out.</returns>
    private static ulong AddProduct(ref ulong target, ref ulong value, int count, ulong factor)
    {
        var carry = 0UL;
        for (var i = 0; i < count; i++)
        {
            ref var limb = ref Unsafe.Add(ref target, i);
            var high = Math.BigMul(Unsafe.Add(ref value, i), factor, out var low);
            low += limb;
            high += low < limb ? 1UL : 0UL;
            low += carry;
            high += low < carry ? 1UL : 0UL;
            limb = low;
            carry = high;
        }

        return carry;
    }
}
