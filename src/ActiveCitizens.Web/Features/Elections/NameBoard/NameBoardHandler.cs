using ActiveCitizens.Web.Features.Elections.MakeKeys;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.NameBoard;

public enum NameMemberResult { Named, AlreadyNamed, DutyTaken, TooLate }

public enum RemoveMemberResult { Removed, Unknown, TooLate }

/// <summary>What the board lacks before it is formed.</summary>
public enum BoardLack { President, Trustees, CredentialAuthority }

public abstract record FormBoardResult
{
    private FormBoardResult() { }

    public sealed record Formed : FormBoardResult;
    public sealed record Incomplete(IReadOnlyList<BoardLack> Lacks) : FormBoardResult;

    /// <summary>Steps of the calendar come first.</summary>
    public sealed record StepsMissing(IReadOnlyList<ElectionStep> Steps) : FormBoardResult;
    public sealed record NotCalled : FormBoardResult;
}

/// <summary>Names the board. A change among those who hold keys makes the keys of the election void, for they are made for these people.</summary>
public sealed class NameBoardHandler(CityDbContext db, ElectionCalendar calendar, AuditTrail audit, TimeProvider clock)
{
    private const int Tries = 4;

    /// <summary>One alone could open every ballot.</summary>
    private const int MinTrustees = 2;

    public async Task<NameMemberResult> NameAsync(Guid electionId, string name, string email, BoardDuty duty, bool holdsKey, Guid? contestId, CancellationToken cancel)
    {
        var address = email.Trim().ToLowerInvariant();
        for (var tries = 1; ; tries++)
        {
            await using var transaction = await db.BeginDurableAsync(cancel);
            await db.LockRowAsync<Election>(electionId, cancel);
            var election = await db.Set<Election>().SingleAsync(one => one.Id == electionId, cancel);
            if (election.State is not (ElectionState.Draft or ElectionState.Called))
            {
                return NameMemberResult.TooLate;
            }

            if (await db.Set<BoardMember>().AnyAsync(one => one.ElectionId == electionId && one.Email == address, cancel))
            {
                return NameMemberResult.AlreadyNamed;
            }

            if (duty is BoardDuty.President or BoardDuty.CredentialAuthority && await db.Set<BoardMember>().AnyAsync(one => one.ElectionId == electionId && one.Duty == duty, cancel))
            {
                return NameMemberResult.DutyTaken;
            }

            var keys = duty == BoardDuty.Trustee || (duty == BoardDuty.President && holdsKey);
            var member = new BoardMember
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()), ElectionId = electionId, Name = name.Trim(), Email = address, Duty = duty,
                TrusteeNumber = keys ? 1 + (await db.Set<BoardMember>().Where(one => one.ElectionId == electionId).MaxAsync(one => one.TrusteeNumber, cancel) ?? 0) : null,
                ContestId = duty == BoardDuty.Assessor ? contestId : null,
            };
            db.Add(member);
            if (keys)
            {
                await VoidKeysAsync(election, cancel);
            }

