using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ActiveCitizens.Voting.Groups.Numbers;

/// <summary>Montgomery multiplication modulo an odd number of 2048 bits on AVX-512: forty limbs of 52 bits held as doubles, R = 2^2080, residues below twice the modulus.</summary>
/// <remarks>
/// A fused multiply-add onto 2^104, rounded towards zero, leaves the high half of a product of two limbs in its bits, and a second one the low half, exactly:
/// N. Emmart, F. Zheng, C. Weems, "Faster modular exponentiation using double precision floating point arithmetic on the GPU", 2018.
/// </remarks>
internal sealed class VectorMontgomery : ResidueField
{
    private const int Bits = 2048;
    private const int LimbBits = 52;
    private const int Length = 40;
    private const int Lanes = 8;
    private const long Mask = (1L << LimbBits) - 1;
    private const double Low = 1L << LimbBits;
    private const double High = Low * Low;
    private const long LowBits = 0x4330_0000_0000_0000;
    private const long HighBits = 0x4670_0000_0000_0000;

    private static readonly long[] StartBiases = [.. Enumerable.Range(0, Length).Select(j => unchecked(-((2 * (j + 1) * LowBits) + (2 * j * HighBits))))];
    private static readonly long[] TopBiases = [.. Enumerable.Range(0, Length).Select(i => unchecked(-((2 * (Length - 1 - i) * LowBits) + (2 * (Length - i) * HighBits))))];

    private readonly ulong[] _modulusLimbs;
    private readonly ulong[] _modulus;
    private readonly ulong[] _one;
    private readonly ulong[] _squaredRadix;
    private readonly ulong[] _plainOne;
    private readonly ulong _negatedInverse;

    public VectorMontgomery(BigInteger modulus)
        : base(modulus)
    {
        var radix = BigInteger.One << (LimbBits * Length);
        _modulusLimbs = Limbs.Of(modulus, LimbCount);
        _modulus = Split(_modulusLimbs);
        _one = Split(Limbs.Of(radix % modulus, LimbCount));
        _squaredRadix = Split(Limbs.Of(radix * radix % modulus, LimbCount));
        _plainOne = Split(Limbs.Of(1, LimbCount));
        _negatedInverse = Montgomery.NegatedInverse(_modulusLimbs[0]) & (ulong)Mask;
    }

    public override int WordCount => Length;

    public override ReadOnlySpan<ulong> One => _one;

    /// <summary>Whether the modulus has the right size and this processor the instructions.</summary>
    public static bool Supports(BigInteger modulus) =>
        Avx512F.IsSupported && Avx512DQ.IsSupported && !modulus.IsEven && modulus.GetBitLength() == Bits;

    public override void Load(ReadOnlySpan<ulong> limbs, Span<ulong> words) => Multiply(Split(limbs), _squaredRadix, words);

    public override void Store(ReadOnlySpan<ulong> words, Span<ulong> limbs)
    {
        Span<ulong> plain = stackalloc ulong[Length];
        Multiply(words, _plainOne, plain);
        Join(plain, limbs);

        // What remains is at most the modulus itself.
        Limbs.AddIf(Limbs.Subtract(limbs, _modulusLimbs), limbs, _modulusLimbs);
    }

    public override void Square(ReadOnlySpan<ulong> value, Span<ulong> result) => Multiply(value, value, result);

    /// <remarks>
    /// Each limb of <paramref name="right"/> in turn: add its multiple of <paramref name="left"/> and the multiple of the modulus that clears the lowest limb,
    /// and drop that limb. High halves belong one limb up, which is where the shift takes the rest. Every limb starts from the negated sum of the exponents
    /// that the halves will bring with them.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Multiply(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, Span<ulong> result)
    {
        ref var biases = ref MemoryMarshal.GetArrayDataReference(StartBiases);
        var (s0, s1, s2, s3, s4) = (Vector512.LoadUnsafe(ref biases), Vector512.LoadUnsafe(ref biases, 8), Vector512.LoadUnsafe(ref biases, 16), Vector512.LoadUnsafe(ref biases, 24), Vector512.LoadUnsafe(ref biases, 32));
        ref var first = ref Unsafe.As<ulong, double>(ref MemoryMarshal.GetReference(left[..Length]));
        ref var second = ref Unsafe.As<ulong, double>(ref MemoryMarshal.GetReference(right[..Length]));
        ref var modulus = ref Unsafe.As<ulong, double>(ref MemoryMarshal.GetArrayDataReference(_modulus));
        ref var top = ref MemoryMarshal.GetArrayDataReference(TopBiases);
        for (nuint i = 0; i < Length; i++)
        {
            Step(ref s0, ref s1, ref s2, ref s3, ref s4, ref first, Unsafe.Add(ref second, i), ref modulus, Unsafe.Add(ref top, i));
        }

        Normalise(s0, s1, s2, s3, s4, result);
    }

