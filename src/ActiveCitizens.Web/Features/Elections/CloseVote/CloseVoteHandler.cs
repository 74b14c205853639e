using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Tallies;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.CloseVote;

public enum CloseVoteResult { Closed, StillOpen, NotSealed }

/// <summary>
/// Closes the boxes when the hours are over, or those of a rehearsal before, cuts the thread between roll and box, and adds up the encrypted ballots. What was begun is finished
/// when it is called again: every step leaves a state from which the next one starts.
/// </summary>
public sealed class CloseVoteHandler(CityDbContext db, SealedContests contests, ElectionCalendar calendar, AuditTrail audit, PublicPages pages, TimeProvider clock)
{
    public async Task<CloseVoteResult> CloseAsync(Guid electionId, CancellationToken cancel)
    {
        var election = await db.Set<Election>().SingleAsync(one => one.Id == electionId, cancel);
        if (election.State == ElectionState.Sealed)
        {
            if (!election.MayClose(clock.GetUtcNow()))
            {
                return CloseVoteResult.StillOpen;
            }

            await EndBallotsAsync(election, cancel);
        }
        else if (election.State != ElectionState.Closed)
        {
            return CloseVoteResult.NotSealed;
        }

        await ScrubAsync(cancel);
        await TallyAsync(electionId, cancel);
        await pages.ChangedAsync(ElectionsModule.CacheTag);
        return CloseVoteResult.Closed;
    }

    private async Task EndBallotsAsync(Election election, CancellationToken cancel)
    {
        await using var transaction = await db.BeginDurableAsync(cancel);
        var boxes = await db.Set<Contest>().Where(contest => contest.ElectionId == election.Id && (contest.Box == BoxState.Open || contest.Box == BoxState.Suspended)).Select(contest => contest.Id).ToListAsync(cancel);
        foreach (var id in boxes)
        {
            // Ballots and marks wait for the box's row: none comes after this.
            await db.LockRowAsync<Contest>(id, cancel);
            var contest = await db.Set<Contest>().SingleAsync(one => one.Id == id, cancel);
            var ways = (await db.Set<RollMark>().Where(mark => mark.ContestId == id).GroupBy(mark => mark.Way).Select(group => new { Way = group.Key, Count = group.Count() }).ToListAsync(cancel)).ToDictionary(group => group.Way, group => group.Count);
            db.Add(contest.Close(new(ways.GetValueOrDefault(VotingWay.Online), ways.GetValueOrDefault(VotingWay.PollingStation), ways.GetValueOrDefault(VotingWay.Post))));
        }

        var now = clock.GetUtcNow();
        if (now < election.ClosesAt)
        {
            election.ChangeClosing(now);
        }

        election.Close(now);
        await db.SaveChangesAsync(cancel);
        await db.Set<ElectorCredential>().Where(pair => boxes.Contains(pair.ContestId)).ExecuteDeleteAsync(cancel);
        await db.Set<CredentialAttempts>().Where(attempts => boxes.Contains(attempts.ContestId)).ExecuteDeleteAsync(cancel);
        await db.Set<ElectorCode>().Where(code => db.Set<Elector>().Any(elector => elector.Id == code.ElectorId && elector.ElectionId == election.Id)).ExecuteDeleteAsync(cancel);

        // Rows lie where, and bear the transaction in which, they were written: written anew in the roll's order they tell nothing more.
        var marks = await db.Set<RollMark>().AsNoTracking().Where(mark => boxes.Contains(mark.ContestId)).OrderBy(mark => mark.ElectorId).ToListAsync(cancel);
        await db.Set<RollMark>().Where(mark => boxes.Contains(mark.ContestId)).ExecuteDeleteAsync(cancel);
        db.AddRange(marks);
        await calendar.FinishAsync(election.Id, ElectionStep.VoteOpened, cancel);
        await calendar.FinishAsync(election.Id, ElectionStep.VoteClosed, cancel);
        await calendar.FinishAsync(election.Id, ElectionStep.BoxesClosed, cancel);
        audit.Record("election.closed", $"election:{election.Id}", new { election.Slug, boxes = boxes.Count });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        db.ChangeTracker.Clear();
    }

    /// <summary>Overwrites what the deleted rows left in the database's files.</summary>
    private async Task ScrubAsync(CancellationToken cancel)
    {
        if (db is SqliteCityDbContext)
        {
            await db.Database.ExecuteSqlRawAsync("VACUUM", cancel);
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancel);
        }
        else
        {
            await db.Database.ExecuteSqlRawAsync("VACUUM FULL roll_marks, elector_credentials, credential_attempts, elector_codes", cancel);
        }
    }

    private async Task TallyAsync(Guid electionId, CancellationToken cancel)
    {
        var waiting = await db.Set<Contest>().Where(contest => contest.ElectionId == electionId && contest.Box == BoxState.Closed
            && !db.Set<BoxEvent>().Any(one => one.ContestId == contest.Id && one.Type == ArchiveEventType.EncryptedTally)).Select(contest => contest.Id).ToListAsync(cancel);
        foreach (var id in waiting)
        {
            var tally = await AddUpAsync((await contests.FindAsync(id, cancel))!, cancel);
            var contest = await db.Set<Contest>().SingleAsync(one => one.Id == id, cancel);
            db.Add(contest.KeepTally(tally.Bytes.ToArray(), tally.NumTallied, tally.TotalWeight));
            await db.SaveChangesAsync(cancel);
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>Multiplies the last ballot of every credential.</summary>
    private async Task<EncryptedTally> AddUpAsync(SealedContest contest, CancellationToken cancel)
    {
        var tally = new TallyAccumulator(contest.Election);
        var last = db.Set<BoxEvent>().Where(one => one.ContestId == contest.Id && one.Type == ArchiveEventType.Ballot).GroupBy(one => one.Credential).Select(group => group.Max(one => one.Height));
        await foreach (var one in db.Set<BoxEvent>().AsNoTracking().Where(one => one.ContestId == contest.Id && last.Contains(one.Height)).AsAsyncEnumerable().WithCancellation(cancel))
        {
            tally.Add(Ballot.Read(contest.Election, one.Content), contest.Credentials.Weight(contest.Credentials.Find(one.Credential!)!.Value));
        }

        return tally.Finish();
    }
}
