using System.IO.Compression;
using System.Security.Cryptography;
using ActiveCitizens.Budgeting;
using ActiveCitizens.Budgeting.Counting;
using ActiveCitizens.Budgeting.Pabulib;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Jobs;
using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace ActiveCitizens.Web.Features.Budgets.ImportRound;

public enum RequestRoundImportResult { Requested, AnotherIsWaiting }

/// <summary>Takes a file of ballots in: kept at once, read and counted in the background, saved with its results in one transaction.</summary>
public sealed class ImportRoundHandler(CityDbContext db, AuditTrail audit, PublicPages pages, TimeProvider clock)
{
    public const long MaxSentBytes = 64L << 20;
    private static readonly PabulibReadOptions Limits = new() { MaxBytes = 256L << 20 };

    public async Task<(RequestRoundImportResult Result, Guid Id)> RequestAsync(RoundImport import, CancellationToken cancel)
    {
        db.Add(import);
        try
        {
            await db.SaveChangesAsync(cancel);
            return (RequestRoundImportResult.Requested, import.Id);
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            if (await db.Set<RoundImport>().Where(other => other.State == RoundImportState.Waiting).Select(other => (Guid?)other.Id).FirstOrDefaultAsync(cancel) is { } waiting)
            {
                return (RequestRoundImportResult.AnotherIsWaiting, waiting);
            }

            throw;
        }
    }

    /// <summary>Asks for the end of an import that is not over; nothing of it is kept.</summary>
    public async Task<bool> CancelAsync(Guid id, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return await db.Set<RoundImport>().Where(import => import.Id == id && import.FinishedAt == null && import.CancelRequestedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(import => import.CancelRequestedAt, now), cancel) == 1;
    }

