using ActiveCitizens.Cli.Archives;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Tallies;

namespace ActiveCitizens.Cli.TallyVotes;

/// <summary>Verifies every ballot of a box, some hundred at a time on all processors, and adds up the last one of each credential.</summary>
internal sealed class BoxTally(FileInfo path, ProgressBar bar, CancellationToken cancel)
{
    private const int BatchCount = 256;
    private readonly List<ArchiveMember> _waiting = [];
    private readonly Dictionary<Digest, int> _numbers = [];
    private readonly Dictionary<int, (Digest Hash, long Offset, int Length)> _kept = [];
    private BallotVerifier? _verifier;
    private TallyAccumulator? _tally;
    private ElectionArchive? _archive;

    /// <summary>To be given every ballot, in order.</summary>
    /// <exception cref="BadInputException">A ballot must not be in the box.</exception>
    public void Add(ElectionArchive archive, ArchiveMember ballot)
    {
        _archive = archive;
        _waiting.Add(ballot);
        if (_waiting.Count == BatchCount)
        {
            Flush();
        }
    }

    /// <summary>The tally of what was added.</summary>
    public EncryptedTally Finish(Election election)
    {
        Flush();
        return (_tally ?? new(election)).Finish();
    }

    private void Flush()
    {
        if (_waiting.Count == 0)
        {
            return;
        }

        var archive = _archive!;
        _verifier ??= new(archive.Election, archive.Credentials);
        _tally ??= new(archive.Election);
        var verdicts = new BallotVerdict[_waiting.Count];
        Parallel.For(0, verdicts.Length, new ParallelOptions { CancellationToken = cancel }, i =>
        {
            verdicts[i] = _verifier.Verify(_waiting[i].Content);
            bar.Advance(_waiting[i].Content.Length);
        });
        for (var i = 0; i < verdicts.Length; i++)
        {
            Keep(archive, _waiting[i], verdicts[i]);
        }

        _waiting.Clear();
    }

    private void Keep(ElectionArchive archive, ArchiveMember member, BallotVerdict verdict)
    {
        var number = _numbers.Count + 1;
        if (verdict is BallotVerdict.Refused refused)
        {
            throw new BadInputException($"{path.Name}, ballot {number} must not be in the box: {refused.Reason}.");
        }

        if (!_numbers.TryAdd(member.Hash, number))
        {
            throw new BadInputException($"{path.Name}, ballot {number} must not be in the box: its bytes are those of ballot {_numbers[member.Hash]}.");
        }

        var ballot = ((BallotVerdict.Accepted)verdict).Ballot;
        var voter = archive.Credentials.Find(ballot.Credential)!.Value;
        var weight = archive.Credentials.Weight(voter);
        if (_kept.TryGetValue(voter, out var superseded))
        {
            _tally!.Remove(ReadAgain(archive, superseded), weight);
        }

        _kept[voter] = (member.Hash, member.Offset, member.Content.Length);
        _tally!.Add(ballot, weight);
    }

    private Ballot ReadAgain(ElectionArchive archive, (Digest Hash, long Offset, int Length) kept)
    {
        var bytes = new byte[kept.Length];
        using var file = path.OpenRead();
        file.Position = kept.Offset;
        file.ReadExactly(bytes);
        return Digest.Of(bytes) == kept.Hash ? Ballot.Read(archive.Election, bytes) : throw new BadInputException($"{path.Name} changed while it was being read.");
    }
}