    /// <remarks>As <see cref="Multiply"/>, step by step in turn: each quotient is a long chain of dependent operations, and two chains share the time.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void MultiplyPair(
        ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, Span<ulong> result, ReadOnlySpan<ulong> otherLeft, ReadOnlySpan<ulong> otherRight, Span<ulong> otherResult)
    {
        ref var biases = ref MemoryMarshal.GetArrayDataReference(StartBiases);
        var (s0, s1, s2, s3, s4) = (Vector512.LoadUnsafe(ref biases), Vector512.LoadUnsafe(ref biases, 8), Vector512.LoadUnsafe(ref biases, 16), Vector512.LoadUnsafe(ref biases, 24), Vector512.LoadUnsafe(ref biases, 32));
        var (t0, t1, t2, t3, t4) = (s0, s1, s2, s3, s4);
        ref var first = ref Unsafe.As<ulong, double>(ref MemoryMarshal.GetReference(left[..Length]));
        ref var second = ref Unsafe.As<ulong, double>(ref MemoryMarshal.GetReference(right[..Length]));
        ref var otherFirst = ref Unsafe.As<ulong, double>(ref MemoryMarshal.GetReference(otherLeft[..Length]));
        ref var otherSecond = ref Unsafe.As<ulong, double>(ref MemoryMarshal.GetReference(otherRight[..Length]));
        ref var modulus = ref Unsafe.As<ulong, double>(ref MemoryMarshal.GetArrayDataReference(_modulus));
        ref var top = ref MemoryMarshal.GetArrayDataReference(TopBiases);
        for (nuint i = 0; i < Length; i++)
        {
            Step(ref s0, ref s1, ref s2, ref s3, ref s4, ref first, Unsafe.Add(ref second, i), ref modulus, Unsafe.Add(ref top, i));
            Step(ref t0, ref t1, ref t2, ref t3, ref t4, ref otherFirst, Unsafe.Add(ref otherSecond, i), ref modulus, Unsafe.Add(ref top, i));
        }

        Normalise(s0, s1, s2, s3, s4, result);
        Normalise(t0, t1, t2, t3, t4, otherResult);
    }

    /// <summary>One limb of the right operand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Step(
        ref Vector512<long> s0, ref Vector512<long> s1, ref Vector512<long> s2, ref Vector512<long> s3, ref Vector512<long> s4, ref double left, double right, ref double modulus, long top)
    {
        var factor = Vector512.Create(right);
        var (a0, a1, a2, a3, a4) = (Vector512.LoadUnsafe(ref left), Vector512.LoadUnsafe(ref left, 8), Vector512.LoadUnsafe(ref left, 16), Vector512.LoadUnsafe(ref left, 24), Vector512.LoadUnsafe(ref left, 32));
        var (h0, h1, h2, h3, h4) = (HighHalf(a0, factor), HighHalf(a1, factor), HighHalf(a2, factor), HighHalf(a3, factor), HighHalf(a4, factor));
        s0 += LowHalf(a0, factor, h0);
        s1 += LowHalf(a1, factor, h1);
        s2 += LowHalf(a2, factor, h2);
        s3 += LowHalf(a3, factor, h3);
        s4 += LowHalf(a4, factor, h4);

        var (n0, n1, n2, n3, n4) = (Vector512.LoadUnsafe(ref modulus), Vector512.LoadUnsafe(ref modulus, 8), Vector512.LoadUnsafe(ref modulus, 16), Vector512.LoadUnsafe(ref modulus, 24), Vector512.LoadUnsafe(ref modulus, 32));
        var quotient = Vector512.Create((double)(long)(((ulong)s0.ToScalar() * _negatedInverse) & (ulong)Mask));
        var (g0, g1, g2, g3, g4) = (HighHalf(n0, quotient), HighHalf(n1, quotient), HighHalf(n2, quotient), HighHalf(n3, quotient), HighHalf(n4, quotient));
        s0 += LowHalf(n0, quotient, g0);
        s1 += LowHalf(n1, quotient, g1);
        s2 += LowHalf(n2, quotient, g2);
        s3 += LowHalf(n3, quotient, g3);
        s4 += LowHalf(n4, quotient, g4);

        var carry = Vector512.ShiftRightArithmetic(s0, LimbBits) & Vector512.CreateScalar(-1L);
        s0 = Avx512F.AlignRight64(s1, s0, 1) + (h0.AsInt64() + g0.AsInt64()) + carry;
        s1 = Avx512F.AlignRight64(s2, s1, 1) + (h1.AsInt64() + g1.AsInt64());
        s2 = Avx512F.AlignRight64(s3, s2, 1) + (h2.AsInt64() + g2.AsInt64());
        s3 = Avx512F.AlignRight64(s4, s3, 1) + (h3.AsInt64() + g3.AsInt64());
        s4 = Avx512F.AlignRight64(Vector512.Create(top), s4, 1) + (h4.AsInt64() + g4.AsInt64());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> HighHalf(Vector512<double> left, Vector512<double> right) =>
        Avx512F.FusedMultiplyAdd(left, right, Vector512.Create(High), FloatRoundingMode.ToZero);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> LowHalf(Vector512<double> left, Vector512<double> right, Vector512<double> high) =>
        Avx512F.FusedMultiplyAdd(left, right, Vector512.Create(High + Low) - high).AsInt64();

    /// <summary>Brings limbs below 2^60 to 52 bits: one carry to the neighbour, then the carries of one that may run far, by adding bit masks of lanes.</summary>
    private static void Normalise(Vector512<long> s0, Vector512<long> s1, Vector512<long> s2, Vector512<long> s3, Vector512<long> s4, Span<ulong> result)
    {
        var mask = Vector512.Create(Mask);
        var (c0, c1, c2, c3, c4) = (s0 >> LimbBits, s1 >> LimbBits, s2 >> LimbBits, s3 >> LimbBits, s4 >> LimbBits);
        s0 = (s0 & mask) + Avx512F.AlignRight64(c0, Vector512<long>.Zero, 7);
        s1 = (s1 & mask) + Avx512F.AlignRight64(c1, c0, 7);
        s2 = (s2 & mask) + Avx512F.AlignRight64(c2, c1, 7);
        s3 = (s3 & mask) + Avx512F.AlignRight64(c3, c2, 7);
        s4 = (s4 & mask) + Avx512F.AlignRight64(c4, c3, 7);

        // A lane above the mask carries; one equal to it passes on a carry that it receives.
        var above = Above(s0) | (Above(s1) << 8) | (Above(s2) << 16) | (Above(s3) << 24) | (Above(s4) << 32);
        var equal = Equal(s0) | (Equal(s1) << 8) | (Equal(s2) << 16) | (Equal(s3) << 24) | (Equal(s4) << 32);
        var received = ((above << 1) + equal) ^ equal;

        ref var target = ref Unsafe.As<ulong, double>(ref MemoryMarshal.GetReference(result[..Length]));
        Receive(s0, received).StoreUnsafe(ref target);
        Receive(s1, received >> 8).StoreUnsafe(ref target, 8);
        Receive(s2, received >> 16).StoreUnsafe(ref target, 16);
        Receive(s3, received >> 24).StoreUnsafe(ref target, 24);
        Receive(s4, received >> 32).StoreUnsafe(ref target, 32);

        static ulong Above(Vector512<long> limbs) => Vector512.GreaterThan(limbs, Vector512.Create(Mask)).ExtractMostSignificantBits();

        static ulong Equal(Vector512<long> limbs) => Vector512.Equals(limbs, Vector512.Create(Mask)).ExtractMostSignificantBits();

        static Vector512<double> Receive(Vector512<long> limbs, ulong lanes)
        {
            var ones = Avx512F.ShiftRightLogicalVariable(Vector512.Create((long)lanes), Vector512.Create(0UL, 1, 2, 3, 4, 5, 6, 7)) & Vector512.Create(1L);
            return Avx512DQ.ConvertToVector512Double((limbs + ones) & Vector512.Create(Mask));
        }
    }

    /// <summary>Limbs of 64 bits as the bits of doubles of 52.</summary>
    private static ulong[] Split(ReadOnlySpan<ulong> limbs)
    {
        var words = new ulong[Length];
        for (var i = 0; i < Length; i++)
        {
            var (limb, shift) = (i * LimbBits / 64, i * LimbBits % 64);
            var bits = limb < limbs.Length ? limbs[limb] >> shift : 0;
            if (shift > 64 - LimbBits && limb + 1 < limbs.Length)
            {
                bits |= limbs[limb + 1] << (64 - shift);
            }

            words[i] = BitConverter.DoubleToUInt64Bits(bits & (ulong)Mask);
        }

        return words;
    }

    /// <summary>The inverse of <see cref="Split"/>.</summary>
    private static void Join(ReadOnlySpan<ulong> words, Span<ulong> limbs)
    {
        limbs.Clear();
        for (var i = 0; i < Length; i++)
        {
            var (limb, shift) = (i * LimbBits / 64, i * LimbBits % 64);
            var bits = (ulong)BitConverter.UInt64BitsToDouble(words[i]);
            if (limb < limbs.Length)
            {
                limbs[limb] |= bits << shift;
            }

            if (shift > 64 - LimbBits && limb + 1 < limbs.Length)
            {
                limbs[limb + 1] |= bits >> (64 - shift);
            }
        }
    }
}
