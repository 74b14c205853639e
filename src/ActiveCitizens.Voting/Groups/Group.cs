using System.Diagnostics.CodeAnalysis;
using ActiveCitizens.Voting.Groups.Curve25519;
using ActiveCitizens.Voting.Groups.FiniteFields;

namespace ActiveCitizens.Voting.Groups;

/// <summary>A cyclic group of prime order q in which elections are encrypted, written multiplicatively: PROTOCOL.md section 2.</summary>
/// <remarks>
/// <para>Members whose name ends in <c>VariableTime</c>, and everything that takes a <see cref="PublicBase"/>, take a time that depends on
/// their operands: for verification only. All other members take a time that depends on public sizes alone.</para>
/// <para>Elements, bases and scalars of one group given to another are a bug of the caller (<see cref="InvalidCastException"/> or a wrong result).
/// Instances are immutable and safe for concurrent use.</para>
/// </remarks>
public abstract class Group
{
    private static readonly Lazy<Group> Curve = new(() => new Ed25519Group(FieldVector.IsSupported ? new VectorCurveEngine() : new ScalarCurveEngine()));
    private static readonly Lazy<Group> Belenios2048 = new(FiniteFieldParameters.Belenios2048);
    private static readonly Lazy<Group> Rfc3526 = new(FiniteFieldParameters.Rfc3526);

    /// <summary>The default for new elections.</summary>
    public static Group Ed25519 => Curve.Value;

    /// <summary>The group of that <see cref="Name"/>, always the same instance; null when there is none.</summary>
    public static Group? Find(string name) => name switch
    {
        "Ed25519" => Curve.Value,
        "BELENIOS-2048" => Belenios2048.Value,
        "RFC-3526-2048" => Rfc3526.Value,
        _ => null,
    };

    /// <summary>The name in the election file: <c>Ed25519</c>, <c>BELENIOS-2048</c> or <c>RFC-3526-2048</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Arithmetic modulo q.</summary>
    public abstract ScalarField Scalars { get; }

    public abstract Element Identity { get; }

    public abstract Element Generator { get; }

    /// <summary>How small integers are embedded for ranked questions; null when the group has no embedding.</summary>
    public abstract IntegerEmbedding? Embedding { get; }

    /// <summary>Longest text of an element, in bytes: a bound to apply before parsing.</summary>
    public abstract int MaxTextLength { get; }

