using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.MunicipalCouncil;

public abstract record RecordDeliberationResult
{
    private RecordDeliberationResult() { }
    public sealed record Recorded(Guid Id) : RecordDeliberationResult;
    public sealed record NumberTaken : RecordDeliberationResult;
    public sealed record VoteInconsistent(IReadOnlyList<VoteProblem> Problems) : RecordDeliberationResult;

    /// <summary>The session is not held yet.</summary>
    public sealed record SessionInFuture : RecordDeliberationResult;

    /// <summary>The deliberation to be changed is not posted, or its session is later.</summary>
    public sealed record NothingToAmend : RecordDeliberationResult;

    /// <summary>Transmitted or posted meanwhile, or discarded: nothing of it changes any more.</summary>
    public sealed record NotADraft : RecordDeliberationResult;
}

public enum TransmitResult { Transmitted, AlreadyTransmitted, BeforeSession, InFuture, IdTaken }

public enum PostResult { Posted, AlreadyPosted, BeforeSession, InFuture }

/// <summary>Keeps the register of deliberations: recording, transmitting and posting are separate acts, each in the audit log.</summary>
public sealed class RegisterHandler(CityDbContext db, AuditTrail audit, CurrentActor actor, City city, PublicPages pages, TimeProvider clock)
{
    public DateOnly Today => DateOnly.FromDateTime(city.Local(clock.GetUtcNow()).DateTime);

    public async Task<RecordDeliberationResult> RecordAsync(DeliberationContent content, CancellationToken cancel)
    {
        if (await ProblemAsync(content, cancel) is { } problem)
        {
            return problem;
        }

        var recorded = Deliberation.Record(content, actor.AccountId, clock.GetUtcNow());
        db.Add(recorded);
        audit.Record("deliberation.recorded", Subject(recorded.Id), new { recorded.Year, recorded.Number, sha256 = recorded.TextSha256 });
        return await SaveAsync(recorded, cancel);
    }

    public async Task<RecordDeliberationResult> RewriteAsync(Guid id, DeliberationContent content, CancellationToken cancel)
    {
        if (await db.Set<Deliberation>().SingleOrDefaultAsync(act => act.Id == id, cancel) is not { IsDraft: true } draft)
        {
            return new RecordDeliberationResult.NotADraft();
        }

        if (await ProblemAsync(content, cancel) is { } problem)
        {
            return problem;
        }

        draft.Rewrite(content with { IllustrativeRemark = draft.IllustrativeRemark });
        audit.Record("deliberation.rewritten", Subject(id), new { draft.Year, draft.Number, sha256 = draft.TextSha256 });
        return await SaveAsync(draft, cancel);
    }

    /// <summary>Takes a draft out of the register; false when it is none.</summary>
    public async Task<bool> DiscardAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<Deliberation>().SingleOrDefaultAsync(act => act.Id == id, cancel) is not { IsDraft: true } draft)
        {
            return false;
        }

        db.Remove(draft);
        audit.Record("deliberation.discarded", Subject(id), new { draft.Year, draft.Number, sha256 = draft.TextSha256 });
        try
        {
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    public async Task<TransmitResult> TransmitAsync(Guid id, DateOnly on, string transmissionId, CancellationToken cancel)
    {
        var act = await db.Set<Deliberation>().SingleAsync(act => act.Id == id, cancel);
        if (on < act.SessionDate)
        {
            return TransmitResult.BeforeSession;
        }

        if (on > Today)
        {
            return TransmitResult.InFuture;
        }

        if (!act.Transmit(on, transmissionId))
        {
            return TransmitResult.AlreadyTransmitted;
        }

        audit.Record("deliberation.transmitted", Subject(id), new { act.Year, act.Number, on, transmission = act.TransmissionId });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return TransmitResult.AlreadyTransmitted;
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            var receipt = transmissionId.Trim();
            if (await db.Set<Deliberation>().AnyAsync(other => other.TransmissionId == receipt && other.Id != id, cancel))
            {
                return TransmitResult.IdTaken;
            }

            throw;
        }

        await pages.ChangedAsync(MunicipalCouncilModule.CacheTag);
        return TransmitResult.Transmitted;
    }

    public async Task<PostResult> PostAsync(Guid id, DateOnly on, CancellationToken cancel)
    {
        var act = await db.Set<Deliberation>().SingleAsync(act => act.Id == id, cancel);
        if (on < act.SessionDate)
        {
            return PostResult.BeforeSession;
        }

        if (on > Today)
        {
            return PostResult.InFuture;
        }

        if (!act.Post(on, clock.GetUtcNow()))
        {
            return PostResult.AlreadyPosted;
        }

        audit.Record("deliberation.posted", Subject(id), new { act.Year, act.Number, on, adopted = act.IsAdopted, sha256 = act.TextSha256 });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return PostResult.AlreadyPosted;
        }

        await pages.ChangedAsync(MunicipalCouncilModule.CacheTag);
        return PostResult.Posted;
    }

    internal static string Subject(Guid id) => $"deliberation:{id}";

    private async Task<RecordDeliberationResult?> ProblemAsync(DeliberationContent content, CancellationToken cancel)
    {
        if (content.Vote.Problems().ToList() is { Count: > 0 } problems)
        {
            return new RecordDeliberationResult.VoteInconsistent(problems);
        }

        if (content.SessionDate > Today)
        {
            return new RecordDeliberationResult.SessionInFuture();
        }

        return content.AmendsId is { } amended && !await db.Set<Deliberation>().AnyAsync(act => act.Id == amended && act.PublishedAt != null && act.SessionDate <= content.SessionDate, cancel)
            ? new RecordDeliberationResult.NothingToAmend()
            : null;
    }

    private async Task<RecordDeliberationResult> SaveAsync(Deliberation act, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return new RecordDeliberationResult.Recorded(act.Id);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new RecordDeliberationResult.NotADraft();
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            if (await db.Set<Deliberation>().AnyAsync(other => other.Year == act.Year && other.Number == act.Number && other.Id != act.Id, cancel))
            {
                return new RecordDeliberationResult.NumberTaken();
            }

            throw;
        }
    }
}
