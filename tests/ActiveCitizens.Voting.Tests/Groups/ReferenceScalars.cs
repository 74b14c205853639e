using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Voting.Groups;

namespace ActiveCitizens.Voting.Tests.Groups;

/// <summary>Arithmetic modulo q as a textbook writes it: the yardstick of the fast one.</summary>
internal sealed class ReferenceScalars(BigInteger order) : ScalarField
{
    public override BigInteger Order => order;

    public override int MaxTextLength => (order - 1).ToString(CultureInfo.InvariantCulture).Length;

    public override Scalar Zero => new ReferenceScalar(0);

    public override Scalar One => new ReferenceScalar(1);

    public override Scalar Add(Scalar left, Scalar right) => Of(Value(left) + Value(right));

    public override Scalar Subtract(Scalar left, Scalar right) => Of(Value(left) - Value(right));

    public override Scalar Negate(Scalar value) => Of(-Value(value));

    public override Scalar Multiply(Scalar left, Scalar right) => Of(Value(left) * Value(right));

    public override Scalar Invert(Scalar value) =>
        value.IsZero ? throw new DivideByZeroException() : Of(BigInteger.ModPow(Value(value), order - 2, order));

    public override Scalar Random(RandomNumberGenerator random)
    {
        var bytes = new byte[((int)order.GetBitLength() + 128 + 7) / 8];
        random.GetBytes(bytes);
        return Reduce(bytes);
    }

    public override Scalar Reduce(ReadOnlySpan<byte> bigEndian) => Of(new BigInteger(bigEndian, isUnsigned: true, isBigEndian: true));

    public override Scalar Of(BigInteger value) => new ReferenceScalar(Modulo(value, order));

    public override bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out Scalar? scalar)
    {
        scalar = TryParseDecimal(text, MaxTextLength, out var value) && value < order ? new ReferenceScalar(value) : null;
        return scalar is not null;
    }

    public override string Format(Scalar scalar) => Value(scalar).ToString(CultureInfo.InvariantCulture);

    public static BigInteger Value(Scalar scalar) => ((ReferenceScalar)scalar).Value;

    public static BigInteger Modulo(BigInteger value, BigInteger modulus)
    {
        var remainder = value % modulus;
        return remainder.Sign < 0 ? remainder + modulus : remainder;
    }

    /// <summary>The one spelling of a number: digits, no leading zero.</summary>
    public static bool TryParseDecimal(ReadOnlySpan<byte> text, int maxLength, out BigInteger value)
    {
        value = default;
        return text.Length >= 1 && text.Length <= maxLength
            && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
            && (text.Length == 1 || text[0] != (byte)'0')
            && BigInteger.TryParse(Encoding.ASCII.GetString(text), NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    private sealed class ReferenceScalar(BigInteger value) : Scalar
    {
        public BigInteger Value => value;

        public override bool IsZero => value.IsZero;

        public override bool Equals([NotNullWhen(true)] Scalar? other) => other is ReferenceScalar scalar && scalar.Value == value;

        public override int GetHashCode() => value.GetHashCode();
    }
}
