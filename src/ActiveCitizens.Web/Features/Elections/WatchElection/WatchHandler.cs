using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.WatchElection;

public enum ExtendResult { Extended, NotSealed, HoursOver }

public enum StopBoxResult { Changed, AlreadySo }

/// <summary>What the board does while people vote: each act with its reason in the journal.</summary>
public sealed class WatchHandler(CityDbContext db, AuditTrail audit, PublicPages pages, TimeProvider clock)
{
    public async Task WriteAsync(Guid electionId, Guid? contestId, string author, string words, CancellationToken cancel)
    {
        Note(electionId, contestId, author, JournalKind.Incident, words);
        audit.Record("election.incident", $"election:{electionId}", new { contest = contestId });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Lets people vote longer; not any more once the hours are over.</summary>
    public async Task<ExtendResult> ExtendAsync(Guid electionId, TimeSpan by, string author, string reason, CancellationToken cancel)
    {
        await using var transaction = await db.BeginDurableAsync(cancel);
        await db.LockRowAsync<Election>(electionId, cancel);
        var election = await db.Set<Election>().SingleAsync(one => one.Id == electionId, cancel);
        await db.Entry(election).ReloadAsync(cancel);
        if (election.State != ElectionState.Sealed)
        {
            return ExtendResult.NotSealed;
        }

        if (clock.GetUtcNow() >= election.ClosesAt)
        {
            return ExtendResult.HoursOver;
        }

        var before = election.ClosesAt;
        election.ChangeClosing(before + by);
        Note(electionId, null, author, JournalKind.Extension, $"{before:u} → {election.ClosesAt:u}. {reason.Trim()}");
        audit.Record("election.extended", $"election:{electionId}", new { before, after = election.ClosesAt });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        await pages.ChangedAsync(ElectionsModule.CacheTag);
        return ExtendResult.Extended;
    }

    /// <summary>Stops one box, or opens it again; the others go on.</summary>
    public async Task<StopBoxResult> StopAsync(Guid contestId, bool stop, string author, string reason, CancellationToken cancel)
    {
        await using var transaction = await db.BeginDurableAsync(cancel);
        await db.LockRowAsync<Contest>(contestId, cancel);
        var contest = await db.Set<Contest>().SingleAsync(one => one.Id == contestId, cancel);
        // Ballots may have come in while this waited for the box.
        await db.Entry(contest).ReloadAsync(cancel);
        if (contest.Box != (stop ? BoxState.Open : BoxState.Suspended))
        {
            return StopBoxResult.AlreadySo;
        }

        if (stop)
        {
            contest.Suspend();
        }
        else
        {
            contest.Resume();
        }

        Note(contest.ElectionId, contestId, author, stop ? JournalKind.Suspension : JournalKind.Resumption, reason.Trim());
        audit.Record(stop ? "election.box-stopped" : "election.box-resumed", $"contest:{contestId}", new { height = contest.Height });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        await pages.ChangedAsync(ElectionsModule.CacheTag);
        return StopBoxResult.Changed;
    }

    private void Note(Guid electionId, Guid? contestId, string author, JournalKind kind, string words)
    {
        var now = clock.GetUtcNow();
        db.Add(new JournalEntry { Id = Guid.CreateVersion7(now), ElectionId = electionId, ContestId = contestId, At = now, Author = author, Kind = kind, Text = words.Trim() });
    }
}
