using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Components;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.KeepRoll;

[Authorize(Policy = Policies.ElectionOffice)]
public sealed class ShowRollImportModel(CityDbContext db, ImportRollHandler handler, Format format, IStringLocalizer<ElectionsText> text) : PageModel
{
    public RollImport Import { get; private set; } = null!;

    public string ProgressText => Import.State == RollImportState.Waiting ? text["Waiting to begin"] : text["{0} of {1} lines read", format.Number(Import.LinesRead), format.Number(Import.Lines)];

    public async Task<IActionResult> OnGetAsync(Guid id, Guid importId, CancellationToken cancel) => await LoadAsync(id, importId, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnGetProgressAsync(Guid id, Guid importId, CancellationToken cancel) =>
        await LoadAsync(id, importId, cancel) ? new JsonResult(new { share = Import.Share, text = ProgressText, done = Import.IsOver }) : NotFound();

    public async Task<IActionResult> OnPostCancelAsync(Guid id, Guid importId, CancellationToken cancel)
    {
        if (!await LoadAsync(id, importId, cancel))
        {
            return NotFound();
        }

        TempData["Note"] = await handler.CancelAsync(importId, cancel) ? text["The import will stop; nothing of it is kept."].Value : text["The import is already over."].Value;
        return RedirectToPage(new { id, importId });
    }

    private async Task<bool> LoadAsync(Guid id, Guid importId, CancellationToken cancel)
    {
        if (await db.Set<RollImport>().AsNoTracking().SingleOrDefaultAsync(import => import.Id == importId && import.ElectionId == id, cancel) is not { } import)
        {
            return false;
        }

        Import = import;
        return true;
    }
}
