using System.Buffers.Binary;
using System.Numerics;

namespace ActiveCitizens.Voting.Groups.Numbers;

/// <summary>Unsigned numbers of a fixed size as 64-bit limbs, least significant first. Times depend on lengths alone.</summary>
internal static class Limbs
{
    /// <summary>target += value.</summary>
    /// <returns>The carry, 0 or 1.</returns>
    public static ulong Add(Span<ulong> target, ReadOnlySpan<ulong> value)
    {
        var carry = 0UL;
        for (var i = 0; i < target.Length; i++)
        {
            var sum = target[i] + value[i];
            var overflow = sum < target[i] ? 1UL : 0UL;
            target[i] = sum + carry;
            carry = overflow + (target[i] < carry ? 1UL : 0UL);
        }

        return carry;
    }

    /// <summary>target -= value.</summary>
    /// <returns>The borrow, 0 or 1.</returns>
    public static ulong Subtract(Span<ulong> target, ReadOnlySpan<ulong> value)
    {
        var borrow = 0UL;
        for (var i = 0; i < target.Length; i++)
        {
            var difference = target[i] - value[i];
            var underflow = target[i] < value[i] ? 1UL : 0UL;
            target[i] = difference - borrow;
            borrow = underflow + (difference < borrow ? 1UL : 0UL);
        }

        return borrow;
    }

    /// <summary>target += value where <paramref name="condition"/> is 1; nothing where it is 0.</summary>
    public static void AddIf(ulong condition, Span<ulong> target, ReadOnlySpan<ulong> value)
    {
        var (mask, carry) = (0UL - condition, 0UL);
        for (var i = 0; i < target.Length; i++)
        {
            var addend = value[i] & mask;
            var sum = target[i] + addend;
            var overflow = sum < addend ? 1UL : 0UL;
            target[i] = sum + carry;
            carry = overflow + (target[i] < carry ? 1UL : 0UL);
        }
    }

    /// <summary>target = value where <paramref name="condition"/> is 1; unchanged where it is 0.</summary>
    public static void CopyIf(ulong condition, ReadOnlySpan<ulong> value, Span<ulong> target)
    {
        var mask = 0UL - condition;
        for (var i = 0; i < target.Length; i++)
        {
            target[i] ^= (target[i] ^ value[i]) & mask;
        }
    }

    /// <summary>1 if the numbers are equal, 0 if not.</summary>
    public static ulong AreEqual(ulong left, ulong right)
    {
        var difference = left ^ right;
        return 1 ^ ((difference | (0UL - difference)) >> 63);
    }

    /// <summary>1 if all limbs are zero, 0 if not.</summary>
    public static ulong IsZero(ReadOnlySpan<ulong> value)
    {
        var any = 0UL;
        foreach (var limb in value)
        {
            any |= limb;
        }

        return AreEqual(any, 0);
    }

    /// <summary>Whether left is below right.</summary>
    public static bool IsLess(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right)
    {
        var borrow = 0UL;
        for (var i = 0; i < left.Length; i++)
        {
            var difference = left[i] - right[i];
            borrow = (left[i] < right[i] ? 1UL : 0UL) | (difference < borrow ? 1UL : 0UL);
        }

        return borrow != 0;
    }

    /// <summary>Bits <paramref name="position"/> to <paramref name="position"/> + <paramref name="count"/> - 1; those beyond the end are zero.</summary>
    /// <param name="count">1 to 32.</param>
    public static int Bits(ReadOnlySpan<ulong> value, int position, int count)
    {
        var (limb, shift) = (position >> 6, position & 63);
        if (limb >= value.Length)
        {
            return 0;
        }

        var bits = value[limb] >> shift;
        if (shift + count > 64 && limb + 1 < value.Length)
        {
            bits |= value[limb + 1] << (64 - shift);
        }

        return (int)(bits & ((1UL << count) - 1));
    }

    /// <summary>Reads at most as many bytes as fit the limbs.</summary>
    public static void ReadBigEndian(ReadOnlySpan<byte> bytes, Span<ulong> limbs)
    {
        Span<byte> padded = stackalloc byte[limbs.Length * sizeof(ulong)];
        padded.Clear();
        bytes.CopyTo(padded[^bytes.Length..]);
        for (var i = 0; i < limbs.Length; i++)
        {
            limbs[i] = BinaryPrimitives.ReadUInt64BigEndian(padded[^((i + 1) * sizeof(ulong))..]);
        }
    }

    /// <summary>Writes all limbs: eight bytes each.</summary>
    public static void WriteBigEndian(ReadOnlySpan<ulong> limbs, Span<byte> bytes)
    {
        for (var i = 0; i < limbs.Length; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes[^((i + 1) * sizeof(ulong))..], limbs[i]);
        }
    }

    /// <summary>The limbs of a constant; variable time.</summary>
    public static ulong[] Of(BigInteger value, int count)
    {
        var limbs = new ulong[count];
        ReadBigEndian(value.ToByteArray(isUnsigned: true, isBigEndian: true), limbs);
        return limbs;
    }
}
