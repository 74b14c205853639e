using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Trustees;

namespace ActiveCitizens.Cli.Archives;

/// <summary>What stands in an archive whose structure, order and setup hold. Ballots, shuffles, decryptions and result are not verified here.</summary>
internal sealed class ElectionArchive
{
    private readonly List<(int Owner, ReadOnlyMemory<byte> Document)> _shuffles = [];
    private readonly List<(int Owner, ReadOnlyMemory<byte> Document)> _decryptions = [];

    private ElectionArchive(FileInfo path, Election election, TrusteeSet trustees, PublicCredentials credentials, long timestamp) =>
        (Path, Election, Trustees, Credentials, CreatedAt) = (path, election, trustees, credentials, DateTimeOffset.FromUnixTimeSeconds(timestamp));

    public FileInfo Path { get; }

    public Election Election { get; }

    public TrusteeSet Trustees { get; }

    public PublicCredentials Credentials { get; }

    public DateTimeOffset CreatedAt { get; }

    /// <summary>Ballots in the box, superseded ones included.</summary>
    public int Ballots { get; private set; }

    public ArchiveEventType LastType { get; private set; }

    public Digest LastEvent { get; private set; }

    public EventData.EncryptedTally? Tally { get; private set; }

    public IReadOnlyList<(int Owner, ReadOnlyMemory<byte> Document)> Shuffles => _shuffles;

    public IReadOnlyList<(int Owner, ReadOnlyMemory<byte> Document)> Decryptions => _decryptions;

    public ReadOnlyMemory<byte>? Result { get; private set; }

    /// <summary>Reads an archive to its end.</summary>
    /// <param name="onBallot">Given every ballot, in order.</param>
    /// <exception cref="BadInputException">The file cannot be read, or its structure, order or setup does not hold.</exception>
    public static ElectionArchive Read(FileInfo path, CancellationToken cancel, Action<ElectionArchive, ArchiveMember>? onBallot = null)
    {
        try
        {
            using var stream = new FileStream(path.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            var reader = new EventReader(stream);
            ElectionArchive? archive = null;
            while (reader.Read() is { } read)
            {
                cancel.ThrowIfCancellationRequested();
                if (!EventOrder.After(archive?.LastType, archive?.Election.HasNonHomomorphicQuestions ?? false).Contains(read.Type))
                {
                    throw new BadInputException($"{path.Name}: the event {read.Type} at height {read.Height} stands in the wrong place.");
                }

                archive ??= OpenSetup(path, (EventData.Setup)read.Data, reader.Archive.Timestamp);
                archive.Take(read, onBallot);
            }

            return archive ?? throw new BadInputException($"{path.Name} holds no election yet; expected an archive with its setup.");
        }
        catch (ProtocolFormatException e)
        {
            throw new BadInputException($"{path.Name}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path.Name} cannot be read: {e.Message}", e);
        }
    }

    /// <exception cref="BadInputException">Another event than <paramref name="expected"/> is the last one.</exception>
    public ElectionArchive Require(string todo, params ReadOnlySpan<ArchiveEventType> expected) =>
        expected.Contains(LastType) ? this : throw new BadInputException($"{Path.Name} ends with {LastType}; {todo}.");

    /// <summary>The decrypted answers; only for an archive with a result.</summary>
    public ElectionResult ReadResult() => ElectionResult.Read(Election, Tally!.NumTallied, Result!.Value.Span);

    private static ElectionArchive OpenSetup(FileInfo path, EventData.Setup setup, long timestamp)
    {
        var election = Election.Read(setup.Election.Content);
        var trustees = TrusteeSet.Read(setup.Trustees.Content, election.Group);
        if (trustees.FindProblem() is { } problem)
        {
            throw new BadInputException($"{path.Name}: {problem}.");
        }

        if (!trustees.PublicKey().Equals(election.PublicKey))
        {
            throw new BadInputException($"{path.Name}: the election's key is not the one that its trustees' keys give.");
        }

        return new(path, election, trustees, PublicCredentials.Read(setup.Credentials.Content, election.Group), timestamp);
    }

    private void Take(ArchiveEvent read, Action<ElectionArchive, ArchiveMember>? onBallot)
    {
        (LastType, LastEvent) = (read.Type, read.Hash);
        switch (read.Data)
        {
            case EventData.Document ballot when read.Type == ArchiveEventType.Ballot:
                Ballots++;
                onBallot?.Invoke(this, ballot.Payload);
                break;
            case EventData.Document result:
                Result = result.Payload.Content;
                break;
            case EventData.EncryptedTally tally:
                Tally = tally;
                break;
            case EventData.Owned owned:
                (read.Type == ArchiveEventType.Shuffle ? _shuffles : _decryptions).Add((owned.Owner, owned.Payload.Content));
                break;
        }
    }
}
