using ActiveCitizens.Voting.Groups.Numbers;

namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>Exponents in base 2^w with digits -2^(w-1) … 2^(w-1): half the multiples to keep, for inverting a point costs nothing. Times depend on sizes alone.</summary>
internal static class SignedDigits
{
    /// <summary>Bits of an exponent: q is just above 2^252.</summary>
    private const int ExponentBits = 253;

    /// <summary>How many digits of <paramref name="window"/> bits an exponent has, the last carry included.</summary>
    public static int Count(int window) => (ExponentBits / window) + 1;

    /// <param name="exponent">Limbs of a number of at most 253 bits.</param>
    /// <param name="window">2 to 15.</param>
    /// <param name="digits"><see cref="Count"/> of them, the least significant first.</param>
    public static void Write(ReadOnlySpan<ulong> exponent, int window, Span<short> digits)
    {
        var carry = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = Limbs.Bits(exponent, i * window, window) + carry;

            // 1 for a digit above the half, without a branch: the exponent may be secret.
            carry = ((1 << (window - 1)) - digit) >>> 31;
            digits[i] = (short)(digit - (carry << window));
        }
    }
}