    /// <summary>Works off what waits, also what a stopped process left half done.</summary>
    public async Task RunWaitingAsync(CancellationToken cancel)
    {
        while (await db.Set<RoundImport>().Where(import => import.FinishedAt == null).OrderBy(import => import.RequestedAt).FirstOrDefaultAsync(cancel) is { } import)
        {
            await RunAsync(import, cancel);
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>Lets everybody see a round.</summary>
    /// <returns>False when it was published already.</returns>
    public async Task<bool> PublishAsync(Guid roundId, CancellationToken cancel)
    {
        var round = await db.Set<BudgetRound>().SingleAsync(round => round.Id == roundId, cancel);
        if (!round.Publish(clock.GetUtcNow()))
        {
            return false;
        }

        audit.Record("budget-round.published", $"budget-round:{roundId}", new { slug = round.Slug, rule = round.DecidingRule });
        await db.SaveChangesAsync(cancel);
        await pages.ChangedAsync(BudgetsModule.CacheTag);
        return true;
    }

    private async Task RunAsync(RoundImport import, CancellationToken cancel)
    {
        if (import.CancelRequestedAt is not null)
        {
            import.Cancel(clock.GetUtcNow());
            await db.SaveChangesAsync(cancel);
            return;
        }

        import.Begin(RoundImportState.Reading);
        await db.SaveChangesAsync(cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            var progress = new LatestReport<ImportProgress>(new ImportProgress(0, 0));
            var file = await WatchAsync(import, progress, stop, () => Read(import.Content!, progress, stop.Token));
            import.Begin(RoundImportState.Counting);
            await db.SaveChangesAsync(cancel);
            var results = await WatchAsync(import, progress, stop, () => Count(file.Instance, progress, stop.Token));
            await SaveAsync(import, file, results, cancel);
        }
        catch (PabulibFormatException refused)
        {
            import.Refuse(refused.Problems, clock.GetUtcNow());
            await db.SaveChangesAsync(cancel);
        }
        catch (InvalidDataException damaged)
        {
            // The gzip layer of a compressed file.
            import.Refuse([new PabulibProblem(PabulibError.NotUtf8, 0, 0, damaged.Message, "a whole .pb file, or one compressed with gzip", "Send the file again.")], clock.GetUtcNow());
            await db.SaveChangesAsync(cancel);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            import.Cancel(clock.GetUtcNow());
            await db.SaveChangesAsync(cancel);
        }
    }

    private static PabulibFile Read(byte[] content, IProgress<ImportProgress> progress, CancellationToken cancel)
    {
        using var sent = new MemoryStream(content);
        using Stream text = content is [0x1f, 0x8b, ..] ? new GZipStream(sent, CompressionMode.Decompress) : sent;
        var reading = new Report<PabulibProgress>(report => progress.Report(new ImportProgress(0.2 * sent.Position / Math.Max(content.Length, 1), report.VotesRead)));
        return PabulibReader.Read(text, Limits, reading, cancel);
    }

    private static List<CountedResult> Count(Instance instance, IProgress<ImportProgress> progress, CancellationToken cancel)
    {
        var presets = RuleNames.For(instance);
        var results = new List<CountedResult>();
        foreach (var preset in presets)
        {
            Tell(0);
            var counting = new Report<CountProgress>(report => Tell(Math.Clamp(report.BudgetUsed, 0, 1)));
            results.Add(CountedResult.Of(preset.Id, instance, Counter.Count(instance, preset.RuleFor(instance)!, counting, cancel), cancel));
        }

        return results;

        void Tell(double ofThisRule) => progress.Report(new ImportProgress(0.2 + 0.75 * (results.Count + ofThisRule) / presets.Count, instance.VoterCount));
    }

    /// <summary>Writes down how far the work has come, and stops it when somebody asked for that.</summary>
    private async Task<T> WatchAsync<T>(RoundImport import, LatestReport<ImportProgress> progress, CancellationTokenSource stop, Func<T> work)
    {
        var done = await LongWork.RunAsync(work, ReportAsync, stop.Token);
        // Asked for while the last half second ran: nothing is saved yet, so it can still be obeyed.
        return await IsCancelledAsync() ? throw new OperationCanceledException() : done;

        async Task ReportAsync()
        {
            var (share, ballots) = progress.Latest;
            await db.Set<RoundImport>().Where(row => row.Id == import.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Share, share).SetProperty(row => row.BallotsRead, ballots), stop.Token);
            if (await IsCancelledAsync())
            {
                await stop.CancelAsync();
            }
        }

        Task<bool> IsCancelledAsync() => db.Set<RoundImport>().AnyAsync(row => row.Id == import.Id && row.CancelRequestedAt != null, stop.Token);
    }

    private async Task SaveAsync(RoundImport import, PabulibFile file, List<CountedResult> results, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var instance = file.Instance;
        var ballots = PublishedBallots(file);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(ballots));
        var round = new BudgetRound
        {
            Id = Guid.CreateVersion7(now),
            Slug = await FreeSlugAsync(import.Title, cancel),
            Title = import.Title,
            SourceCity = Shortened(file.MetaValue("unit") ?? "", BudgetRound.TextMaxLength),
            SourceCountry = Shortened(file.MetaValue("country") ?? "", BudgetRound.TextMaxLength),
            Edition = Shortened(file.MetaValue("instance") ?? "", BudgetRound.TextMaxLength),
            Publisher = import.Publisher,
            Currency = instance.Currency is { Length: 3 } currency ? currency.ToUpperInvariant() : "EUR",
            BudgetCents = BudgetAmounts.Cents(instance.Budget),
            VoterCount = checked((int)instance.VoterCount),
            ProjectCount = instance.Projects.Count,
            VoteType = instance.VoteType.ToString(),
            PublishedRule = instance.PublishedRule,
            DecidingRule = results.Any(result => result.Rule == import.DecidingRule) ? import.DecidingRule : results[0].Rule,
            ImportedAt = now,
        };
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        db.Add(round);
        db.Add(new BudgetBallots { RoundId = round.Id, Content = Compressed(ballots), Bytes = ballots.Length, Sha256 = sha256 });
        db.AddRange(instance.Projects.Select(project => Describe(round, instance, project)));
        db.AddRange(results.Select(result => new BudgetCount { RoundId = round.Id, Rule = result.Rule, ResultJson = result.ToJson(), CountedAt = now }));
        import.Succeed(round.Id, file.Warnings, now);
        audit.Record("budget-round.imported", $"budget-round:{round.Id}", new { slug = round.Slug, file = import.FileName, sha256, voters = round.VoterCount, projects = round.ProjectCount });
        try
        {
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            await transaction.RollbackAsync(cancel);
            db.ChangeTracker.Clear();
            if (!await db.Set<BudgetBallots>().AnyAsync(known => known.Sha256 == sha256, cancel))
            {
                throw;
            }

            var again = await db.Set<RoundImport>().SingleAsync(row => row.Id == import.Id, cancel);
            again.Refuse([new PabulibProblem(PabulibError.WrongNumber, 0, 0, import.FileName, "ballots that are not here yet", "This file was imported before.")], now);
            await db.SaveChangesAsync(cancel);
        }
    }

