using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Voting.Groups;

namespace ActiveCitizens.Voting.Proofs;

/// <summary>H of PROTOCOL.md section 3: from a prefix and elements to a scalar.</summary>
internal static class Challenge
{
    /// <param name="prefix">With its tag and final bar.</param>
    /// <param name="commitments">The elements e1 … ek; their texts are joined by commas.</param>
    public static Scalar Of(Group group, ReadOnlySpan<byte> prefix, params ReadOnlySpan<Element> commitments) =>
        Of(group, prefix, group.Encode(commitments));

    public static Scalar Of(Group group, ReadOnlySpan<byte> prefix, ReadOnlySpan<string> texts)
    {
        var length = prefix.Length + Math.Max(texts.Length - 1, 0);
        foreach (var text in texts)
        {
            length += text.Length;
        }

        var buffer = length <= 4096 ? stackalloc byte[length] : new byte[length];
        prefix.CopyTo(buffer);
        var at = prefix.Length;
        for (var i = 0; i < texts.Length; i++)
        {
            if (i > 0)
            {
                buffer[at++] = (byte)',';
            }

            at += Encoding.ASCII.GetBytes(texts[i], buffer[at..]);
        }

        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(buffer, digest);
        return group.Scalars.Reduce(digest);
    }
}
