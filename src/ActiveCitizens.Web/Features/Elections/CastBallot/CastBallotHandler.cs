using System.Globalization;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Web.Features.Shared.Mail;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.CastBallot;

/// <param name="SecondSecret">As typed: the date of birth as yyyy-MM-dd, or the code from the e-mail.</param>
/// <param name="Receipt">What to send where, once the ballot is in the box; null when the elector wants no e-mail.</param>
public sealed record CastRequest(Guid ContestId, int ElectorNumber, string SecondSecret, ReadOnlyMemory<byte> Ballot, Func<string, OutboxMessage>? Receipt = null);

public abstract record CastResult
{
    private CastResult() { }

    /// <param name="Replaces">The elector had voted before: this ballot counts now.</param>
    public sealed record Cast(string Tracker, bool Replaces) : CastResult;

    /// <summary>Before or after the hours, or this box is stopped.</summary>
    public sealed record NotOpen(BoxState Box, DateTimeOffset OpensAt, DateTimeOffset ClosesAt) : CastResult;
    public sealed record UnknownContest : CastResult;
    public sealed record Unacceptable(BallotRule Rule, string Reason) : CastResult;

    /// <summary>Number and second secret do not belong together.</summary>
    /// <param name="Left">Tries before the code rests for a while.</param>
    public sealed record WrongSecret(int Left) : CastResult;
    public sealed record Locked(DateTimeOffset Until) : CastResult;
    public sealed record VotedOtherwise(VotingWay Way) : CastResult;

    /// <summary>The code was used by another elector, or this elector has used another code.</summary>
    public sealed record ForeignCode : CastResult;

    /// <summary>Its voter had it opened to check the booth.</summary>
    public sealed record Audited : CastResult;
}

/// <summary>
/// Takes a ballot: checks every proof, then stores it, marks the roll and makes the receipt in one transaction that waits for the disk. Nothing
/// is logged, and no time is kept: the order of the box is public, and would tell when an elector voted.
/// </summary>
public sealed class CastBallotHandler(CityDbContext db, SealedContests contests, TimeProvider clock)
{
    private static readonly CompiledQuery<Func<CityDbContext, Guid, Guid, string, string, CancellationToken, Task<Sight>>> Look =
        new(() => EF.CompileAsyncQuery((CityDbContext db, Guid contestId, Guid electorId, string credential, string hash, CancellationToken cancel) => db.Set<Contest>().Where(one => one.Id == contestId).Select(one => new Sight(
            one.Box,
            one.LastEvent,
            one.Height,
            db.Set<RollMark>().Where(mark => mark.ElectorId == electorId).Select(mark => (VotingWay?)mark.Way).FirstOrDefault(),
            db.Set<ElectorCredential>().Where(pair => pair.ElectorId == electorId).Select(pair => pair.Credential).FirstOrDefault(),
            db.Set<ElectorCredential>().Where(pair => pair.ContestId == contestId && pair.Credential == credential).Select(pair => (Guid?)pair.ElectorId).FirstOrDefault(),
            db.Set<BoxEvent>().Any(cast => cast.ContestId == contestId && cast.Type == ArchiveEventType.Ballot && cast.ContentHash == hash),
            db.Set<AuditedBallot>().Any(audited => audited.ContestId == contestId && audited.ContentHash == hash))).Single()));

    public async Task<CastResult> CastAsync(CastRequest request, CancellationToken cancel)
    {
        if (await contests.FindAsync(request.ContestId, cancel) is not { } contest)
        {
            return new CastResult.UnknownContest();
        }

        var now = clock.GetUtcNow();
        var hours = await db.Set<Contest>().Where(one => one.Id == contest.Id)
            .Join(db.Set<Election>(), one => one.ElectionId, election => election.Id, (one, election) => new { one.Box, election.State, election.OpensAt, election.ClosesAt, election.Rules.SecondSecret })
            .SingleAsync(cancel);
        if (hours.Box != BoxState.Open || hours.State != ElectionState.Sealed || now < hours.OpensAt || now >= hours.ClosesAt)
        {
            return new CastResult.NotOpen(hours.Box, hours.OpensAt, hours.ClosesAt);
        }

        switch (contest.Verifier.Verify(request.Ballot))
        {
            case BallotVerdict.Refused refused:
                return new CastResult.Unacceptable(refused.Rule, refused.Reason);
            case BallotVerdict.Accepted(var ballot):
                return await IdentifyAsync(contest.Id, ballot, hours.SecondSecret, request, now, cancel) ?? new CastResult.NotOpen(hours.Box, hours.OpensAt, hours.ClosesAt);
            default:
                throw new InvalidOperationException("A ballot is accepted or refused.");
        }
    }

