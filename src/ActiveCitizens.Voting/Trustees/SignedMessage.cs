using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Proofs;

namespace ActiveCitizens.Voting.Trustees;

/// <summary>A text signed under a member's verification key: PROTOCOL.md section 7.</summary>
/// <param name="Message">M, unescaped UTF-8.</param>
public sealed record SignedMessage(ReadOnlyMemory<byte> Message, Proof Signature)
{
    /// <summary>H256 of the message: the published checksum of a certificate (PROTOCOL.md section 15).</summary>
    public Digest Checksum => Digest.Of(Message.Span);

    internal static SignedMessage Sign(Group group, Scalar signingKey, byte[] message, RandomNumberGenerator random) =>
        new(message, Schnorr.Prove(group, signingKey, Prefix(message), random));

    /// <summary>The signature alone, of a text that its readers know already.</summary>
    internal static Proof SignDetached(Group group, Scalar signingKey, ReadOnlySpan<byte> message, RandomNumberGenerator random) =>
        Schnorr.Prove(group, signingKey, Prefix(message), random);

    internal static bool Holds(Group group, Element verificationKey, ReadOnlySpan<byte> message, Proof signature) =>
        Schnorr.Holds(group, verificationKey, Prefix(message), signature);

    internal static SignedMessage Read(ref CanonicalReader reader, Group group, int maxMessageBytes)
    {
        reader.Expect("{\"message\":"u8);
        var message = reader.StringBytes(maxMessageBytes);
        reader.Expect(",\"signature\":"u8);
        var signature = reader.Proof(group);
        reader.Expect("}"u8);
        return new(message, signature);
    }

    internal static SignedMessage ReadWhole(ReadOnlySpan<byte> document, string name, Group group, int maxMessageBytes)
    {
        var reader = new CanonicalReader(document, name, (2 * maxMessageBytes) + 1024 + (2 * group.Scalars.MaxTextLength));
        var message = Read(ref reader, group, maxMessageBytes);
        reader.End();
        return message;
    }

    internal bool IsSignedBy(Group group, Element verificationKey) => Holds(group, verificationKey, Message.Span, Signature);

    internal void Write(CanonicalWriter writer, Group group) =>
        writer.Raw("{\"message\":"u8).String(Message.Span).Raw(",\"signature\":"u8).Proof(group, Signature).Raw("}"u8);

    internal byte[] ToDocument(Group group)
    {
        var writer = new CanonicalWriter();
        Write(writer, group);
        return writer.ToArray();
    }

    private static byte[] Prefix(ReadOnlySpan<byte> message) => [.. "sigmsg|"u8, .. message, .. "|"u8];
}
