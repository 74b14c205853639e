using System.Numerics;
using ActiveCitizens.Voting.Groups;
using CsCheck;

namespace ActiveCitizens.Voting.Tests.Groups;

/// <summary>The groups give the published answers, and those of the slow, obvious version for every operation.</summary>
public sealed class GroupTests
{
    private const string Ed25519 = "Ed25519";
    private const string PointByPoint = GroupSamples.PointByPoint;
    private const string LimbByLimb = GroupSamples.LimbByLimb;
    private const string Belenios = "BELENIOS-2048";
    private const string Rfc3526 = "RFC-3526-2048";

    [Theory, InlineData(Ed25519), InlineData(PointByPoint), InlineData(Belenios), InlineData(LimbByLimb), InlineData(Rfc3526)]
    public void Groups_give_the_known_answers(string name) => KnownAnswers.Check(GroupSamples.Find(name));

    [Theory, InlineData(Ed25519), InlineData(PointByPoint), InlineData(Rfc3526)]
    public void Shuffle_generators_are_the_known_ones(string name) => KnownAnswers.CheckGenerators(GroupSamples.Find(name));

    [Theory, InlineData(Ed25519), InlineData(PointByPoint), InlineData(Belenios), InlineData(LimbByLimb), InlineData(Rfc3526)]
    public void Shuffle_generators_are_those_of_the_slow_version(string name)
    {
        var (fast, slow) = (GroupSamples.Find(name), ReferenceGroup.Find(name));
        foreach (var index in new[] { -1, 0, 17, 1000 })
        {
            Assert.Equal(slow.Text(slow.ShuffleGenerator(index)), fast.Text(fast.ShuffleGenerator(index)));
        }
    }

    [Theory, InlineData(Ed25519), InlineData(PointByPoint), InlineData(Rfc3526)]
    public void Integers_are_embedded_as_published(string name) => KnownAnswers.CheckEmbedding(GroupSamples.Find(name));

    [Theory, InlineData(Ed25519), InlineData(PointByPoint), InlineData(Rfc3526)]
    public void Embedded_integers_come_back(string name)
    {
        var group = GroupSamples.Find(name);
        var counts = Gen.OneOf(Gen.Int[0, 5], Gen.Const(group.Embedding!.MaxCount));
        counts.SelectMany(n => Gen.Int[0, 255].Array[n]).Sample(values => Assert.Equal(values, group.Extract(group.Embed(values), values.Length)), iter: 20);
    }

    [Theory, InlineData(Ed25519), InlineData(PointByPoint), InlineData(Rfc3526)]
    public void Too_many_or_too_large_integers_are_refused(string name)
    {
        var group = GroupSamples.Find(name);
        Assert.Throws<ArgumentException>(() => group.Embed(new int[group.Embedding!.MaxCount + 1]));
        Assert.Throws<ArgumentException>(() => group.Embed([1, 256]));
        Assert.Throws<ArgumentException>(() => group.Embed([-1]));
        Assert.Throws<ArgumentException>(() => group.Extract(group.Identity, -1));
    }

    [Fact]
    public void A_group_without_embedding_says_so() =>
        Assert.Throws<InvalidOperationException>(() => GroupSamples.Find(Belenios).Embed([1]));

    [Fact]
    public void Integers_above_the_modulus_cannot_be_embedded() =>
        Assert.Throws<ArgumentException>(() => GroupSamples.Find(Rfc3526).Embed([.. Enumerable.Repeat(255, 255)]));

    [Fact]
    public void Only_the_three_names_of_the_protocol_are_groups()
    {
        Assert.Null(Group.Find("ed25519"));
        Assert.Null(Group.Find(""));
        Assert.Null(Group.Find("RFC-3526-3072"));
        Assert.Same(Group.Find(Belenios), Group.Find(Belenios));
    }

