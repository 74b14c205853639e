using System.Globalization;
using System.IO.Compression;
using System.Security.Claims;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Components;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Budgets;

/// <summary>How pages and other areas learn of rounds: by slug; drafts are for administrators only.</summary>
public sealed class BudgetRounds(CityDbContext db, City city, RoundsInMemory memory)
{
    private static readonly CompiledQuery<Func<CityDbContext, string, CancellationToken, Task<BudgetRound?>>> BySlug =
        new(() => EF.CompileAsyncQuery((CityDbContext db, string slug, CancellationToken cancel) => db.Set<BudgetRound>().AsNoTracking().SingleOrDefault(round => round.Slug == slug)));

    public async Task<BudgetRound?> FindAsync(string slug, ClaimsPrincipal reader, CancellationToken cancel) =>
        await BySlug.For(db)(db, slug, cancel) is { } round && (round.PublishedAt is not null || reader.Holds(Role.Administrator)) ? round : null;

    /// <summary>The projects of a round and what each rule decides: read once, then kept in memory.</summary>
    public async Task<RoundContent> ContentAsync(BudgetRound round, CancellationToken cancel)
    {
        var key = (city.Id, round.Id);
        if (memory.Find(key) is { } known)
        {
            return known;
        }

        var projects = await db.Set<BudgetProject>().AsNoTracking().Where(project => project.RoundId == round.Id).OrderBy(project => project.Number).ToListAsync(cancel);
        var results = await db.Set<BudgetCount>().AsNoTracking().Where(count => count.RoundId == round.Id).Select(count => count.ResultJson).ToListAsync(cancel);
        var offered = RuleNames.Offered.ToList();
        return memory.Keep(key, new RoundContent(projects, [.. results.Select(CountedResult.FromJson).OrderBy(result => result.Rule == round.DecidingRule ? -1 : offered.IndexOf(result.Rule))]));
    }

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

public static class BudgetFormat
{
    /// <summary>Cents in the round's own currency.</summary>
    public static string Money(this Format format, BudgetRound round, long cents) =>
        round.Currency == "EUR" ? format.Euros(cents) : $"{format.Number(cents / 100m, cents % 100 == 0 ? 0 : 2)}\u00A0{round.Currency}";

    /// <summary>A payment or a share: currency units with two decimals.</summary>
    public static string Payment(this Format format, BudgetRound round, double units) =>
        round.Currency == "EUR" ? format.Euros((long)Math.Round(units * 100)) : $"{units.ToString("N2", CultureInfo.CurrentCulture)}\u00A0{round.Currency}";
}
