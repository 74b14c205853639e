namespace ActiveCitizens.Voting.Groups.Numbers;

/// <summary>Numbers as decimal text: PROTOCOL.md section 1, digits only, no leading zero. Times depend on the number of limbs and digits alone.</summary>
internal static class DecimalText
{
    private const int ChunkDigits = 19;
    private const ulong Chunk = 10_000_000_000_000_000_000; // 10^19: the largest power of ten in a limb; its top bit is set

    // floor((2^128 - 1) / 10^19) - 2^64: N. Möller, T. Granlund, "Improved division by invariant integers", 2011.
    private static readonly ulong Reciprocal = (ulong)(UInt128.MaxValue / Chunk);

    /// <summary>Reads the canonical decimal of a number that fits the limbs.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, Span<ulong> limbs)
    {
        limbs.Clear();
        if (text.IsEmpty || (text[0] == (byte)'0' && text.Length > 1) || text.Length > MaxLength(limbs.Length))
        {
            return false;
        }

        var used = 0;
        while (!text.IsEmpty)
        {
            var length = text.Length % ChunkDigits == 0 ? ChunkDigits : text.Length % ChunkDigits;
            var (digits, scale, wrong) = (0UL, 1UL, 0);
            foreach (var character in text[..length])
            {
                var digit = character - '0';
                wrong |= digit | (9 - digit);
                digits = (digits * 10) + (ulong)digit;
                scale *= 10;
            }

            // One of the two is negative exactly when some character is no digit.
            if (wrong < 0)
            {
                return false;
            }

            var carry = digits;
            for (var i = 0; i < used; i++)
            {
                var high = Math.BigMul(limbs[i], scale, out var low);
                limbs[i] = low + carry;
                carry = high + (limbs[i] < low ? 1UL : 0UL);
            }

            if (used < limbs.Length)
            {
                limbs[used++] = carry;
            }
            else if (carry != 0)
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    /// <summary>The canonical decimal.</summary>
    public static string Format(ReadOnlySpan<ulong> limbs)
    {
        Span<ulong> rest = stackalloc ulong[limbs.Length];
        limbs.CopyTo(rest);
        var chunks = (MaxLength(limbs.Length) + ChunkDigits - 1) / ChunkDigits;
        Span<char> text = stackalloc char[chunks * ChunkDigits];
        for (var chunk = chunks - 1; chunk >= 0; chunk--)
        {
            var remainder = 0UL;

            // Each chunk takes 63.1 bits off, so the limbs above are zero by now whatever the number.
            var length = Math.Min(limbs.Length, ((chunk + 1) * ChunkDigits * 3322 / 1000 / 64) + 1);
            for (var i = length - 1; i >= 0; i--)
            {
                rest[i] = Divide(remainder, rest[i], out remainder);
            }

            for (var digit = ChunkDigits - 1; digit >= 0; digit--)
            {
                var quotient = Math.BigMul(remainder, 0xCCCCCCCCCCCCCCCD, out _) >> 3;
                text[(chunk * ChunkDigits) + digit] = (char)('0' + (remainder - (quotient * 10)));
                remainder = quotient;
            }
        }

        var trimmed = text.TrimStart('0');
        return trimmed.IsEmpty ? "0" : new string(trimmed);
    }

    /// <summary>Digits of the largest number of that many limbs: 64 log10(2) each, rounded up.</summary>
    private static int MaxLength(int limbs) => (limbs * 19266 / 1000) + 1;

    /// <summary>(high 2^64 + low) / 10^19 for high below 10^19, by algorithm 4 of Möller and Granlund, with masks for its branches.</summary>
    private static ulong Divide(ulong high, ulong low, out ulong remainder)
    {
        var quotientHigh = Math.BigMul(Reciprocal, high, out var quotientLow);
        quotientLow += low;
        quotientHigh += high + (quotientLow < low ? 1UL : 0UL) + 1;
        remainder = low - (quotientHigh * Chunk);
        var over = 0UL - (remainder > quotientLow ? 1UL : 0UL);
        quotientHigh += over;
        remainder += over & Chunk;
        var left = 0UL - (remainder >= Chunk ? 1UL : 0UL);
        quotientHigh -= left;
        remainder -= left & Chunk;
        return quotientHigh;
    }
}
