using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Mandates.PrepareMandate;

/// <summary>Corrects a draft; for an opened mandate, leads to where it is kept.</summary>
[Authorize(Policy = Policies.Administrator)]
public sealed class EditMandateModel(CityDbContext db, MandateHandler handler, IStringLocalizer<MandatesText> text) : PageModel
{
    [BindProperty]
    public MandateInput Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<Mandate>().AsNoTracking().SingleOrDefaultAsync(mandate => mandate.Id == id, cancel) is not { } mandate)
        {
            return NotFound();
        }

        Input = MandateInput.Of(mandate);
        return mandate.IsDraft ? Page() : RedirectToPage("/Mandates/ManageMandate/ManageMandate", new { id });
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (!await db.Set<Mandate>().AnyAsync(mandate => mandate.Id == id, cancel))
        {
            return NotFound();
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var result = await handler.RewriteAsync(id, Input.Content(), cancel);
        if (result is PrepareMandateResult.Prepared)
        {
            TempData["Note"] = text["The draft is saved."].Value;
            return RedirectToPage("/Mandates/ManageMandate/ManageMandate", new { id });
        }

        MandateInput.Explain(result, ModelState, text);
        return Page();
    }
}
