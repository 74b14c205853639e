namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>Powers with secret exponents: the same operations and the same addresses whatever the exponent.</summary>
internal static class CurvePowers
{
    private const int Window = 4;
    private const int Size = 1 << (Window - 1);

    /// <summary>Rows for <see cref="GeneratorPower"/>: digits at even positions, 256^i apart.</summary>
    public static AffinePoint[] GeneratorRows(in CurvePoint generator)
    {
        var rows = CurveTables.Rows(generator, Window, SignedDigits.Count(Window));
        var even = new AffinePoint[rows.Length / 2];
        for (var row = 0; row < even.Length / Size; row++)
        {
            rows.AsSpan(2 * row * Size, Size).CopyTo(even.AsSpan(row * Size));
        }

        return even;
    }

    /// <summary>Fixed windows of four bits.</summary>
    public static void Power(out CurvePoint power, in CurvePoint value, ReadOnlySpan<ulong> exponent)
    {
        var multiples = CurveTables.Multiples(value, Size);
        Span<short> digits = stackalloc short[SignedDigits.Count(Window)];
        SignedDigits.Write(exponent, Window, digits);
        power = CurvePoint.Identity;
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            CurvePoint.Double(out power, power, Window);
            var factor = new CachedPoint { YPlusX = FieldElement.One, YMinusX = FieldElement.One, Z2 = new() { L0 = 2 } };
            var (magnitude, negative) = Split(digits[i]);
            for (var j = 0; j < Size; j++)
            {
                CachedPoint.CopyIf(Numbers.Limbs.AreEqual(magnitude, (ulong)j + 1), multiples[j], ref factor);
            }

            CachedPoint.NegateIf(negative, ref factor);
            CurvePoint.Add(out power, power, factor);
        }
    }

    /// <summary>Digits at odd positions first, four doublings, digits at even positions: as in "High-speed high-security signatures", section 4.</summary>
    public static void GeneratorPower(out CurvePoint power, AffinePoint[] rows, ReadOnlySpan<ulong> exponent)
    {
        Span<short> digits = stackalloc short[SignedDigits.Count(Window)];
        SignedDigits.Write(exponent, Window, digits);
        power = CurvePoint.Identity;
        for (var i = 1; i < digits.Length; i += 2)
        {
            AddDigit(ref power, rows.AsSpan(i / 2 * Size, Size), digits[i]);
        }

        CurvePoint.Double(out power, power, Window);
        for (var i = 0; i < digits.Length; i += 2)
        {
            AddDigit(ref power, rows.AsSpan(i / 2 * Size, Size), digits[i]);
        }
    }

    private static void AddDigit(ref CurvePoint sum, ReadOnlySpan<AffinePoint> row, short digit)
    {
        var factor = new AffinePoint { YPlusX = FieldElement.One, YMinusX = FieldElement.One };
        var (magnitude, negative) = Split(digit);
        for (var j = 0; j < Size; j++)
        {
            AffinePoint.CopyIf(Numbers.Limbs.AreEqual(magnitude, (ulong)j + 1), row[j], ref factor);
        }

        AffinePoint.NegateIf(negative, ref factor);
        CurvePoint.Add(out sum, sum, factor);
    }

    private static (ulong Magnitude, ulong Negative) Split(short digit)
    {
        var sign = digit >> 31;
        return ((ulong)((digit ^ sign) - sign), (ulong)(sign & 1));
    }
}
