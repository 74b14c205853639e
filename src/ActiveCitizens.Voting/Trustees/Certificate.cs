using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Trustees;

/// <summary>The message of a member's certificate: PROTOCOL.md section 7.</summary>
/// <param name="Verification">vk = g^sk.</param>
/// <param name="Encryption">ek = g^dk.</param>
/// <param name="Context">Null in the legacy form.</param>
internal sealed record Certificate(Element Verification, Element Encryption, CertificateContext? Context)
{
    public static int MaxBytes(Group group) => 512 + (2 * group.MaxTextLength);

    public static Certificate Read(ReadOnlySpan<byte> message, Group group, string document)
    {
        var reader = new CanonicalReader(message, document, MaxBytes(group));
        reader.Expect("{"u8);
        CertificateContext? context = null;
        if (reader.TryLiteral("\"context\":{\"group\":"u8))
        {
            var name = System.Text.Encoding.ASCII.GetString(reader.Token(20, "the name of a group"));
            reader.Expect(",\"size\":"u8);
            var size = reader.Integer(1, Trustee.Pedersen.MaxMembers);
            reader.Expect(",\"threshold\":"u8);
            var threshold = reader.Integer(1, Trustee.Pedersen.MaxMembers);
            reader.Expect(",\"index\":"u8);
            context = new(name, size, threshold, reader.Integer(1, Trustee.Pedersen.MaxMembers));
            reader.Expect("},"u8);
        }

        reader.Expect("\"verification\":"u8);
        var verification = reader.Element(group);
        reader.Expect(",\"encryption\":"u8);
        var encryption = reader.Element(group);
        reader.Expect("}"u8);
        reader.End();
        return new(verification, encryption, context);
    }

    public byte[] ToMessage(Group group)
    {
        var writer = new CanonicalWriter();
        writer.Raw("{"u8);
        if (Context is { } context)
        {
            writer.Raw("\"context\":{\"group\":"u8).Quoted(context.Group).Raw(",\"size\":"u8).Integer(context.Size)
                .Raw(",\"threshold\":"u8).Integer(context.Threshold).Raw(",\"index\":"u8).Integer(context.Index).Raw("},"u8);
        }

        var texts = group.Encode(Verification, Encryption);
        return writer.Raw("\"verification\":"u8).Quoted(texts[0]).Raw(",\"encryption\":"u8).Quoted(texts[1]).Raw("}"u8).ToArray();
    }
}

/// <summary>Which set a certificate is for; signed, so that it fits no other.</summary>
/// <param name="Index">From 1.</param>
internal sealed record CertificateContext(string Group, int Size, int Threshold, int Index);
