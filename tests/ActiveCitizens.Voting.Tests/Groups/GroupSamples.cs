using System.Numerics;
using System.Text;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Groups.Curve25519;
using ActiveCitizens.Voting.Groups.FiniteFields;
using ActiveCitizens.Voting.Groups.Numbers;
using CsCheck;

namespace ActiveCitizens.Voting.Tests.Groups;

/// <summary>Operands for properties of groups: edges as often as random ones.</summary>
internal static class GroupSamples
{
    /// <summary>The curve as processors without wide vectors compute on it.</summary>
    public const string PointByPoint = "Ed25519, point by point";

    /// <summary>A finite field as processors without wide vectors compute in it.</summary>
    public const string LimbByLimb = "BELENIOS-2048, limb by limb";

    private static readonly Ed25519Group PointByPointGroup = new(new ScalarCurveEngine());

    private static readonly FiniteFieldGroup LimbByLimbGroup = FiniteFieldParameters.Belenios2048(new Montgomery(FiniteFieldParameters.BeleniosModulus));

    public static Group Find(string name) => name switch
    {
        PointByPoint => PointByPointGroup,
        LimbByLimb => LimbByLimbGroup,
        _ => Group.Find(name)!,
    };

    /// <summary>Numbers from 0 to q - 1: near both ends, all digits at a rounding edge, long runs of ones, and uniform ones.</summary>
    public static Gen<BigInteger> Exponents(BigInteger order)
    {
        var bytes = (int)(order.GetBitLength() + 7) / 8;
        var bits = (int)order.GetBitLength();
        return Gen.OneOf(
            Gen.Int[0, 20].Select(i => (BigInteger)i),
            Gen.Int[1, 20].Select(i => order - i),
            Gen.Int[0, bits - 1].Select(i => BigInteger.One << i),
            Gen.Int[0, bits - 1].Select(i => (BigInteger.One << i) - 1),
            Gen.Byte.Select(i => new BigInteger([.. Enumerable.Repeat(i, bytes)], isUnsigned: true) % order),
            Numbers(bytes).Select(i => i % order),
            Numbers(bytes).Select(i => i % order));
    }

    /// <summary>Uniform numbers of that many bytes.</summary>
    public static Gen<BigInteger> Numbers(int bytes) => Gen.Byte.Array[bytes].Select(b => new BigInteger(b, isUnsigned: true));

    public static string Text(this Group group, Element element) => group.Encode(element)[0];

    /// <summary>The element of that text, which must be one.</summary>
    public static Element Element(this Group group, string text) =>
        group.TryDecode(Encoding.ASCII.GetBytes(text), out Element? element) ? element : throw new ArgumentException($"Not in {group.Name}: {text}", nameof(text));

    /// <summary>As <see cref="Element(Group, string)"/>, prepared while decoding.</summary>
    public static PublicBase Base(this Group group, string text) =>
        group.TryDecode(Encoding.ASCII.GetBytes(text), out PublicBase? element) ? element : throw new ArgumentException($"Not in {group.Name}: {text}", nameof(text));

    /// <summary>Whether both ways of decoding accept the text; they must agree.</summary>
    public static bool Accepts(this Group group, ReadOnlySpan<byte> text)
    {
        var accepted = group.TryDecode(text, out Element? _);
        Assert.Equal(accepted, group.TryDecode(text, out PublicBase? _));
        return accepted;
    }

    public static bool Accepts(this Group group, string text) => group.Accepts(Encoding.UTF8.GetBytes(text));
}
