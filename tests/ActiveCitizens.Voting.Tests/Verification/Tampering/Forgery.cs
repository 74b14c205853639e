using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Tests.Support;

namespace ActiveCitizens.Voting.Tests.Verification.Tampering;

/// <summary>One way to cheat, and the checks that must notice: no more and no fewer.</summary>
internal sealed record Cheat(string Name, string FailedChecks, Func<byte[]> Forge);

/// <summary>A valid election to cheat with: its parts, its secrets, and tools to change texts.</summary>
internal sealed class Forgery(MadeElection made, IReadOnlyList<Vote> votes)
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Question TwoOfFour = new HomomorphicQuestion("Which?", ["Park", "School", "Library", "Tram"], Blank: false, 0, 2);
    private static readonly Question OrBlank = new HomomorphicQuestion("Who, or blank?", ["Ana", "Bo", "Chloé"], Blank: true, 1, 2);
    private static readonly Question One = new HomomorphicQuestion("One?", ["Yes", "No"], Blank: false, 1, 1);
    private static readonly Question InOrder = new NonHomomorphicQuestion("In which order?", ["A", "B", "C"], null);

    private static readonly Vote[] PlainVotes =
    [
        new(0, [1, 0, 1, 0], [0, 1, 0, 0], [1, 0]), new(1, [0, 0, 0, 0], [1, 0, 0, 0], [0, 1]), new(2, [0, 1, 0, 0], [0, 1, 1, 0], [1, 0]),
        new(3, [0, 0, 0, 1], [0, 0, 0, 1], [0, 1]), new(4, [1, 1, 0, 0], [0, 0, 1, 0], [1, 0]), new(1, [0, 0, 1, 1], [0, 1, 0, 0], [1, 0]),
    ];

    private static readonly Vote[] RankedVotes = [new(0, [1, 2, 3], [1, 0]), new(1, [3, 1, 2], [0, 1]), new(2, [0, 0, 1], [1, 0])];
    private static readonly Vote[] FieldVotes = [new(0, [1, 0]), new(1, [0, 1])];

    // Voter 5 abstains, voter 1 votes twice; trustees 1, 4 and 2 decrypt. Events: setup, 6 ballots, end, tally, 3 decryptions, result.
    private static readonly MadeElection PlainElection = MadeElection.Make("Ed25519", [TwoOfFour, OrBlank, One], [1, 2, 3, 1, 1, 1], 6, [TrusteePlan.Mandatory, new(2, 3, 3, 1)], PlainVotes, seed: 100);

    // Events: setup, 3 ballots, end, tally, 2 shuffles, end, 2 decryptions, result.
    private static readonly MadeElection RankedElection = MadeElection.Make("Ed25519", [InOrder, One], null, 4, [TrusteePlan.Mandatory, TrusteePlan.Mandatory], RankedVotes, seed: 101, shuffles: 2);
    private static readonly MadeElection FieldElection = MadeElection.Make("BELENIOS-2048", [One], null, 2, [TrusteePlan.Mandatory], FieldVotes, seed: 102);

    public static Forgery Plain => new(PlainElection, PlainVotes);

    public static Forgery Ranked => new(RankedElection, RankedVotes);

    public static Forgery Field => new(FieldElection, FieldVotes);

    public MadeElection Made { get; } = made;

    public Election Election => Made.Election;

    public Group Group => Made.Election.Group;

    public ArchiveParts Parts { get; } = ArchiveParts.Read(made.Archive);

    public List<ArchivePart> Events => Parts.Events;

    public SeededRandom Random { get; } = new(7);

    public string Text(int part, int document = 0) => Encoding.UTF8.GetString(Events[part].Documents[document]);

    public byte[] With(int part, Func<string, string> change, int document = 0)
    {
        var before = Text(part, document);
        var after = change(before);
        Assert.NotEqual(before, after);
        Events[part].Documents[document] = Encoding.UTF8.GetBytes(after);
        return Parts.Write();
    }

    /// <summary>Replaces the first occurrence.</summary>
    public byte[] Replace(int part, string old, string by, int document = 0) => With(part, text =>
    {
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"«{old}» is not there.");
        return text[..at] + by + text[(at + old.Length)..];
    }, document);

    public byte[] Edit(int part, Action<JsonNode> change, int document = 0) => With(part, text => Changed(text, change), document);

    /// <summary>Changes a ballot's answers and has its voter sign them.</summary>
    public byte[] Resigned(int ballot, Action<JsonNode> change) => With(ballot, text => Sign(Changed(text, change), Made.Secret(votes[ballot - 1].Voter)));

    public byte[] Rearranged(Action<List<ArchivePart>> change)
    {
        change(Events);
        return Parts.Write();
    }

    public string Sign(string ballot, Scalar secret)
    {
        var unsigned = ballot[..ballot.IndexOf(",\"signature\":", StringComparison.Ordinal)];
        return Encoding.UTF8.GetString(BallotMaker.Sign(Group, new CanonicalWriter().Raw(Encoding.UTF8.GetBytes(unsigned)), secret, Random));
    }

    public ArchivePart NewBallot(Vote vote) => new(ArchiveEventType.Ballot, [Made.Ballot(vote, Random)]);

    /// <summary>The scalar plus one.</summary>
    public void Bump(JsonNode parent, string member)
    {
        Assert.True(Group.Scalars.TryParse(Encoding.ASCII.GetBytes((string)parent[member]!), out var scalar));
        parent[member] = Group.Scalars.Format(Group.Scalars.Add(scalar, Group.Scalars.One));
    }

    /// <summary>The element times the generator.</summary>
    public string TimesGenerator(JsonNode? text)
    {
        Assert.True(Group.TryDecode(Encoding.ASCII.GetBytes((string)text!), out Element? element));
        return Group.Encode(Group.Multiply(element, Group.Generator))[0];
    }

    /// <summary>On the curve, the point plus the one of order two: (-x, -y).</summary>
    public static string OutsideGroup(JsonNode? text)
    {
        var z = BigInteger.Parse("0" + (string)text!, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
        var y = z & ((BigInteger.One << 255) - 1);
        var sign = z >> 255;
        var moved = ((BigInteger.One << 255) - 19 - y) | ((BigInteger.One - sign) << 255);
        return moved.ToString("x", System.Globalization.CultureInfo.InvariantCulture).PadLeft(64, '0')[^64..];
    }

    private static string Changed(string text, Action<JsonNode> change)
    {
        var node = JsonNode.Parse(text)!;
        change(node);
        return node.ToJsonString(Compact);
    }
}

internal static class JsonEditing
{
    /// <summary>Exchanges two members or items.</summary>
    public static void Swap(this JsonNode node, int left, int right)
    {
        var array = node.AsArray();
        var (a, b) = (array[left]!.DeepClone(), array[right]!.DeepClone());
        array[left] = b;
        array[right] = a;
    }

    public static void Duplicate(this JsonNode node, int index) => node.AsArray().Add(node[index]!.DeepClone());

    public static void RemoveLast(this JsonNode node) => node.AsArray().RemoveAt(node.AsArray().Count - 1);
}
