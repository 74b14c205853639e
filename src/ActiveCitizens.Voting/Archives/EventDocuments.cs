using System.Text;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Archives;

/// <summary>The small documents that chain an archive together, in canonical form: PROTOCOL.md section 9.</summary>
internal static class EventDocuments
{
    public const int MaxBytes = 512;

    private static readonly byte[][] TypeNames = [.. Enum.GetNames<ArchiveEventType>().Select(Encoding.ASCII.GetBytes)];

    public static byte[] WriteEvent(Digest? parent, int height, ArchiveEventType type, Digest? payload)
    {
        var writer = new CanonicalWriter();
        writer.Raw("{"u8);
        if (parent is { } before)
        {
            writer.Raw("\"parent\":"u8).Quoted(before.Hex).Raw(","u8);
        }

        writer.Raw("\"height\":"u8).Integer(height).Raw(",\"type\":"u8).Quoted(type.ToString());
        if (payload is { } hash)
        {
            writer.Raw(",\"payload\":"u8).Quoted(hash.Hex);
        }

        return writer.Raw("}"u8).ToArray();
    }

    public static (Digest? Parent, int Height, ArchiveEventType Type, Digest? Payload) ReadEvent(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes, "event", MaxBytes);
        reader.Expect("{"u8);
        Digest? parent = null;
        if (reader.TryLiteral("\"parent\":"u8))
        {
            parent = reader.Hex();
            reader.Expect(","u8);
        }

        reader.Expect("\"height\":"u8);
        var height = reader.Integer(0, int.MaxValue);
        reader.Expect(",\"type\":"u8);
        var start = reader.Position;
        var name = reader.Token(32, "a type of event");
        var type = -1;
        for (var i = 0; i < TypeNames.Length; i++)
        {
            type = name.SequenceEqual(TypeNames[i]) ? i : type;
        }

        if (type < 0)
        {
            throw reader.ErrorAt(start, FormatRule.Range, "a type of event");
        }

        Digest? payload = reader.TryLiteral(",\"payload\":"u8) ? reader.Hex() : null;
        reader.Expect("}"u8);
        reader.End();
        return (parent, height, (ArchiveEventType)type, payload);
    }

    public static byte[] WriteSetup(Digest election, Digest trustees, Digest credentials) => new CanonicalWriter()
        .Raw("{\"election\":"u8).Quoted(election.Hex).Raw(",\"trustees\":"u8).Quoted(trustees.Hex).Raw(",\"credentials\":"u8).Quoted(credentials.Hex).Raw("}"u8).ToArray();

    public static Digest[] ReadSetup(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes, "setup data", MaxBytes);
        var hashes = new List<Digest>();
        reader.Expect("{\"election\":"u8);
        hashes.Add(reader.Hex());
        reader.Expect(",\"trustees\":"u8);
        hashes.Add(reader.Hex());
        reader.Expect(",\"credentials\":"u8);
        hashes.Add(reader.Hex());
        if (reader.TryLiteral(",\"credentials_certificate\":"u8))
        {
            hashes.Add(reader.Hex());
        }

        reader.Expect("}"u8);
        reader.End();
        return [.. hashes];
    }

    public static byte[] WriteTally(int numTallied, long totalWeight, Digest tally) => new CanonicalWriter()
        .Raw("{\"num_tallied\":"u8).Integer(numTallied).Raw(",\"total_weight\":"u8).Weight(totalWeight).Raw(",\"encrypted_tally\":"u8).Quoted(tally.Hex).Raw("}"u8).ToArray();

    public static (int NumTallied, long TotalWeight, Digest Tally) ReadTally(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes, "tally data", MaxBytes);
        reader.Expect("{\"num_tallied\":"u8);
        var numTallied = reader.Integer(0, int.MaxValue);
        reader.Expect(",\"total_weight\":"u8);
        var totalWeight = reader.Weight();
        reader.Expect(",\"encrypted_tally\":"u8);
        var tally = reader.Hex();
        reader.Expect("}"u8);
        reader.End();
        return (numTallied, totalWeight, tally);
    }

    public static byte[] WriteOwned(int owner, Digest payload) => new CanonicalWriter()
        .Raw("{\"owner\":"u8).Integer(owner).Raw(",\"payload\":"u8).Quoted(payload.Hex).Raw("}"u8).ToArray();

    public static (int Owner, Digest Payload) ReadOwned(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes, "owned data", MaxBytes);
        reader.Expect("{\"owner\":"u8);
        var owner = reader.Integer(0, int.MaxValue);
        reader.Expect(",\"payload\":"u8);
        var payload = reader.Hex();
        reader.Expect("}"u8);
        reader.End();
        return (owner, payload);
    }
}
