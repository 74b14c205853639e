using System.Numerics;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Trustees;

/// <summary>A member's public polynomial, A[k] = g^a[k] for k from 0 to t-1: PROTOCOL.md section 7.</summary>
internal static class Polynomial
{
    public static int MaxBytes(Group group, int threshold) => 64 + (threshold * (group.MaxTextLength + 8));

    public static Element[] Read(ReadOnlySpan<byte> message, Group group, int threshold, string document)
    {
        var reader = new CanonicalReader(message, document, MaxBytes(group, threshold));
        var coefficients = new Element[threshold];
        for (var k = 0; k < threshold; k++)
        {
            reader.Expect(k == 0 ? "{\"coefexps\":["u8 : ","u8);
            coefficients[k] = reader.Element(group);
        }

        reader.Expect("]}"u8);
        reader.End();
        return coefficients;
    }

    public static byte[] ToMessage(Group group, ReadOnlySpan<Element> coefficients)
    {
        var writer = new CanonicalWriter();
        return writer.Raw("{\"coefexps\":"u8).List(group.Encode(coefficients), text => writer.Quoted(text)).Raw("}"u8).ToArray();
    }

    /// <summary>The text that the full form has each member sign: all certificates and the own polynomial.</summary>
    public static byte[] ToSignedText(Group group, IReadOnlyList<SignedMessage> certs, ReadOnlySpan<Element> coefficients)
    {
        var writer = new CanonicalWriter();
        return writer.Raw("certs_sig|{\"certs\":"u8).List(certs, cert => cert.Write(writer, group))
            .Raw(",\"coefexps\":"u8).List(group.Encode(coefficients), text => writer.Quoted(text)).Raw("}"u8).ToArray();
    }

    /// <summary>The product over k of A[k]^(j^k): g to the value of the polynomial at <paramref name="j"/>.</summary>
    /// <param name="j">A member's number, from 1.</param>
    public static Element At(Group group, ReadOnlySpan<Element> coefficients, int j)
    {
        // Horner's rule: powers of a small number instead of powers of the order's size.
        var value = coefficients[^1];
        var exponent = group.Scalars.Of(j);
        for (var k = coefficients.Length - 2; k >= 0; k--)
        {
            value = group.Multiply(group.ProductOfPowersVariableTime((group.Prepare(value), exponent)), coefficients[k]);
        }

        return value;
    }

    /// <summary>The value of a secret polynomial at <paramref name="j"/>.</summary>
    public static Scalar At(ScalarField field, ReadOnlySpan<Scalar> coefficients, int j)
    {
        var value = field.Zero;
        var point = field.Of(new BigInteger(j));
        for (var k = coefficients.Length - 1; k >= 0; k--)
        {
            value = field.Add(field.Multiply(value, point), coefficients[k]);
        }

        return value;
    }
}
