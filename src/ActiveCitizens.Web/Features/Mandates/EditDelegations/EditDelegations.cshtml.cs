using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Mandates.EditDelegations;

[Authorize(Policy = Policies.Administrator)]
public sealed class EditDelegationsModel(CityDbContext db, MandateDirectory directory, MandateHandler handler, IStringLocalizer<MandatesText> text) : PageModel
{
    public Mandate Mandate { get; private set; } = null!;
    public Competence Competence { get; private set; } = null!;

    /// <summary>The crosses, each as <c>part:actor</c>.</summary>
    [BindProperty]
    public List<string> Chosen { get; set; } = [];

    public bool IsChosen(DelegationPart part, DelegationActor actor) => Chosen.Contains($"{part}:{actor}");

    public async Task<IActionResult> OnGetAsync(Guid id, Guid competenceId, CancellationToken cancel)
    {
        if (await LoadAsync(id, competenceId, cancel) is not { } subject)
        {
            return NotFound();
        }

        Chosen = [.. subject.Actors.SelectMany(part => part.Select(actor => $"{part.Key}:{actor}"))];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, Guid competenceId, CancellationToken cancel)
    {
        if (await LoadAsync(id, competenceId, cancel) is null)
        {
            return NotFound();
        }

        var wanted = (from part in Enum.GetValues<DelegationPart>() from actor in Enum.GetValues<DelegationActor>() where IsChosen(part, actor) select (part, actor)).ToHashSet();
        switch (await handler.SetDelegationsAsync(Mandate, Competence, wanted, cancel))
        {
            case SetDelegationsResult.LonelyCoDecision:
                return Refused(text["Co-deciding takes two: choose at least one more who co-decides, or let the one decide"]);
            case SetDelegationsResult.DecidesBesideCoDecision:
                return Refused(text["What is co-decided nobody decides alone: empty “Decides”, or “Co-decides”"]);
            case SetDelegationsResult.MandateOver:
                return Refused(text["A mandate that is over no longer changes"]);
            case SetDelegationsResult.ChangedMeanwhile:
                return Refused(text["Somebody else changed this meanwhile: nothing of yours was saved. Open the page again to see it."]);
            case SetDelegationsResult.Unchanged:
                TempData["Note"] = text["Nothing was changed."].Value;
                break;
            default:
                TempData["Note"] = text["Who does what is saved."].Value;
                break;
        }

        return RedirectToPage("/Mandates/ManageMandate/ManageMandate", new { id });
    }

    private PageResult Refused(string message)
    {
        ModelState.AddModelError(nameof(Chosen), message);
        return Page();
    }

    private async Task<DelegatedSubject?> LoadAsync(Guid id, Guid competenceId, CancellationToken cancel)
    {
        if (await db.Set<Mandate>().AsNoTracking().SingleOrDefaultAsync(mandate => mandate.Id == id, cancel) is not { } mandate
            || (await directory.SubjectsAsync(mandate, cancel)).FirstOrDefault(one => one.Competence.Id == competenceId) is not { } subject)
        {
            return null;
        }

        (Mandate, Competence) = (mandate, subject.Competence);
        return subject;
    }
}
