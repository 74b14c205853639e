using System.Numerics;

namespace ActiveCitizens.Voting.Groups.Numbers;

/// <summary>The Jacobi symbol by the binary algorithm: J. Shallit, J. Sorenson, "A binary algorithm for the Jacobi symbol", 1993. Variable time.</summary>
internal static class Jacobi
{
    /// <param name="value">Any number of as many limbs as the modulus.</param>
    /// <param name="modulus">An odd number.</param>
    /// <returns>1, -1, or 0 when they share a factor.</returns>
    public static int Symbol(ReadOnlySpan<ulong> value, ReadOnlySpan<ulong> modulus)
    {
        Span<ulong> first = stackalloc ulong[value.Length];
        Span<ulong> second = stackalloc ulong[value.Length];
        value.CopyTo(first);
        modulus.CopyTo(second);
        var top = first;
        var odd = second;
        var negative = false;
        var length = value.Length;
        while (true)
        {
            while (length > 1 && (top[length - 1] | odd[length - 1]) == 0)
            {
                length--;
            }

            var zeros = StripTrailingZeros(top[..length]);
            if (zeros < 0)
            {
                return IsOne(odd[..length]) ? (negative ? -1 : 1) : 0;
            }

            // (2/n) = -1 exactly for n = 3 and 5 modulo 8; reciprocity turns the sign when both are 3 modulo 4.
            negative ^= (zeros & 1) != 0 && (odd[0] & 7) is 3 or 5;
            if (IsLess(top[..length], odd[..length]))
            {
                negative ^= (top[0] & odd[0] & 3) == 3;
                var swap = top;
                top = odd;
                odd = swap;
            }

            Limbs.Subtract(top[..length], odd[..length]);
        }
    }

    private static bool IsLess(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        for (var i = left.Length - 1; i >= 0; i--)
        {
            if (left[i] != right[i])
            {
                return left[i] < right[i];
            }
        }

        return false;
    }

    private static bool IsOne(ReadOnlySpan<ulong> value) => value[0] == 1 && value[1..].IndexOfAnyExcept(0UL) < 0;

    /// <returns>How many bits were shifted out; -1 for zero.</returns>
    private static int StripTrailingZeros(Span<ulong> value)
    {
        var whole = value.IndexOfAnyExcept(0UL);
        if (whole < 0)
        {
            return -1;
        }

        if (whole > 0)
        {
            value[whole..].CopyTo(value);
            value[^whole..].Clear();
        }

        var shift = BitOperations.TrailingZeroCount(value[0]);
        if (shift > 0)
        {
            for (var i = 0; i < value.Length - 1; i++)
            {
                value[i] = (value[i] >> shift) | (value[i + 1] << (64 - shift));
            }

            value[^1] >>= shift;
        }

        return (64 * whole) + shift;
    }
}
