using System.Numerics;
using CsCheck;

namespace ActiveCitizens.Budgeting.Tests;

public sealed class RationalTests
{
    private static readonly Gen<Rational> Any = Gen.Select(Gen.Int[-400, 400], Gen.Int[1, 60]).Select((n, d) => Rational.Of(n, d));

    [Fact]
    public void Arithmetic_undoes_itself_and_agrees_with_the_order() => Gen.Select(Any, Any).Sample((a, b) =>
    {
        Assert.Equal(a, a + b - b);
        Assert.Equal((a - b).Sign, a.CompareTo(b));
        Assert.True(b.Sign == 0 || a * b / b == a);
        Assert.Equal(BigInteger.One, BigInteger.GreatestCommonDivisor(a.Numerator, a.Denominator));
        Assert.True(a.Floor() <= a && a < a.Floor() + 1);
        Assert.Equal(a, Rational.Parse(a.ToString()));
        Assert.Equal(a, Rational.Parse(a.ToDecimalText()));
    });

    [Fact]
    public void The_double_is_near_even_for_numbers_that_no_double_holds() => Gen.Select(Any, Gen.Int[0, 3000]).Sample((a, bits) =>
    {
        var near = (a * (BigInteger.One << bits) / ((BigInteger.One << bits) + 1)).ToDouble();
        var exact = (double)a.Numerator / (double)a.Denominator / (1 + Math.ScaleB(1, -bits));
        Assert.True(Math.Abs(near - exact) <= 1e-15 * Math.Abs(exact));
    });

    [Theory]
    [InlineData("1331751.11", "133175111/100", "1331751.11")]
    [InlineData("2500,75", "10003/4", "2500.75")]
    [InlineData("4000.0", "4000", "4000")]
    [InlineData("-0.5", "-1/2", "-0.5")]
    [InlineData("007", "7", "7")]
    public void A_decimal_is_read_exactly(string text, string fraction, string written)
    {
        Assert.True(Rational.TryParse(text, out var value));
        Assert.Equal((fraction, written), (value.ToString(), value.ToDecimalText()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1e9")]
    [InlineData("1 000")]
    [InlineData("1.000,5")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("=1+1")]
    [InlineData("١٢")]
    [InlineData("99999999999999999999999999999999999999999")]
    public void Anything_else_is_not_a_number(string text) => Assert.False(Rational.TryParse(text, out _));
}
