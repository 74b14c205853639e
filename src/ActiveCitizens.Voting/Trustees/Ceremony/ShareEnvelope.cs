using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Trustees.Ceremony;

/// <summary>f_i(j) on its way from member i to member j.</summary>
/// <remarks>
/// Hashed El Gamal: alpha = g^r with r used once; the key is HKDF-SHA256 of str(ek_j^r) with the information
/// <c>share|digest of all certificates|i|j|str(alpha)</c>, 32 bytes; the share, in decimal padded with zeros to the width of q-1, is encrypted
/// with AES-256-GCM under that key with a nonce of 12 zero bytes (a key encrypts one message) and the information as associated data;
/// <c>data</c> is ciphertext and tag in hexadecimal. Who sent it is proved by the signature of the message that holds all of a member's envelopes.
/// These envelopes travel between our own tools and appear in no archive.
/// </remarks>
internal sealed record ShareEnvelope(Element Alpha, string Data)
{
    private const int TagBytes = 16;

    public static ShareEnvelope Seal(Group group, Element encryptionKey, Scalar share, Digest certs, int from, int to, RandomNumberGenerator random)
    {
        var r = group.Scalars.Random(random);
        var alpha = group.GeneratorPower(r);
        var texts = group.Encode(alpha, group.Power(encryptionKey, r));
        var information = Information(certs, from, to, texts[0]);
        var plain = Encoding.ASCII.GetBytes(group.Scalars.Format(share).PadLeft(group.Scalars.MaxTextLength, '0'));
        var sealedBytes = new byte[plain.Length + TagBytes];
        using var aes = new AesGcm(Key(texts[1], information), TagBytes);
        aes.Encrypt(new byte[12], plain, sealedBytes.AsSpan(0, plain.Length), sealedBytes.AsSpan(plain.Length), information);
        return new(alpha, Convert.ToHexStringLower(sealedBytes));
    }

    /// <returns>The share; null when the envelope was not made for this member, or is broken.</returns>
    public Scalar? Open(Group group, Scalar decryptionKey, Digest certs, int from, int to)
    {
        var texts = group.Encode(Alpha, group.Power(Alpha, decryptionKey));
        var information = Information(certs, from, to, texts[0]);
        var sealedBytes = Convert.FromHexString(Data);
        var plain = new byte[sealedBytes.Length - TagBytes];
        using var aes = new AesGcm(Key(texts[1], information), TagBytes);
        try
        {
            aes.Decrypt(new byte[12], sealedBytes.AsSpan(0, plain.Length), sealedBytes.AsSpan(plain.Length), plain, information);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        var digits = plain.AsSpan().TrimStart((byte)'0');
        return group.Scalars.TryParse(digits.IsEmpty ? "0"u8 : digits, out var share) ? share : null;
    }

    public static ShareEnvelope Read(ref CanonicalReader reader, Group group)
    {
        reader.Expect("{\"alpha\":"u8);
        var alpha = reader.Element(group);
        reader.Expect(",\"data\":"u8);
        var start = reader.Position;
        var expected = 2 * (group.Scalars.MaxTextLength + TagBytes);
        var data = reader.Token(expected, "an encrypted share in quotes");
        if (data.Length != expected || data.ContainsAnyExcept(HexDigits))
        {
            throw reader.ErrorAt(start, FormatRule.Canonical, FormattableString.Invariant($"{expected} hexadecimal digits"));
        }

        reader.Expect("}"u8);
        return new(alpha, Encoding.ASCII.GetString(data));
    }

    public void Write(CanonicalWriter writer, Group group) =>
        writer.Raw("{\"alpha\":"u8).Quoted(group.Encode(Alpha)[0]).Raw(",\"data\":"u8).Quoted(Data).Raw("}"u8);

    private static readonly System.Buffers.SearchValues<byte> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdef"u8);

    private static byte[] Information(Digest certs, int from, int to, string alpha) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"share|{certs.Hex}|{from}|{to}|{alpha}"));

    private static byte[] Key(string shared, byte[] information) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(shared), 32, salt: [], info: information);
}