    [Theory, InlineData(Ed25519, 8), InlineData(PointByPoint, 8), InlineData(Belenios, 10), InlineData(LimbByLimb, 5), InlineData(Rfc3526, 4)]
    public void Every_way_to_raise_to_a_power_agrees_with_the_slow_version(string name, int samples)
    {
        var (fast, slow) = (GroupSamples.Find(name), ReferenceGroup.Find(name));
        var exponents = GroupSamples.Exponents(fast.Scalars.Order);
        Gen.Select(exponents, exponents).Sample(
            (first, second) =>
            {
                var element = slow.GeneratorPower(slow.Scalars.Of(first));
                var text = slow.Text(element);
                var (value, exponent) = (fast.Element(text), fast.Scalars.Of(second));
                var expected = slow.Text(slow.Power(element, slow.Scalars.Of(second)));
                Assert.Equal(text, fast.Text(fast.GeneratorPower(fast.Scalars.Of(first))));
                Assert.Equal(expected, fast.Text(fast.Power(value, exponent)));
                Assert.Equal(expected, fast.Text(fast.ProductOfPowersVariableTime((fast.Prepare(value), exponent))));
                Assert.Equal(expected, fast.Text(fast.ProductOfPowersVariableTime((fast.Base(text), exponent))));
            },
            iter: samples);
    }

    [Theory, InlineData(Ed25519, 200), InlineData(PointByPoint, 200), InlineData(Belenios, 100), InlineData(LimbByLimb, 100), InlineData(Rfc3526, 12)]
    public void Secret_and_public_powers_agree(string name, int samples)
    {
        var group = GroupSamples.Find(name);
        var element = group.GeneratorPower(group.Scalars.Of(BigInteger.Parse("1234567890123456789012345678901234567890", provider: null)));
        var (prepared, table) = (group.Prepare(element), group.PrepareFixed(element));
        GroupSamples.Exponents(group.Scalars.Order).Sample(
            value =>
            {
                var exponent = group.Scalars.Of(value);
                var expected = group.Power(element, exponent);
                Assert.Equal(expected, group.ProductOfPowersVariableTime((prepared, exponent)));
                Assert.Equal(expected, group.ProductOfPowersVariableTime((table, exponent)));
                Assert.Equal(group.GeneratorPower(exponent), group.Power(group.Generator, exponent));
                Assert.Equal(group.GeneratorPower(exponent), group.ProductOfPowersVariableTime((group.FixedGenerator, exponent)));
            },
            iter: samples);
    }

    [Theory, InlineData(Ed25519, 100), InlineData(PointByPoint, 100), InlineData(Belenios, 30), InlineData(LimbByLimb, 30), InlineData(Rfc3526, 5)]
    public void A_product_of_powers_is_the_product_of_the_powers(string name, int samples)
    {
        var group = GroupSamples.Find(name);
        var generator = group.FixedGenerator;
        var other = group.PrepareFixed(group.ShuffleGenerator(-1));
        PublicBase[] bases = [generator, other, .. Enumerable.Range(0, 4).Select(i => group.Prepare(group.ShuffleGenerator(i))), group.Prepare(group.Identity)];
        Gen.Select(Gen.Int[0, bases.Length - 1], GroupSamples.Exponents(group.Scalars.Order)).Array[0, 9].Sample(
            terms =>
            {
                var factors = terms.Select(term => (Base: bases[term.Item1], Exponent: group.Scalars.Of(term.Item2))).ToArray();
                var expected = factors.Aggregate(group.Identity, (product, factor) => group.Multiply(product, group.Power(factor.Base.Element, factor.Exponent)));
                Assert.Equal(expected, group.ProductOfPowersVariableTime(factors));
            },
            iter: samples);
    }

