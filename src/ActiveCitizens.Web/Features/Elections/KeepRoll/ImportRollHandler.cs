using System.IO.Compression;
using System.Security.Cryptography;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Jobs;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace ActiveCitizens.Web.Features.Elections.KeepRoll;

public enum RequestRollImportResult { Requested, AnotherIsWaiting, RollSealed }

/// <summary>Takes a roll in: kept at once, read and checked in the background, put in force in one transaction or not at all.</summary>
public sealed class ImportRollHandler(CityDbContext db, RollHandler roll, ElectionCalendar calendar, AuditTrail audit, City city, PublicPages pages, TimeProvider clock)
{
    private const int BatchSize = 30;

    public async Task<(RequestRollImportResult Result, Guid Id)> RequestAsync(Guid electionId, Guid? requestedById, string fileName, Stream file, CancellationToken cancel)
    {
        if (await roll.OpenElectionAsync(electionId, cancel) is null)
        {
            return (RequestRollImportResult.RollSealed, Guid.Empty);
        }

        var now = clock.GetUtcNow();
        using var content = new MemoryStream();
        await using (var gzip = new GZipStream(content, CompressionLevel.Fastest, leaveOpen: true))
        {
            await file.CopyToAsync(gzip, cancel);
        }

        var import = new RollImport
        {
            Id = Guid.CreateVersion7(now), ElectionId = electionId, FileName = fileName.Length > RollImport.FileNameMaxLength ? fileName[..RollImport.FileNameMaxLength] : fileName, RequestedById = requestedById, RequestedAt = now, Content = content.ToArray(),
        };
        db.Add(import);
        try
        {
            await db.SaveChangesAsync(cancel);
            return (RequestRollImportResult.Requested, import.Id);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            db.ChangeTracker.Clear();
            return (RequestRollImportResult.AnotherIsWaiting, await db.Set<RollImport>().Where(other => other.ElectionId == electionId).OrderByDescending(other => other.RequestedAt).Select(other => other.Id).FirstAsync(cancel));
        }
    }

    /// <summary>Asks for the end of an import that is not over; the roll stays as it was.</summary>
    public async Task<bool> CancelAsync(Guid id, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return await db.Set<RollImport>().Where(import => import.Id == id && import.FinishedAt == null && import.CancelRequestedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(import => import.CancelRequestedAt, now), cancel) == 1;
    }

    /// <summary>Works off what waits, also what a stopped process left half done.</summary>
    public async Task RunWaitingAsync(CancellationToken cancel)
    {
        while (await db.Set<RollImport>().Where(import => import.FinishedAt == null).OrderBy(import => import.RequestedAt).FirstOrDefaultAsync(cancel) is { } import)
        {
            await RunAsync(import, cancel);
            db.ChangeTracker.Clear();
        }
    }

    private async Task RunAsync(RollImport import, CancellationToken cancel)
    {
        if (import.CancelRequestedAt is not null || await roll.OpenElectionAsync(import.ElectionId, cancel) is not { } election)
        {
            import.Cancel(clock.GetUtcNow());
            await db.SaveChangesAsync(cancel);
            return;
        }

        using var unpacked = new MemoryStream();
        await using (var gzip = new GZipStream(new MemoryStream(import.Content!), CompressionMode.Decompress))
        {
            await gzip.CopyToAsync(unpacked, cancel);
        }

        var file = unpacked.ToArray();
        import.Start(file.Count(sign => sign == (byte)'\n') + 1);
        await db.SaveChangesAsync(cancel);
        var terms = await TermsAsync(election, cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var now = clock.GetUtcNow();
        try
        {
            var read = new LatestReport<object>(0);
            var found = await LongWork.RunAsync(() => RollFileReader.Read(file, terms, () => Guid.CreateVersion7(now), lines => read.Report(lines), stop.Token), () => ReportAsync(import, (int)read.Latest, stop), stop.Token);
            if (found.ProblemCount > 0)
            {
                import.Refuse(found.Problems, found.ProblemCount, clock.GetUtcNow());
                audit.Record("roll.refused", $"election:{election.Id}", new { file = import.FileName, problems = found.ProblemCount });
                await db.SaveChangesAsync(cancel);
                return;
            }

            await ReplaceAsync(import, election, found, Convert.ToHexStringLower(SHA256.HashData(file)), stop.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            var kept = await db.Set<RollImport>().SingleAsync(one => one.Id == import.Id, cancel);
            kept.Cancel(clock.GetUtcNow());
            await db.SaveChangesAsync(cancel);
        }
    }

    private async Task<RollTerms> TermsAsync(Election election, CancellationToken cancel)
    {
        var bureaus = await db.Set<Contest>().Where(contest => contest.ElectionId == election.Id).Select(contest => new { contest.PollingBureau, contest.Id }).ToListAsync(cancel);
        var known = await KnownAddresses.LoadAsync(db, city, cancel);
        return new(
            election.Id, bureaus.ToDictionary(bureau => RollTerms.BureauKey(bureau.PollingBureau), bureau => bureau.Id, StringComparer.Ordinal), election.Rules.Franchise, election.Rules.SecondSecret,
            DateOnly.FromDateTime(city.Local(election.ClosesAt).DateTime), DateOnly.FromDateTime(city.Local(clock.GetUtcNow()).DateTime), known.IsEmpty ? null : known.Holds);
    }

    private async Task ReportAsync(RollImport import, int lines, CancellationTokenSource stop)
    {
        await db.Set<RollImport>().Where(row => row.Id == import.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LinesRead, lines), stop.Token);
        if (await db.Set<RollImport>().AnyAsync(row => row.Id == import.Id && row.CancelRequestedAt != null, stop.Token))
        {
            await stop.CancelAsync();
        }
    }

    private async Task ReplaceAsync(RollImport import, Election election, ReadRoll found, string sha256, CancellationToken cancel)
    {
        if (await db.Set<RollImport>().AnyAsync(row => row.Id == import.Id && row.CancelRequestedAt != null, cancel))
        {
            throw new OperationCanceledException();
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Sealing takes the same lock: it sees the old roll or the new one, whole.
        await db.LockRowAsync<Election>(election.Id, cancel);
        if (await roll.OpenElectionAsync(election.Id, cancel) is null)
        {
            throw new OperationCanceledException();
        }

        await roll.ClearAsync(election.Id, cancel);
        foreach (var batch in found.Electors.Chunk(BatchSize))
        {
            await RollWriter.InsertAsync(db, batch, cancel);
        }

        import.Succeed(found.Electors.Count, found.Warnings, found.WarningCount, clock.GetUtcNow());
        await calendar.FinishAsync(election.Id, ElectionStep.RollImported, cancel);
        audit.Record("roll.imported", $"election:{election.Id}", new { file = import.FileName, sha256, electors = found.Electors.Count, warnings = found.WarningCount });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        await pages.ChangedAsync(ElectionsModule.CacheTag);
    }
}

/// <summary>Looks for rolls to take in.</summary>
public sealed class ImportRollJob(IServiceProvider services, CityDirectory cities) : CityJob(services, cities)
{
    protected override Task RunAsync(IServiceProvider services, IJobExecutionContext context, CancellationToken cancel) =>
        services.GetRequiredService<ImportRollHandler>().RunWaitingAsync(cancel);
}
