using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Proofs;

namespace ActiveCitizens.Voting.Trustees;

/// <summary>The public key of a mandatory trustee, or the verification key of a member of a threshold set: PROTOCOL.md sections 6 and 7.</summary>
/// <param name="Key">X = g^x.</param>
/// <param name="Text">str(X).</param>
/// <param name="Proof">That somebody knows x.</param>
/// <param name="Signature">A member's signature of str(X), in the full threshold form only.</param>
/// <param name="Name">Optional.</param>
public sealed record TrusteeKey(Element Key, string Text, Proof Proof, Proof? Signature, string? Name)
{
    private const int MaxNameBytes = 4096;

    /// <summary>The published checksum: H256 of the key as JSON text, quotes included (PROTOCOL.md section 15).</summary>
    public Digest Checksum => Digest.Of($"\"{Text}\"");

    /// <summary>Proves a key of which the exponent is known.</summary>
    public static TrusteeKey Prove(Group group, Scalar privateKey, string? name, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(group);
        var key = group.GeneratorPower(privateKey);
        var text = group.Encode(key)[0];
        return new(key, text, Schnorr.Prove(group, privateKey, Prefix(group, text), random), null, name);
    }

    /// <summary>Reads one key on its own, as a trustee sends it in.</summary>
    /// <exception cref="ProtocolFormatException">Not the canonical form.</exception>
    public static TrusteeKey Read(ReadOnlySpan<byte> document, Group group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var reader = new CanonicalReader(document, "trustee key", MaxNameBytes + 1024 + group.MaxTextLength + (4 * group.Scalars.MaxTextLength));
        var key = Read(ref reader, group, signed: null);
        reader.End();
        return key;
    }

    /// <summary>The proof of possession holds.</summary>
    public bool ProofHolds(Group group) => Schnorr.Holds(group, Key, Prefix(group, Text), Proof);

    public byte[] ToDocument(Group group)
    {
        var writer = new CanonicalWriter();
        Write(writer, group);
        return writer.ToArray();
    }

    /// <param name="signed">Whether a signature must be there; null when it may.</param>
    internal static TrusteeKey Read(ref CanonicalReader reader, Group group, bool? signed)
    {
        reader.Expect("{\"pok\":"u8);
        var proof = reader.Proof(group);
        reader.Expect(",\"public_key\":"u8);
        var key = reader.Element(group);
        var signature = signed switch
        {
            true => ReadSignature(ref reader, group),
            false => null,
            null => reader.TryLiteral(",\"signature\":"u8) ? reader.Proof(group) : null,
        };
        var name = reader.TryLiteral(",\"name\":"u8) ? reader.String(MaxNameBytes) : null;
        reader.Expect("}"u8);
        return new(key, group.Encode(key)[0], proof, signature, name);
    }

    internal void Write(CanonicalWriter writer, Group group)
    {
        writer.Raw("{\"pok\":"u8).Proof(group, Proof).Raw(",\"public_key\":"u8).Quoted(Text);
        if (Signature is not null)
        {
            writer.Raw(",\"signature\":"u8).Proof(group, Signature);
        }

        if (Name is not null)
        {
            writer.Raw(",\"name\":"u8).String(Name);
        }

        writer.Raw("}"u8);
    }

    private static Proof ReadSignature(ref CanonicalReader reader, Group group)
    {
        reader.Expect(",\"signature\":"u8);
        return reader.Proof(group);
    }

    private static byte[] Prefix(Group group, string text) => Encoding.ASCII.GetBytes($"pok|{group.Name}|{text}|");
}
