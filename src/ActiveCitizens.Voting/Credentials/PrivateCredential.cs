using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Voting.Groups;

namespace ActiveCitizens.Voting.Credentials;

/// <summary>What a text typed as a credential turned out to be.</summary>
public enum CredentialReading
{
    Valid,

    /// <summary>Neither XXXXX-XXXXXX-XXXXX-XXXXXX nor XXX-XXX-XXX-XXX-XXX.</summary>
    WrongShape,

    /// <summary>A character that base58 leaves out, such as 0, O, I or l.</summary>
    WrongCharacter,

    /// <summary>The check character of the 15-character form does not match: a typing error.</summary>
    WrongChecksum,
}

/// <summary>The secret string of a voter: PROTOCOL.md section 4. The form without check character cannot notice a typing error: another key comes out, which is on no list.</summary>
public sealed class PrivateCredential
{
    private const int RandomLength = 22;
    private const int LegacyRounds = 1000;

    private PrivateCredential(string text, bool isLegacy)
    {
        Text = text;
        IsLegacy = isLegacy;
    }

    /// <summary>With its dashes, which are part of the secret.</summary>
    public string Text { get; }

    /// <summary>The 15-character form of releases 2.0 to 2.2.</summary>
    public bool IsLegacy { get; }

    /// <summary>A new credential of 22 characters, 128 bits.</summary>
    public static PrivateCredential Generate(RandomNumberGenerator random)
    {
        var raw = Base58.Random(RandomLength, random);
        return new($"{raw[..5]}-{raw[5..11]}-{raw[11..16]}-{raw[16..]}", isLegacy: false);
    }

    /// <summary>Reads either form, without blanks around it.</summary>
    public static CredentialReading Read(string text, out PrivateCredential? credential)
    {
        ArgumentNullException.ThrowIfNull(text);
        credential = null;
        var isLegacy = HasDashesAt(text, 19, 3, 7, 11, 15);
        if (!isLegacy && !HasDashesAt(text, 25, 5, 12, 18))
        {
            return CredentialReading.WrongShape;
        }

        var raw = text.Replace("-", "", StringComparison.Ordinal);
        if (raw.Any(c => !Base58.Alphabet.Contains(c, StringComparison.Ordinal)))
        {
            return CredentialReading.WrongCharacter;
        }

        if (isLegacy && !ChecksumMatches(raw))
        {
            return CredentialReading.WrongChecksum;
        }

        credential = new(text, isLegacy);
        return CredentialReading.Valid;
    }

    /// <summary>s, the exponent of the public credential.</summary>
    /// <param name="uuid">Of the election: the same string gives another key elsewhere.</param>
    public Scalar Derive(Group group, string uuid)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(uuid);
        if (IsLegacy)
        {
            return group.Scalars.Reduce(Rfc2898DeriveBytes.Pbkdf2(Text, Encoding.UTF8.GetBytes(uuid), LegacyRounds, HashAlgorithmName.SHA256, 32));
        }

        Span<byte> digests = stackalloc byte[64];
        SHA256.HashData(Encoding.UTF8.GetBytes($"derive_credential|{uuid}|0|{Text}"), digests);
        SHA256.HashData(Encoding.UTF8.GetBytes($"derive_credential|{uuid}|1|{Text}"), digests[32..]);
        return group.Scalars.Reduce(digests);
    }

    /// <summary>str(g^s): what stands on the public list.</summary>
    public string PublicText(Group group, string uuid)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Encode(group.GeneratorPower(Derive(group, uuid)))[0];
    }

    /// <summary>Never the secret: a credential must not end up in a log.</summary>
    public override string ToString() => "private credential";

    private static bool HasDashesAt(string text, int length, params ReadOnlySpan<int> positions)
    {
        if (text.Length != length || text.Count(c => c == '-') != positions.Length)
        {
            return false;
        }

        foreach (var position in positions)
        {
            if (text[position] != '-')
            {
                return false;
            }
        }

        return true;
    }

    private static bool ChecksumMatches(string raw)
    {
        var number = raw[..^1].Aggregate(BigInteger.Zero, (n, c) => (n * 58) + Base58.Alphabet.IndexOf(c, StringComparison.Ordinal));
        return Base58.Alphabet.IndexOf(raw[^1], StringComparison.Ordinal) == 53 - (int)(number % 53);
    }
}
