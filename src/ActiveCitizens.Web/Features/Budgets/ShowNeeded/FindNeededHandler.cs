using System.Text.Json;
using ActiveCitizens.Budgeting;
using ActiveCitizens.Budgeting.Counting;
using ActiveCitizens.Budgeting.Explanations;
using ActiveCitizens.Budgeting.Pabulib;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Jobs;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace ActiveCitizens.Web.Features.Budgets.ShowNeeded;

public enum AskNeededResult { Asked, TooManyAreWaiting }

/// <summary>Finds what would have made a project win: asked for by anybody, found once by recounts in the background, then kept.</summary>
public sealed class FindNeededHandler(CityDbContext db, BudgetRounds rounds, PublicPages pages, TimeProvider clock)
{
    /// <summary>Questions that may wait: each is minutes of computing.</summary>
    public const int MostWaiting = 20;

    public async Task<AskNeededResult> AskAsync(BudgetRound round, string rule, int number, CancellationToken cancel)
    {
        if (await db.Set<BudgetNeed>().CountAsync(need => need.FoundAt == null, cancel) >= MostWaiting)
        {
            return AskNeededResult.TooManyAreWaiting;
        }

        db.Add(new BudgetNeed { RoundId = round.Id, Rule = rule, Number = number, AskedAt = clock.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
            if (!await db.Set<BudgetNeed>().AnyAsync(need => need.RoundId == round.Id && need.Rule == rule && need.Number == number, cancel))
            {
                throw;
            }
        }

        await pages.ChangedAsync(BudgetsModule.CacheTag);
        return AskNeededResult.Asked;
    }

    /// <summary>Works off what waits, also what a stopped process left half done.</summary>
    public async Task RunWaitingAsync(CancellationToken cancel)
    {
        while (await db.Set<BudgetNeed>().Where(need => need.FoundAt == null).OrderBy(need => need.AskedAt).FirstOrDefaultAsync(cancel) is { } need)
        {
            await RunAsync(need, cancel);
            db.ChangeTracker.Clear();
            await pages.ChangedAsync(BudgetsModule.CacheTag);
        }
    }

    private async Task RunAsync(BudgetNeed need, CancellationToken cancel)
    {
        var round = await db.Set<BudgetRound>().AsNoTracking().SingleAsync(round => round.Id == need.RoundId, cancel);
        var ballots = await rounds.BallotsAsync(round, cancel);
        var progress = new LatestReport<NeededProgress>(new NeededProgress(1, 0));
        var found = await LongWork.RunAsync(() => Find(ballots, need.Rule, need.Number, progress, cancel), ReportAsync, cancel);
        need.Answer(JsonSerializer.Serialize(NeededAnswers.Of(found)), clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);

        Task ReportAsync()
        {
            var (question, recounts) = (progress.Latest.Question, progress.Latest.Recounts);
            return db.Set<BudgetNeed>().Where(row => row.RoundId == need.RoundId && row.Rule == need.Rule && row.Number == need.Number)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Question, question).SetProperty(row => row.Recounts, recounts), cancel);
        }
    }

    private static NeededToWin Find(byte[] ballots, string rule, int number, IProgress<NeededProgress> progress, CancellationToken cancel)
    {
        using var stream = new MemoryStream(ballots);
        var instance = PabulibReader.Read(stream, cancel: cancel).Instance;
        var outcome = Counter.Count(instance, Presets.Find(rule)!.RuleFor(instance)!, progress: null, cancel);
        return WhatWouldHaveWon.Find(instance, outcome, number - 1, bounds: null, progress, cancel);
    }
}

public sealed class FindNeededJob(IServiceProvider services, CityDirectory cities) : CityJob(services, cities)
{
    protected override Task RunAsync(IServiceProvider services, IJobExecutionContext context, CancellationToken cancel) =>
        services.GetRequiredService<FindNeededHandler>().RunWaitingAsync(cancel);
}
