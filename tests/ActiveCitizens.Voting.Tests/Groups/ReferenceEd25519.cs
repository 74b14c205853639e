using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text;
using ActiveCitizens.Voting.Groups;

namespace ActiveCitizens.Voting.Tests.Groups;

/// <summary>The curve in affine coordinates, each operation as PROTOCOL.md section 2.4 states it.</summary>
internal sealed class ReferenceEd25519() : ReferenceGroup((BigInteger.One << 252) + BigInteger.Parse("27742317777372353535851937790883648493", CultureInfo.InvariantCulture))
{
    public static readonly BigInteger P = (BigInteger.One << 255) - 19;
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdef"u8);
    private static readonly BigInteger D = Modulo(-121665 * Inverse(121666));
    private static readonly BigInteger SquareRootOfMinusOne = BigInteger.ModPow(2, (P - 1) / 4, P);

    public override string Name => "Ed25519";

    public override Element Identity => new Point(0, 1);

    public override Element Generator => TryRecover(Modulo(4 * Inverse(5)), odd: false, out var point) ? point : throw new InvalidOperationException();

    public override IntegerEmbedding Embedding => new(8, 14, 30);

    public override int MaxTextLength => 64;

    protected override int IntegerLength => 32;

    /// <summary>Any point of the curve, of whatever order.</summary>
    public static bool TryDecodePoint(ReadOnlySpan<byte> text, [NotNullWhen(true)] out Element? point)
    {
        point = null;
        return text.Length == 64
            && text.IndexOfAnyExcept(HexDigits) < 0
            && TryDecodePoint(BigInteger.Parse("0" + Encoding.ASCII.GetString(text), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), out point);
    }

    public override bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out Element? element)
    {
        element = TryDecodePoint(text, out var point) && IsMember(point) ? point : null;
        return element is not null;
    }

    public bool IsMember(Element point) => TimesOrder(point).Equals(Identity);

    /// <summary>What is left of a point of the curve besides its component of order q.</summary>
    public Element TimesOrder(Element point) => Power(point, Scalars.Order);

    /// <summary>The point with that y and an even x.</summary>
    public bool TryPoint(BigInteger y, [NotNullWhen(true)] out Element? point) => TryDecodePoint(y, out point);

    public override Element Multiply(Element left, Element right)
    {
        var (x1, y1) = Coordinates(left);
        var (x2, y2) = Coordinates(right);
        var product = Modulo(D * x1 * x2 % P * y1 * y2);

        // Both denominators, 1 + product and 1 - product, by one inversion: it takes nearly all the time.
        var inverse = Inverse((1 + product) * (1 - product));
        return new Point(
            Modulo(((x1 * y2) + (x2 * y1)) * (1 - product) * inverse),
            Modulo(((y1 * y2) + (x1 * x2)) * (1 + product) * inverse));
    }

    public override Element Invert(Element value) => new Point(Modulo(-Coordinates(value).X), Coordinates(value).Y);

    public override Element ShuffleGenerator(int index)
    {
        for (var z = GeneratorHash(index) >> 2; ; z++)
        {
            if (TryDecodePoint(z, out var point))
            {
                return Power(point, 8);
            }
        }
    }

    protected override string Encode(Element element) => Z(element).ToString("x65", CultureInfo.InvariantCulture)[^64..];

    protected override bool TryRead(ReadOnlySpan<byte> bigEndian, [NotNullWhen(true)] out Element? element)
    {
        element = TryDecodePoint(new BigInteger(bigEndian, isUnsigned: true, isBigEndian: true), out var point) && IsMember(point) ? point : null;
        return element is not null;
    }

    protected override void Write(Element element, Span<byte> bigEndian)
    {
        var bytes = Z(element).ToByteArray(isUnsigned: true, isBigEndian: true);
        bigEndian.Clear();
        bytes.CopyTo(bigEndian[^bytes.Length..]);
    }

    private static bool TryDecodePoint(BigInteger z, [NotNullWhen(true)] out Element? point) =>
        TryRecover(z & ((BigInteger.One << 255) - 1), odd: z >> 255 == 1, out point);

    private static bool TryRecover(BigInteger y, bool odd, [NotNullWhen(true)] out Element? point)
    {
        point = null;
        if (y >= P)
        {
            return false;
        }

        var square = Modulo(((y * y) - 1) * Inverse((D * y * y) + 1));
        var x = BigInteger.ModPow(square, (P + 3) / 8, P);
        if (x * x % P != square)
        {
            x = x * SquareRootOfMinusOne % P;
        }

        if (x * x % P != square || (x.IsZero && odd))
        {
            return false;
        }

        point = new Point(x.IsEven == odd ? P - x : x, y);
        return true;
    }

    private static BigInteger Z(Element element)
    {
        var (x, y) = Coordinates(element);
        return y + ((x & 1) << 255);
    }

    private static BigInteger Modulo(BigInteger value) => ReferenceScalars.Modulo(value, P);

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Modulo(value), P - 2, P);

    private static (BigInteger X, BigInteger Y) Coordinates(Element element) => (((Point)element).X, ((Point)element).Y);

    private sealed class Point(BigInteger x, BigInteger y) : Element
    {
        public BigInteger X => x;

        public BigInteger Y => y;

        public override bool Equals([NotNullWhen(true)] Element? other) => other is Point point && point.X == x && point.Y == y;

        public override int GetHashCode() => HashCode.Combine(x, y);
    }
}
