using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.KeepDesk;

public abstract record MarkVoterResult
{
    private MarkVoterResult() { }
    public sealed record Marked : MarkVoterResult;

    /// <summary>The roll has a mark already: nothing was changed.</summary>
    public sealed record VotedBefore(VotingWay Way) : MarkVoterResult;

    /// <summary>Before the opening or after the boxes were closed, or nobody votes here.</summary>
    public sealed record NotOpen : MarkVoterResult;
    public sealed record UnknownElector : MarkVoterResult;
}

/// <summary>
/// Writes on the roll that somebody voted on paper. The roll itself refuses whoever has voted already, whichever way; a mark is never taken back.
/// Nothing is logged and no time is kept, as with ballots cast online.
/// </summary>
public sealed class MarkVoterHandler(CityDbContext db, TimeProvider clock)
{
    public async Task<MarkVoterResult> MarkAsync(Guid contestId, int number, VotingWay way, CancellationToken cancel)
    {
        if (way == VotingWay.Online)
        {
            throw new ArgumentOutOfRangeException(nameof(way), way, "The desk marks paper votes.");
        }

        var now = clock.GetUtcNow();
        await using var transaction = await db.BeginDurableAsync(cancel);
        // As for a ballot: the closing waits for this mark, or this mark finds the box closed.
        await db.LockRowAsync<Contest>(contestId, cancel);
        if (!await db.Set<Contest>().AnyAsync(contest => contest.Id == contestId && (contest.Box == BoxState.Open || contest.Box == BoxState.Suspended)
            && db.Set<Election>().Any(election => election.Id == contest.ElectionId && election.State == ElectionState.Sealed && election.OpensAt <= now), cancel))
        {
            return new MarkVoterResult.NotOpen();
        }

        if (await db.Set<Elector>().Where(elector => elector.ContestId == contestId && elector.Number == number).Select(elector => (Guid?)elector.Id).SingleOrDefaultAsync(cancel) is not { } electorId)
        {
            return new MarkVoterResult.UnknownElector();
        }

        db.Add(new RollMark { ElectorId = electorId, ContestId = contestId, Way = way });
        try
        {
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            db.ChangeTracker.Clear();
            return new MarkVoterResult.Marked();
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            db.ChangeTracker.Clear();
            await transaction.RollbackAsync(cancel);
            return new MarkVoterResult.VotedBefore(await db.Set<RollMark>().Where(mark => mark.ElectorId == electorId).Select(mark => mark.Way).SingleAsync(cancel));
        }
    }
}
