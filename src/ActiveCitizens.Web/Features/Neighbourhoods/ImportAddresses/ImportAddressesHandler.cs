using System.IO.Compression;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Jobs;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ImportAddresses;

public enum RequestImportResult { Requested, AnotherIsWaiting }

/// <summary>Takes a file of addresses in: kept at once, read and checked in the background, put in force in one transaction.</summary>
public sealed class ImportAddressesHandler(CityDbContext db, NeighbourhoodDirectory directory, AuditTrail audit, TimeProvider clock)
{
    private const int BatchSize = 40;
    private const int LinesBetweenReports = 5_000;

    public async Task<(RequestImportResult Result, Guid Id)> RequestAsync(Guid? requestedById, string fileName, Stream file, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        using var content = new MemoryStream();
        await using (var gzip = new GZipStream(content, CompressionLevel.Fastest, leaveOpen: true))
        {
            await file.CopyToAsync(gzip, cancel);
        }

        var import = new AddressImport
        {
            Id = Guid.CreateVersion7(now),
            FileName = fileName.Length > AddressImport.FileNameMaxLength ? fileName[..AddressImport.FileNameMaxLength] : fileName,
            RequestedById = requestedById,
            RequestedAt = now,
            Content = content.ToArray(),
        };
        db.Add(import);
        try
        {
            await db.SaveChangesAsync(cancel);
            return (RequestImportResult.Requested, import.Id);
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            if (await db.Set<AddressImport>().Where(other => other.State == AddressImportState.Waiting).Select(other => (Guid?)other.Id).FirstOrDefaultAsync(cancel) is { } waiting)
            {
                return (RequestImportResult.AnotherIsWaiting, waiting);
            }

            throw;
        }
    }

    /// <summary>Asks for the end of an import that is not over; the addresses stay as they were.</summary>
    public async Task<bool> CancelAsync(Guid id, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return await db.Set<AddressImport>().Where(import => import.Id == id && import.FinishedAt == null && import.CancelRequestedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(import => import.CancelRequestedAt, now), cancel) == 1;
    }

    /// <summary>Works off what waits, also what a stopped process left half read.</summary>
    public async Task RunWaitingAsync(CancellationToken cancel)
    {
        while (await db.Set<AddressImport>().Where(import => import.FinishedAt == null).OrderBy(import => import.RequestedAt).Select(import => (Guid?)import.Id).FirstOrDefaultAsync(cancel) is { } id)
        {
            await RunAsync(id, cancel);
        }
    }

    private async Task RunAsync(Guid id, CancellationToken cancel)
    {
        var import = await db.Set<AddressImport>().SingleAsync(import => import.Id == id, cancel);
        var municipality = await db.Set<TerritorialLevel>().Where(level => level.Kind == TerritorialLevelKind.Municipality).Select(level => level.Code).SingleAsync(cancel);
        var map = await directory.MapAsync(cancel);
        // A seekable copy on disk: the reader looks through it twice and memory stays small.
        await using var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await using (var gzip = new GZipStream(new MemoryStream(import.Content!), CompressionMode.Decompress))
        {
            await gzip.CopyToAsync(file, cancel);
        }

        import.Start(await CountLinesAsync(file, cancel));
        await db.SaveChangesAsync(cancel);
        if (await CheckAsync(import, file, municipality, cancel) is { } counted)
        {
            await ReplaceAsync(import, file, municipality, map, counted, cancel);
        }

        db.ChangeTracker.Clear();
    }

    /// <summary>Reads every line without keeping any; ends the import and returns null when it is refused or cancelled.</summary>
    private async Task<int?> CheckAsync(AddressImport import, Stream file, string municipality, CancellationToken cancel)
    {
        var (problems, count, addresses, ofOthers, reported) = (new List<AddressProblem>(), 0, 0, 0, 0);
        file.Position = 0;
        foreach (var row in AddressFileReader.Read(file, municipality, () => Guid.Empty))
        {
            switch (row)
            {
                case AddressRow.Refused refused:
                    count++;
                    if (problems.Count < AddressImport.MaxProblemsKept)
                    {
                        problems.Add(refused.Problem);
                    }

                    break;
                case AddressRow.OtherMunicipality:
                    ofOthers++;
                    break;
                default:
                    addresses++;
                    break;
            }

            if (row.Line - reported >= LinesBetweenReports)
            {
                reported = row.Line;
                await db.Set<AddressImport>().Where(own => own.Id == import.Id).ExecuteUpdateAsync(set => set.SetProperty(own => own.LinesRead, row.Line), cancel);
                if (await IsCancelledAsync(import, cancel))
                {
                    return null;
                }
            }
        }

        if (await IsCancelledAsync(import, cancel))
        {
            return null;
        }

        if (count == 0 && addresses == 0)
        {
            (count, problems) = (1, [new AddressProblem(1, AddressFault.NoAddressOfTheCity, municipality)]);
        }

        if (count > 0)
        {
            import.Refuse(problems, count, clock.GetUtcNow());
            audit.Record("addresses.refused", $"address-import:{import.Id}", new { file = import.FileName, problems = count });
            await db.SaveChangesAsync(cancel);
            return null;
        }

        return ofOthers;
    }

    private async Task<bool> IsCancelledAsync(AddressImport import, CancellationToken cancel)
    {
        if (!await db.Set<AddressImport>().AnyAsync(own => own.Id == import.Id && own.CancelRequestedAt != null, cancel))
        {
            return false;
        }

        import.Cancel(clock.GetUtcNow());
        audit.Record("addresses.cancelled", $"address-import:{import.Id}", new { file = import.FileName });
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private async Task ReplaceAsync(AddressImport import, Stream file, string municipality, TerritoryMap map, int ofOthers, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (imported, outside) = (0, 0);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Set<Address>().ExecuteDeleteAsync(cancel);
        file.Position = 0;
        foreach (var batch in AddressFileReader.Read(file, municipality, () => Guid.CreateVersion7(now)).OfType<AddressRow.Read>().Chunk(BatchSize))
        {
            await AddressWriter.InsertAsync(db, [.. batch.Select(row => row.Address)], cancel);
            imported += batch.Length;
            outside += batch.Count(row => map.Locate(row.Address.Longitude, row.Address.Latitude) is null);
        }

        import.Succeed(imported, ofOthers, outside, now);
        audit.Record("addresses.replaced", $"address-import:{import.Id}", new { file = import.FileName, addresses = imported });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private static async Task<int> CountLinesAsync(Stream file, CancellationToken cancel)
    {
        file.Position = 0;
        var buffer = new byte[64 * 1024];
        var (lines, last) = (0, (byte)'\n');
        for (int read; (read = await file.ReadAsync(buffer, cancel)) > 0;)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            last = buffer[read - 1];
        }

        return last == '\n' ? lines : lines + 1;
    }
}

/// <summary>Looks for files of addresses to take in.</summary>
public sealed class ImportAddressesJob(IServiceProvider services, CityDirectory cities) : CityJob(services, cities)
{
    protected override Task RunAsync(IServiceProvider services, IJobExecutionContext context, CancellationToken cancel) =>
        services.GetRequiredService<ImportAddressesHandler>().RunWaitingAsync(cancel);
}
