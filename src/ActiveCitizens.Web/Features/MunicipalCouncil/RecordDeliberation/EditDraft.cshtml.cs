using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.MunicipalCouncil.RecordDeliberation;

/// <summary>Corrects an act that is neither transmitted nor posted; for any other, leads to where it is kept.</summary>
[Authorize(Policy = Policies.MunicipalRegister)]
public sealed class EditDraftModel(CityDbContext db, RegisterHandler register, Deliberations deliberations, IStringLocalizer<MunicipalCouncilText> text) : PageModel
{
    public Deliberation Draft { get; private set; } = null!;

    [BindProperty]
    public DeliberationInput Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        if (!Draft.IsDraft)
        {
            return RedirectToPage("/MunicipalCouncil/ManageDeliberation/ManageDeliberation", new { id });
        }

        var amends = Draft.AmendsId is { } amended ? (await deliberations.LinksAsync([amended], cancel)).GetValueOrDefault(amended)?.Reference : null;
        Input = DeliberationInput.Of(Draft, amends);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        var amends = string.IsNullOrWhiteSpace(Input.Amends) ? null : await deliberations.FindPostedAsync(Input.Amends.Trim(), cancel);
        if (amends is null && !string.IsNullOrWhiteSpace(Input.Amends))
        {
            Input.Explain(new RecordDeliberationResult.NothingToAmend(), ModelState, text);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var result = await register.RewriteAsync(id, Input.Content(amends?.Id), cancel);
        if (result is RecordDeliberationResult.Recorded)
        {
            TempData["Note"] = text["The draft is saved. Read it again, then transmit and post it."].Value;
            return RedirectToPage("/MunicipalCouncil/ManageDeliberation/ManageDeliberation", new { id });
        }

        Input.Explain(result, ModelState, text);
        return Page();
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        Draft = (await db.Set<Deliberation>().AsNoTracking().SingleOrDefaultAsync(act => act.Id == id, cancel))!;
        return Draft is not null;
    }
}
