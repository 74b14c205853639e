using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Verification;

/// <summary>One pass over an archive: a state machine over its events, which hands each to the checks of its phase.</summary>
internal sealed class VerificationRun(Stream archive, long archiveStart, VerificationOptions options, OutcomeBook book, IProgress<VerificationProgress>? progress, CancellationToken cancel)
{
    private const long MaxUnknownBytes = 1 << 29;
    private const long MaxEventBytes = 512;
    private SetupChecks? _setup;
    private BallotBox? _box;
    private TallyChecks? _tally;
    private ArchiveEvent? _last;
    private bool _isReadToEnd;

    public void ReadAll()
    {
        try
        {
            var reader = new EventReader(archive);
            while (reader.Read() is { } next)
            {
                cancel.ThrowIfCancellationRequested();
                if (!Accept(next))
                {
                    return;
                }

                reader.Archive.MaxContentBytes = Limit();
                Report(reader.Archive.Offset);
            }

            _isReadToEnd = true;
            _box?.Close();
            book.Pass(VerificationCheck.Members, VerificationCheck.Names, VerificationCheck.Header, VerificationCheck.Events, VerificationCheck.Chain, VerificationCheck.EventData, VerificationCheck.Order);
        }
        catch (ArchiveFormatException e)
        {
            // What was read before is still worth a word each, but nothing passes on the strength of a part.
            _box?.Flush();
            book.Fail(Verifier.CheckOf(e.ArchiveRule), _last is null ? "start of the archive" : FormattableString.Invariant($"after event {_last.Height + 1}"), e.Message);
        }
    }

    /// <summary>Compares with what was announced.</summary>
    public void Compare()
    {
        Compare(VerificationCheck.AnnouncedElection, options.Election, _setup?.ElectionDigest, d => d.Base64);
        Compare(VerificationCheck.AnnouncedCredentials, options.Credentials, _setup?.CredentialsDigest, d => d.Base64);
        Compare(VerificationCheck.AnnouncedVoters, options.VoterCount, _setup?.Credentials?.Count, n => FormattableString.Invariant($"{n}"));
        if (options.TrusteeChecksums is { } announced && _setup?.Trustees is { } trustees)
        {
            var found = trustees.Keys.Select(key => key.Checksum).ToList();
            var different = Enumerable.Range(0, Math.Max(found.Count, announced.Count)).FirstOrDefault(i => i >= found.Count || i >= announced.Count || found[i] != announced[i], -1);
            book.Settle(VerificationCheck.AnnouncedTrustees, FormattableString.Invariant($"trustee {different + 1}"), different < 0 ? null
                : found.Count != announced.Count ? FormattableString.Invariant($"{found.Count} trustees, {announced.Count} announced")
                : $"{found[different].Hex}, announced {announced[different].Hex}");
        }

        if (_isReadToEnd)
        {
            Compare(VerificationCheck.AnnouncedLastEvent, options.LastEvent, _last?.Hash, d => d.Hex);
            if (options.Tracker is { } tracker && _box is not null)
            {
                book.Settle(VerificationCheck.Tracker, $"tracker {tracker.Base64}", _box.FindTrackerProblem(tracker));
            }
        }
    }

    public VerificationFacts Facts() => new()
    {
        Name = _setup?.Election?.Name,
        Uuid = _setup?.Election?.Uuid,
        Group = _setup?.Election?.Group.Name,
        Fingerprint = _setup?.ElectionDigest,
        CredentialsFingerprint = _setup?.CredentialsDigest,
        VoterCount = _setup?.Credentials?.Count ?? 0,
        TrusteeChecksums = [.. _setup?.Trustees?.Keys.Select(key => key.Checksum) ?? []],
        EventCount = _last is null ? 0 : _last.Height + 1,
        BallotCount = _box?.Count ?? 0,
        KeptBallotCount = _box?.KeptCount ?? 0,
        TotalWeight = _tally?.TotalWeight ?? 0,
        LastEventType = _last?.Type,
        LastEvent = _last?.Hash,
        Result = _tally?.Result,
    };

    /// <summary>What the next step starts from; has meaning when nothing failed.</summary>
    public ArchiveContents? Contents()
    {
        if (_setup is not { Election: { } election, Trustees: { } trustees, Credentials: { } credentials })
        {
            return null;
        }

        var contents = new ArchiveContents(election, trustees, credentials);
        return _last!.Type < ArchiveEventType.EndBallots ? contents : _tally!.Describe(contents, _box!);
    }

    /// <returns>False when the order is broken: what follows has no meaning.</returns>
    private bool Accept(ArchiveEvent next)
    {
        // When the election file is unreadable, nobody knows whether shuffles are due.
        var isRanked = _setup?.Election?.HasNonHomomorphicQuestions ?? next.Type == ArchiveEventType.Shuffle;
        if (!EventOrder.After(_last?.Type, isRanked).Contains(next.Type))
        {
            _box?.Flush();
            book.Fail(VerificationCheck.Order, FormattableString.Invariant($"event {next.Height + 1}"), $"{next.Type} cannot follow {_last?.Type.ToString() ?? "the start"} here");
            return false;
        }

        _last = next;
        switch (next.Data)
        {
            case EventData.Setup setup:
                _setup = new(book, setup);
                _setup.Check(options.DegreeOfParallelism, cancel);
                if (_setup is { Election: { } election, Credentials: { } credentials, Trustees: { } trustees })
                {
                    _box = new(election, credentials, archive, archiveStart, options.DegreeOfParallelism, book, cancel);
                    _tally = new(election, trustees, book);
                }

                break;
            case EventData.Document document when next.Type == ArchiveEventType.Ballot:
                _box?.Add(document.Payload, next.Height);
                break;
            case EventData.Document document:
                _tally?.CheckResult(document.Payload);
                break;
            case EventData.EncryptedTally tally:
                _tally?.CheckTally(tally, _box!);
                break;
            case EventData.Owned owned when next.Type == ArchiveEventType.Shuffle:
                _tally?.CheckShuffle(owned, next.Height);
                break;
            case EventData.Owned owned:
                _tally?.CheckDecryption(owned, next.Height);
                break;
            default:
                if (next.Type == ArchiveEventType.EndBallots)
                {
                    _box?.Close();
                }
                else
                {
                    _tally?.EndShuffles();
                }

                break;
        }

        return true;
    }

    /// <summary>The largest document that may come next. A ballot always may, as far as size goes: that it comes too late is for the order to say.</summary>
    private long Limit()
    {
        if (_box is null)
        {
            return MaxUnknownBytes;
        }

        var ballot = Math.Max(MaxEventBytes, Ballots.Ballot.MaxBytes(_setup!.Election!));
        return _last!.Type is ArchiveEventType.Setup or ArchiveEventType.Ballot ? ballot : Math.Max(ballot, _tally!.MaxBytes(_box.KeptCount));
    }

    private void Report(long read)
    {
        if (progress is not null && (_last!.Type != ArchiveEventType.Ballot || _box?.VerifiedCount == _box?.Count))
        {
            progress.Report(new(read, archive.Length - archiveStart, _box?.VerifiedCount ?? 0));
        }
    }

    private void Compare<T>(VerificationCheck check, T? announced, T? found, Func<T, string> show)
        where T : struct
    {
        if (announced is { } expected && found is { } own)
        {
            book.Settle(check, "archive", expected.Equals(own) ? null : $"{show(own)}, announced {show(expected)}");
        }
    }
}
