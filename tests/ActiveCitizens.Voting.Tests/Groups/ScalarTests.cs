using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Voting.Groups;
using CsCheck;

namespace ActiveCitizens.Voting.Tests.Groups;

/// <summary>Arithmetic modulo q agrees with the slow, obvious one.</summary>
public sealed class ScalarTests
{
    public static TheoryData<string> Groups => ["Ed25519", "BELENIOS-2048", "RFC-3526-2048"];

    [Theory, MemberData(nameof(Groups))]
    public void Sums_differences_and_products_agree_with_the_slow_version(string name)
    {
        var scalars = GroupSamples.Find(name).Scalars;
        var slow = new ReferenceScalars(scalars.Order);
        var numbers = GroupSamples.Exponents(scalars.Order);
        Gen.Select(numbers, numbers).Sample(
            (x, y) =>
            {
                var (a, b, r, s) = (scalars.Of(x), scalars.Of(y), slow.Of(x), slow.Of(y));
                Assert.Equal(slow.Format(r), scalars.Format(a));
                Assert.Equal(slow.Format(slow.Add(r, s)), scalars.Format(scalars.Add(a, b)));
                Assert.Equal(slow.Format(slow.Subtract(r, s)), scalars.Format(scalars.Subtract(a, b)));
                Assert.Equal(slow.Format(slow.Multiply(r, s)), scalars.Format(scalars.Multiply(a, b)));
                Assert.Equal(slow.Format(slow.Negate(r)), scalars.Format(scalars.Negate(a)));
                Assert.Equal(x == y, a.Equals(b));
                Assert.Equal(x.IsZero, a.IsZero);
                Assert.Equal(a.GetHashCode(), scalars.Of(x - scalars.Order).GetHashCode());
            },
            iter: 500);
    }

    [Theory, InlineData("Ed25519", 100), InlineData("BELENIOS-2048", 100), InlineData("RFC-3526-2048", 3)]
    public void Inverses_agree_with_the_slow_version(string name, int samples)
    {
        var scalars = GroupSamples.Find(name).Scalars;
        var slow = new ReferenceScalars(scalars.Order);
        GroupSamples.Exponents(scalars.Order).Where(x => !x.IsZero).Sample(
            x => Assert.Equal(slow.Format(slow.Invert(slow.Of(x))), scalars.Format(scalars.Invert(scalars.Of(x)))),
            iter: samples);
        Assert.Throws<DivideByZeroException>(() => scalars.Invert(scalars.Zero));
    }

    [Theory, MemberData(nameof(Groups))]
    public void Numbers_of_any_length_and_sign_are_reduced(string name)
    {
        var scalars = GroupSamples.Find(name).Scalars;
        var slow = new ReferenceScalars(scalars.Order);
        Gen.OneOf(Gen.Byte.Array[0, 100], Gen.Byte.Array[250, 800], Gen.Int[0, 600].Select(n => Enumerable.Repeat(byte.MaxValue, n).ToArray())).Sample(
            bytes =>
            {
                Assert.Equal(slow.Format(slow.Reduce(bytes)), scalars.Format(scalars.Reduce(bytes)));
                Assert.Equal(slow.Format(slow.Of(new BigInteger(bytes))), scalars.Format(scalars.Of(new BigInteger(bytes))));
            },
            iter: 300);
        Assert.Equal(scalars.Zero, scalars.Of(scalars.Order));
        Assert.Equal(scalars.One, scalars.Of(scalars.Order + 1));
    }

    [Theory, MemberData(nameof(Groups))]
    public void Text_of_a_number_reads_back(string name)
    {
        var scalars = GroupSamples.Find(name).Scalars;
        GroupSamples.Exponents(scalars.Order).Sample(
            x =>
            {
                var text = x.ToString(CultureInfo.InvariantCulture);
                Assert.True(scalars.TryParse(Encoding.ASCII.GetBytes(text), out var scalar));
                Assert.Equal(scalars.Of(x), scalar);
                Assert.Equal(text, scalars.Format(scalar));
            },
            iter: 300);
    }

    [Theory, MemberData(nameof(Groups))]
    public void Other_spellings_and_numbers_not_below_q_are_refused(string name)
    {
        var scalars = GroupSamples.Find(name).Scalars;
        var q = scalars.Order;
        Assert.True(scalars.TryParse(Encoding.ASCII.GetBytes((q - 1).ToString(CultureInfo.InvariantCulture)), out _));
        Assert.Equal((q - 1).ToString(CultureInfo.InvariantCulture).Length, scalars.MaxTextLength);
        foreach (var wrong in new[] { "", "00", "01", "+1", "-1", " 1", "1 ", "1.0", "1e3", "0x1", "1\0", "٣", "12a", "1/2", "1:2", $"{q}", $"{q + 1}", $"{q * 2}", $"0{q - 1}", new string('9', scalars.MaxTextLength), new string('1', scalars.MaxTextLength + 1), new string('1', 100_000) })
        {
            Assert.False(scalars.TryParse(Encoding.UTF8.GetBytes(wrong), out _), wrong);
        }
    }

    [Theory, MemberData(nameof(Groups))]
    public void Random_numbers_are_a_draw_of_128_bits_more_than_q_reduced(string name)
    {
        var scalars = GroupSamples.Find(name).Scalars;
        var slow = new ReferenceScalars(scalars.Order);
        using var generator = new CountingGenerator();
        using var same = new CountingGenerator();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(slow.Format(slow.Random(same)), scalars.Format(scalars.Random(generator)));
        }
    }

    /// <summary>Known bytes: a test must be able to repeat what was drawn.</summary>
    private sealed class CountingGenerator : RandomNumberGenerator
    {
        private int _calls;

        public override void GetBytes(byte[] data) => GetBytes(data.AsSpan());

        public override void GetBytes(Span<byte> data)
        {
            for (var filled = 0; filled < data.Length; filled += 32)
            {
                SHA256.HashData(BitConverter.GetBytes(_calls++)).AsSpan(0, Math.Min(32, data.Length - filled)).CopyTo(data[filled..]);
            }
        }
    }
}
