using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Verification;
using ActiveCitizens.Web.Features.Elections.DownloadArchive;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.CheckBoxes;

/// <summary>
/// Runs the verifier over every box as long as an election goes on: the whole archive as anybody would download it, against the roll's numbers and
/// against every fingerprint that was published before.
/// </summary>
public sealed class BoxChecker(CityDbContext db, ArchiveCopy copy, TimeProvider clock)
{
    /// <summary>A box in which nothing happened is verified again after this time: what is stored may have been changed.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromMinutes(15);

    /// <summary>Who writes in the journal when a box is not sound.</summary>
    public const string Author = "activecitizens verify";

    /// <summary>Verifies the boxes that need it, the one that waited longest first.</summary>
    public async Task CheckAsync(CancellationToken cancel)
    {
        var before = clock.GetUtcNow() - Again;
        var waiting = await (
            from contest in db.Set<Contest>()
            join election in db.Set<Election>() on contest.ElectionId equals election.Id
            join check in db.Set<BoxCheck>() on contest.Id equals check.ContestId into checks
            from check in checks.DefaultIfEmpty()
            where contest.LastEvent != null && (election.State == ElectionState.Sealed || election.State == ElectionState.Closed || election.State == ElectionState.Proclaimed)
                && (check == null || check.Height != contest.Height || check.CheckedAt < before)
            select new { contest.Id, CheckedAt = (DateTimeOffset?)check.CheckedAt }).ToListAsync(cancel);
        foreach (var box in waiting.OrderBy(box => box.CheckedAt ?? DateTimeOffset.MinValue))
        {
            await CheckAsync(box.Id, cancel);
        }
    }

    public async Task<BoxCheck> CheckAsync(Guid contestId, CancellationToken cancel)
    {
        var contest = await db.Set<Contest>().AsNoTracking().SingleAsync(one => one.Id == contestId, cancel);
        var (height, lastEvent, finding) = await VerifyAsync(contest, cancel);
        var check = await db.Set<BoxCheck>().SingleOrDefaultAsync(one => one.ContestId == contestId, cancel);
        if (check is null)
        {
            check = new BoxCheck { ContestId = contestId };
            db.Add(check);
        }

        var now = clock.GetUtcNow();
        if (check.Keep(height, lastEvent, finding, now))
        {
            db.Add(new JournalEntry { Id = Guid.CreateVersion7(now), ElectionId = contest.ElectionId, ContestId = contestId, At = now, Author = Author, Kind = JournalKind.Incident, Text = check.Finding! });
        }

        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        return check;
    }

    private async Task<(int Height, string? LastEvent, string? Finding)> VerifyAsync(Contest contest, CancellationToken cancel)
    {
        var name = Path.Combine(Path.GetTempPath(), $"{contest.Uuid}-{Guid.NewGuid():N}.bel");
        await using var archive = new FileStream(name, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
        string? copied;
        try
        {
            copied = await copy.WriteAsync(contest.Id, archive, cancel);
        }
        catch (Exception failure) when (failure is InvalidOperationException or ProtocolFormatException or ArgumentException or FormatException)
        {
            return (contest.Height, contest.LastEvent, failure.Message);
        }

        archive.Position = 0;
        var options = new VerificationOptions
        {
            Election = Digest.Of(contest.ElectionDocument), Credentials = Digest.Of(contest.CredentialsDocument), VoterCount = contest.ElectorCount,
            LastEvent = Digest.TryParseHex(System.Text.Encoding.ASCII.GetBytes(copied!), out var last) ? last : null,
        };
        var report = await Task.Run(() => Verifier.Verify(archive, options, cancel: cancel), cancel);
        var failed = report.Outcomes.Where(outcome => outcome.Status == VerificationStatus.Failed).Select(outcome => $"{outcome.Check}: {string.Join("; ", outcome.Failures.Take(3).Select(failure => $"{failure.Subject}: {failure.Reason}"))}").ToList();
        if (await FindLostFingerprintAsync(contest.Id, cancel) is { } lost)
        {
            failed.Add(lost);
        }

        return (report.Facts.EventCount, copied, failed.Count == 0 ? null : string.Join(" – ", failed));
    }

    /// <summary>A fingerprint that was published and is not that of the box any more.</summary>
    private async Task<string?> FindLostFingerprintAsync(Guid contestId, CancellationToken cancel) =>
        await db.Set<BoxReading>().Where(reading => reading.ContestId == contestId && !db.Set<BoxEvent>().Any(one => one.ContestId == contestId && one.Height == reading.Height - 1 && one.EventHash == reading.LastEvent))
            .OrderBy(reading => reading.At).FirstOrDefaultAsync(cancel) is { } reading
            ? FormattableString.Invariant($"the fingerprint {reading.LastEvent} of {reading.Height} events, published at {reading.At:u}, is no longer in the box")
            : null;
}
