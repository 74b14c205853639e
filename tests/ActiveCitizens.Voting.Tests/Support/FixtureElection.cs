using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Trustees;

namespace ActiveCitizens.Voting.Tests.Support;

/// <summary>One election made by the reference tool, with what is known about it.</summary>
internal sealed class FixtureElection
{
    private static readonly string Copied = Path.Combine(AppContext.BaseDirectory, "Data", "belenios");
    private readonly string _folder;

    private FixtureElection(string folder)
    {
        _folder = folder;
        Expected = Json("expected.json");
        Archive = ReadArchive();
        var reader = new EventReader(new MemoryStream(Archive));
        for (var next = reader.Read(); next is not null; next = reader.Read())
        {
            Events.Add(next);
        }

        var setup = (EventData.Setup)Events[0].Data;
        Election = Election.Read(setup.Election.Content);
        Trustees = TrusteeSet.Read(setup.Trustees.Content, Election.Group);
        Credentials = PublicCredentials.Read(setup.Credentials.Content, Election.Group);
    }

    public static IEnumerable<string> CopiedNames => Directory.EnumerateDirectories(Copied).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal);

    /// <summary>The whole set, when it lies in a folder <c>shared/belenios</c> beside the repository; else null.</summary>
    public static string? WholeSet { get; } = FindWholeSet();

    public JsonObject Expected { get; }

    public byte[] Archive { get; }

    public List<ArchiveEvent> Events { get; } = [];

    public Election Election { get; }

    public TrusteeSet Trustees { get; }

    public PublicCredentials Credentials { get; }

    public IEnumerable<ReadOnlyMemory<byte>> Ballots => Events.Where(e => e.Type == ArchiveEventType.Ballot).Select(e => ((EventData.Document)e.Data).Payload.Content);

    public static FixtureElection Open(string name) => new(Path.Combine(Copied, name));

    public static FixtureElection OpenWhole(string name) => new(Path.Combine(WholeSet!, name));

    public JsonObject Json(string file) => JsonNode.Parse(File.ReadAllBytes(Path.Combine(_folder, file)))!.AsObject();

    public byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(_folder, file));

    public bool Has(string file) => File.Exists(Path.Combine(_folder, file));

    /// <summary>The private keys of the mandatory trustees, by trustee number.</summary>
    public List<Scalar> PrivateKeys()
    {
        var keys = Directory.EnumerateFiles(Path.Combine(_folder, "private"), "*.privkey").Select(f => TrusteePrivateKey.Read(File.ReadAllBytes(f), Election.Group)).ToList();
        return [.. Trustees.Keys.Select(trustee => keys.Single(key => Election.Group.GeneratorPower(key).Equals(trustee.Key)))];
    }

    /// <summary>By voter: the private credential.</summary>
    public Dictionary<string, string> PrivateCredentials() => Has("private/private_creds.json")
        ? JsonSerializer.Deserialize<Dictionary<string, string>>(Bytes("private/private_creds.json"))!
        : Encoding.UTF8.GetString(Bytes("private/private_creds.txt")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(line => line.Split(' ')[0].Split(',')[1], line => line.Split(' ')[1]);

    private byte[] ReadArchive()
    {
        var path = Path.Combine(_folder, "election.bel");
        if (File.Exists(path))
        {
            return File.ReadAllBytes(path);
        }

        using var packed = new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        packed.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string? FindWholeSet()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var beside = Path.Combine(at.FullName, "shared", "belenios");
            if (Directory.Exists(Path.Combine(beside, "a-small-ed25519")))
            {
                return beside;
            }
        }

        return null;
    }
}
