using ActiveCitizens.Voting.Groups.Numbers;

namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>Points as z = y + 2^255 (x mod 2): PROTOCOL.md section 2.4.</summary>
internal static class CurveText
{
    /// <summary>Hexadecimal digits of z.</summary>
    public const int Length = 64;

    /// <summary>Bytes of z.</summary>
    public const int ByteLength = 32;

    private const string Digits = "0123456789abcdef";

    /// <summary>Reads the 64 lower-case digits of z, most significant first.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, Span<ulong> z)
    {
        if (text.Length != Length)
        {
            return false;
        }

        for (var limb = 0; limb < 4; limb++)
        {
            var value = 0UL;
            foreach (var character in text.Slice((3 - limb) * 16, 16))
            {
                var digit = Digits.IndexOf((char)character, StringComparison.Ordinal);
                if (digit < 0)
                {
                    return false;
                }

                value = (value << 4) | (uint)digit;
            }

            z[limb] = value;
        }

        return true;
    }

    /// <summary>The point of the curve, of whatever order, that z stands for. Variable time.</summary>
    /// <param name="z">Four limbs.</param>
    public static bool TryRecover(ReadOnlySpan<ulong> z, out CurvePoint point)
    {
        point = default;
        return TryReadY(z, out var y, out var isOdd) && TryRecover(y, isOdd, out point);
    }

    /// <summary>Splits z into y, which must be below P, and the sign bit.</summary>
    /// <param name="z">Four limbs.</param>
    public static bool TryReadY(ReadOnlySpan<ulong> z, out FieldElement y, out bool isOdd)
    {
        y = FieldElement.FromLimbs(z);
        isOdd = z[3] >> 63 != 0;
        Span<ulong> canonical = stackalloc ulong[4];
        FieldElement.ToLimbs(y, canonical);
        return canonical[..3].SequenceEqual(z[..3]) && canonical[3] == (z[3] & (ulong.MaxValue >> 1));
    }

    /// <summary>x = u v^3 (u v^7)^((P-5)/8) for u/v = (y^2 - 1)/(d y^2 + 1), up to the root of -1: RFC 8032 section 5.1.3.</summary>
    public static bool TryRecover(in FieldElement y, bool isOdd, out CurvePoint point)
    {
        point = default;
        FieldElement.Square(out var square, y);
        FieldElement.Subtract(out var u, square, FieldElement.One);
        FieldElement.Multiply(out var v, square, CurveConstants.D);
        FieldElement.Add(out v, v, FieldElement.One);
        FieldElement.Square(out var v3, v);
        FieldElement.Multiply(out v3, v3, v);
        FieldElement.Square(out var power, v3);
        FieldElement.Multiply(out power, power, v);
        FieldElement.Multiply(out power, power, u);
        FieldElement.PowerForRoot(out power, power);
        FieldElement.Multiply(out var x, power, v3);
        FieldElement.Multiply(out x, x, u);

        FieldElement.Square(out var check, x);
        FieldElement.Multiply(out check, check, v);
        if (!FieldElement.AreEqual(check, u))
        {
            FieldElement.Negate(out u, u);
            if (!FieldElement.AreEqual(check, u))
            {
                return false;
            }

            FieldElement.Multiply(out x, x, CurveConstants.SquareRootOfMinusOne);
        }

        if (FieldElement.IsOdd(x) != isOdd)
        {
            if (FieldElement.IsZero(x))
            {
                return false;
            }

            FieldElement.Negate(out x, x);
        }

        (point.X, point.Y, point.Z) = (x, y, FieldElement.One);
        FieldElement.Multiply(out point.T, x, y);
        return true;
    }

    /// <summary>z of every point, four limbs each, with one inversion for all. Times depend on the number of points alone.</summary>
    public static ulong[] Write(ReadOnlySpan<CurvePoint> points)
    {
        var inverses = InvertZ(points);
        var limbs = new ulong[4 * points.Length];
        Span<ulong> x = stackalloc ulong[4];
        for (var i = 0; i < points.Length; i++)
        {
            FieldElement.Multiply(out var affine, points[i].X, inverses[i]);
            FieldElement.ToLimbs(affine, x);
            FieldElement.Multiply(out affine, points[i].Y, inverses[i]);
            FieldElement.ToLimbs(affine, limbs.AsSpan(4 * i, 4));
            limbs[(4 * i) + 3] |= (x[0] & 1) << 63;
        }

        return limbs;
    }

    /// <summary>The 64 digits of z.</summary>
    public static string Format(ReadOnlySpan<ulong> z)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        Limbs.WriteBigEndian(z, bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>1/Z of every point: P. Montgomery, "Speeding the Pollard and elliptic curve methods of factorization", 1987, section 10.3.1.</summary>
    public static FieldElement[] InvertZ(ReadOnlySpan<CurvePoint> points)
    {
        var inverses = new FieldElement[points.Length];
        var product = FieldElement.One;
        for (var i = 0; i < points.Length; i++)
        {
            inverses[i] = product;
            FieldElement.Multiply(out product, product, points[i].Z);
        }

        FieldElement.Invert(out product, product);
        for (var i = points.Length - 1; i >= 0; i--)
        {
            FieldElement.Multiply(out inverses[i], inverses[i], product);
            FieldElement.Multiply(out product, product, points[i].Z);
        }

        return inverses;
    }
}
