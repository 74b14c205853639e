using System.Numerics;

namespace ActiveCitizens.Voting.Groups.Numbers;

/// <summary>Multiplication modulo an odd number, on residues kept as words in a form of the implementation's own. Times depend on the modulus alone.</summary>
internal abstract class ResidueField(BigInteger modulus)
{
    /// <summary>The fastest that this processor has for an odd modulus.</summary>
    public static ResidueField Of(BigInteger modulus) => VectorMontgomery.Supports(modulus) ? new VectorMontgomery(modulus) : new Montgomery(modulus);

    public BigInteger Modulus => modulus;

    /// <summary>64-bit limbs of the modulus and of plain numbers.</summary>
    public int LimbCount { get; } = (int)((modulus.GetBitLength() + 63) / 64);

    /// <summary>Words of a residue in the form of this field.</summary>
    public abstract int WordCount { get; }

    /// <summary>1 in the form of this field.</summary>
    public abstract ReadOnlySpan<ulong> One { get; }

    /// <summary>Any number of <see cref="LimbCount"/> limbs, reduced and brought into the form of this field.</summary>
    public abstract void Load(ReadOnlySpan<ulong> limbs, Span<ulong> words);

    /// <summary>The number below the modulus that a residue stands for.</summary>
    public abstract void Store(ReadOnlySpan<ulong> words, Span<ulong> limbs);

    /// <param name="result">May be one of the operands.</param>
    public abstract void Multiply(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, Span<ulong> result);

    /// <param name="result">May be the operand.</param>
    public abstract void Square(ReadOnlySpan<ulong> value, Span<ulong> result);

    /// <summary>Two products that do not depend on each other: faster together where the processor can overlap them.</summary>
    /// <param name="result">May be one of the first two operands, not of the others.</param>
    /// <param name="otherResult">May be any of the operands.</param>
    public virtual void MultiplyPair(
        ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, Span<ulong> result, ReadOnlySpan<ulong> otherLeft, ReadOnlySpan<ulong> otherRight, Span<ulong> otherResult)
    {
        Multiply(left, right, result);
        Multiply(otherLeft, otherRight, otherResult);
    }

    /// <summary>value^exponent by fixed windows; the table is read whole for each, so that no address depends on the exponent.</summary>
    /// <param name="bits">Bits of the exponent to go through, the same for all exponents.</param>
    public void Power(ReadOnlySpan<ulong> value, ReadOnlySpan<ulong> exponent, int bits, Span<ulong> result)
    {
        const int Window = 5;
        var words = WordCount;
        var table = new ulong[words << Window];
        One.CopyTo(table);
        for (var i = 1; i < 1 << Window; i++)
        {
            Multiply(table.AsSpan((i - 1) * words, words), value, table.AsSpan(i * words, words));
        }

        Span<ulong> factor = stackalloc ulong[words];
        Span<ulong> power = stackalloc ulong[words];
        One.CopyTo(power);
        for (var position = (bits - 1) / Window * Window; position >= 0; position -= Window)
        {
            for (var i = 0; i < Window; i++)
            {
                Square(power, power);
            }

            Select(table, Limbs.Bits(exponent, position, Window), factor);
            Multiply(power, factor, power);
        }

        power.CopyTo(result);
    }

    /// <summary>Entry <paramref name="index"/> of a table, after reading all of them.</summary>
    public static void Select(ReadOnlySpan<ulong> table, int index, Span<ulong> entry)
    {
        entry.Clear();
        for (var i = 0; i * entry.Length < table.Length; i++)
        {
            Limbs.CopyIf(Limbs.AreEqual((ulong)i, (ulong)index), table.Slice(i * entry.Length, entry.Length), entry);
        }
    }
}
