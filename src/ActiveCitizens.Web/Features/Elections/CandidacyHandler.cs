using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>What a candidate writes, online or on paper.</summary>
/// <param name="Email">Empty when a paper gives none.</param>
/// <param name="Photo">Made by <see cref="CandidatePicture"/>; null leaves what is there.</param>
/// <param name="Pdf">Null leaves what is there.</param>
public sealed record CandidacyContent(string FirstNames, string LastName, Sex? Sex, DateOnly BornOn, string Email, string? Phone, string Statement, byte[]? Photo = null, byte[]? Pdf = null, bool DropsPhoto = false, bool DropsPdf = false)
{
    internal void WriteTo(Candidate candidate)
    {
        (candidate.FirstNames, candidate.LastName, candidate.Sex, candidate.BornOn) = (FirstNames, LastName, Sex, BornOn);
        (candidate.Email, candidate.Phone, candidate.Statement) = (Email, Phone, Statement);
        candidate.Photo = Photo ?? (DropsPhoto ? null : candidate.Photo);
        candidate.StatementPdf = Pdf ?? (DropsPdf ? null : candidate.StatementPdf);
    }
}

public enum SaveDraftResult { Saved, NotOpen, AlreadyHandedIn }

public enum HandInResult { HandedIn, NotOpen, NoDraft, AlreadyStands }

public enum WithdrawResult { Withdrawn, TooLate, NotStanding }

public abstract record EnterResult
{
    private EnterResult() { }
    public sealed record Entered(Guid Id) : EnterResult;
    public sealed record NotOpen : EnterResult;
    public sealed record AlreadyStands : EnterResult;
    public sealed record RankTaken : EnterResult;

    /// <param name="Highest">As many as seats, and two to follow.</param>
    public sealed record RankTooHigh(int Highest) : EnterResult;
    public sealed record UnknownList : EnterResult;
}

public enum DecideResult { Decided, DecidedBefore, TooLate }

public enum CreateListResult { Created, NameTaken, NotOpen }

public abstract record CloseCandidaciesResult
{
    private CloseCandidaciesResult() { }
    public sealed record Closed : CloseCandidaciesResult;
    public sealed record NotNow : CloseCandidaciesResult;
    public sealed record StepsMissing(int Count) : CloseCandidaciesResult;
    public sealed record Undecided(int Count) : CloseCandidaciesResult;

    /// <summary>Lists that break the parity rule, with the neighbourhood they stand in.</summary>
    public sealed record ParityBroken(IReadOnlyList<(string List, string Place, ParityFault Fault)> Lists) : CloseCandidaciesResult;
}

public abstract record DrawResult
{
    private DrawResult() { }
    public sealed record Drawn : DrawResult;
    public sealed record DrawnBefore : DrawResult;
    public sealed record NotNow : DrawResult;
    public sealed record StepsMissing(int Count) : DrawResult;
    public sealed record Undecided(int Count) : DrawResult;
}

/// <summary>
/// Everything that is done to candidacies until the sealing. Each act holds the election's row: none can slip between the check of the calendar and
/// the sealing.
/// </summary>
public sealed class CandidacyHandler(CityDbContext db, CandidacyReader candidacies, ElectionCalendar calendar, CandidateMail mail, AuditTrail audit, CurrentActor actor, PublicPages pages, TimeProvider clock)
{
    /// <summary>Keeps what a person has typed so far; nobody else sees it.</summary>
    public async Task<SaveDraftResult> SaveDraftAsync(StandingPlace place, Guid accountId, CandidacyContent content, CancellationToken cancel)
    {
        await using var transaction = await LockAsync(place.Election.Id, cancel);
        if (!await candidacies.IsOpenAsync(await ElectionAsync(place.Election.Id, cancel), cancel))
        {
            return SaveDraftResult.NotOpen;
        }

        var draft = await UnderWayAsync(place.ContestId, accountId, cancel);
        if (draft is { State: not CandidacyState.Draft })
        {
            return SaveDraftResult.AlreadyHandedIn;
        }

        if (draft is null)
        {
            draft = new Candidate { Id = Guid.CreateVersion7(clock.GetUtcNow()), ContestId = place.ContestId, AccountId = accountId, FirstNames = "", LastName = "", Sex = null, BornOn = content.BornOn, Email = "" };
            db.Add(draft);
        }

        content.WriteTo(draft);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return SaveDraftResult.Saved;
    }

