using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ActiveCitizens.Cli.Secrets;

/// <summary>A secret under a passphrase, as a small JSON document that any other program can open.</summary>
/// <remarks>
/// <para><c>{"sealed":1,"what":…,"kdf":"PBKDF2-HMAC-SHA256","rounds":600000,"salt":…,"cipher":"AES-256-GCM","nonce":…,"content":…}</c>, with base64 for
/// bytes. The key is PBKDF2 of the UTF-8 passphrase and the 16 bytes of salt. The content is the ciphertext followed by the 16 bytes of the tag;
/// what is authenticated besides is the UTF-8 text of <c>what</c>.</para>
/// <para>600,000 rounds: OWASP Password Storage Cheat Sheet, 2023.</para>
/// </remarks>
internal static class SealedFile
{
    public const int Rounds = 600_000;
    private const int MaxRounds = 100_000_000;
    private const int SaltLength = 16;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static bool IsSealed(ReadOnlySpan<byte> document) => document.StartsWith("{\"sealed\":"u8);

    /// <param name="what">What the secret is, readable without the passphrase and bound to it.</param>
    /// <param name="content">The secret.</param>
    /// <param name="passphrase">Not empty.</param>
    public static byte[] Seal(string what, ReadOnlySpan<byte> content, string passphrase, RandomNumberGenerator random)
    {
        var salt = new byte[SaltLength];
        var nonce = new byte[NonceLength];
        random.GetBytes(salt);
        random.GetBytes(nonce);
        var output = new byte[content.Length + TagLength];
        using (var cipher = new AesGcm(KeyOf(passphrase, salt, Rounds), TagLength))
        {
            cipher.Encrypt(nonce, content, output.AsSpan(0, content.Length), output.AsSpan(content.Length), Encoding.UTF8.GetBytes(what));
        }

        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["sealed"] = 1,
            ["what"] = what,
            ["kdf"] = "PBKDF2-HMAC-SHA256",
            ["rounds"] = Rounds,
            ["salt"] = Convert.ToBase64String(salt),
            ["cipher"] = "AES-256-GCM",
            ["nonce"] = Convert.ToBase64String(nonce),
            ["content"] = Convert.ToBase64String(output),
        }.ToJsonString() + "\n");
    }

    /// <summary>Opens what <see cref="Seal"/> made.</summary>
    /// <exception cref="BadInputException">Another form, another kind of secret, or the wrong passphrase.</exception>
    public static byte[] Open(string name, string what, ReadOnlySpan<byte> document, string passphrase)
    {
        var (found, rounds, salt, nonce, content) = Read(name, document);
        if (found != what)
        {
            throw new BadInputException($"{name} holds a {found}; expected a {what}.");
        }

        var output = new byte[content.Length - TagLength];
        try
        {
            using var cipher = new AesGcm(KeyOf(passphrase, salt, rounds), TagLength);
            cipher.Decrypt(nonce, content.AsSpan(0, output.Length), content.AsSpan(output.Length), output, Encoding.UTF8.GetBytes(what));
            return output;
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new BadInputException($"{name}: the passphrase is wrong, or the file was changed.", e);
        }
    }

    private static (string What, int Rounds, byte[] Salt, byte[] Nonce, byte[] Content) Read(string name, ReadOnlySpan<byte> document)
    {
        try
        {
            var json = JsonNode.Parse(document)!.AsObject();
            var (rounds, salt, nonce, content) = ((int)json["rounds"]!, Bytes(json, "salt"), Bytes(json, "nonce"), Bytes(json, "content"));
            if ((int)json["sealed"]! == 1 && (string)json["kdf"]! == "PBKDF2-HMAC-SHA256" && (string)json["cipher"]! == "AES-256-GCM"
                && rounds is > 0 and <= MaxRounds && salt.Length == SaltLength && nonce.Length == NonceLength && content.Length >= TagLength)
            {
                return ((string)json["what"]!, rounds, salt, nonce, content);
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or ArgumentException or NullReferenceException)
        {
            throw new BadInputException($"{name} is not a sealed file that this program wrote.", e);
        }

        throw new BadInputException($"{name} is sealed in a way that this program does not know.");
    }

    private static byte[] Bytes(JsonObject json, string member) => Convert.FromBase64String((string)json[member]!);

    private static byte[] KeyOf(string passphrase, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(passphrase), salt, rounds, HashAlgorithmName.SHA256, 32);
}
