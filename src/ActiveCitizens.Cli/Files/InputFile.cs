using System.Security.Cryptography;

namespace ActiveCitizens.Cli.Files;

/// <summary>A file read as a whole, with its fingerprint.</summary>
internal sealed record InputFile(string Name, byte[] Bytes)
{
    /// <summary>More than any file a person hands to this command; archives are streamed instead.</summary>
    public const int MaxLength = 256 << 20;

    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Bytes));

    /// <exception cref="BadInputException">The file is missing, unreadable or longer than <see cref="MaxLength"/>.</exception>
    public static InputFile Read(FileInfo path)
    {
        try
        {
            using var stream = path.OpenRead();
            if (stream.Length > MaxLength)
            {
                throw new BadInputException($"{path.Name} is longer than {MaxLength >> 20} MB; expected a smaller file.");
            }

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return new(path.Name, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path.Name} cannot be read: {e.Message}", e);
        }
    }
}
