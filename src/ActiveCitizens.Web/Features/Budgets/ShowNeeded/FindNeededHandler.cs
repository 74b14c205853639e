using System.Text.Json;
using ActiveCitizens.Budgeting;
using ActiveCitizens.Budgeting.Counting;
using ActiveCitizens.Budgeting.Explanations;
using ActiveCitizens.Budgeting.Pabulib;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Budgets.ShowNeeded;

/// <summary>One change that would have made a project win: how much of it, or that none was found.</summary>
/// <param name="Amount">Currency units or voters; null when no change up to <paramref name="Bound"/> sufficed.</param>
public sealed record Needed(double? Amount, double? Bound);

/// <summary>The answers to the three questions; a question that makes no sense for the ballots is null.</summary>
public sealed record NeededAnswers(Needed? CostReduction, Needed? NewVoters, Needed? MoreApprovals);

/// <summary>Counts a vote again with changes until a project wins. Done once per project and rule, then kept.</summary>
public sealed class FindNeededHandler(CityDbContext db, BudgetRounds rounds, TimeProvider clock)
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <returns>Null when the recounts would take longer than <see cref="Limit"/>.</returns>
    public async Task<NeededAnswers?> HandleAsync(BudgetRound round, string rule, int number, CancellationToken cancel)
    {
        if (await db.Set<BudgetNeed>().AsNoTracking().Where(need => need.RoundId == round.Id && need.Rule == rule && need.Number == number).Select(need => need.AnswerJson).SingleOrDefaultAsync(cancel) is { } kept)
        {
            return JsonSerializer.Deserialize<NeededAnswers>(kept);
        }

        var ballots = await rounds.BallotsAsync(round, cancel);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Limit);
        NeededAnswers answers;
        try
        {
            answers = await Task.Run(() => Find(ballots, rule, number, limit.Token), limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return null;
        }

        db.Add(new BudgetNeed { RoundId = round.Id, Rule = rule, Number = number, AnswerJson = JsonSerializer.Serialize(answers), FoundAt = clock.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            // Somebody asked at the same time, and the answer is the same.
            db.ChangeTracker.Clear();
        }

        return answers;
    }

    private static NeededAnswers Find(byte[] ballots, string rule, int number, CancellationToken cancel)
    {
        using var stream = new MemoryStream(ballots);
        var instance = PabulibReader.Read(stream, cancel: cancel).Instance;
        var outcome = Counter.Count(instance, Presets.Find(rule)!.RuleFor(instance)!, progress: null, cancel);
        var found = WhatWouldHaveWon.Find(instance, outcome, number - 1, cancel: cancel);
        return new NeededAnswers(Of(found.CostReduction), Of(found.NewVoters), Of(found.MoreApprovals));
    }

    private static Needed? Of(Counterfactual answer) => answer switch
    {
        Counterfactual.Needed needed => new Needed(needed.Amount.ToDouble(), null),
        Counterfactual.NotFoundWithinBound none => new Needed(null, none.Bound.ToDouble()),
        _ => null,
    };
}