    /// <summary>Reads an element: its one canonical spelling, and a member of the group of order q.</summary>
    /// <returns>False for any other text, of any length.</returns>
    public abstract bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out Element? element);

    /// <summary>As <see cref="TryDecode(ReadOnlySpan{byte}, out Element?)"/>, and prepares the element for several powers: what the membership test computed is used again.</summary>
    public abstract bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out PublicBase? element);

    /// <summary>Decodes many elements, as <see cref="TryDecode(ReadOnlySpan{byte}, out PublicBase?)"/> does one: several times faster than one by one where the processor computes on eight at once.</summary>
    /// <returns>As many as <paramref name="texts"/>, in their order; null where the text is no element.</returns>
    public virtual PublicBase?[] DecodeAll(params ReadOnlySpan<ReadOnlyMemory<byte>> texts)
    {
        var decoded = new PublicBase?[texts.Length];
        for (var i = 0; i < decoded.Length; i++)
        {
            decoded[i] = TryDecode(texts[i].Span, out PublicBase? element) ? element : null;
        }

        return decoded;
    }

    /// <summary>The canonical texts (ASCII), with one shared inversion where the representation needs one.</summary>
    /// <returns>As many texts as <paramref name="elements"/>, in their order.</returns>
    public abstract string[] Encode(params ReadOnlySpan<Element> elements);

    public abstract Element Multiply(Element left, Element right);

    public abstract Element Invert(Element value);

    public Element Divide(Element left, Element right) => Multiply(left, Invert(right));

    /// <summary>value^exponent, for secret exponents or bases.</summary>
    public abstract Element Power(Element value, Scalar exponent);

    /// <summary>g^exponent, for secret exponents.</summary>
    public abstract Element GeneratorPower(Scalar exponent);

    /// <summary>Prepares an element for a few powers that share its doublings.</summary>
    public abstract PublicBase Prepare(Element element);

    /// <summary>Prepares an element for thousands of powers (the generator, an election's key): a large table, so that no doubling is left.</summary>
    public abstract PublicBase PrepareFixed(Element element);

    /// <summary>The generator, prepared once.</summary>
    public abstract PublicBase FixedGenerator { get; }

    /// <summary>The product of Base^Exponent over the factors, in variable time.</summary>
    public abstract Element ProductOfPowersVariableTime(params ReadOnlySpan<(PublicBase Base, Scalar Exponent)> factors);

    /// <summary>Many products, each as <see cref="ProductOfPowersVariableTime"/>: several times faster than one by one where the processor computes on eight at once.</summary>
    /// <returns>As many as <paramref name="products"/>, in their order.</returns>
    /// <remarks>Worth collecting for: all commitments of a ballot in one call.</remarks>
    public virtual Element[] ProductsOfPowersVariableTime(params ReadOnlySpan<(PublicBase Base, Scalar Exponent)[]> products)
    {
        var results = new Element[products.Length];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = ProductOfPowersVariableTime(products[i]);
        }

        return results;
    }

    /// <summary>gen(<paramref name="index"/>), a generator of which nobody knows the logarithm: PROTOCOL.md section 11.</summary>
    /// <param name="index">-1 for h, from 0 for the h_i.</param>
    public abstract Element ShuffleGenerator(int index);

    /// <summary>of_ints of PROTOCOL.md section 2.5: the element that carries the values of a ranked answer.</summary>
    /// <param name="values">At most <see cref="IntegerEmbedding.MaxCount"/>, each within <see cref="IntegerEmbedding.BitsPerInteger"/> bits, most significant first.</param>
    /// <remarks>The number of candidates tried depends on the values, and so does the time: the smallest padding that makes an element is the one that counts.</remarks>
    /// <exception cref="InvalidOperationException">The group has no <see cref="Embedding"/>.</exception>
    /// <exception cref="ArgumentException">Too many values, one out of range, or values that no padding makes an element.</exception>
    public Element Embed(ReadOnlySpan<int> values)
    {
        var (bits, padding) = CheckEmbedding(values.Length);
        var integer = new byte[IntegerLength];
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[values.Length - 1 - i];
            if (value < 0 || value >> bits != 0)
            {
                throw new ArgumentException($"Value {values.Length - 1 - i} to embed is {value}; it must be in 0 to {(1 << bits) - 1}.", nameof(values));
            }

            XorBits(integer, value, padding + (bits * i));
        }

        for (var epsilon = 0; epsilon < 1 << padding; epsilon++)
        {
            // Counting up from zero, one bit pattern replaces the one before it.
            XorBits(integer, epsilon ^ Math.Max(epsilon - 1, 0), 0);
            if (TryRead(integer, out var element))
            {
                return element;
            }
        }

        throw new ArgumentException("No padding makes these values an element of the group.", nameof(values));
    }

    /// <summary>to_ints of PROTOCOL.md section 2.5: the values that an element carries; whatever lies above them is ignored.</summary>
    /// <exception cref="InvalidOperationException">The group has no <see cref="Embedding"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="count"/> is negative or above <see cref="IntegerEmbedding.MaxCount"/>.</exception>
    public int[] Extract(Element element, int count)
    {
        var (bits, padding) = CheckEmbedding(count);
        var integer = new byte[IntegerLength];
        Write(element, integer);
        var values = new int[count];
        for (var i = 0; i < count; i++)
        {
            for (var bit = 0; bit < bits; bit++)
            {
                var position = padding + (bits * i) + bit;
                values[count - 1 - i] |= ((integer[^(1 + (position / 8))] >> (position % 8)) & 1) << bit;
            }
        }

        return values;
    }

    /// <summary>Bytes of the integer that stands for an element: the residue in a finite field, z on the curve.</summary>
    protected abstract int IntegerLength { get; }

    /// <summary>The element that a big-endian integer of <see cref="IntegerLength"/> bytes stands for, if it stands for one.</summary>
    protected abstract bool TryRead(ReadOnlySpan<byte> bigEndian, [NotNullWhen(true)] out Element? element);

    /// <summary>The big-endian integer that stands for an element.</summary>
    protected abstract void Write(Element element, Span<byte> bigEndian);

    private (int Bits, int Padding) CheckEmbedding(int count)
    {
        var embedding = Embedding ?? throw new InvalidOperationException($"The group {Name} has no embedding of integers.");
        return count >= 0 && count <= embedding.MaxCount
            ? (embedding.BitsPerInteger, embedding.PaddingBits)
            : throw new ArgumentException($"{count} integers to embed; the group {Name} holds 0 to {embedding.MaxCount}.", nameof(count));
    }

    private static void XorBits(byte[] integer, int bits, int position)
    {
        for (; bits != 0; bits >>= 1, position++)
        {
            integer[^(1 + (position / 8))] ^= (byte)((bits & 1) << (position % 8));
        }
    }
}

/// <summary>A member of a <see cref="Group"/>. Equality is that of the group, whatever the representation; comparing takes variable time.</summary>
public abstract class Element : IEquatable<Element>
{
    public abstract bool Equals([NotNullWhen(true)] Element? other);

    public sealed override bool Equals([NotNullWhen(true)] object? obj) => obj is Element other && Equals(other);

    public abstract override int GetHashCode();
}

/// <summary>An element with what was computed in advance for its powers. Public values only: its powers take variable time.</summary>
/// <remarks>Holds 10 to 20 kilobytes once used or decoded (100 in RFC-3526-2048): keep the <see cref="Element"/> where thousands must stay in memory.</remarks>
public abstract class PublicBase
{
    public abstract Element Element { get; }
}

/// <summary>Sizes of the embedding of small integers: PROTOCOL.md section 2.5.</summary>
/// <param name="BitsPerInteger">kappa: each integer is in 0 … 2^kappa - 1.</param>
/// <param name="PaddingBits">Low bits free for the search of an element.</param>
/// <param name="MaxCount">How many integers fit.</param>
public sealed record IntegerEmbedding(int BitsPerInteger, int PaddingBits, int MaxCount);