    public async Task<HandInResult> HandInAsync(StandingPlace place, Guid accountId, CancellationToken cancel)
    {
        await using var transaction = await LockAsync(place.Election.Id, cancel);
        if (!await candidacies.IsOpenAsync(await ElectionAsync(place.Election.Id, cancel), cancel))
        {
            return HandInResult.NotOpen;
        }

        if (await UnderWayAsync(place.ContestId, accountId, cancel) is not { State: CandidacyState.Draft } draft)
        {
            return HandInResult.NoDraft;
        }

        draft.Submit(clock.GetUtcNow());
        await mail.QueueAsync(CandidacyNews.HandedIn, draft, place, cancel);
        audit.Record("candidacy.submitted", Subject(draft.Id), new { place.ContestId });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            return HandInResult.AlreadyStands;
        }

        await transaction.CommitAsync(cancel);
        return HandInResult.HandedIn;
    }

    /// <summary>Withdraws a candidacy for its author or, with a null account, at the desk.</summary>
    public async Task<WithdrawResult> WithdrawAsync(StandingPlace place, Guid candidateId, Guid? accountId, CancellationToken cancel)
    {
        await using var transaction = await LockAsync(place.Election.Id, cancel);
        if ((await ElectionAsync(place.Election.Id, cancel)).State != ElectionState.Called)
        {
            return WithdrawResult.TooLate;
        }

        var candidate = await db.Set<Candidate>().SingleOrDefaultAsync(one => one.Id == candidateId && one.ContestId == place.ContestId && (accountId == null || one.AccountId == accountId), cancel);
        if (candidate is null or { State: CandidacyState.Refused or CandidacyState.Withdrawn })
        {
            return WithdrawResult.NotStanding;
        }

        var wasDraft = candidate.State == CandidacyState.Draft;
        candidate.Withdraw();
        if (!wasDraft)
        {
            await mail.QueueAsync(CandidacyNews.Withdrawn, candidate, place, cancel);
            audit.Record("candidacy.withdrawn", Subject(candidate.Id), new { place.ContestId, by = accountId is null ? "office" : "candidate" });
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        await pages.ChangedAsync(ElectionsModule.CacheTag);
        return WithdrawResult.Withdrawn;
    }

    /// <summary>Enters a candidacy that came in on paper.</summary>
    public async Task<EnterResult> EnterAsync(StandingPlace place, CandidacyContent content, Guid? listId, int? rank, CancellationToken cancel)
    {
        await using var transaction = await LockAsync(place.Election.Id, cancel);
        if (!await candidacies.TakesPaperAsync(await ElectionAsync(place.Election.Id, cancel), cancel))
        {
            return new EnterResult.NotOpen();
        }

        if (listId is { } list)
        {
            if (!await db.Set<CandidateList>().AnyAsync(one => one.Id == list && one.ContestId == place.ContestId, cancel))
            {
                return new EnterResult.UnknownList();
            }

            if (rank is not >= 1 || rank > HighestRank(place.Seats))
            {
                return new EnterResult.RankTooHigh(HighestRank(place.Seats));
            }
        }

        var now = clock.GetUtcNow();
        var candidate = new Candidate
        {
            Id = Guid.CreateVersion7(now), ContestId = place.ContestId, ListId = listId, ListRank = listId is null ? null : rank, EnteredById = actor.AccountId,
            FirstNames = content.FirstNames, LastName = content.LastName, Sex = content.Sex, BornOn = content.BornOn, Email = content.Email,
        };
        content.WriteTo(candidate);
        candidate.Submit(now);
        db.Add(candidate);
        await mail.QueueAsync(CandidacyNews.HandedIn, candidate, place, cancel);
        audit.Record("candidacy.entered", Subject(candidate.Id), new { place.ContestId, listId, rank });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            await transaction.RollbackAsync(cancel);
            db.ChangeTracker.Clear();
            return await db.Set<Candidate>().AnyAsync(one => one.ListId == listId && listId != null && one.ListRank == rank && one.State != CandidacyState.Withdrawn && one.State != CandidacyState.Refused, cancel)
                && !await StandsAsync(place.ContestId, content, cancel) ? new EnterResult.RankTaken() : new EnterResult.AlreadyStands();
        }

        await transaction.CommitAsync(cancel);
        return new EnterResult.Entered(candidate.Id);
    }

    public Task<DecideResult> AcceptAsync(StandingPlace place, Guid candidateId, CancellationToken cancel) => DecideAsync(place, candidateId, null, cancel);

    public Task<DecideResult> RefuseAsync(StandingPlace place, Guid candidateId, string reason, CancellationToken cancel) => DecideAsync(place, candidateId, reason, cancel);

    public async Task<CreateListResult> CreateListAsync(StandingPlace place, string name, CancellationToken cancel)
    {
        await using var transaction = await LockAsync(place.Election.Id, cancel);
        if (!await candidacies.TakesPaperAsync(await ElectionAsync(place.Election.Id, cancel), cancel))
        {
            return CreateListResult.NotOpen;
        }

        var list = new CandidateList { Id = Guid.CreateVersion7(clock.GetUtcNow()), ContestId = place.ContestId, Name = name };
        db.Add(list);
        audit.Record("candidate-list.created", $"candidate-list:{list.Id}", new { place.ContestId, name });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            return CreateListResult.NameTaken;
        }

        await transaction.CommitAsync(cancel);
        return CreateListResult.Created;
    }

    /// <summary>Ends the examination: no candidacy comes in any more, and every one is decided.</summary>
    public async Task<CloseCandidaciesResult> CloseAsync(Guid electionId, CancellationToken cancel)
    {
        await using var transaction = await LockAsync(electionId, cancel);
        var election = await ElectionAsync(electionId, cancel);
        if (!await candidacies.TakesPaperAsync(election, cancel))
        {
            return new CloseCandidaciesResult.NotNow();
        }

        if ((await calendar.MissingBeforeAsync(electionId, ElectionStep.CandidaciesDecided, cancel)).Count is > 0 and var missing)
        {
            return new CloseCandidaciesResult.StepsMissing(missing);
        }

        if (await UndecidedAsync(electionId, cancel) is > 0 and var undecided)
        {
            return new CloseCandidaciesResult.Undecided(undecided);
        }

        var broken = new List<(string, string, ParityFault)>();
        foreach (var place in election.Rules.IsByLists ? await candidacies.PlacesAsync(election, cancel) : [])
        {
            broken.AddRange(from list in await candidacies.EligibleListsAsync(place.ContestId, cancel)
                            let fault = Parity.FaultOf(election.Rules.Parity, [.. list.Members.Select(member => member.Sex)])
                            where fault is not null
                            select (list.Name, place.Name, fault.Value));
        }

        if (broken.Count > 0)
        {
            return new CloseCandidaciesResult.ParityBroken(broken);
        }

        await calendar.FinishAsync(electionId, ElectionStep.CandidaciesDecided, cancel);
        audit.Record("candidacies.decided", $"election:{electionId}", new { election.Slug });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        await pages.ChangedAsync(ElectionsModule.CacheTag);
        return new CloseCandidaciesResult.Closed();
    }

    /// <summary>Puts candidates, or lists, of all neighbourhoods in the order that a public seed gives them. Once.</summary>
    public async Task<DrawResult> DrawOrderAsync(Guid electionId, string seed, string source, CancellationToken cancel)
    {
        await using var transaction = await LockAsync(electionId, cancel);
        var election = await ElectionAsync(electionId, cancel);
        if (await db.Set<BallotOrderDraw>().AnyAsync(draw => draw.ElectionId == electionId, cancel))
        {
            return new DrawResult.DrawnBefore();
        }

        if (election.State != ElectionState.Called)
        {
            return new DrawResult.NotNow();
        }

        // A lot among candidates who are not all decided would have to be drawn again, whatever the calendar leaves out.
        var isDecided = (await calendar.StepsAsync(electionId, cancel)).Any(step => step.Step == ElectionStep.CandidaciesDecided && step.IsOver);
        var missing = (await calendar.MissingBeforeAsync(electionId, ElectionStep.OrderDrawn, cancel)).Count;
        if (missing > 0 || !isDecided)
        {
            return new DrawResult.StepsMissing(Math.Max(missing, 1));
        }

        if (await UndecidedAsync(electionId, cancel) is > 0 and var undecided)
        {
            return new DrawResult.Undecided(undecided);
        }

        foreach (var place in await candidacies.PlacesAsync(election, cancel))
        {
            await PlaceAsync(place, seed, cancel);
        }

        db.Add(new BallotOrderDraw { ElectionId = electionId, Seed = seed, Source = source, DrawnAt = clock.GetUtcNow(), DrawnById = actor.AccountId });
        await calendar.FinishAsync(electionId, ElectionStep.OrderDrawn, cancel);
        audit.Record("ballot-order.drawn", $"election:{electionId}", new { election.Slug, seed, source });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        await pages.ChangedAsync(ElectionsModule.CacheTag);
        return new DrawResult.Drawn();
    }

    /// <summary>As many as there are seats, and two who follow when a seat becomes free.</summary>
    public static int HighestRank(int seats) => seats + 2;

    private static string Subject(Guid candidateId) => $"candidate:{candidateId}";

    private async Task<IDbContextTransaction> LockAsync(Guid electionId, CancellationToken cancel)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.LockRowAsync<Election>(electionId, cancel);
        return transaction;
    }

    private async Task<Election> ElectionAsync(Guid id, CancellationToken cancel) => await db.Set<Election>().AsNoTracking().SingleAsync(election => election.Id == id, cancel);

    private async Task<Candidate?> UnderWayAsync(Guid contestId, Guid accountId, CancellationToken cancel) =>
        await db.Set<Candidate>().SingleOrDefaultAsync(candidate => candidate.ContestId == contestId && candidate.AccountId == accountId && candidate.State != CandidacyState.Withdrawn && candidate.State != CandidacyState.Refused, cancel);

    private async Task<bool> StandsAsync(Guid contestId, CandidacyContent content, CancellationToken cancel) =>
        await db.Set<Candidate>().AnyAsync(one => one.ContestId == contestId && one.LastName == content.LastName && one.FirstNames == content.FirstNames && one.BornOn == content.BornOn
            && (one.State == CandidacyState.Submitted || one.State == CandidacyState.Eligible), cancel);

    private async Task<int> UndecidedAsync(Guid electionId, CancellationToken cancel) =>
        await db.Set<Candidate>().CountAsync(candidate => candidate.State == CandidacyState.Submitted && db.Set<Contest>().Any(contest => contest.Id == candidate.ContestId && contest.ElectionId == electionId), cancel);

    /// <param name="reason">Why it is refused; null accepts.</param>
    private async Task<DecideResult> DecideAsync(StandingPlace place, Guid candidateId, string? reason, CancellationToken cancel)
    {
        await using var transaction = await LockAsync(place.Election.Id, cancel);
        if ((await ElectionAsync(place.Election.Id, cancel)).State != ElectionState.Called)
        {
            return DecideResult.TooLate;
        }

        if (await db.Set<Candidate>().SingleOrDefaultAsync(one => one.Id == candidateId && one.ContestId == place.ContestId, cancel) is not { State: CandidacyState.Submitted } candidate)
        {
            return DecideResult.DecidedBefore;
        }

        if (reason is null)
        {
            candidate.Accept();
        }
        else
        {
            candidate.Refuse(reason);
        }

        await mail.QueueAsync(reason is null ? CandidacyNews.Accepted : CandidacyNews.Refused, candidate, place, cancel);
        audit.Record(reason is null ? "candidacy.accepted" : "candidacy.refused", Subject(candidate.Id), new { place.ContestId });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        await pages.ChangedAsync(ElectionsModule.CacheTag);
        return DecideResult.Decided;
    }

    private async Task PlaceAsync(StandingPlace place, string seed, CancellationToken cancel)
    {
        var standing = await db.Set<Candidate>().Where(candidate => candidate.ContestId == place.ContestId && candidate.State == CandidacyState.Eligible).ToDictionaryAsync(candidate => candidate.Id, cancel);
        if (!place.Election.Rules.IsByLists)
        {
            foreach (var (index, id) in BallotOrderDraw.Order(seed, standing.Keys).Index())
            {
                standing[id].Place(index + 1);
                await mail.QueueAsync(CandidacyNews.Placed, standing[id], place, cancel, index + 1);
            }

            return;
        }

        var lists = (await db.Set<CandidateList>().Where(list => list.ContestId == place.ContestId).ToListAsync(cancel)).Where(list => standing.Values.Any(candidate => candidate.ListId == list.Id)).ToDictionary(list => list.Id);
        foreach (var (index, id) in BallotOrderDraw.Order(seed, lists.Keys).Index())
        {
            lists[id].Place(index + 1);
            foreach (var member in standing.Values.Where(candidate => candidate.ListId == id))
            {
                await mail.QueueAsync(CandidacyNews.Placed, member, place, cancel, index + 1);
            }
        }
    }
}
