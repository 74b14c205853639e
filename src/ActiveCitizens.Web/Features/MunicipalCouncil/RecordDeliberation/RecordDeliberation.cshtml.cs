using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.MunicipalCouncil.RecordDeliberation;

[Authorize(Policy = Policies.MunicipalRegister)]
public sealed class RecordDeliberationModel(CityDbContext db, RegisterHandler register, Deliberations deliberations, IStringLocalizer<MunicipalCouncilText> text) : PageModel
{
    [BindProperty]
    public DeliberationInput Input { get; set; } = new();

    /// <summary>The number after the last of this year and the members in office then, as the likely answers.</summary>
    public async Task OnGetAsync(CancellationToken cancel)
    {
        var last = await db.Set<Deliberation>().AsNoTracking().OrderByDescending(act => act.Year).ThenByDescending(act => act.Number).FirstOrDefaultAsync(cancel);
        Input.Number = last?.Year == register.Today.Year ? last.Number + 1 : 1;
        (Input.SessionDate, Input.InOffice) = (register.Today, last?.InOffice);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var amends = string.IsNullOrWhiteSpace(Input.Amends) ? null : await deliberations.FindPostedAsync(Input.Amends.Trim(), cancel);
        if (amends is null && !string.IsNullOrWhiteSpace(Input.Amends))
        {
            Input.Explain(new RecordDeliberationResult.NothingToAmend(), ModelState, text);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var result = await register.RecordAsync(Input.Content(amends?.Id), cancel);
        if (result is RecordDeliberationResult.Recorded(var id))
        {
            TempData["Note"] = text["The draft is saved. Read it again, then transmit and post it."].Value;
            return RedirectToPage("/MunicipalCouncil/ManageDeliberation/ManageDeliberation", new { id });
        }

        Input.Explain(result, ModelState, text);
        return Page();
    }
}
