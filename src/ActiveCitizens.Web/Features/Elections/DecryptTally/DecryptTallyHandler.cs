using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Tallies;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.DecryptTally;

public abstract record DecryptTallyResult
{
    private DecryptTallyResult() { }

    /// <param name="IsComplete">The result is in the archive now.</param>
    public sealed record Kept(bool IsComplete) : DecryptTallyResult;

    /// <summary>The box is not closed, or its tally is not made.</summary>
    public sealed record NotYet : DecryptTallyResult;

    /// <summary>This trustee has decrypted already, or enough others have.</summary>
    public sealed record NotNeeded : DecryptTallyResult;

    /// <summary>Nothing was kept; <paramref name="Reason"/> is for a technician.</summary>
    public sealed record Unacceptable(string Reason) : DecryptTallyResult;
}

/// <summary>Takes a trustee's partial decryption, checks the proof of every factor, and writes the result once enough are there.</summary>
public sealed class DecryptTallyHandler(CityDbContext db, SealedContests contests, ElectionCalendar calendar, AuditTrail audit, PublicPages pages)
{
    /// <param name="owner">Number of the trustee who hands it in, from 1.</param>
    public async Task<DecryptTallyResult> KeepAsync(Guid contestId, int owner, byte[] document, CancellationToken cancel)
    {
        if (await contests.FindAsync(contestId, cancel) is not { } contest || await TallyAsync(contest, cancel) is not { } tally)
        {
            return new DecryptTallyResult.NotYet();
        }

        PartialDecryption decryption;
        try
        {
            decryption = PartialDecryption.Read(contest.Election, tally.Ciphertexts, document);
        }
        catch (ProtocolFormatException e)
        {
            return new DecryptTallyResult.Unacceptable(e.Message);
        }

        if (decryption.FindFailure(contest.Election, tally.Ciphertexts, contest.Trustees.Keys[owner - 1]) is var (question, place))
        {
            return new DecryptTallyResult.Unacceptable(FormattableString.Invariant($"the proof of factor {place} of question {question} does not hold for the key of trustee {owner}"));
        }

        await using var transaction = await db.BeginDurableAsync(cancel);
        await db.LockRowAsync<Contest>(contestId, cancel);
        var box = await db.Set<Contest>().SingleAsync(one => one.Id == contestId, cancel);
        var earlier = await db.Set<BoxEvent>().AsNoTracking().Where(one => one.ContestId == contestId && one.Type == ArchiveEventType.PartialDecryption).ToListAsync(cancel);
        if (box.Box != BoxState.Closed || earlier.Any(one => one.Owner == owner))
        {
            return new DecryptTallyResult.NotNeeded();
        }

        db.Add(box.KeepDecryption(owner, document));
        audit.Record("election.decrypted", $"contest:{contestId}", new { trustee = owner });
        var decryptions = earlier.ToDictionary(one => one.Owner!.Value, one => PartialDecryption.Read(contest.Election, tally.Ciphertexts, one.Content));
        decryptions[owner] = decryption;
        var isComplete = Combination.FindMissing(contest.Trustees, decryptions.Keys.ToHashSet()) is null;
        if (isComplete)
        {
            db.Add(box.KeepResult(ElectionResult.Compute(contest.Election, contest.Trustees, tally.Ciphertexts, tally.TotalWeight, decryptions).ToBytes()));
            if (!await db.Set<Contest>().AnyAsync(one => one.ElectionId == box.ElectionId && one.Id != contestId && one.Box != BoxState.Decrypted && one.Box != BoxState.Uncontested, cancel))
            {
                await calendar.FinishAsync(box.ElectionId, ElectionStep.Decrypted, cancel);
            }
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        await pages.ChangedAsync(ElectionsModule.CacheTag);
        return new DecryptTallyResult.Kept(isComplete);
    }

    private async Task<EncryptedTally?> TallyAsync(SealedContest contest, CancellationToken cancel) =>
        await db.Set<BoxEvent>().AsNoTracking().SingleOrDefaultAsync(one => one.ContestId == contest.Id && one.Type == ArchiveEventType.EncryptedTally, cancel) is { } kept
            ? EncryptedTally.Read(contest.Election, kept.Content, kept.NumTallied!.Value, kept.TotalWeight!.Value)
            : null;
}
