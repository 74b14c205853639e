using System.IO.Compression;
using System.Text.Json.Nodes;
using ActiveCitizens.Budgeting.Pabulib;

namespace ActiveCitizens.Budgeting.Tests.Golden;

/// <summary>Real and hand-made votes with the results that other programs gave.</summary>
internal sealed class GoldenSet(string folder)
{
    private static readonly string[] VoteFolders = ["data", "synthetic", "legacy"];

    /// <summary>The small selection that lies beside the tests.</summary>
    public static GoldenSet Copied { get; } = new(Path.Combine(AppContext.BaseDirectory, "Data"));

    /// <summary>The whole set, when it lies in a folder <c>shared/pabulib</c> beside the repository; else null.</summary>
    public static GoldenSet? Whole { get; } = FindWhole();

    public IEnumerable<string> Names => Directory.EnumerateFiles(Path.Combine(folder, "golden"), "*.json")
        .Select(f => Path.GetFileNameWithoutExtension(f)).Where(n => n != "effective-support").Order(StringComparer.Ordinal);

    public JsonObject Results(string name) => JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, "golden", name + ".json")))!.AsObject();

    public PabulibFile Read(string name)
    {
        using var stream = Open(name);
        return PabulibReader.Read(stream);
    }

    public byte[] Bytes(string name)
    {
        using var stream = Open(name);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private Stream Open(string name)
    {
        var path = VoteFolders.SelectMany(f => new[] { Path.Combine(folder, f, name + ".pb"), Path.Combine(folder, f, name + ".pb.gz") }).First(File.Exists);
        var file = File.OpenRead(path);
        return path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static GoldenSet? FindWhole()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var beside = Path.Combine(at.FullName, "shared", "pabulib");
            if (Directory.Exists(Path.Combine(beside, "golden")))
            {
                return new(beside);
            }
        }

        return null;
    }
}
