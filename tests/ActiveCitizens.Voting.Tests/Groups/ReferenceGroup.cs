using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Voting.Groups;

namespace ActiveCitizens.Voting.Tests.Groups;

/// <summary>What the slow groups share: every power is a square-and-multiply, every prepared base is the bare element.</summary>
internal abstract class ReferenceGroup(BigInteger order) : Group
{
    /// <summary>The three groups by name, written as PROTOCOL.md section 2 writes them.</summary>
    public static new Group Find(string name) => name switch
    {
        "Ed25519" or GroupSamples.PointByPoint => new ReferenceEd25519(),
        GroupSamples.LimbByLimb => ReferenceFiniteField.Find("BELENIOS-2048"),
        _ => ReferenceFiniteField.Find(name),
    };

    public override ScalarField Scalars { get; } = new ReferenceScalars(order);

    public override PublicBase FixedGenerator => Prepare(Generator);

    public override bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out PublicBase? element)
    {
        element = TryDecode(text, out Element? decoded) ? Prepare(decoded) : null;
        return element is not null;
    }

    public override string[] Encode(params ReadOnlySpan<Element> elements)
    {
        var texts = new string[elements.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Encode(elements[i]);
        }

        return texts;
    }

    public override Element Power(Element value, Scalar exponent) => Power(value, ReferenceScalars.Value(exponent));

    public override Element GeneratorPower(Scalar exponent) => Power(Generator, exponent);

    public override PublicBase Prepare(Element element) => new ReferenceBase(element);

    public override PublicBase PrepareFixed(Element element) => new ReferenceBase(element);

    public override Element ProductOfPowersVariableTime(params ReadOnlySpan<(PublicBase Base, Scalar Exponent)> factors)
    {
        var product = Identity;
        foreach (var (factor, exponent) in factors)
        {
            product = Multiply(product, Power(factor.Element, exponent));
        }

        return product;
    }

    protected Element Power(Element value, BigInteger exponent)
    {
        var power = Identity;
        for (var bit = (int)exponent.GetBitLength() - 1; bit >= 0; bit--)
        {
            power = Multiply(power, power);
            if (!((exponent >> bit) & 1).IsZero)
            {
                power = Multiply(power, value);
            }
        }

        return power;
    }

    protected static BigInteger GeneratorHash(int index) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"ggen|{index}"))), isUnsigned: true, isBigEndian: true);

    protected abstract string Encode(Element element);

    private sealed class ReferenceBase(Element element) : PublicBase
    {
        public override Element Element => element;
    }
}
