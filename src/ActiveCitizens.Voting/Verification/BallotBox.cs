using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Tallies;

namespace ActiveCitizens.Voting.Verification;

/// <summary>The ballots of an archive: verified in parallel batches, tallied in their order. Per ballot it keeps a hash, per credential where its last ballot stands; a superseded ballot is read again and taken out of the tally.</summary>
internal sealed class BallotBox(Election election, PublicCredentials credentials, Stream archive, long archiveStart, int degreeOfParallelism, OutcomeBook book, CancellationToken cancel)
{
    public static readonly VerificationCheck[] Checks =
    [
        VerificationCheck.BallotForm, VerificationCheck.BallotElection, VerificationCheck.BallotCredential, VerificationCheck.BallotElements,
        VerificationCheck.IndividualProofs, VerificationCheck.BlankProofs, VerificationCheck.OverallProofs, VerificationCheck.RankedProofs,
        VerificationCheck.Signatures, VerificationCheck.NoBallotTwice,
    ];

    private const int BatchCount = 256;
    private const int BatchBytes = 1 << 23;
    private readonly BallotVerifier _verifier = new(election, credentials);
    private readonly TallyAccumulator _tally = new(election);
    private readonly Dictionary<Digest, int> _numbers = [];
    private readonly Kept?[] _kept = new Kept?[credentials.Count];
    private readonly List<(ArchiveMember Member, string Subject)> _batch = [];
    private int _batchBytes;

    /// <summary>All ballots seen.</summary>
    public int Count { get; private set; }

    public bool HasFailures { get; private set; }

    public int KeptCount { get; private set; }

    /// <summary>Verified so far.</summary>
    public int VerifiedCount { get; private set; }

    public void Add(ArchiveMember ballot, int height)
    {
        Count++;
        _batch.Add((ballot, FormattableString.Invariant($"ballot {Count} (event {height + 1})")));
        _batchBytes += ballot.Content.Length;
        if (_batch.Count == BatchCount || _batchBytes >= BatchBytes)
        {
            Flush();
        }
    }

    /// <summary>Verifies what is waiting.</summary>
    public void Flush()
    {
        var checks = new (BallotVerdict.Refused? Refused, int Credential, TallyContribution? Contribution)[_batch.Count];
        Parallel.For(0, checks.Length, new ParallelOptions { MaxDegreeOfParallelism = degreeOfParallelism, CancellationToken = cancel }, i => checks[i] = Check(_batch[i].Member));
        for (var i = 0; i < checks.Length; i++)
        {
            var (member, subject) = _batch[i];
            if (checks[i].Refused is { } refused)
            {
                Fail(CheckOf(refused.Rule), subject, refused.Reason);
            }

            if (!_numbers.TryAdd(member.Hash, VerifiedCount + 1))
            {
                Fail(VerificationCheck.NoBallotTwice, subject, FormattableString.Invariant($"the same bytes are in the box as ballot {_numbers[member.Hash]}"));
            }
            else if (checks[i].Contribution is { } contribution)
            {
                Keep(member, checks[i].Credential, contribution);
            }

            VerifiedCount++;
        }

        _batch.Clear();
        _batchBytes = 0;
    }

    /// <summary>Says that all ballots up to here were checked.</summary>
    public void Close()
    {
        Flush();
        book.Pass(Checks);
    }

    public EncryptedTally Tally() => _tally.Finish();

    /// <returns>What is wrong with a voter's tracker; null when the ballot counts.</returns>
    public string? FindTrackerProblem(Digest tracker)
    {
        if (!_numbers.TryGetValue(tracker, out var number))
        {
            return "no ballot in the box has this tracker";
        }

        return _kept.Any(kept => kept?.Ballot == tracker)
            ? null
            : FormattableString.Invariant($"it is ballot {number}, but that ballot was refused or a later one of the same credential replaced it");
    }

    private static VerificationCheck CheckOf(BallotRule rule) => rule switch
    {
        BallotRule.Canonical => VerificationCheck.BallotForm,
        BallotRule.Election => VerificationCheck.BallotElection,
        BallotRule.Credential => VerificationCheck.BallotCredential,
        BallotRule.Group => VerificationCheck.BallotElements,
        BallotRule.IndividualProof => VerificationCheck.IndividualProofs,
        BallotRule.BlankProof => VerificationCheck.BlankProofs,
        BallotRule.OverallProof => VerificationCheck.OverallProofs,
        BallotRule.RankedProof => VerificationCheck.RankedProofs,
        BallotRule.Signature => VerificationCheck.Signatures,
        _ => VerificationCheck.NoBallotTwice,
    };

    private (BallotVerdict.Refused? Refused, int Credential, TallyContribution? Contribution) Check(ArchiveMember member)
    {
        var verdict = _verifier.Verify(member.Content);
        if (verdict is not BallotVerdict.Accepted(var ballot))
        {
            return ((BallotVerdict.Refused)verdict, 0, null);
        }

        var credential = credentials.Find(ballot.CredentialText)!.Value;
        return (null, credential, Contribution(ballot, credential));
    }

    private TallyContribution? Contribution(Ballot ballot, int credential)
    {
        var weight = credentials.Weight(credential);
        // A weight other than 1 with ranked questions fails its own check, and no tally exists.
        return weight != 1 && election.HasNonHomomorphicQuestions ? null : TallyContribution.Of(election, ballot, weight);
    }

    private void Keep(ArchiveMember member, int credential, TallyContribution contribution)
    {
        if (_kept[credential] is { } superseded)
        {
            _tally.Remove(ReadAgain(superseded, credential));
        }
        else
        {
            KeptCount++;
        }

        _kept[credential] = new(member.Hash, member.Offset, member.Content.Length);
        _tally.Add(contribution);
    }

    private TallyContribution ReadAgain(Kept kept, int credential)
    {
        var position = archive.Position;
        var bytes = new byte[kept.Length];
        archive.Position = archiveStart + kept.Offset;
        archive.ReadExactly(bytes);
        archive.Position = position;
        if (Digest.Of(bytes) != kept.Ballot)
        {
            throw new IOException("The archive changed while it was being read.");
        }

        return TallyContribution.Of(election, Ballot.Read(election, bytes), credentials.Weight(credential));
    }

    private void Fail(VerificationCheck check, string subject, string reason)
    {
        HasFailures = true;
        book.Fail(check, subject, reason);
    }

    private sealed record Kept(Digest Ballot, long Offset, int Length);
}
