using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Components;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Budgets.ImportRound;

/// <summary>How far an import has come, what came of it, and the button that publishes it.</summary>
[Authorize(Policy = Policies.Administrator)]
public sealed class ShowRoundImportModel(ImportRoundHandler handler, CityDbContext db, Format format, IStringLocalizer<BudgetsText> text) : PageModel
{
    public RoundImport Import { get; private set; } = null!;
    public BudgetRound? Round { get; private set; }

    public string ProgressText => Import.State switch
    {
        RoundImportState.Waiting => text["Waiting to begin"],
        RoundImportState.Reading => text["{0} ballots read", format.Number(Import.BallotsRead)],
        _ => text["Counting by every rule that fits the ballots"],
    };

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnGetProgressAsync(Guid id, CancellationToken cancel) =>
        await LoadAsync(id, cancel) ? new JsonResult(new { share = Import.Share, text = ProgressText, done = Import.IsOver }) : NotFound();

    public async Task<IActionResult> OnPostCancelAsync(Guid id, CancellationToken cancel)
    {
        TempData["Note"] = await handler.CancelAsync(id, cancel) ? text["The import will stop; nothing of it is kept."].Value : text["The import is already over."].Value;
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostPublishAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel) || Round is null)
        {
            return NotFound();
        }

        TempData["Note"] = await handler.PublishAsync(Round.Id, cancel) ? text["The round is published."].Value : text["The round was published before."].Value;
        return RedirectToPage(new { id });
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<RoundImport>().AsNoTracking().SingleOrDefaultAsync(import => import.Id == id, cancel) is not { } import)
        {
            return false;
        }

        Import = import;
        Round = import.RoundId is null ? null : await db.Set<BudgetRound>().AsNoTracking().SingleAsync(round => round.Id == import.RoundId, cancel);
        return true;
    }
}
