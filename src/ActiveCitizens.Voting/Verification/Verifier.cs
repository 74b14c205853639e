using ActiveCitizens.Voting.Archives;

namespace ActiveCitizens.Voting.Verification;

/// <summary>Verifies whole archives: PROTOCOL.md sections 15 and 16.</summary>
public static class Verifier
{
    private const int CompareBytes = 1 << 16;

    /// <summary>Checks an archive against itself, and against whatever the options name.</summary>
    /// <param name="archive">Seekable: superseded ballots are read a second time. Read from its current position, left open.</param>
    /// <param name="progress">Told after every few hundred ballots and after every other event.</param>
    /// <returns>Never null; bad input is a failed check, not an exception.</returns>
    /// <remarks>Time is that of the proofs (PROTOCOL.md section 18). Memory: the credential list, about 150 bytes per voter and 60 per ballot, and one document at a time; ranked questions take their ciphertexts as well.</remarks>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <exception cref="IOException">The stream failed, or changed while it was read.</exception>
    /// <exception cref="OperationCanceledException">Verification was cancelled.</exception>
    public static VerificationReport Verify(Stream archive, VerificationOptions? options = null, IProgress<VerificationProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(archive);
        if (!archive.CanSeek)
        {
            throw new ArgumentException("An archive is verified from a stream that can seek.", nameof(archive));
        }

        options ??= new();
        var book = new OutcomeBook([.. VerificationCheck.Always, .. Requested(options)]);
        var start = archive.Position;
        var run = new VerificationRun(archive, start, options, book, progress, cancel);
        run.ReadAll();
        run.Compare();
        if (options.EarlierCopy is { } earlier)
        {
            archive.Position = start;
            book.Settle(VerificationCheck.EarlierCopy, "archive", FindDifference(archive, earlier, cancel));
        }

        var report = new VerificationReport(run.Facts(), book.Close());
        return report.Verdict == VerificationVerdict.Invalid ? report : report with { Contents = run.Contents() };
    }

    private static IEnumerable<VerificationCheck> Requested(VerificationOptions options) => VerificationCheck.OnRequest.Where(check =>
        (check == VerificationCheck.EarlierCopy && options.EarlierCopy is not null)
        || (check == VerificationCheck.AnnouncedElection && options.Election is not null)
        || (check == VerificationCheck.AnnouncedCredentials && options.Credentials is not null)
        || (check == VerificationCheck.AnnouncedTrustees && options.TrusteeChecksums is not null)
        || (check == VerificationCheck.AnnouncedVoters && options.VoterCount is not null)
        || (check == VerificationCheck.AnnouncedLastEvent && options.LastEvent is not null)
        || (check == VerificationCheck.Tracker && options.Tracker is not null));

    private static string? FindDifference(Stream archive, Stream earlier, CancellationToken cancel)
    {
        var left = new byte[CompareBytes];
        var right = new byte[CompareBytes];
        for (var offset = 0L; ;)
        {
            cancel.ThrowIfCancellationRequested();
            var expected = earlier.ReadAtLeast(right, right.Length, throwOnEndOfStream: false);
            var found = archive.ReadAtLeast(left.AsSpan(0, expected), expected, throwOnEndOfStream: false);
            var same = left.AsSpan(0, found).CommonPrefixLength(right.AsSpan(0, expected));
            if (same < expected)
            {
                return same == found
                    ? FormattableString.Invariant($"it ends at byte {offset + same}, before the earlier copy does")
                    : FormattableString.Invariant($"it differs from the earlier copy at byte {offset + same}");
            }

            if (expected < right.Length)
            {
                return null;
            }

            offset += expected;
        }
    }

    internal static VerificationCheck CheckOf(ArchiveRule rule) => rule switch
    {
        ArchiveRule.Members => VerificationCheck.Members,
        ArchiveRule.Names => VerificationCheck.Names,
        ArchiveRule.Header => VerificationCheck.Header,
        ArchiveRule.Canonical => VerificationCheck.Events,
        ArchiveRule.Chain => VerificationCheck.Chain,
        ArchiveRule.Data => VerificationCheck.EventData,
        _ => VerificationCheck.Order,
    };
}
