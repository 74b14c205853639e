using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.Json.Serialization;

namespace ActiveCitizens.Budgeting;

/// <summary>An exact fraction in lowest terms with a positive denominator. <c>default</c> is zero.</summary>
/// <remarks>Every comparison that decides a count is made with this type, never with floating point. As JSON it is the text of <see cref="ToDecimalText"/>.</remarks>
[JsonConverter(typeof(RationalJsonConverter))]
public readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    /// <summary>Longest decimal text <see cref="TryParse"/> reads: enough for any budget, too short to stall a reader.</summary>
    public const int MaxTextLength = 40;

    private readonly BigInteger _denominator;

    private Rational(BigInteger numerator, BigInteger denominator)
    {
        Numerator = numerator;
        _denominator = denominator;
    }

    public BigInteger Numerator { get; }

    /// <summary>Always positive; shares no factor with <see cref="Numerator"/>.</summary>
    public BigInteger Denominator => _denominator.IsZero ? BigInteger.One : _denominator;

    public static Rational Zero => default;

    public static Rational One => new(BigInteger.One, BigInteger.One);

    public int Sign => Numerator.Sign;

    public bool IsInteger => Denominator.IsOne;

    /// <summary>The fraction numerator/denominator, reduced.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="denominator"/> is zero.</exception>
    public static Rational Of(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException();
        }

        if (denominator.Sign < 0)
        {
            (numerator, denominator) = (-numerator, -denominator);
        }

        var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        return common.IsOne ? new(numerator, denominator) : new(numerator / common, denominator / common);
    }

    public static implicit operator Rational(long value) => new(value, BigInteger.One);

    public static implicit operator Rational(BigInteger value) => new(value, BigInteger.One);

    public static Rational FromInt64(long value) => value;

    public static Rational FromBigInteger(BigInteger value) => value;

    public static Rational operator +(Rational a, Rational b) =>
        Of(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b) =>
        Of(a.Numerator * b.Denominator - b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Rational operator -(Rational a) => new(-a.Numerator, a.Denominator);

    public static Rational operator *(Rational a, Rational b) => Of(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) => Of(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;

    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;

    public static bool operator <=(Rational a, Rational b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Rational a, Rational b) => a.CompareTo(b) >= 0;

    public static bool operator ==(Rational a, Rational b) => a.Equals(b);

    public static bool operator !=(Rational a, Rational b) => !a.Equals(b);

    public static Rational Add(Rational left, Rational right) => left + right;

    public static Rational Subtract(Rational left, Rational right) => left - right;

    public static Rational Negate(Rational item) => -item;

    public static Rational Multiply(Rational left, Rational right) => left * right;

    public static Rational Divide(Rational left, Rational right) => left / right;

    public static Rational Min(Rational a, Rational b) => a <= b ? a : b;

    public static Rational Max(Rational a, Rational b) => a >= b ? a : b;

    /// <summary>The greatest whole number not above this fraction.</summary>
    public BigInteger Floor()
    {
        var quotient = BigInteger.DivRem(Numerator, Denominator, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }

    /// <summary>Reads a plain decimal: optional sign, digits, optionally a point or comma and digits. No exponent, no grouping.</summary>
    /// <returns>False when the text is anything else or longer than <see cref="MaxTextLength"/>.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Rational value)
    {
        value = default;
        if (text.IsEmpty || text.Length > MaxTextLength)
        {
            return false;
        }

        var negative = text[0] == '-';
        if (negative || text[0] == '+')
        {
            text = text[1..];
        }

        var point = text.IndexOfAny('.', ',');
        var whole = point < 0 ? text : text[..point];
        var decimals = point < 0 ? default : text[(point + 1)..];
        if (whole.IsEmpty || whole.ContainsAnyExceptInRange('0', '9') || decimals.ContainsAnyExceptInRange('0', '9') || (point >= 0 && decimals.IsEmpty))
        {
            return false;
        }

        var digits = BigInteger.Parse(string.Concat(whole, decimals), NumberStyles.None, CultureInfo.InvariantCulture);
        value = Of(negative ? -digits : digits, BigInteger.Pow(10, decimals.Length));
        return true;
    }

    /// <summary>Reads what <see cref="ToString"/> writes ("n" or "n/d") and plain decimals, for values the program itself wrote.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static Rational Parse(string text)
    {
        var bar = text.IndexOf('/', StringComparison.Ordinal);
        if (bar >= 0)
        {
            return Of(
                BigInteger.Parse(text.AsSpan(0, bar), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
                BigInteger.Parse(text.AsSpan(bar + 1), NumberStyles.None, CultureInfo.InvariantCulture));
        }

        return BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
            : TryParse(text, out var value) ? value
            : throw new FormatException($"\"{text}\" is not a number.");
    }

    /// <summary>The nearest double, within two units in the last place; for display and for filters in front of an exact comparison.</summary>
    public double ToDouble() => Quotient(Numerator, Denominator);

    /// <summary>numerator / denominator without reducing it first; the denominator must be positive.</summary>
    internal static double Quotient(BigInteger numerator, BigInteger denominator)
    {
        if (numerator.IsZero)
        {
            return 0;
        }

        var magnitude = BigInteger.Abs(numerator);
        var shift = 64 - (int)(magnitude.GetBitLength() - denominator.GetBitLength());
        var quotient = shift >= 0 ? (magnitude << shift) / denominator : magnitude / (denominator << -shift);
        var value = Math.ScaleB((double)quotient, -shift);
        return numerator.Sign < 0 ? -value : value;
    }

    public int CompareTo(Rational other) =>
        Sign != other.Sign ? Sign.CompareTo(other.Sign) : (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    public bool Equals(Rational other) => Numerator == other.Numerator && Denominator == other.Denominator;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Rational other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);

    /// <summary>"n" for a whole number, else "n/d".</summary>
    public override string ToString() =>
        IsInteger ? Numerator.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    /// <summary>A plain decimal with a point when that is exact ("1331751.11"), else "n/d".</summary>
    public string ToDecimalText()
    {
        var (twos, fives, rest) = (0, 0, Denominator);
        for (; rest.IsEven; rest >>= 1)
        {
            twos++;
        }

        for (; (rest % 5).IsZero; rest /= 5)
        {
            fives++;
        }

        if (!rest.IsOne || IsInteger)
        {
            return ToString();
        }

        var places = Math.Max(twos, fives);
        var digits = (BigInteger.Abs(Numerator) * BigInteger.Pow(10, places) / Denominator).ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        return $"{(Sign < 0 ? "-" : "")}{digits[..^places]}.{digits[^places..]}";
    }
}
