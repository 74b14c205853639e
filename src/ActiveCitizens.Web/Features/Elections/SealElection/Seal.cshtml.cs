using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.SealElection;

[Authorize(Policy = Policies.ElectionOffice)]
public sealed class SealModel(CityDbContext db, SealElectionHandler handler, IStringLocalizer<ElectionsText> text) : PageModel
{
    public Election Election { get; private set; } = null!;
    public IReadOnlyList<SealProblem> Problems { get; private set; } = [];
    public IReadOnlyList<ContestFingerprints> Fingerprints { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        try
        {
            switch (await handler.SealAsync(id, cancel))
            {
                case SealElectionResult.NotReady(var problems):
                    Problems = problems;
                    return Page();
                case SealElectionResult.Sealed(var boxes):
                    TempData["Note"] = text.Plural(boxes, "Sealed: {0} box is ready.|Sealed: {0} boxes are ready.");
                    break;
                default:
                    TempData["Note"] = text["This election cannot be sealed in its present state; nothing was changed."].Value;
                    break;
            }
        }
        catch (DbUpdateConcurrencyException)
        {
            TempData["Note"] = text["Somebody else sealed the election at the same time."].Value;
        }

        return RedirectToPage(new { id });
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<Election>().AsNoTracking().SingleOrDefaultAsync(election => election.Id == id, cancel) is not { } election)
        {
            return false;
        }

        Election = election;
        Fingerprints = await ContestFingerprints.OfAsync(db, id, cancel);
        return true;
    }
}