    /// <returns>Null when the database's own clock says that voting is not open.</returns>
    private async Task<CastResult?> IdentifyAsync(Guid contestId, Ballot ballot, SecondSecret kind, CastRequest request, DateTimeOffset now, CancellationToken cancel)
    {
        var attempts = await db.Set<CredentialAttempts>().SingleOrDefaultAsync(one => one.ContestId == contestId && one.Credential == ballot.Credential, cancel);
        if (attempts?.IsLockedAt(now) == true)
        {
            return new CastResult.Locked(attempts.LockedUntil!.Value);
        }

        var elector = await db.Set<Elector>().Where(one => one.ContestId == contestId && one.Number == request.ElectorNumber).Select(one => new { one.Id, one.BornOn }).SingleOrDefaultAsync(cancel);
        if (elector is null || !await HoldsAsync(kind, elector.Id, elector.BornOn, request.SecondSecret, now, cancel))
        {
            return await FailAsync(contestId, ballot.Credential, attempts, now, cancel);
        }

        try
        {
            return await StoreAsync(contestId, elector.Id, ballot, request.Receipt, cancel);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // The desk marked the elector, or another device voted, between our look and our write: now it is there to be seen.
            db.ChangeTracker.Clear();
            return await StoreAsync(contestId, elector.Id, ballot, request.Receipt, cancel);
        }
        catch (DbUpdateException failure) when (failure.InnerException?.Message.Contains(BoxEvent.OutsideHours, StringComparison.Ordinal) == true)
        {
            db.ChangeTracker.Clear();
            return null;
        }
    }

    private async Task<bool> HoldsAsync(SecondSecret kind, Guid electorId, DateOnly bornOn, string typed, DateTimeOffset now, CancellationToken cancel)
    {
        if (kind == SecondSecret.DateOfBirth)
        {
            return DateOnly.TryParseExact(typed.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day == bornOn;
        }

        var expected = ElectorCode.HashOf(electorId, typed.Trim());
        return await db.Set<ElectorCode>().AnyAsync(code => code.ElectorId == electorId && code.CodeHash == expected && code.SentAt > now - ElectorCode.ValidFor, cancel);
    }

    private async Task<CastResult> FailAsync(Guid contestId, string credential, CredentialAttempts? attempts, DateTimeOffset now, CancellationToken cancel)
    {
        if (attempts is null)
        {
            attempts = new() { ContestId = contestId, Credential = credential };
            db.Add(attempts);
        }

        attempts.Fail(now);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException failure) when (failure is DbUpdateConcurrencyException || failure.IsDuplicate())
        {
            // Several wrong secrets at once: every one of them is a wrong secret, and one of them was counted.
            db.ChangeTracker.Clear();
        }

        return attempts.IsLockedAt(now) ? new CastResult.Locked(attempts.LockedUntil!.Value) : new CastResult.WrongSecret(attempts.Left);
    }

    /// <returns>Null when the box is not open any more.</returns>
    private async Task<CastResult?> StoreAsync(Guid contestId, Guid electorId, Ballot ballot, Func<string, OutboxMessage>? receipt, CancellationToken cancel)
    {
        await using var transaction = await db.BeginDurableAsync(cancel);
        // The box's row is the queue: whoever holds it appends next.
        await db.LockRowAsync<Contest>(contestId, cancel);
        var bytes = ballot.Bytes.ToArray();
        var hash = ballot.Digest.Hex;
        var found = await Look.For(db)(db, contestId, electorId, ballot.Credential, hash, cancel);
        if (found.Mark is { } way && way != VotingWay.Online)
        {
            return new CastResult.VotedOtherwise(way);
        }

        if ((found.CredentialOfElector ?? ballot.Credential) != ballot.Credential || (found.ElectorOfCredential ?? electorId) != electorId)
        {
            return new CastResult.ForeignCode();
        }

        if (found.IsInBox)
        {
            // Sent a second time because the first answer was lost: it is in the box, once.
            return new CastResult.Cast(ballot.Tracker, await db.Set<BoxEvent>().CountAsync(one => one.ContestId == contestId && one.Credential == ballot.Credential, cancel) > 1);
        }

        if (found.IsAudited)
        {
            return new CastResult.Audited();
        }

        if (found.Box != BoxState.Open)
        {
            // Closed while this ballot waited for its turn.
            return null;
        }

        var cast = BoxEvent.Ballot(contestId, BoxEvent.HeadOf(found.LastEvent, found.Height), bytes, ballot.Credential);
        db.Add(cast);
        if (found.CredentialOfElector is null)
        {
            db.Add(new ElectorCredential { ElectorId = electorId, ContestId = contestId, Credential = ballot.Credential });
        }

        if (found.Mark is null)
        {
            db.Add(new RollMark { ElectorId = electorId, ContestId = contestId, Way = VotingWay.Online });
        }

        if (receipt is not null)
        {
            db.Add(receipt(ballot.Tracker));
        }

        await db.SaveChangesAsync(cancel);
        var moved = await db.Set<Contest>().Where(one => one.Id == contestId && one.Height == found.Height && one.Box == BoxState.Open)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Height, cast.Height + 1).SetProperty(one => one.LastEvent, cast.EventHash), cancel);
        if (moved != 1)
        {
            throw new InvalidOperationException($"The box of contest {contestId} moved under its lock.");
        }

        await transaction.CommitAsync(cancel);
        return new CastResult.Cast(ballot.Tracker, found.Mark is not null);
    }

    /// <summary>All that a ballot needs to know under the box's lock, in one question: others wait meanwhile.</summary>
    private sealed record Sight(BoxState Box, string? LastEvent, int Height, VotingWay? Mark, string? CredentialOfElector, Guid? ElectorOfCredential, bool IsInBox, bool IsAudited);
}
