using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Trustees;

/// <summary>The file of a private key: the decimal of x as a JSON string (PROTOCOL.md section 6).</summary>
public static class TrusteePrivateKey
{
    /// <summary>A new key of a mandatory trustee; see <see cref="TrusteeKey.Prove"/> for the public part.</summary>
    public static Scalar Generate(Group group, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(group);
        return group.Scalars.Random(random);
    }

    /// <exception cref="ProtocolFormatException">Not a scalar of the group in quotes, with at most a newline after it.</exception>
    public static Scalar Read(ReadOnlySpan<byte> document, Group group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var reader = new CanonicalReader(document, "private key", group.Scalars.MaxTextLength + 3);
        var key = reader.Scalar(group);
        _ = reader.TryLiteral("\n"u8);
        reader.End();
        return key;
    }

    public static byte[] Write(Group group, Scalar key)
    {
        ArgumentNullException.ThrowIfNull(group);
        return Encoding.ASCII.GetBytes($"\"{group.Scalars.Format(key)}\"");
    }
}
