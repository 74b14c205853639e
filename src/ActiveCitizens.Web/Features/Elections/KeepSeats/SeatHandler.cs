using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Elections.CountSeats;
using ActiveCitizens.Web.Features.Mandates;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.KeepSeats;

public abstract record SeatResult
{
    private SeatResult() { }

    /// <param name="HasRole">The person has an account, which now has the councillor's role.</param>
    public sealed record Accepted(bool HasRole) : SeatResult;

    /// <param name="Next">Who was called; null when the seat stays vacant.</param>
    public sealed record Left(string? Next) : SeatResult;
    public sealed record NotNow : SeatResult;
}

/// <summary>What becomes of a seat after the proclamation. Whoever accepts becomes a councillor with an account's role, except in a rehearsal.</summary>
public sealed class SeatHandler(CityDbContext db, City city, SeatCounter counter, RoleHandler roles, AuditTrail audit, PublicPages pages, TimeProvider clock)
{
    public async Task<SeatResult> AcceptAsync(Guid seatId, CancellationToken cancel)
    {
        var seat = await db.Set<Seat>().SingleAsync(one => one.Id == seatId, cancel);
        if (seat.State == SeatState.Elected)
        {
            seat.Accept(clock.GetUtcNow());
            audit.Record("seat.accepted", $"seat:{seatId}", new { contest = seat.ContestId, seat.Number });
            if (!await SaveAsync(cancel))
            {
                return new SeatResult.NotNow();
            }
        }
        else if (seat.State != SeatState.Accepted)
        {
            return new SeatResult.NotNow();
        }

        // Also when it was accepted before: an interrupted acceptance is completed.
        return new SeatResult.Accepted(await GrantAsync(seat, cancel));
    }

    /// <summary>The person does not take the seat, or gives it up: the next one is called.</summary>
    public async Task<SeatResult> LeaveAsync(Guid seatId, string reason, CancellationToken cancel)
    {
        var seat = await db.Set<Seat>().SingleAsync(one => one.Id == seatId, cancel);
        if (seat.State is not (SeatState.Elected or SeatState.Accepted))
        {
            return new SeatResult.NotNow();
        }

        var now = clock.GetUtcNow();
        var (contest, election) = await ContestOfAsync(seat.ContestId, cancel);
        var called = (await db.Set<Seat>().Where(one => one.ContestId == contest.Id && one.CandidateId != null).Select(one => one.CandidateId!.Value).ToListAsync(cancel)).ToHashSet();
        var next = await counter.FindNextAsync((await counter.CountAsync(election, contest, cancel))!, called, seat.CandidateId!.Value, cancel);
        var resigns = seat.State == SeatState.Accepted;
        await using (var transaction = await db.BeginDurableAsync(cancel))
        {
            if (resigns)
            {
                seat.Resign(reason, now);
            }
            else
            {
                seat.Refuse(reason, now);
            }

            audit.Record(resigns ? "seat.resigned" : "seat.refused", $"seat:{seatId}", new { contest = contest.Id, seat.Number, next = next?.Id });
            // First the one who leaves: a seat has one holder at a time.
            if (!await SaveAsync(cancel))
            {
                return new SeatResult.NotNow();
            }

            db.Add(next is null ? Seat.LeaveVacant(contest.Id, seat.Number, seat.Turn + 1, now) : Seat.Give(contest.Id, seat.Number, seat.Turn + 1, next.Id, now));
            if (!await SaveAsync(cancel))
            {
                return new SeatResult.NotNow();
            }

            await transaction.CommitAsync(cancel);
        }

        if (resigns)
        {
            await WithdrawAsync(seat, contest, cancel);
        }

        await ChangedAsync();
        return new SeatResult.Left(next?.FullName);
    }

    private async Task<bool> GrantAsync(Seat seat, CancellationToken cancel)
    {
        var (contest, election) = await ContestOfAsync(seat.ContestId, cancel);
        var account = await db.Set<Candidate>().Where(candidate => candidate.Id == seat.CandidateId).Select(candidate => candidate.AccountId).SingleAsync(cancel);
        await ChangedAsync();
        if (election.IsRehearsal || account is not { } accountId)
        {
            return false;
        }

        var mandate = await db.Set<Mandate>().AsNoTracking().SingleAsync(one => one.Id == election.MandateId, cancel);
        var now = clock.GetUtcNow();
        var (from, until) = (Midnight(mandate.StartsOn), Midnight(mandate.OverOn));
        return await roles.GrantAsync(accountId, Role.Councillor, contest.NeighbourhoodCode, from > now ? from : now, until, election.Name, cancel) is GrantRoleResult.Granted or GrantRoleResult.AlreadyHeld;
    }

    private async Task WithdrawAsync(Seat seat, Contest contest, CancellationToken cancel)
    {
        var account = await db.Set<Candidate>().Where(candidate => candidate.Id == seat.CandidateId).Select(candidate => candidate.AccountId).SingleAsync(cancel);
        if (account is { } accountId && await db.Set<RoleGrant>().SingleOrDefaultAsync(grant => grant.AccountId == accountId && grant.Role == Role.Councillor && grant.Scope == contest.NeighbourhoodCode && grant.WithdrawnAt == null, cancel) is { } held)
        {
            await roles.WithdrawAsync(held, seat.Reason!, cancel);
        }
    }

    private async Task<(Contest Contest, Election Election)> ContestOfAsync(Guid contestId, CancellationToken cancel)
    {
        var contest = await db.Set<Contest>().AsNoTracking().SingleAsync(one => one.Id == contestId, cancel);
        return (contest, await db.Set<Election>().AsNoTracking().SingleAsync(one => one.Id == contest.ElectionId, cancel));
    }

    private DateTimeOffset Midnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, city.TimeZone.GetUtcOffset(local)).ToUniversalTime();
    }

    private async Task<bool> SaveAsync(CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || failure.IsDuplicate())
        {
            db.ChangeTracker.Clear();
            return false;
        }
    }

    private async Task ChangedAsync()
    {
        await pages.ChangedAsync(ElectionsModule.CacheTag);
        await pages.ChangedAsync(NeighbourhoodsModule.CacheTag);
    }
}
