using System.Globalization;
using System.Numerics;
using System.Text;
using ActiveCitizens.Voting.Groups;
using CsCheck;

namespace ActiveCitizens.Voting.Tests.Groups;

/// <summary>An element has one spelling, and only members of the group of order q are elements: PROTOCOL.md sections 2.3, 2.4 and 16.</summary>
public sealed class DecodingTests
{
    private static readonly Group Curve = Group.Find("Ed25519")!;
    private static readonly ReferenceEd25519 SlowCurve = new();

    [Fact]
    public void Published_texts_that_are_no_elements_are_refused() => KnownAnswers.CheckRejected(Curve);

    [Theory, InlineData("Ed25519"), InlineData("BELENIOS-2048"), InlineData("RFC-3526-2048")]
    public void Other_spellings_of_an_element_are_refused(string name)
    {
        var group = GroupSamples.Find(name);
        var text = group.Text(group.ShuffleGenerator(3));
        Assert.True(group.Accepts(text));
        Assert.True(text.Length <= group.MaxTextLength);
        foreach (var wrong in new[] { "", "0" + text, "00" + text, "+" + text, "-" + text, " " + text, text + " ", text + "\n", "0x" + text, text.Replace(text[5], 'é'), text[..8] + "\0" + text[9..], text[..8] + "/" + text[9..], text[..8] + ":" + text[9..], text[..8] + "g" + text[9..], "+" + text[1..], "-" + text[1..], new string('9', 100_000), new string('0', 100_000), new string('f', 64), new string('9', 617), new string('0', 617), new string('0', 64) })
        {
            Assert.False(group.Accepts(wrong), wrong);
        }
    }

    [Fact]
    public void Points_in_capitals_or_with_a_digit_more_or_less_are_refused()
    {
        var text = Curve.Text(Curve.ShuffleGenerator(3));
        Assert.False(Curve.Accepts(text.ToUpperInvariant()));
        Assert.False(Curve.Accepts(text[1..]));
        Assert.False(Curve.Accepts(text[..^1]));
        Assert.False(Curve.Accepts(text + "0"));
    }

    [Theory, InlineData("BELENIOS-2048"), InlineData("RFC-3526-2048")]
    public void Numbers_outside_the_subgroup_or_not_below_p_are_refused(string name)
    {
        var (group, slow) = (GroupSamples.Find(name), (ReferenceFiniteField)ReferenceGroup.Find(name));
        var p = slow.Modulus;
        var two = BigInteger.Parse(group.Text(group.GeneratorPower(group.Scalars.Of(2))), CultureInfo.InvariantCulture);
        Assert.False(group.Accepts("0"));
        Assert.True(group.Accepts("1"));
        Assert.False(group.Accepts(Decimal(p - 1)));
        Assert.False(group.Accepts(Decimal(p)));
        Assert.False(group.Accepts(Decimal(p + 1)));
        Assert.False(group.Accepts(Decimal(p - two)));
        Assert.False(group.Accepts(Decimal((BigInteger.One << 2048) - 1)));
        Assert.False(group.Accepts(Decimal(BigInteger.One << 2048)));
        Assert.False(group.Accepts(Decimal((BigInteger.One << 2048) + 1)));
        Assert.False(group.Accepts(Decimal(two + p)));
    }

    [Theory, InlineData("BELENIOS-2048", 12), InlineData("RFC-3526-2048", 40)]
    public void Membership_of_numbers_agrees_with_the_slow_version(string name, int samples)
    {
        var (group, slow) = (GroupSamples.Find(name), (ReferenceFiniteField)ReferenceGroup.Find(name));
        Gen.OneOf(GroupSamples.Numbers(256).Select(n => n % slow.Modulus), Gen.Int[0, 100].Select(i => (BigInteger)i), Gen.Int[1, 100].Select(i => slow.Modulus - i))
            .Sample(number => Assert.Equal(slow.Accepts(Decimal(number)), group.Accepts(Decimal(number))), iter: samples);
    }

    [Fact]
    public void Points_with_a_small_order_component_are_refused()
    {
        // q times any point of the curve leaves its component of order 1, 2, 4 or 8.
        var torsion = Enumerable.Range(2, 400)
            .Select(y => SlowCurve.TryPoint(y, out var point) ? SlowCurve.TimesOrder(point) : null)
            .OfType<Element>()
            .DistinctBy(SlowCurve.Text)
            .ToArray();
        Assert.Equal(8, torsion.Length);
        for (var i = 0; i < 6; i++)
        {
            var member = SlowCurve.Element(Curve.Text(i == 0 ? Curve.Identity : Curve.ShuffleGenerator(i)));
            foreach (var component in torsion)
            {
                var text = SlowCurve.Text(SlowCurve.Multiply(member, component));
                Assert.Equal(component.Equals(SlowCurve.Identity), Curve.Accepts(text));
            }
        }
    }

    [Fact]
    public void Decoding_of_random_and_extreme_points_agrees_with_the_slow_version()
    {
        var top = BigInteger.One << 255;
        var numbers = Gen.OneOf(
            GroupSamples.Numbers(32),
            Gen.Int[0, 40].Select(i => (BigInteger)i),
            Gen.Int[0, 40].Select(i => top + i),
            Gen.Int[1, 40].Select(i => top - i),
            Gen.Int[1, 40].Select(i => (2 * top) - i));
        numbers.Sample(
            z =>
            {
                var text = z.ToString("x65", CultureInfo.InvariantCulture)[^64..];
                Assert.Equal(SlowCurve.Accepts(text), Curve.Accepts(text));
            },
            iter: 60);
    }

    [Fact]
    public void Random_bytes_never_do_more_than_fail() =>
        Gen.Select(Gen.OneOfConst("Ed25519", "BELENIOS-2048", "RFC-3526-2048"), Gen.Byte.Array[0, 700]).Sample(
            (name, bytes) =>
            {
                Assert.False(GroupSamples.Find(name).Accepts(bytes));
                Assert.Equal(bytes.Length > 0 && bytes.All(b => char.IsAsciiDigit((char)b)) && bytes[0] != (byte)'0', GroupSamples.Find(name).Scalars.TryParse(bytes, out _));
            },
            iter: 300);

    [Fact]
    public void Elements_survive_a_round_trip_through_their_text() =>
        Gen.Int[-1, 10_000].Sample(
            index =>
            {
                var text = Curve.Text(Curve.ShuffleGenerator(index));
                Assert.Equal(text, Curve.Text(Curve.Element(text)));
                Assert.Equal(text, Curve.Text(Curve.Base(text).Element));
                Assert.True(Curve.Accepts(Encoding.ASCII.GetBytes(text)));
            },
            iter: 50);

    private static string Decimal(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
}
