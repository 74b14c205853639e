using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Trustees.Ceremony;

/// <summary>The one secret of a threshold member: 22 base58 characters, 128 bits (PROTOCOL.md section 7). Everything else that is secret follows from it and from public documents.</summary>
public sealed class ThresholdSeed
{
    private const int Length = 22;

    private ThresholdSeed(string text) => Text = text;

    public string Text { get; }

    public static ThresholdSeed Generate(RandomNumberGenerator random) => new(Base58.Random(Length, random));

    /// <summary>Reads a seed, without blanks around it.</summary>
    /// <returns>Null when it is not 22 base58 characters.</returns>
    public static ThresholdSeed? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == Length && text.All(c => Base58.Alphabet.Contains(c, StringComparison.Ordinal)) ? new(text) : null;
    }

    /// <summary>Never the secret.</summary>
    public override string ToString() => "threshold seed";

    /// <summary>sk.</summary>
    internal Scalar SigningKey(Group group) => Hash(group, "sk");

    /// <summary>dk.</summary>
    internal Scalar DecryptionKey(Group group) => Hash(group, "dk");

    /// <summary>a[0] … a[t-1]. Derived, so that a member who comes back needs nothing but the seed; another set of certificates gives another polynomial.</summary>
    /// <param name="certs">Digest of all certificates.</param>
    internal Scalar[] Polynomial(Group group, int threshold, Digest certs)
    {
        var bytes = (group.Scalars.MaxTextLength / 2) + 32;
        var key = HKDF.Extract(HashAlgorithmName.SHA512, Encoding.ASCII.GetBytes(Text), Encoding.ASCII.GetBytes("polynomial"));
        var coefficients = new Scalar[threshold];
        for (var k = 0; k < threshold; k++)
        {
            var info = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{group.Name}|{certs.Hex}|{k}"));
            coefficients[k] = group.Scalars.Reduce(HKDF.Expand(HashAlgorithmName.SHA512, key, bytes, info));
        }

        return coefficients;
    }

    private Scalar Hash(Group group, string tag) => group.Scalars.Reduce(SHA256.HashData(Encoding.ASCII.GetBytes($"{tag}|{Text}")));
}
