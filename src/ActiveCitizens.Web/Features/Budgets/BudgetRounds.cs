using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Security.Claims;
using ActiveCitizens.Budgeting;
using ActiveCitizens.Budgeting.Pabulib;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Components;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Budgets;

/// <summary>How pages and other areas learn of rounds: by slug; drafts are for administrators only.</summary>
public sealed class BudgetRounds(CityDbContext db, City city, ResultsInMemory memory)
{
    public async Task<BudgetRound?> FindAsync(string slug, ClaimsPrincipal reader, CancellationToken cancel) =>
        await db.Set<BudgetRound>().AsNoTracking().SingleOrDefaultAsync(round => round.Slug == slug, cancel) is { } round && (round.PublishedAt is not null || reader.Holds(Role.Administrator)) ? round : null;

    /// <summary>The results kept for a round, the deciding rule's first.</summary>
    public async Task<IReadOnlyList<CountedResult>> ResultsAsync(BudgetRound round, CancellationToken cancel)
    {
        var kept = await db.Set<BudgetCount>().AsNoTracking().Where(count => count.RoundId == round.Id).Select(count => new { count.Rule, count.CountedAt }).ToListAsync(cancel);
        var results = new List<CountedResult>(kept.Count);
        foreach (var count in kept)
        {
            results.Add(await ReadAsync(round, count.Rule, count.CountedAt, cancel));
        }

        return [.. results.OrderBy(result => result.Rule == round.DecidingRule ? -1 : RuleNames.Offered.ToList().IndexOf(result.Rule))];
    }

    public async Task<CountedResult?> ResultAsync(BudgetRound round, string rule, CancellationToken cancel) =>
        await db.Set<BudgetCount>().AsNoTracking().Where(count => count.RoundId == round.Id && count.Rule == rule).Select(count => (DateTimeOffset?)count.CountedAt).SingleOrDefaultAsync(cancel) is { } countedAt
            ? await ReadAsync(round, rule, countedAt, cancel)
            : null;

    // A result is long; one small query says whether the one in memory is still it, on every node.
    private async Task<CountedResult> ReadAsync(BudgetRound round, string rule, DateTimeOffset countedAt, CancellationToken cancel)
    {
        var key = new ResultKey(city.Id, round.Id, rule, countedAt);
        if (memory.Find(key) is { } known)
        {
            return known;
        }

        var json = await db.Set<BudgetCount>().AsNoTracking().Where(count => count.RoundId == round.Id && count.Rule == rule).Select(count => count.ResultJson).SingleAsync(cancel);
        return memory.Keep(key, CountedResult.FromJson(json));
    }

    public Task<List<BudgetProject>> ProjectsAsync(BudgetRound round, CancellationToken cancel) =>
        db.Set<BudgetProject>().AsNoTracking().Where(project => project.RoundId == round.Id).OrderBy(project => project.Number).ToListAsync(cancel);

    /// <summary>The ballots as published, uncompressed.</summary>
    public async Task<byte[]> BallotsAsync(BudgetRound round, CancellationToken cancel)
    {
        var ballots = await db.Set<BudgetBallots>().AsNoTracking().SingleAsync(ballots => ballots.RoundId == round.Id, cancel);
        await using var gzip = new GZipStream(new MemoryStream(ballots.Content), CompressionMode.Decompress);
        var content = new byte[ballots.Bytes];
        await gzip.ReadExactlyAsync(content, cancel);
        return content;
    }
}

public sealed record ResultKey(string CityId, Guid RoundId, string Rule, DateTimeOffset CountedAt);

/// <summary>The results that pages asked for last, read once from their text.</summary>
public sealed class ResultsInMemory
{
    private const int MostKept = 40;
    private readonly ConcurrentDictionary<ResultKey, CountedResult> _results = new();

    public CountedResult? Find(ResultKey key) => _results.GetValueOrDefault(key);

    public CountedResult Keep(ResultKey key, CountedResult result)
    {
        if (_results.Count >= MostKept)
        {
            _results.Clear();
        }

        return _results.GetOrAdd(key, result);
    }
}

public static class BudgetFormat
{
    /// <summary>Cents in the round's own currency.</summary>
    public static string Money(this Format format, BudgetRound round, long cents) =>
        round.Currency == "EUR" ? format.Euros(cents) : $"{format.Number(cents / 100m, cents % 100 == 0 ? 0 : 2)}\u00A0{round.Currency}";

    /// <summary>A payment or a share: currency units with two decimals.</summary>
    public static string Payment(this Format format, BudgetRound round, double units) =>
        round.Currency == "EUR" ? format.Euros((long)Math.Round(units * 100)) : $"{units.ToString("N2", CultureInfo.CurrentCulture)}\u00A0{round.Currency}";
}
