using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.PublishReadings;

/// <summary>Publishes the fingerprint and the turnout of every box of an election, all of them at once, when any of them has moved.</summary>
public sealed class BoxReader(CityDbContext db, PublicPages pages, ElectionDirectory contests, ElectionCalendar calendar, TimeProvider clock)
{
    /// <summary>Elections that are not over yet.</summary>
    public async Task PublishAsync(CancellationToken cancel)
    {
        foreach (var id in await db.Set<Election>().Where(election => election.State == ElectionState.Sealed || election.State == ElectionState.Closed || election.State == ElectionState.Proclaimed).Select(election => election.Id).ToListAsync(cancel))
        {
            await PublishAsync(id, cancel);
        }

        await MarkOpenedAsync(cancel);
    }

    /// <summary>No person opens the vote: its hour does.</summary>
    private async Task MarkOpenedAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        foreach (var id in await db.Set<Election>().Where(election => election.State == ElectionState.Sealed && election.OpensAt <= now
            && !db.Set<CalendarStep>().Any(step => step.ElectionId == election.Id && step.Step == ElectionStep.VoteOpened && step.DoneAt != null)).Select(election => election.Id).ToListAsync(cancel))
        {
            await calendar.FinishAsync(id, ElectionStep.VoteOpened, cancel);
            await db.SaveChangesAsync(cancel);
            await pages.ChangedAsync(ElectionsModule.CacheTag);
        }
    }

    /// <returns>Whether there was anything new to publish.</returns>
    public async Task<bool> PublishAsync(Guid electionId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var minute = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var boxes = await db.Set<Contest>().AsNoTracking().Where(contest => contest.ElectionId == electionId && contest.LastEvent != null).Select(contest => new { contest.Id, contest.Height, contest.LastEvent }).ToListAsync(cancel);
        var marks = (await db.Set<RollMark>().Join(db.Set<Contest>().Where(contest => contest.ElectionId == electionId), mark => mark.ContestId, contest => contest.Id, (mark, contest) => mark)
            .GroupBy(mark => new { mark.ContestId, mark.Way }).Select(group => new { group.Key.ContestId, group.Key.Way, Count = group.Count() }).ToListAsync(cancel)).ToDictionary(group => (group.ContestId, group.Way), group => group.Count);
        var last = await contests.ReadingsAsync(electionId, cancel);
        List<BoxReading> readings =
        [
            .. boxes.Select(box => new BoxReading
            {
                ContestId = box.Id, At = minute, Height = box.Height, LastEvent = box.LastEvent!,
                Online = marks.GetValueOrDefault((box.Id, VotingWay.Online)), PollingStation = marks.GetValueOrDefault((box.Id, VotingWay.PollingStation)), Post = marks.GetValueOrDefault((box.Id, VotingWay.Post)),
            }),
        ];
        if (readings.TrueForAll(reading => last.TryGetValue(reading.ContestId, out var before) && (before.At >= minute || before.Says(reading.Height, reading.Voters))))
        {
            return false;
        }

        db.AddRange(readings.Where(reading => !last.TryGetValue(reading.ContestId, out var before) || before.At < minute));
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // Another node published this minute.
            db.ChangeTracker.Clear();
            return false;
        }

        db.ChangeTracker.Clear();
        await pages.ChangedAsync(ElectionsModule.CacheTag);
        return true;
    }
}
