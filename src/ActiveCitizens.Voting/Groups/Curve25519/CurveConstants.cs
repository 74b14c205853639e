using System.Globalization;
using System.Numerics;
using ActiveCitizens.Voting.Groups.Numbers;

namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>The numbers of PROTOCOL.md section 2.4.</summary>
internal static class CurveConstants
{
    public static readonly BigInteger Modulus = (BigInteger.One << 255) - 19;

    public static readonly BigInteger Order = (BigInteger.One << 252) + BigInteger.Parse("27742317777372353535851937790883648493", CultureInfo.InvariantCulture);

    public static readonly FieldElement D = Of(Quotient(-121665, 121666));

    public static readonly FieldElement TwoD = Of(2 * Quotient(-121665, 121666));

    public static readonly FieldElement SquareRootOfMinusOne = Of(BigInteger.ModPow(2, (Modulus - 1) / 4, Modulus));

    /// <summary>y = 4/5; x is the even root.</summary>
    public static readonly FieldElement GeneratorY = Of(Quotient(4, 5));

    private static FieldElement Of(BigInteger value) => FieldElement.FromLimbs(Limbs.Of(value % Modulus, 4));

    private static BigInteger Quotient(BigInteger numerator, BigInteger denominator) =>
        (numerator + Modulus) * BigInteger.ModPow(denominator, Modulus - 2, Modulus) % Modulus;
}