            audit.Record("election.board-member-named", $"election:{electionId}", new { member = member.Id, duty = duty.ToString(), trustee = member.TrusteeNumber });
            try
            {
                await db.SaveChangesAsync(cancel);
                await transaction.CommitAsync(cancel);
                return NameMemberResult.Named;
            }
            catch (DbUpdateException failure) when (failure.IsDuplicate() && tries < Tries)
            {
                // Somebody else was quicker: look again at what is there now.
                db.ChangeTracker.Clear();
            }
        }
    }

    public async Task<RemoveMemberResult> RemoveAsync(Guid electionId, Guid memberId, CancellationToken cancel)
    {
        await using var transaction = await db.BeginDurableAsync(cancel);
        await db.LockRowAsync<Election>(electionId, cancel);
        var election = await db.Set<Election>().SingleAsync(one => one.Id == electionId, cancel);
        if (election.State is not (ElectionState.Draft or ElectionState.Called))
        {
            return RemoveMemberResult.TooLate;
        }

        if (await db.Set<BoardMember>().SingleOrDefaultAsync(one => one.Id == memberId && one.ElectionId == electionId, cancel) is not { } member)
        {
            return RemoveMemberResult.Unknown;
        }

        db.Remove(member);
        audit.Record("election.board-member-removed", $"election:{electionId}", new { member = member.Id, duty = member.Duty.ToString(), trustee = member.TrusteeNumber });
        if (member.TrusteeNumber is { } number)
        {
            await VoidKeysAsync(election, cancel);
            await db.SaveChangesAsync(cancel);
            await CompleteKeysAsync(election, cancel);
            // Numbers are those of the trustees file, without gaps; one row after the other, so that no two have the same on the way.
            foreach (var later in await db.Set<BoardMember>().Where(one => one.ElectionId == electionId && one.TrusteeNumber > number).OrderBy(one => one.TrusteeNumber).Select(one => one.Id).ToListAsync(cancel))
            {
                await db.Set<BoardMember>().Where(one => one.Id == later).ExecuteUpdateAsync(set => set.SetProperty(one => one.TrusteeNumber, one => one.TrusteeNumber - 1), cancel);
            }
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return RemoveMemberResult.Removed;
    }

    public async Task<FormBoardResult> FormAsync(Guid electionId, CancellationToken cancel)
    {
        var election = await db.Set<Election>().AsNoTracking().SingleAsync(one => one.Id == electionId, cancel);
        if (election.State != ElectionState.Called)
        {
            return new FormBoardResult.NotCalled();
        }

        var lacks = Lacks(await db.Set<BoardMember>().AsNoTracking().Where(one => one.ElectionId == electionId).ToListAsync(cancel), election.TrusteeThreshold);
        if (lacks.Count > 0)
        {
            return new FormBoardResult.Incomplete(lacks);
        }

        if (await calendar.MissingBeforeAsync(electionId, ElectionStep.BoardFormed, cancel) is { Count: > 0 } steps)
        {
            return new FormBoardResult.StepsMissing(steps);
        }

        await calendar.FinishAsync(electionId, ElectionStep.BoardFormed, cancel);
        audit.Record("election.board-formed", $"election:{electionId}", new { election.Slug });
        await db.SaveChangesAsync(cancel);
        return new FormBoardResult.Formed();
    }

    public static IReadOnlyList<BoardLack> Lacks(IReadOnlyList<BoardMember> members, int? threshold) =>
    [
        .. members.Any(one => one.Duty == BoardDuty.President) ? (BoardLack[])[] : [BoardLack.President],
        .. members.Count(one => one.TrusteeNumber is not null) >= Math.Max(MinTrustees, threshold ?? MinTrustees) ? (BoardLack[])[] : [BoardLack.Trustees],
        .. members.Any(one => one.Duty == BoardDuty.CredentialAuthority) ? (BoardLack[])[] : [BoardLack.CredentialAuthority],
    ];

    /// <summary>Where all keys are needed, those who stay keep theirs: if nobody has to make one any more, the trustees' file is theirs at once.</summary>
    private async Task CompleteKeysAsync(Election election, CancellationToken cancel)
    {
        if (election.State != ElectionState.Called || election.TrusteeThreshold is not null)
        {
            return;
        }

        var holders = await db.Set<BoardMember>().AsNoTracking().Where(one => one.ElectionId == election.Id && one.TrusteeNumber != null).OrderBy(one => one.TrusteeNumber).ToListAsync(cancel);
        if (holders.Count < MinTrustees || holders.Exists(one => one.PublicKey is null))
        {
            return;
        }

        election.KeepTrustees(KeyHandler.FileOf(holders));
        await calendar.FinishAsync(election.Id, ElectionStep.KeysMade, cancel);
    }

    private async Task VoidKeysAsync(Election election, CancellationToken cancel)
    {
        // Until the keys of those who are on the board now are complete, nothing can be sealed.
        await calendar.ReopenAsync(election.Id, ElectionStep.KeysMade, cancel);
        if (election.TrusteesDocument is not null)
        {
            election.KeepTrustees(null);
        }

        if (election.TrusteeThreshold is null)
        {
            return;
        }

        // Keys of a threshold set are made together: all of them, or none.
        await db.Set<CeremonyMessage>().Where(one => one.ElectionId == election.Id).ExecuteDeleteAsync(cancel);
        foreach (var holder in await db.Set<BoardMember>().Where(one => one.ElectionId == election.Id && one.PublicKey != null).ToListAsync(cancel))
        {
            holder.KeepKey(null);
        }
    }
}
