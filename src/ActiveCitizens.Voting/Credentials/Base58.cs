using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ActiveCitizens.Voting.Credentials;

/// <summary>The alphabet of identifiers and credentials: PROTOCOL.md section 1.</summary>
internal static class Base58
{
    public const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    public static SearchValues<byte> AlphabetBytes { get; } = SearchValues.Create(Encoding.ASCII.GetBytes(Alphabet));

    /// <summary>Uniform characters; bytes that would favour some are drawn again.</summary>
    public static string Random(int length, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Span<char> text = stackalloc char[length];
        Span<byte> drawn = stackalloc byte[64];
        const int fair = 256 / 58 * 58;
        for (var filled = 0; filled < length;)
        {
            random.GetBytes(drawn);
            foreach (var b in drawn)
            {
                if (b < fair && filled < length)
                {
                    text[filled++] = Alphabet[b % 58];
                }
            }
        }

        return new(text);
    }
}
