using System.Text;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Tests.Support;

namespace ActiveCitizens.Voting.Tests.Verification.Tampering;

/// <summary>Cheating with files, hashes and the order of events.</summary>
internal static class ArchiveCheats
{
    private const int Header = ArchiveHeader.Length;

    public static IEnumerable<Cheat> All =>
    [
        // Files.
        new("another mode in a header", "1.1", () => Bytes(0, b => Put(b, 100, "0000600"))),
        new("an owner in a header", "1.1", () => Bytes(0, b => Put(b, 108, "0001750"))),
        new("a wrong checksum", "1.1", () => Bytes(1, b => b[148]++)),
        new("another kind of file", "1.1", () => Bytes(1, b => b[156] = (byte)'5')),
        new("the magic of newer archives, with the right checksum", "1.1", () => Bytes(1, b => { Put(b, 257, "ustar"); FixChecksum(b); })),
        new("a byte in the padding", "1.1", () => Bytes(0, b => b[Header + 100] = 1)),
        new("a size in other digits", "1.1", () => Bytes(1, b => { b[124] = (byte)' '; FixChecksum(b); })),
        new("a file cut short", "1.1", () => Forgery.Plain.Made.Archive[..^700]),
        new("a header cut short", "1.1", () => Forgery.Plain.Made.Archive[..^1024].Concat(new byte[] { 65, 66 }).ToArray()),
        new("blocks of zeros at the end", "1.1", () => [.. Forgery.Plain.Made.Archive, .. new byte[1024]]),
        new("no first file", "1.1", () => Forgery.Plain.Made.Archive[1024..]),
        new("an empty file", "1.1", () => []),
        new("a size of gigabytes", "1.1", () => Bytes(1, b => { Put(b, 124, "77777777777"); FixChecksum(b); })),
        new("an election file of two megabytes", "1.1", () => Forgery.Plain.Replace(0, "\"name\":\"", "\"name\":\"" + new string('a', 1 << 21))),
        new("content changed under its old name", "1.2", () => Bytes(1, b => b[Header + 40] ^= 1)),
        new("a name of another hash", "1.2", () => Bytes(1, b => { b[0] = b[0] == 'a' ? (byte)'b' : (byte)'a'; FixChecksum(b); })),
        new("a name of another ending", "1.2", () => Bytes(1, b => { Put(b, 64, ".other.json"); FixChecksum(b); })),
        new("a file of another time", "1.3", () => Bytes(1, b => { b[146]++; FixChecksum(b); })),
        new("another version of the archive", "1.3", () => Bytes(0, b => b[Header + 11] = (byte)'2')),
        new("a time with a letter", "1.3", () => Bytes(0, b => b[Header + 30] = (byte)'x')),

        // Events.
        new("an event with a member too many", "1.4", () => Event(2, e => e[..^1] + ",\"note\":\"x\"}")),
        new("an event with members in another order", "1.4", () => Event(0, e => e.Replace("\"height\":0,\"type\":\"Setup\"", "\"type\":\"Setup\",\"height\":0", StringComparison.Ordinal))),
        new("a height with a leading zero", "1.4", () => Event(2, e => e.Replace("\"height\":2", "\"height\":02", StringComparison.Ordinal))),
        new("an unknown type of event", "1.4", () => Event(2, e => e.Replace("Ballot", "Bullet", StringComparison.Ordinal))),
        new("a blank in an event", "1.4", () => Event(2, e => e.Replace(",", ", ", StringComparison.Ordinal))),
        new("a parent in capitals", "1.4", () => Event(2, e => e[..12] + e[12..70].ToUpperInvariant() + e[70..])),
        new("setup data in another order", "1.4", () => Data(0, d => "{" + d[(d.IndexOf(',', StringComparison.Ordinal) + 1)..^1] + "," + d[1..d.IndexOf(',', StringComparison.Ordinal)] + "}")),
        new("an owner with a note", "1.4", () => Data(9, d => d[..^1] + ",\"note\":1}")),
        new("a negative owner", "1.4", () => Data(9, d => d.Replace("\"owner\":", "\"owner\":-", StringComparison.Ordinal))),
        new("a weight in quotes", "1.4", () => Data(8, d => d.Replace("\"total_weight\":8", "\"total_weight\":\"8\"", StringComparison.Ordinal))),
        new("a height left out", "1.5", () => Event(3, e => e.Replace("\"height\":3", "\"height\":4", StringComparison.Ordinal))),
        new("a parent of another event", "1.5", () => Event(3, e => "{\"parent\":\"" + new string('0', 64) + e[75..])),
        new("a parent before the first event", "1.5", () => Event(0, e => "{\"parent\":\"" + new string('0', 64) + "\"," + e[1..])),
        new("no parent", "1.5", () => Event(3, e => "{" + e[(e.IndexOf(',', StringComparison.Ordinal) + 1)..])),
        new("an event dropped and the rest left as it was", "1.5", () => DropFiles(5, 2)),
        new("a file after the last event", "1.6", () => [.. Forgery.Plain.Made.Archive, .. File("{}", Forgery.Plain.Parts.Timestamp)]),
        new("a file too many before a ballot", "1.6", () => Forgery.Plain.Rearranged(e => e[2].Documents.Insert(0, "{}"u8.ToArray()))),
        new("a payload that is not the file before", "1.6", () => Event(2, e => e[..^66] + new string('0', 64) + "\"}")),
        new("a payload of the end of the vote", "1.6", () => Event(7, e => e[..^1] + ",\"payload\":\"" + new string('0', 64) + "\"}")),
        new("a ballot without payload", "1.6", () => Event(2, e => e[..e.IndexOf(",\"payload\"", StringComparison.Ordinal)] + "}")),
        new("setup data that name another election", "1.6", () => Data(0, d => d[..13] + new string('0', 64) + d[77..])),
        new("setup files in another order", "1.6", () => Data(0, d => d.Replace("\"trustees\":\"", "\"trustees\":\"0", StringComparison.Ordinal).Remove(d.IndexOf("\"trustees\":\"", StringComparison.Ordinal) + 76, 1))),
        new("a tally under another name", "1.6", () => Data(8, d => d[..^66] + new string('0', 64) + "\"}")),
        new("files of a thousand events before one", "1.6", () => Forgery.Plain.Rearranged(e => e[2].Documents.InsertRange(0, Enumerable.Range(0, 1000).Select(i => Encoding.ASCII.GetBytes($"{i}"))))),

        // Order.
        new("a ballot after the end of the vote", "2.1", () => Forgery.Plain.Rearranged(e => Move(e, 6, 7))),
        new("a second setup", "2.1", () => Forgery.Plain.Rearranged(e => e.Insert(1, e[0].Copy()))),
        new("a second result", "2.1", () => Forgery.Plain.Rearranged(e => e.Add(e[12].Copy()))),
        new("a ballot after the result", "2.1", () => Forgery.Plain.Rearranged(e => e.Add(e[1].Copy()))),
        new("a ballot before the setup", "2.1", () => Forgery.Plain.Rearranged(e => Move(e, 1, 0))),
        new("a result without decryptions", "2.1", () => Forgery.Plain.Rearranged(e => e.RemoveRange(9, 3))),
        new("a decryption after the result", "2.1", () => Forgery.Plain.Rearranged(e => e.Add(e[11].Copy()))),
        new("a tally before the end of the vote", "2.1", () => Forgery.Plain.Rearranged(e => Move(e, 8, 7))),
        new("no end of the vote", "2.1", () => Forgery.Plain.Rearranged(e => e.RemoveAt(7))),
        new("no tally", "2.1", () => Forgery.Plain.Rearranged(e => e.RemoveAt(8))),
        new("a second tally", "2.1", () => Forgery.Plain.Rearranged(e => e.Insert(9, e[8].Copy()))),
        new("the end of the vote twice", "2.1", () => Forgery.Plain.Rearranged(e => e.Insert(8, e[7].Copy()))),
        new("a shuffle of an election that has nothing to shuffle", "2.1", () => Forgery.Plain.Rearranged(e => e.Insert(9, new(ArchiveEventType.Shuffle, ["{}"u8.ToArray()]) { Owner = 1 }))),
        new("a ranked election without shuffle", "2.1", () => Forgery.Ranked.Rearranged(e => e.RemoveRange(6, 2))),
        new("a ranked election without shuffle nor end of shuffles", "2.1", () => Forgery.Ranked.Rearranged(e => e.RemoveRange(6, 3))),
        new("a shuffle after the end of shuffles", "2.1", () => Forgery.Ranked.Rearranged(e => Move(e, 7, 8))),
        new("decryptions without end of shuffles", "2.1", () => Forgery.Ranked.Rearranged(e => e.RemoveAt(8))),
    ];

