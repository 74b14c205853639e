using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Components;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ImportAddresses;

/// <summary>How far an import has come, and what came of it.</summary>
[Authorize(Policy = Policies.Administrator)]
public sealed class ShowImportModel(ImportAddressesHandler handler, CityDbContext db, Format format, IStringLocalizer<NeighbourhoodsText> text) : PageModel
{
    public AddressImport Import { get; private set; } = null!;

    public string ProgressText => Import switch
    {
        { State: AddressImportState.Waiting } => text["Waiting to begin"],
        { Lines: var lines, LinesRead: var read } when read < lines => text["{0} of {1} lines read", format.Number(read), format.Number(lines)],
        _ => text["Writing the addresses"],
    };

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnGetProgressAsync(Guid id, CancellationToken cancel) =>
        await LoadAsync(id, cancel) ? new JsonResult(new { share = Import.Share, text = ProgressText, done = Import.IsOver }) : NotFound();

    public async Task<IActionResult> OnPostCancelAsync(Guid id, CancellationToken cancel)
    {
        TempData["Note"] = await handler.CancelAsync(id, cancel)
            ? text["The import will stop; the addresses stay as they were."].Value
            : text["The import is already over."].Value;
        return RedirectToPage(new { id });
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<AddressImport>().AsNoTracking().SingleOrDefaultAsync(import => import.Id == id, cancel) is not { } import)
        {
            return false;
        }

        Import = import;
        return true;
    }
}
