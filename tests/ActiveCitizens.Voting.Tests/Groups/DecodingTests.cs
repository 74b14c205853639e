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
    private static readonly Group PointByPoint = GroupSamples.Find(GroupSamples.PointByPoint);
    private static readonly ReferenceEd25519 SlowCurve = new();

    [Theory, InlineData("Ed25519"), InlineData(GroupSamples.PointByPoint)]
    public void Published_texts_that_are_no_elements_are_refused(string name) => KnownAnswers.CheckRejected(GroupSamples.Find(name));

    [Theory, InlineData("Ed25519"), InlineData(GroupSamples.PointByPoint), InlineData("BELENIOS-2048"), InlineData("RFC-3526-2048")]
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

    [Theory, InlineData("BELENIOS-2048", 12), InlineData(GroupSamples.LimbByLimb, 12), InlineData("RFC-3526-2048", 20)]
    public void Membership_of_numbers_agrees_with_the_slow_version(string name, int samples)
    {
        var (group, slow) = (GroupSamples.Find(name), (ReferenceFiniteField)ReferenceGroup.Find(name));
        Gen.OneOf(GroupSamples.Numbers(256).Select(n => n % slow.Modulus), Gen.Int[0, 100].Select(i => (BigInteger)i), Gen.Int[1, 100].Select(i => slow.Modulus - i))
            .Sample(number => Assert.Equal(slow.Accepts(Decimal(number)), group.Accepts(Decimal(number))), iter: samples);
    }

    [Fact]
    public void Points_with_a_small_order_component_are_refused()
    {
        // q times any point of the curve leaves its component of order 1, 2, 4 or 8: one of order 8 makes them all.
        var generator = Enumerable.Range(2, 400)
            .Select(y => SlowCurve.TryPoint(y, out var point) ? SlowCurve.TimesOrder(point) : SlowCurve.Identity)
            .First(point => !SlowCurve.Power(point, SlowCurve.Scalars.Of(4)).Equals(SlowCurve.Identity));
        var texts = new List<string>();
        for (var i = 0; i < 11; i++)
        {
            var member = SlowCurve.Element(Curve.Text(i == 0 ? Curve.Identity : Curve.ShuffleGenerator(i)));
            for (var order = 0; order < 8; order++)
            {
                var text = SlowCurve.Text(SlowCurve.Multiply(member, SlowCurve.Power(generator, SlowCurve.Scalars.Of(order))));
                texts.Add(text);
                Assert.Equal(order == 0, Curve.Accepts(text));
                Assert.Equal(order == 0, PointByPoint.Accepts(text));
            }
        }

        Assert.Equal(88, texts.Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 88).Select(i => i % 8 == 0), Curve.DecodeAll([.. texts.Select(Bytes)]).Select(element => element is not null));
    }

    [Theory, InlineData("Ed25519"), InlineData(GroupSamples.PointByPoint), InlineData("BELENIOS-2048"), InlineData("RFC-3526-2048")]
    public void Texts_decoded_together_are_those_decoded_alone(string name)
    {
        var group = GroupSamples.Find(name);
        var good = Enumerable.Range(0, 20).Select(i => group.Text(group.ShuffleGenerator(i))).ToArray();
        Gen.OneOf(Gen.OneOfConst(good), Gen.OneOfConst("", "0", "1", "2", "é", new string('f', 64), new string('0', 64), "00" + good[0])).Array[0, 20].Sample(
            texts =>
            {
                var together = group.DecodeAll([.. texts.Select(Bytes)]);
                Assert.Equal(texts.Select(text => group.TryDecode(Bytes(text).Span, out Element? element) ? element : null), together.Select(element => element?.Element));
                foreach (var element in together.OfType<PublicBase>())
                {
                    Assert.Equal(group.Multiply(element.Element, element.Element), group.ProductOfPowersVariableTime((element, group.Scalars.Of(2))));
                }
            },
            iter: 8);
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
                var expected = SlowCurve.TryDecode(Encoding.ASCII.GetBytes(text), out Element? _);
                Assert.Equal(expected, Curve.Accepts(text));
                Assert.Equal(expected, PointByPoint.Accepts(text));
            },
            iter: 40);
    }

    [Fact]
    public void Random_bytes_never_do_more_than_fail() =>
        Gen.Select(Gen.OneOfConst("Ed25519", "BELENIOS-2048", "RFC-3526-2048"), Gen.Byte.Array[0, 700]).Sample(
            (name, bytes) =>
            {
                // A few digits are a number, and perhaps an element: the tests above have those.
                var isNumber = bytes.Length > 0 && bytes.All(b => char.IsAsciiDigit((char)b));
                Assert.True(isNumber || !GroupSamples.Find(name).Accepts(bytes));
                Assert.True(isNumber || !GroupSamples.Find(name).Scalars.TryParse(bytes, out _));
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

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Decimal(BigInteger value) => value.ToString(CultureInfo.InvariantCulture);
}
