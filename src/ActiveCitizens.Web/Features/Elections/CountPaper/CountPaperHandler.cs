using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.CountPaper;

public enum TypePaperResult
{
    /// <summary>Kept; the second person has not typed yet.</summary>
    Waiting,

    /// <summary>Both typed, and some figures differ.</summary>
    Differs,

    /// <summary>Both agree: the result is fixed.</summary>
    Fixed,

    /// <summary>It was fixed before, or two others are typing.</summary>
    NotNeeded,

    /// <summary>The boxes are not closed yet, or the seats are given already.</summary>
    NotNow,
}

public enum FinishPaperResult { Finished, AlreadyFinished, NotNow, NotAllFixed, DifferenceUnexplained }

/// <summary>Where the paper ballots of a neighbourhood stand.</summary>
/// <param name="Marks">Marks on the roll for people who voted on paper: there must be as many papers.</param>
/// <param name="IsExplained">The board has written down why papers and marks differ.</param>
public sealed record PaperState(Contest Contest, IReadOnlyList<PaperCount> Counts, int Marks, bool IsExplained)
{
    public PaperFigures? Fixed => Counts.Count > 0 && Counts[0].IsFixed ? Counts[0].Figures : null;

    /// <summary>Nobody voted on paper, and nobody typed anything.</summary>
    public bool IsNone => Marks == 0 && Counts.Count == 0;

    public bool IsReady => IsNone || Fixed is not null;

    public bool NeedsExplanation => Fixed is { } figures && figures.Ballots != Marks && !IsExplained;
}

/// <summary>Takes the paper results: typed twice by two people, compared, held against the roll, and finished by the president.</summary>
public sealed class CountPaperHandler(CityDbContext db, ElectionDirectory contests, ElectionCalendar calendar, AuditTrail audit, PublicPages pages, TimeProvider clock)
{
    public async Task<IReadOnlyList<PaperState>> ReadAsync(Guid electionId, CancellationToken cancel)
    {
        var boxes = (await contests.WholeContestsAsync(electionId, cancel)).Where(contest => contest.LastEvent is not null).ToList();
        var ids = boxes.ConvertAll(contest => contest.Id);
        var counts = (await db.Set<PaperCount>().AsNoTracking().Where(count => ids.Contains(count.ContestId)).OrderBy(count => count.Typing).ToListAsync(cancel)).ToLookup(count => count.ContestId);
        var marks = await db.Set<RollMark>().Where(mark => ids.Contains(mark.ContestId) && mark.Way != VotingWay.Online).GroupBy(mark => mark.ContestId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
        var explained = await db.Set<JournalEntry>().Where(entry => entry.ElectionId == electionId && entry.Kind == JournalKind.Paper && entry.ContestId != null).Select(entry => entry.ContestId).Distinct().ToListAsync(cancel);
        return [.. boxes.Select(contest => new PaperState(contest, [.. counts[contest.Id]], marks.GetValueOrDefault(contest.Id), explained.Contains(contest.Id)))];
    }

    /// <summary>Keeps what one person read; the figures must be possible (<see cref="FindFault"/>).</summary>
    public async Task<TypePaperResult> TypeAsync(Election election, Guid contestId, Guid accountId, string name, PaperFigures figures, CancellationToken cancel)
    {
        if (election.State != ElectionState.Closed)
        {
            return TypePaperResult.NotNow;
        }

        await using var transaction = await db.BeginDurableAsync(cancel);
        await db.LockRowAsync<Contest>(contestId, cancel);
        var counts = await db.Set<PaperCount>().Where(count => count.ContestId == contestId).OrderBy(count => count.Typing).ToListAsync(cancel);
        var mine = counts.Find(count => count.TypedById == accountId);
        if (counts.Exists(count => count.IsFixed) || (mine is null && counts.Count == PaperCount.Typings))
        {
            return TypePaperResult.NotNeeded;
        }

        if (mine is null)
        {
            mine = new PaperCount { ContestId = contestId, Typing = counts.Count + 1, TypedById = accountId, TypedBy = name };
            counts.Add(mine);
            db.Add(mine);
        }

        mine.Write(figures, clock.GetUtcNow());
        var agreed = counts.Count == PaperCount.Typings && counts[0].Figures.Agrees(counts[1].Figures);
        if (agreed)
        {
            counts.ForEach(count => count.Fix());
        }

        audit.Record(agreed ? "election.paper-fixed" : "election.paper-typed", $"contest:{contestId}", new { typing = mine.Typing, figures.Ballots, figures.Blank, figures.Void, votes = mine.VoteList });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        db.ChangeTracker.Clear();
        return agreed ? TypePaperResult.Fixed : counts.Count == PaperCount.Typings ? TypePaperResult.Differs : TypePaperResult.Waiting;
    }

    /// <summary>Which figure cannot be: the place on the ballot, -1 for the papers as a whole; null when all can.</summary>
    public static int? FindFault(PaperFigures figures, int maxChoices, bool byLists)
    {
        if (figures.Ballots < 0 || figures.Blank < 0 || figures.Void < 0 || figures.Valid < 0)
        {
            return -1;
        }

        for (var place = 0; place < figures.Votes.Count; place++)
        {
            if (figures.Votes[place] < 0 || figures.Votes[place] > figures.Valid)
            {
                return place;
            }
        }

        var votes = figures.Votes.Sum(number => (long)number);
        return votes < figures.Valid || votes > (long)figures.Valid * maxChoices || (byLists && votes != figures.Valid) ? -1 : null;
    }

    public async Task ExplainAsync(Guid electionId, Guid contestId, string author, string reason, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        db.Add(new JournalEntry { Id = Guid.CreateVersion7(now), ElectionId = electionId, ContestId = contestId, At = now, Author = author, Kind = JournalKind.Paper, Text = reason.Trim() });
        audit.Record("election.paper-explained", $"contest:{contestId}", new { });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The paper result of the whole election stands.</summary>
    public async Task<FinishPaperResult> FinishAsync(Election election, CancellationToken cancel)
    {
        if (election.State != ElectionState.Closed)
        {
            return FinishPaperResult.NotNow;
        }

        var states = await ReadAsync(election.Id, cancel);
        if (states.Any(state => !state.IsReady))
        {
            return FinishPaperResult.NotAllFixed;
        }

        if (states.Any(state => state.NeedsExplanation))
        {
            return FinishPaperResult.DifferenceUnexplained;
        }

        if ((await calendar.StepsAsync(election.Id, cancel)).Any(step => step.Step == ElectionStep.PaperCounted && step.IsOver))
        {
            return FinishPaperResult.AlreadyFinished;
        }

        await calendar.FinishAsync(election.Id, ElectionStep.PaperCounted, cancel);
        audit.Record("election.paper-counted", $"election:{election.Id}", new { contests = states.Count, papers = states.Sum(state => state.Fixed?.Ballots ?? 0) });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || failure.IsDuplicate())
        {
            db.ChangeTracker.Clear();
            return FinishPaperResult.AlreadyFinished;
        }

        await pages.ChangedAsync(ElectionsModule.CacheTag);
        return FinishPaperResult.Finished;
    }
}
