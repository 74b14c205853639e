using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Voting.Groups.Numbers;

namespace ActiveCitizens.Voting.Groups.FiniteFields;

/// <summary>The subgroup of order q of the integers modulo a prime p: PROTOCOL.md sections 2.1 to 2.3.</summary>
internal sealed class FiniteFieldGroup : Group
{
    private readonly LimbScalars _scalars;
    private readonly ulong[] _modulus;
    private readonly BigInteger _cofactor;
    private readonly bool _isSafePrime;
    private readonly int _maxTextLength;
    private readonly Lazy<FixedResidueBase> _fixedGenerator;
    private readonly Lazy<FixedResidueBase> _secretGenerator;

    public FiniteFieldGroup(string name, ResidueField field, BigInteger generator, BigInteger order, IntegerEmbedding? embedding)
    {
        Name = name;
        Embedding = embedding;
        _scalars = new LimbScalars(order);
        Field = field;
        _modulus = Limbs.Of(field.Modulus, field.LimbCount);
        _cofactor = (field.Modulus - 1) / order;
        _isSafePrime = _cofactor == 2;
        _maxTextLength = DecimalText.Format(Limbs.Of(field.Modulus - 1, Field.LimbCount)).Length;
        Identity = new Residue(Field, Field.One.ToArray());
        Generator = Read(Limbs.Of(generator, Field.LimbCount));

        // Multiplications and bucket sums together are fewest near these widths; the tables of fixed bases stay at 2 to 6 megabytes.
        var isLong = _scalars.BitLength > 512;
        Window = isLong ? 6 : 4;
        DigitCount = Digits(Window);
        var fixedWindow = isLong ? 6 : 8;
        _fixedGenerator = new(() => new FixedResidueBase(Field, Generator, fixedWindow, Digits(fixedWindow)));
        _secretGenerator = new(() => new FixedResidueBase(Field, Generator, 4, Digits(4)));
        FixedWindow = fixedWindow;
    }

    public override string Name { get; }

    public override ScalarField Scalars => _scalars;

    public override Residue Identity { get; }

    public override Residue Generator { get; }

    public override IntegerEmbedding? Embedding { get; }

    public override int MaxTextLength => _maxTextLength;

    public override PublicBase FixedGenerator => _fixedGenerator.Value;

    public ResidueField Field { get; }

    /// <summary>Bits of a digit of the exponents of prepared bases.</summary>
    public int Window { get; }

    /// <summary>Digits of an exponent of a prepared base.</summary>
    public int DigitCount { get; }

    protected override int IntegerLength => Field.LimbCount * sizeof(ulong);

    private int FixedWindow { get; }

