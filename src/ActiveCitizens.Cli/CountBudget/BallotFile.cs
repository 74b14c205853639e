using System.IO.Compression;
using System.Security.Cryptography;
using ActiveCitizens.Budgeting.Pabulib;

namespace ActiveCitizens.Cli.CountBudget;

/// <summary>A file of ballots and the fingerprint of its uncompressed bytes.</summary>
internal sealed record BallotFile(string Name, string Sha256, PabulibFile File)
{
    /// <exception cref="BadInputException">The file is missing, unreadable or not what its name says.</exception>
    /// <exception cref="PabulibFormatException">Its content cannot be counted.</exception>
    public static BallotFile Read(FileInfo path, Screen screen, CancellationToken cancel)
    {
        try
        {
            using var file = path.OpenRead();
            var compressed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            using var hash = SHA256.Create();
            using Stream plain = compressed ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : file;
            using var hashed = new CryptoStream(plain, hash, CryptoStreamMode.Read, leaveOpen: true);
            using var progress = new ProgressLine(screen);
            var read = PabulibReader.Read(hashed, null, progress.Of<PabulibProgress>(p => $"Reading: {p.BytesRead >> 20} MB, {p.VotesRead} votes"), cancel);
            return new(path.Name, Convert.ToHexStringLower(hash.Hash ?? []), read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new BadInputException($"{path.Name} cannot be read: {e.Message}", e);
        }
    }
}
