using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Archives;

/// <summary>Appends events to a <c>.bel</c> archive: PROTOCOL.md section 9. Each event and its data are written in one piece, so that a broken write leaves whole events and one tail to cut off.</summary>
/// <remarks>Documents are written as they are given: what they say is checked by whoever accepts them, and by the verifier.</remarks>
public sealed class ArchiveWriter
{
    private readonly Stream _stream;
    private readonly long _timestamp;
    private bool _hasNonHomomorphicQuestions;

    private ArchiveWriter(Stream stream, long timestamp)
    {
        _stream = stream;
        _timestamp = timestamp;
    }

    /// <summary>Hash of the last event; null before the setup. The one value to publish.</summary>
    public Digest? LastEvent { get; private set; }

    /// <summary>Type of the last event; null before the setup.</summary>
    public ArchiveEventType? LastType { get; private set; }

    /// <summary>Of the next event.</summary>
    public int Height { get; private set; }

    /// <summary>Starts an archive.</summary>
    /// <param name="stream">Written at its current position, flushed after each event, left open.</param>
    /// <param name="createdAt">The time that all members bear, in whole seconds from 1970.</param>
    public static ArchiveWriter Create(Stream stream, DateTimeOffset createdAt)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var timestamp = createdAt.ToUnixTimeSeconds();
        ArgumentOutOfRangeException.ThrowIfNegative(timestamp, nameof(createdAt));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timestamp, ArchiveHeader.MaxNumber, nameof(createdAt));
        var content = ArchiveHeader.WriteFirst(timestamp);
        using var piece = new MemoryStream();
        Put(piece, ArchiveHeader.FirstName, content, timestamp);
        stream.Write(piece.GetBuffer(), 0, (int)piece.Length);
        stream.Flush();
        return new(stream, timestamp);
    }

    /// <summary>Continues an archive whose structure holds; reads it once.</summary>
    /// <param name="stream">Readable and writable; read from its current position to its end.</param>
    /// <exception cref="ArchiveFormatException">The structure or the order of events does not hold; its offset is where a broken tail may start.</exception>
    public static ArchiveWriter Resume(Stream stream)
    {
        var reader = new EventReader(stream);
        var writer = new ArchiveWriter(stream, reader.Archive.Timestamp);
        for (var at = reader.Archive.Offset; reader.Read() is { } read; at = read.End)
        {
            if (!EventOrder.After(writer.LastType, writer._hasNonHomomorphicQuestions).Contains(read.Type))
            {
                throw new ArchiveFormatException(ArchiveRule.Order, at, read.Type.ToString(), "another event");
            }

            if (read.Data is EventData.Setup setup)
            {
                writer._hasNonHomomorphicQuestions = Election.Read(setup.Election.Content).HasNonHomomorphicQuestions;
            }

            writer.LastEvent = read.Hash;
            writer.LastType = read.Type;
            writer.Height = read.Height + 1;
        }

        return writer;
    }

    /// <param name="trustees">Bytes of the trustees file.</param>
    /// <param name="credentials">Bytes of the public credential list.</param>
    public void AddSetup(Election election, ReadOnlySpan<byte> trustees, ReadOnlySpan<byte> credentials)
    {
        ArgumentNullException.ThrowIfNull(election);
        var data = EventDocuments.WriteSetup(election.Digest, Digest.Of(trustees), Digest.Of(credentials));
        Add(ArchiveEventType.Setup, election.Bytes.ToArray(), trustees.ToArray(), credentials.ToArray(), data);
        _hasNonHomomorphicQuestions = election.HasNonHomomorphicQuestions;
    }

    public void AddBallot(ReadOnlySpan<byte> ballot) => Add(ArchiveEventType.Ballot, ballot.ToArray());

    public void AddEndBallots() => Add(ArchiveEventType.EndBallots);

    /// <param name="numTallied">Kept ballots.</param>
    /// <param name="totalWeight">Of the kept ballots.</param>
    public void AddEncryptedTally(ReadOnlySpan<byte> tally, int numTallied, long totalWeight) =>
        Add(ArchiveEventType.EncryptedTally, tally.ToArray(), EventDocuments.WriteTally(numTallied, totalWeight, Digest.Of(tally)));

    /// <param name="owner">Trustee number, from 1.</param>
    public void AddShuffle(int owner, ReadOnlySpan<byte> shuffle) =>
        Add(ArchiveEventType.Shuffle, shuffle.ToArray(), EventDocuments.WriteOwned(owner, Digest.Of(shuffle)));

    public void AddEndShuffles() => Add(ArchiveEventType.EndShuffles);

    /// <param name="owner">Trustee number, from 1.</param>
    public void AddPartialDecryption(int owner, ReadOnlySpan<byte> decryption) =>
        Add(ArchiveEventType.PartialDecryption, decryption.ToArray(), EventDocuments.WriteOwned(owner, Digest.Of(decryption)));

    public void AddResult(ReadOnlySpan<byte> result) => Add(ArchiveEventType.Result, result.ToArray());

    private static void Put(MemoryStream piece, string name, byte[] content, long timestamp)
    {
        piece.Write(ArchiveHeader.Write(name, content.Length, timestamp));
        piece.Write(content);
        piece.Write(new byte[ArchiveHeader.Padding(content.Length)]);
    }

    private void Add(ArchiveEventType type, params ReadOnlySpan<byte[]> data)
    {
        if (!EventOrder.After(LastType, _hasNonHomomorphicQuestions).Contains(type))
        {
            throw new InvalidOperationException($"{type} cannot follow {LastType?.ToString() ?? "nothing"} in an archive.");
        }

        using var piece = new MemoryStream();
        foreach (var document in data)
        {
            Put(piece, Digest.Of(document).Hex + ".data.json", document, _timestamp);
        }

        var content = EventDocuments.WriteEvent(LastEvent, Height, type, data.IsEmpty ? null : Digest.Of(data[^1]));
        var hash = Digest.Of(content);
        Put(piece, hash.Hex + ".event.json", content, _timestamp);
        _stream.Write(piece.GetBuffer(), 0, (int)piece.Length);
        _stream.Flush();
        LastEvent = hash;
        LastType = type;
        Height++;
    }
}