    public override bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out Element? element)
    {
        element = TryParse(text, out var limbs) && TryRead(limbs, out var decoded) ? decoded.Element : null;
        return element is not null;
    }

    public override bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out PublicBase? element)
    {
        element = TryParse(text, out var limbs) && TryRead(limbs, out var decoded) ? decoded : null;
        return element is not null;
    }

    /// <remarks>The squarings of two elements at a time.</remarks>
    public override PublicBase?[] DecodeAll(params ReadOnlySpan<ReadOnlyMemory<byte>> texts)
    {
        if (_isSafePrime)
        {
            return base.DecodeAll(texts);
        }

        var decoded = new PublicBase?[texts.Length];
        var (waiting, place) = ((ResidueBase?)null, 0);
        for (var i = 0; i < texts.Length; i++)
        {
            if (!TryParse(texts[i].Span, out var limbs))
            {
                continue;
            }

            var residue = new ResidueBase(this, Read(limbs), powers: null);
            if (waiting is null)
            {
                (waiting, place) = (residue, i);
            }
            else
            {
                ResidueBase.Prepare(this, waiting, residue);
                decoded[place] = IsMember(waiting) ? waiting : null;
                decoded[i] = IsMember(residue) ? residue : null;
                waiting = null;
            }
        }

        if (waiting is not null)
        {
            decoded[place] = IsMember(waiting) ? waiting : null;
        }

        return decoded;
    }

    public override string[] Encode(params ReadOnlySpan<Element> elements)
    {
        var texts = new string[elements.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = DecimalText.Format(((Residue)elements[i]).ToLimbs());
        }

        return texts;
    }

    public override Element Multiply(Element left, Element right)
    {
        var product = new ulong[Field.WordCount];
        Field.Multiply(((Residue)left).Words, ((Residue)right).Words, product);
        return new Residue(Field, product);
    }

    /// <remarks>value^(q-1), the inverse in a group of order q.</remarks>
    public override Element Invert(Element value) => Power(value, _scalars.OrderMinusOne);

    public override Element Power(Element value, Scalar exponent)
    {
        var power = new ulong[Field.WordCount];
        Field.Power(((Residue)value).Words, ((LimbScalar)exponent).Limbs, _scalars.BitLength, power);
        return new Residue(Field, power);
    }

    public override Element GeneratorPower(Scalar exponent)
    {
        var table = _secretGenerator.Value;
        var limbs = ((LimbScalar)exponent).Limbs;
        var power = Field.One.ToArray();
        Span<ulong> factor = stackalloc ulong[Field.WordCount];
        for (var i = 0; i < Digits(table.Window); i++)
        {
            ResidueField.Select(table.Row(i), Limbs.Bits(limbs, i * table.Window, table.Window), factor);
            Field.Multiply(power, factor, power);
        }

        return new Residue(Field, power);
    }

    public override PublicBase Prepare(Element element) => new ResidueBase(this, (Residue)element, powers: null);

    public override PublicBase PrepareFixed(Element element) => new FixedResidueBase(Field, (Residue)element, FixedWindow, Digits(FixedWindow));

    public override Element ProductOfPowersVariableTime(params ReadOnlySpan<(PublicBase Base, Scalar Exponent)> factors)
    {
        var buckets = new ResidueBuckets(Field, Window);
        foreach (var (factor, exponent) in factors)
        {
            var limbs = ((LimbScalar)exponent).Limbs;
            if (factor is FixedResidueBase table)
            {
                for (var i = 0; i < Digits(table.Window); i++)
                {
                    var digit = Limbs.Bits(limbs, i * table.Window, table.Window);
                    if (digit != 0)
                    {
                        buckets.Multiply(table.Table, table.Offset(i, digit));
                    }
                }
            }
            else
            {
                buckets.MultiplyPower(((ResidueBase)factor).Powers, limbs);
            }
        }

        return new Residue(Field, buckets.Product());
    }

    /// <remarks>Prepares the bases that need it two at a time.</remarks>
    public override Element[] ProductsOfPowersVariableTime(params ReadOnlySpan<(PublicBase Base, Scalar Exponent)[]> products)
    {
        var unprepared = new HashSet<ResidueBase>();
        foreach (var product in products)
        {
            foreach (var (factor, _) in product)
            {
                if (factor is ResidueBase { IsUnprepared: true } residue)
                {
                    unprepared.Add(residue);
                }
            }
        }

        foreach (var pair in unprepared.Chunk(2))
        {
            if (pair is [var first, var second])
            {
                ResidueBase.Prepare(this, first, second);
            }
        }

        return base.ProductsOfPowersVariableTime(products);
    }

    public override Element ShuffleGenerator(int index)
    {
        var limbs = new ulong[Field.LimbCount];
        Limbs.ReadBigEndian(SHA256.HashData(Encoding.ASCII.GetBytes(FormattableString.Invariant($"ggen|{index}"))), limbs);
        var words = new ulong[Field.WordCount];
        Field.Load(limbs, words);
        Field.Power(words, Limbs.Of(_cofactor, Field.LimbCount), (int)_cofactor.GetBitLength(), words);
        return new Residue(Field, words);
    }

    protected override bool TryRead(ReadOnlySpan<byte> bigEndian, [NotNullWhen(true)] out Element? element)
    {
        var limbs = new ulong[Field.LimbCount];
        Limbs.ReadBigEndian(bigEndian, limbs);
        element = Limbs.IsLess(limbs, _modulus) && TryRead(limbs, out var decoded) ? decoded.Element : null;
        return element is not null;
    }

    protected override void Write(Element element, Span<byte> bigEndian) => Limbs.WriteBigEndian(((Residue)element).ToLimbs(), bigEndian);

    private bool TryParse(ReadOnlySpan<byte> text, out ulong[] limbs)
    {
        limbs = new ulong[Field.LimbCount];
        return text.Length <= _maxTextLength && DecimalText.TryParse(text, limbs) && Limbs.IsLess(limbs, _modulus);
    }

    /// <summary>Membership of a number below p. With a safe prime the subgroup is the non-zero squares; otherwise the squarings of e^q are kept.</summary>
    private bool TryRead(ReadOnlySpan<ulong> limbs, [NotNullWhen(true)] out ResidueBase? element)
    {
        element = null;
        if (_isSafePrime && Jacobi.Symbol(limbs, _modulus) != 1)
        {
            return false;
        }

        var residue = new ResidueBase(this, Read(limbs), powers: null);
        element = _isSafePrime || IsMember(residue) ? residue : null;
        return element is not null;
    }

    /// <summary>e^q = 1.</summary>
    private bool IsMember(ResidueBase element)
    {
        var buckets = new ResidueBuckets(Field, Window);
        buckets.MultiplyPower(element.Powers, _scalars.OrderLimbs);
        return new Residue(Field, buckets.Product()).Equals(Identity);
    }

    private Residue Read(ReadOnlySpan<ulong> limbs)
    {
        var words = new ulong[Field.WordCount];
        Field.Load(limbs, words);
        return new Residue(Field, words);
    }

    private int Digits(int window) => (_scalars.BitLength + window - 1) / window;
}
