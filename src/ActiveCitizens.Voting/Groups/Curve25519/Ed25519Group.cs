using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Voting.Groups.Numbers;

namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>The subgroup of prime order q of the curve -x^2 + y^2 = 1 + d x^2 y^2 modulo 2^255 - 19: PROTOCOL.md section 2.4.</summary>
internal sealed class Ed25519Group : Group
{
    private readonly LimbScalars _scalars = new(CurveConstants.Order);
    private readonly AffinePoint[] _generatorRows;
    private readonly CurveEngine _engine;
    private readonly Lazy<PublicBase> _fixedGenerator;

    public Ed25519Group(CurveEngine engine)
    {
        _engine = engine;
        if (!CurveText.TryRecover(CurveConstants.GeneratorY, isOdd: false, out var generator))
        {
            throw new InvalidOperationException("The generator is not on the curve.");
        }

        Generator = new CurveElement(generator);
        _generatorRows = CurvePowers.GeneratorRows(generator);
        _fixedGenerator = new(() => engine.PrepareFixed(Generator));
    }

    public override string Name => "Ed25519";

    public override ScalarField Scalars => _scalars;

    public override CurveElement Identity { get; } = new(CurvePoint.Identity);

    public override CurveElement Generator { get; }

    public override IntegerEmbedding Embedding { get; } = new(BitsPerInteger: 8, PaddingBits: 14, MaxCount: 30);

    public override int MaxTextLength => CurveText.Length;

    public override PublicBase FixedGenerator => _fixedGenerator.Value;

    protected override int IntegerLength => CurveText.ByteLength;

    public override bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out Element? element)
    {
        element = TryDecode(text, out PublicBase? decoded) ? decoded.Element : null;
        return element is not null;
    }

    public override bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out PublicBase? element)
    {
        Span<ulong> z = stackalloc ulong[4];
        element = CurveText.TryParse(text, z) ? Read(z) : null;
        return element is not null;
    }

    public override PublicBase?[] DecodeAll(params ReadOnlySpan<ReadOnlyMemory<byte>> texts)
    {
        var zs = new ulong[4 * texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            if (!CurveText.TryParse(texts[i].Span, zs.AsSpan(4 * i, 4)))
            {
                // y of 255 ones is not below P.
                zs.AsSpan(4 * i, 4).Fill(ulong.MaxValue);
            }
        }

        var decoded = new PublicBase?[texts.Length];
        _engine.Decode(zs, decoded);
        return decoded;
    }

    public override string[] Encode(params ReadOnlySpan<Element> elements)
    {
        var points = new CurvePoint[elements.Length];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = ((CurveElement)elements[i]).Point;
        }

        var limbs = CurveText.Write(points);
        var texts = new string[points.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = CurveText.Format(limbs.AsSpan(4 * i, 4));
        }

        return texts;
    }

    public override Element Multiply(Element left, Element right)
    {
        CurvePoint.Add(out var product, ((CurveElement)left).Point, ((CurveElement)right).Point);
        return new CurveElement(product);
    }

    public override Element Invert(Element value)
    {
        CurvePoint.Negate(out var inverse, ((CurveElement)value).Point);
        return new CurveElement(inverse);
    }

    public override Element Power(Element value, Scalar exponent)
    {
        CurvePowers.Power(out var power, ((CurveElement)value).Point, ((LimbScalar)exponent).Limbs);
        return new CurveElement(power);
    }

    public override Element GeneratorPower(Scalar exponent)
    {
        CurvePowers.GeneratorPower(out var power, _generatorRows, ((LimbScalar)exponent).Limbs);
        return new CurveElement(power);
    }

    public override PublicBase Prepare(Element element) => _engine.Prepare((CurveElement)element);

    public override PublicBase PrepareFixed(Element element) => _engine.PrepareFixed((CurveElement)element);

    public override Element ProductOfPowersVariableTime(params ReadOnlySpan<(PublicBase Base, Scalar Exponent)> factors) =>
        _engine.ProductsOfPowers([factors.ToArray()])[0];

    public override Element[] ProductsOfPowersVariableTime(params ReadOnlySpan<(PublicBase Base, Scalar Exponent)[]> products) =>
        _engine.ProductsOfPowers(products);

    public override Element ShuffleGenerator(int index)
    {
        Span<ulong> z = stackalloc ulong[4];
        Limbs.ReadBigEndian(SHA256.HashData(Encoding.ASCII.GetBytes(FormattableString.Invariant($"ggen|{index}"))), z);
        for (var i = 0; i < 4; i++)
        {
            z[i] = (z[i] >> 2) | (i < 3 ? z[i + 1] << 62 : 0);
        }

        CurvePoint point;
        while (!CurveText.TryRecover(z, out point))
        {
            Limbs.Add(z, [1, 0, 0, 0]);
        }

        CurvePoint.Double(out point, point, 3);
        return new CurveElement(point);
    }

    protected override bool TryRead(ReadOnlySpan<byte> bigEndian, [NotNullWhen(true)] out Element? element)
    {
        Span<ulong> z = stackalloc ulong[4];
        Limbs.ReadBigEndian(bigEndian, z);
        element = Read(z)?.Element;
        return element is not null;
    }

    protected override void Write(Element element, Span<byte> bigEndian) =>
        Limbs.WriteBigEndian(CurveText.Write([((CurveElement)element).Point]), bigEndian);

    private PublicBase? Read(ReadOnlySpan<ulong> z)
    {
        var decoded = new PublicBase?[1];
        _engine.Decode(z, decoded);
        return decoded[0];
    }
}
