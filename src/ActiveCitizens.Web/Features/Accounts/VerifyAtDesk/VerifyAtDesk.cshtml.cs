using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Neighbourhoods;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Accounts.VerifyAtDesk;

[Authorize(Policy = Policies.Officer)]
public sealed class VerifyAtDeskModel(ResidenceHandler handler, NeighbourhoodDirectory neighbourhoods, IStringLocalizer<AccountsText> text) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<SelectListItem> Neighbourhoods { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Neighbourhoods = await neighbourhoods.ChoicesAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Neighbourhoods = await neighbourhoods.ChoicesAsync(cancel);
        if (!Input.SeenIdentity)
        {
            ModelState.AddModelError("Input.SeenIdentity", text["Look at an identity paper, then tick this box"]);
        }

        if (!Input.SeenAddress)
        {
            ModelState.AddModelError("Input.SeenAddress", text["Look at a proof of address, then tick this box"]);
        }

        if (await neighbourhoods.FindAsync(Input.Neighbourhood, cancel) is null)
        {
            ModelState.AddModelError("Input.Neighbourhood", text["Choose the neighbourhood"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        switch (await handler.VerifyAtDeskAsync(Input.Email, Input.Neighbourhood, User.AccountId()!.Value, cancel))
        {
            case VerifyAtDeskResult.UnknownAccount:
                ModelState.AddModelError("Input.Email", text["No account has this address. The person can create one now at “Sign in”, then come back to you."]);
                return Page();
            case VerifyAtDeskResult.OwnAccount:
                ModelState.AddModelError("Input.Email", text["This is your own account: a colleague must verify it."]);
                return Page();
            default:
                TempData["Note"] = text["The residence of {0} is verified.", Input.Email.Trim()].Value;
                return RedirectToPage();
        }
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Enter the e-mail address of the account")]
        [Display(Name = "E-mail address of the account")]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Choose the neighbourhood")]
        [Display(Name = "Neighbourhood")]
        public string Neighbourhood { get; set; } = "";

        [Display(Name = "I have seen an identity paper of this person")]
        public bool SeenIdentity { get; set; }

        [Display(Name = "I have seen a proof of address less than three months old")]
        public bool SeenAddress { get; set; }
    }
}