    // Sex, age and district of each voter stay with the first publisher: nothing here needs them.
    private static byte[] PublishedBallots(PabulibFile file)
    {
        using var written = new MemoryStream();
        PabulibWriter.Write(file, written, static column => column is "voter_id" or "vote" or "points");
        return written.ToArray();
    }

    private static byte[] Compressed(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }

    private static BudgetProject Describe(BudgetRound round, Instance instance, Project project)
    {
        var name = Shortened(project.Name, BudgetProject.NameMaxLength);
        var category = Shortened(string.Join(", ", project.Categories), 300);
        var place = Shortened(project.Other.GetValueOrDefault("neighborhood") ?? project.Other.GetValueOrDefault("district") ?? project.Other.GetValueOrDefault("subunit") ?? "", 300);
        var located = project is { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 };
        return new BudgetProject
        {
            RoundId = round.Id,
            Number = project.Index + 1,
            ProjectId = Shortened(project.Id, 200),
            Name = name,
            SearchText = Folding.Fold($"{name} {category} {place}"),
            CostCents = BudgetAmounts.Cents(project.Cost),
            Votes = instance.Votes[project.Index],
            Category = category,
            Place = place,
            Description = project.Other.GetValueOrDefault("description") ?? "",
            Latitude = located ? project.Latitude : null,
            Longitude = located ? project.Longitude : null,
            FundedByCity = project.PublishedSelected is { } selected ? selected > 0 : null,
        };
    }

    private async Task<string> FreeSlugAsync(string title, CancellationToken cancel)
    {
        var slug = new string([.. Folding.Fold(title).Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]).Trim('-');
        slug = string.Join('-', slug.Split('-', StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } words ? Shortened(words, BudgetRound.SlugMaxLength - 10) : "round";
        for (var number = 1; ; number++)
        {
            var candidate = number == 1 ? slug : $"{slug}-{number}";
            if (!await db.Set<BudgetRound>().AnyAsync(round => round.Slug == candidate, cancel))
            {
                return candidate;
            }
        }
    }

    /// <summary>How far an import has come: its share of the work, 0 to 1, and the ballots read.</summary>
    private sealed record ImportProgress(double Share, long Ballots);

    private sealed class Report<T>(Action<T> take) : IProgress<T>
    {
        void IProgress<T>.Report(T value) => take(value);
    }

    private static string Shortened(string text, int length) => text.Length <= length ? text : text[..length];
}

public sealed class ImportRoundJob(IServiceProvider services, CityDirectory cities) : CityJob(services, cities)
{
    protected override Task RunAsync(IServiceProvider services, IJobExecutionContext context, CancellationToken cancel) =>
        services.GetRequiredService<ImportRoundHandler>().RunWaitingAsync(cancel);
}