    [Theory, InlineData(Ed25519, 40), InlineData(PointByPoint, 10), InlineData(Belenios, 5), InlineData(LimbByLimb, 5), InlineData(Rfc3526, 2)]
    public void Products_computed_together_are_those_computed_alone(string name, int samples)
    {
        var group = GroupSamples.Find(name);
        var other = group.PrepareFixed(group.ShuffleGenerator(-1));
        Gen.Select(Gen.Int[0, 5], GroupSamples.Exponents(group.Scalars.Order)).Array[0, 5].Array[0, 30].Sample(
            products =>
            {
                // Prepared anew for every sample: some of the doublings are then still to be done.
                PublicBase[] bases = [group.FixedGenerator, other, .. Enumerable.Range(0, 4).Select(i => group.Prepare(group.ShuffleGenerator(i)))];
                var lists = products.Select(terms => terms.Select(term => (bases[term.Item1], group.Scalars.Of(term.Item2))).ToArray()).ToArray();
                var together = group.ProductsOfPowersVariableTime(lists);
                Assert.Equal(lists.Select(factors => factors.Aggregate(group.Identity, (product, factor) => group.Multiply(product, group.Power(factor.Item1.Element, factor.Item2)))), together);
            },
            iter: samples);
    }

    [Theory, InlineData(Ed25519), InlineData(PointByPoint), InlineData(Belenios), InlineData(Rfc3526)]
    public void A_base_may_be_used_by_many_threads_at_once_before_it_is_prepared(string name)
    {
        var group = GroupSamples.Find(name);
        var bases = Enumerable.Range(0, 4).Select(i => group.Prepare(group.ShuffleGenerator(i))).ToArray();
        var exponents = Enumerable.Range(0, 40).Select(i => group.Scalars.Of(BigInteger.Pow(i + 3, 150))).ToArray();
        var products = new Element[exponents.Length];
        Parallel.For(0, products.Length, i => products[i] = group.ProductOfPowersVariableTime((bases[i % 4], exponents[i]), (bases[(i + 1) % 4], group.Scalars.One)));
        Assert.Equal(exponents.Select((exponent, i) => group.Multiply(group.Power(group.ShuffleGenerator(i % 4), exponent), group.ShuffleGenerator((i + 1) % 4))), products);
    }

    [Theory, InlineData(Ed25519, 8), InlineData(PointByPoint, 8), InlineData(Belenios, 10), InlineData(LimbByLimb, 5), InlineData(Rfc3526, 4)]
    public void Products_inverses_and_quotients_agree_with_the_slow_version(string name, int samples)
    {
        var (fast, slow) = (GroupSamples.Find(name), ReferenceGroup.Find(name));
        var elements = GroupSamples.Exponents(fast.Scalars.Order).Select(e => fast.Text(fast.GeneratorPower(fast.Scalars.Of(e))));
        Gen.Select(elements, elements).Sample(
            (first, second) =>
            {
                var (a, b) = (fast.Element(first), fast.Element(second));
                var (x, y) = (slow.Element(first), slow.Element(second));
                Assert.Equal(
                    slow.Encode(slow.Multiply(x, y), slow.Multiply(x, x), slow.Invert(x), slow.Divide(x, y), slow.Divide(x, x)),
                    fast.Encode(fast.Multiply(a, b), fast.Multiply(a, a), fast.Invert(a), fast.Divide(a, b), fast.Divide(a, a)));
                Assert.Equal(first == second, a.Equals(b));
                Assert.Equal(fast.Element(first).GetHashCode(), fast.Multiply(a, fast.Identity).GetHashCode());
            },
            iter: samples);
    }

    [Theory, InlineData(Ed25519), InlineData(PointByPoint), InlineData(Belenios), InlineData(LimbByLimb), InlineData(Rfc3526)]
    public void The_identity_is_an_element_like_others(string name)
    {
        var group = GroupSamples.Find(name);
        var text = group.Text(group.Identity);
        Assert.Equal(group.Identity, group.Element(text));
        Assert.Equal(group.Identity, group.ProductOfPowersVariableTime());
        Assert.Equal(group.Identity, group.ProductOfPowersVariableTime((group.Base(text), group.Scalars.Of(-1))));
        Assert.Equal(group.Identity, group.Power(group.Identity, group.Scalars.Of(12345)));
        Assert.Equal(group.Identity, group.Power(group.Generator, group.Scalars.Zero));
        Assert.Equal(group.Identity, group.Invert(group.Identity));
        Assert.Empty(group.Encode());
        Assert.NotEqual(group.Identity, group.Generator);
    }
}
