using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Languages;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.DrawOrder;

/// <summary>Takes the public seed and draws the order on all ballots.</summary>
[Authorize(Policy = Policies.ElectionOffice)]
public sealed class DrawOrderModel(CandidacyReader candidacies, CandidacyHandler handler, IStringLocalizer<ElectionsText> text) : PageModel
{
    public Election Election { get; private set; } = null!;
    public BallotOrderDraw? Draw { get; private set; }

    [BindProperty]
    public SeedInput Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        switch (await handler.DrawOrderAsync(id, Input.Seed.Trim(), Input.Source.ReplaceLineEndings("\n").Trim(), cancel))
        {
            case DrawResult.StepsMissing(var count):
                return Refused(text.Plural(count, "{0} step of the calendar before this one is not done: finish it, or leave it out with a reason|{0} steps of the calendar before this one are not done: finish them, or leave them out with a reason"));
            case DrawResult.Undecided(var count):
                return Refused(text.Plural(count, "{0} candidacy is not decided: accept or refuse it first|{0} candidacies are not decided: accept or refuse them first"));
            case DrawResult.NotNow:
                return Refused(text["The order is drawn when the election is called and not sealed yet."]);
            case DrawResult.DrawnBefore:
                TempData["Note"] = text["The order was drawn before; nothing was changed."].Value;
                return RedirectToPage(new { id });
            default:
                TempData["Note"] = text["The order is drawn. Every candidate gets a message."].Value;
                return RedirectToPage(new { id });
        }
    }

    private PageResult Refused(string message)
    {
        ModelState.AddModelError("", message);
        return Page();
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (await candidacies.FindElectionAsync(id, cancel) is not { } election)
        {
            return false;
        }

        (Election, Draw) = (election, await candidacies.DrawAsync(id, cancel));
        return true;
    }

    public sealed class SeedInput
    {
        // What a shell, a screen and a sheet of paper show alike.
        [Required(ErrorMessage = "Enter the seed")]
        [StringLength(BallotOrderDraw.SeedMaxLength, ErrorMessage = "A seed has at most {1} characters")]
        [RegularExpression(@"^[A-Za-z0-9 .,:;/+_\-]+$", ErrorMessage = "A seed has letters without accents, digits, spaces and . , : ; / + _ - only")]
        [Display(Name = "Seed")]
        public string Seed { get; set; } = "";

        [Required(ErrorMessage = "Write where the seed comes from")]
        [StringLength(BallotOrderDraw.SourceMaxLength, ErrorMessage = "A source has at most {1} characters")]
        [Display(Name = "Where the seed comes from")]
        public string Source { get; set; } = "";
    }
}