    /// <summary>Changes the bytes of the n-th file of the plain election, header included.</summary>
    private static byte[] Bytes(int file, Action<Span<byte>> change)
    {
        var archive = Forgery.Plain.Made.Archive.ToArray();
        var at = Offsets(archive)[file];
        var next = at + Header;
        SpanAction(archive.AsSpan(at), change);
        Assert.True(next < archive.Length);
        return archive;
    }

    private static void SpanAction(Span<byte> span, Action<Span<byte>> change) => change(span);

    private static List<int> Offsets(byte[] archive)
    {
        var offsets = new List<int>();
        for (var at = 0; at < archive.Length;)
        {
            offsets.Add(at);
            var size = (int)ArchiveHeader.ReadSize(archive.AsSpan(at, Header))!.Value;
            at += Header + size + ArchiveHeader.Padding(size);
        }

        return offsets;
    }

    private static byte[] DropFiles(int first, int count)
    {
        var archive = Forgery.Plain.Made.Archive;
        var offsets = Offsets(archive);
        return [.. archive[..offsets[first + 1]], .. archive[offsets[first + 1 + count]..]];
    }

    private static byte[] File(string text, long timestamp)
    {
        var content = Encoding.ASCII.GetBytes(text);
        return [.. ArchiveHeader.Write(Digest.Of(content).Hex + ".data.json", content.Length, timestamp), .. content, .. new byte[ArchiveHeader.Padding(content.Length)]];
    }

    private static void FixChecksum(Span<byte> header)
    {
        Put(header, 148, "        ");
        var sum = 0;
        foreach (var b in header[..Header])
        {
            sum += b;
        }

        Put(header, 148, Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ");
    }

    private static void Put(Span<byte> bytes, int offset, string text) => Encoding.ASCII.GetBytes(text, bytes[offset..]);

    private static byte[] Event(int part, Func<string, string> change) => Forgery.Plain.Rearranged(e => e[part].Event = change);

    private static byte[] Data(int part, Func<string, string> change) => Forgery.Plain.Rearranged(e => e[part].Data = change);

    private static void Move(List<ArchivePart> events, int from, int to)
    {
        var moved = events[from];
        events.RemoveAt(from);
        events.Insert(to, moved);
    }
}
