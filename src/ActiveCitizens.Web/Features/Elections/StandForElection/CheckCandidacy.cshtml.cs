using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.StandForElection;

/// <summary>Shows a draft as everybody will read it, and hands it in.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class CheckCandidacyModel(CandidacyReader candidacies, CandidacyHandler handler, IStringLocalizer<ElectionsText> text) : PageModel
{
    public StandingPlace Place { get; private set; } = null!;
    public CandidacyLine Draft { get; private set; } = null!;

    [BindProperty]
    public ConsentInput Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string slug, string code, CancellationToken cancel)
    {
        if (await candidacies.FindAsync(slug, code, cancel) is not { } place)
        {
            return NotFound();
        }

        return await LoadAsync(place, cancel) ? Page() : RedirectToPage("StandForElection", new { slug, code });
    }

    public async Task<IActionResult> OnPostAsync(string slug, string code, CancellationToken cancel)
    {
        if (await candidacies.FindAsync(slug, code, cancel) is not { } place)
        {
            return NotFound();
        }

        if (!await LoadAsync(place, cancel))
        {
            return RedirectToPage("StandForElection", new { slug, code });
        }

        if (!Input.Consents)
        {
            ModelState.AddModelError("Input.Consents", text["Say that you stand, and agree to what becomes public"]);
            return Page();
        }

        switch (await handler.HandInAsync(place, User.AccountId()!.Value, cancel))
        {
            case HandInResult.NotOpen:
                ModelState.AddModelError("", text["Candidacies are closed: yours was not handed in. Turn to the election office."]);
                return Page();
            case HandInResult.AlreadyStands:
                ModelState.AddModelError("", text["A candidacy of this name and date of birth was handed in already, perhaps on paper. Turn to the election office."]);
                return Page();
            default:
                TempData["Note"] = text["Your candidacy is handed in. We sent you a message."].Value;
                return RedirectToPage("StandForElection", new { slug, code });
        }
    }

    private async Task<bool> LoadAsync(StandingPlace place, CancellationToken cancel)
    {
        Place = place;
        if (await candidacies.OfAccountAsync(place.ContestId, User.AccountId()!.Value, cancel) is not { State: CandidacyState.Draft } draft)
        {
            return false;
        }

        Draft = draft;
        return true;
    }

    public sealed class ConsentInput
    {
        [Display(Name = "I stand in this election, and agree that everybody reads what is shown above")]
        public bool Consents { get; set; }
    }
}
