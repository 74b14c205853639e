using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.MunicipalCouncil.ManageDeliberation;

[Authorize(Policy = Policies.MunicipalRegister)]
public sealed class EndAuthorisationModel(CityDbContext db, RegisterHandler register, SigningAuthorisationHandler authorisations, IStringLocalizer<MunicipalCouncilText> text) : PageModel
{
    public SigningAuthorisation Given { get; private set; } = null!;
    public string Reference { get; private set; } = "";

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(Guid id, Guid authorisationId, CancellationToken cancel)
    {
        Input.LastDay = register.Today;
        return await LoadAsync(id, authorisationId, cancel) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, Guid authorisationId, CancellationToken cancel)
    {
        if (!await LoadAsync(id, authorisationId, cancel))
        {
            return NotFound();
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        switch (await authorisations.EndAsync(Given, Input.LastDay!.Value, Input.Reason, cancel))
        {
            case EndAuthorisationResult.OutsideDates:
                ModelState.AddModelError("Input.LastDay", text["Choose a day on which the authorisation holds"]);
                return Page();
            case EndAuthorisationResult.AlreadyEnded:
                TempData["Note"] = text["The authorisation was ended before; nothing was changed."].Value;
                break;
            default:
                TempData["Note"] = text["The authorisation is ended."].Value;
                break;
        }

        return RedirectToPage("/MunicipalCouncil/ManageDeliberation/ManageDeliberation", new { id });
    }

    private async Task<bool> LoadAsync(Guid id, Guid authorisationId, CancellationToken cancel)
    {
        Given = (await db.Set<SigningAuthorisation>().SingleOrDefaultAsync(given => given.Id == authorisationId && given.DeliberationId == id, cancel))!;
        if (Given is null)
        {
            return false;
        }

        Reference = (await db.Set<Deliberation>().AsNoTracking().SingleAsync(act => act.Id == id, cancel)).Reference;
        return true;
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Choose the last day")]
        [Display(Name = "Last day")]
        public DateOnly? LastDay { get; set; }

        [Required(ErrorMessage = "Write the reason")]
        [StringLength(SigningAuthorisation.ReasonMaxLength, ErrorMessage = "A reason has at most {1} characters")]
        [Display(Name = "Reason")]
        public string Reason { get; set; } = "";
    }
}
