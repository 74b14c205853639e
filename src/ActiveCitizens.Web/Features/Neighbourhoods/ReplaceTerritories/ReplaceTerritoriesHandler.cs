using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;

public abstract record TerritoryUpload
{
    private TerritoryUpload() { }
    public sealed record Drafted(Guid DraftId) : TerritoryUpload;
    public sealed record Refused(IReadOnlyList<TerritoryProblem> OfTerritories, IReadOnlyList<TerritoryProblem> OfOutline) : TerritoryUpload;
}

public enum ApplyTerritoriesResult
{
    Applied,

    /// <summary>The draft is not there: applied before, expired, or replaced by a later upload.</summary>
    NoDraft,

    /// <summary>Others replaced the territories since the draft was checked.</summary>
    Overtaken,
}

/// <summary>Checks an uploaded set of territories, keeps it as a draft, and puts it in force in one transaction.</summary>
public sealed class ReplaceTerritoriesHandler(CityDbContext db, NeighbourhoodDirectory directory, AuditTrail audit, PublicPages pages, TimeProvider clock)
{
    public async Task<TerritoryUpload> UploadAsync(Guid ownerId, string fileName, byte[] territories, byte[]? outline, string source, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var current = await directory.MapAsync(cancel);
        Geometry? commune = null;
        if (outline is not null)
        {
            var reading = TerritoryFileReader.ReadOutline(outline);
            IReadOnlyList<TerritoryProblem> faults = reading.Problems.Count > 0 ? reading.Problems : TerritoryCheck.CheckOutline(reading.Items[0]);
            if (faults.Count > 0)
            {
                return new TerritoryUpload.Refused(TerritoryFileReader.ReadTerritories(territories).Problems, faults);
            }

            commune = reading.Items[0];
        }

        var (plan, problems) = TerritoryPlan.Make(territories, commune, source, current, ownerId, now);
        if (plan is null)
        {
            return new TerritoryUpload.Refused(problems, []);
        }

        var draft = new TerritoryDraft
        {
            Id = Guid.CreateVersion7(now),
            OwnerId = ownerId,
            FileName = fileName.Length > TerritoryDraft.FileNameMaxLength ? fileName[..TerritoryDraft.FileNameMaxLength] : fileName,
            Territories = territories,
            Outline = commune is null ? null : Boundaries.Write(commune),
            Source = source.Trim(),
            BaseVersion = current.Version?.Number ?? 0,
            CreatedAt = now,
            ExpiresAt = now + TerritoryDraft.Lifetime,
        };
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Set<TerritoryDraft>().Where(old => old.OwnerId == ownerId || old.ExpiresAt <= now).ExecuteDeleteAsync(cancel);
        db.Add(draft);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return new TerritoryUpload.Drafted(draft.Id);
    }

    /// <summary>A person's own draft, as long as it counts.</summary>
    public async Task<TerritoryDraft?> FindDraftAsync(Guid draftId, Guid ownerId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return await db.Set<TerritoryDraft>().AsNoTracking().SingleOrDefaultAsync(draft => draft.Id == draftId && draft.OwnerId == ownerId && draft.ExpiresAt > now, cancel);
    }

    /// <summary>The draft read again; null when the territories in force have changed so that it no longer fits them.</summary>
    public TerritoryPlan? PlanOf(TerritoryDraft draft, TerritoryMap current) =>
        draft.BaseVersion != (current.Version?.Number ?? 0) ? null
        : TerritoryPlan.Make(draft.Territories, draft.Outline is null ? null : Boundaries.Read(draft.Outline), draft.Source, current, draft.OwnerId, clock.GetUtcNow()).Plan;

    public async Task<ApplyTerritoriesResult> ApplyAsync(Guid draftId, Guid ownerId, CancellationToken cancel)
    {
        if (await FindDraftAsync(draftId, ownerId, cancel) is not { } draft)
        {
            return ApplyTerritoriesResult.NoDraft;
        }

        var current = await directory.MapAsync(cancel);
        return PlanOf(draft, current) is not { } plan
            ? ApplyTerritoriesResult.Overtaken
            : await ApplyAsync(plan, current, draft, cancel);
    }

    /// <summary>Puts a plan in force.</summary>
    /// <param name="current">The territories it was made against.</param>
    /// <param name="draft">Deleted in the same transaction.</param>
    internal async Task<ApplyTerritoriesResult> ApplyAsync(TerritoryPlan plan, TerritoryMap current, TerritoryDraft? draft, CancellationToken cancel)
    {
        var changes = plan.ComparedWith(current);
        db.Add(plan.Version);
        db.AddRange(plan.Neighbourhoods);
        audit.Record("territories.replaced", $"territories:{plan.Version.Number}", new
        {
            file = draft?.FileName,
            source = plan.Version.Source,
            neighbourhoods = plan.Neighbourhoods.Count,
            added = Codes<TerritoryChange.Added>(changes),
            removed = Codes<TerritoryChange.Removed>(changes),
            changed = Codes<TerritoryChange.Changed>(changes),
        });
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            if (draft is not null && await db.Set<TerritoryDraft>().Where(own => own.Id == draft.Id).ExecuteDeleteAsync(cancel) == 0)
            {
                db.ChangeTracker.Clear();
                return ApplyTerritoriesResult.NoDraft;
            }

            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            // The unique version number decides between two replacements at once.
            db.ChangeTracker.Clear();
            if (await db.Set<TerritoryVersion>().AnyAsync(version => version.Number == plan.Version.Number, cancel))
            {
                return ApplyTerritoriesResult.Overtaken;
            }

            throw;
        }

        await pages.ChangedAsync(NeighbourhoodsModule.CacheTag);
        return ApplyTerritoriesResult.Applied;
    }

    private static string Codes<TChange>(IReadOnlyList<TerritoryChange> changes) where TChange : TerritoryChange =>
        string.Join(' ', changes.OfType<TChange>().Select(change => change.Neighbourhood.Code));
}
