using System.Security.Cryptography;

namespace ActiveCitizens.Cli.Files;

/// <summary>A file read as a whole, with its fingerprint.</summary>
internal sealed record InputFile(string Name, byte[] Bytes)
{
    /// <summary>More than any file a person hands to this command; archives are streamed instead.</summary>
    public const int MaxLength = 256 << 20;

    private readonly string? _sha256;

    /// <summary>Of the whole file, in hexadecimal.</summary>
    public string Sha256
    {
        get => _sha256 ?? Convert.ToHexStringLower(SHA256.HashData(Bytes));
        private init => _sha256 = value;
    }

    /// <summary>Hashes a file of any length without keeping it, when it begins as asked.</summary>
    /// <returns>The file without its bytes; null when it begins in another way.</returns>
    /// <exception cref="BadInputException">The file is missing or unreadable.</exception>
    public static InputFile? HashIfItBeginsWith(FileInfo path, ReadOnlySpan<byte> beginning)
    {
        try
        {
            using var stream = path.OpenRead();
            var first = new byte[beginning.Length];
            if (stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) < first.Length || !beginning.SequenceEqual(first))
            {
                return null;
            }

            stream.Position = 0;
            return new(path.Name, []) { Sha256 = Convert.ToHexStringLower(SHA256.HashData(stream)) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path.Name} cannot be read: {e.Message}", e);
        }
    }

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
