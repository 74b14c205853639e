using System.Text.Json;
using ActiveCitizens.Budgeting.Explanations;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Budgets.ShowNeeded;

// Asking changes nothing of anybody's and is done once: without a token the page needs no cookie and stays in the cache.
[IgnoreAntiforgeryToken]
[OutputCache(PolicyName = PublicPage.Policy, Tags = [BudgetsModule.CacheTag])]
public sealed class ShowNeededModel(BudgetRounds rounds, FindNeededHandler handler, CityDbContext db, IStringLocalizer<BudgetsText> text) : PageModel
{
    public BudgetRound Round { get; private set; } = null!;
    public BudgetProject Project { get; private set; } = null!;
    public string Rule { get; private set; } = "";

    /// <summary>What was asked and perhaps found; null when nobody has asked yet.</summary>
    public BudgetNeed? Need { get; private set; }
    public NeededAnswers? Answers { get; private set; }
    public bool TooManyAreWaiting { get; private set; }

    public double Share => Need is { } need ? (need.Question - 1d) / NeededProgress.Questions : 0;

    public string ProgressText => Need is { Recounts: > 0 } need
        ? text["Question {0} of {1}: {2} recounts", need.Question, NeededProgress.Questions, need.Recounts]
        : text["Waiting to begin"];

    public async Task<IActionResult> OnGetAsync(string slug, int number, string rule, CancellationToken cancel) =>
        await LoadAsync(slug, number, rule, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnGetProgressAsync(string slug, int number, string rule, CancellationToken cancel) =>
        await LoadAsync(slug, number, rule, cancel) ? new JsonResult(new { share = Share, text = ProgressText, done = Answers is not null }) : NotFound();

    public async Task<IActionResult> OnPostAsync(string slug, int number, string rule, CancellationToken cancel)
    {
        if (!await LoadAsync(slug, number, rule, cancel))
        {
            return NotFound();
        }

        if (Need is null && await handler.AskAsync(Round, rule, number, cancel) == AskNeededResult.TooManyAreWaiting)
        {
            TooManyAreWaiting = true;
            Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Page();
        }

        return RedirectToPage();
    }

    private async Task<bool> LoadAsync(string slug, int number, string rule, CancellationToken cancel)
    {
        if (await rounds.FindAsync(slug, User, cancel) is not { } round)
        {
            return false;
        }

        var content = await rounds.ContentAsync(round, cancel);
        if (content.Project(number) is not { } project || content.Result(rule) is null)
        {
            return false;
        }

        (Round, Project, Rule) = (round, project, rule);
        Need = await db.Set<BudgetNeed>().AsNoTracking().SingleOrDefaultAsync(need => need.RoundId == round.Id && need.Rule == rule && need.Number == number, cancel);
        Answers = Need?.AnswerJson is { } json ? JsonSerializer.Deserialize<NeededAnswers>(json) : null;
        if (Answers is null && HttpContext.Features.Get<IOutputCacheFeature>() is { } cache)
        {
            cache.Context.AllowCacheStorage &= Need is null;
        }

        return true;
    }
}
