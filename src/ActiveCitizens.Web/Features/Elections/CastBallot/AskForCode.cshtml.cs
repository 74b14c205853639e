using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.CastBallot;

/// <summary>Has a code sent by e-mail, in elections that chose it as second secret. The answer is the same whether or not the number exists.</summary>
public sealed class AskForCodeModel(ElectionDirectory contests, ElectorCodes codes, IStringLocalizer<ElectionsText> text) : PageModel
{
    public VotingPlace Place { get; private set; } = null!;
    public bool IsSent { get; private set; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string slug, string code, CancellationToken cancel) => await LoadAsync(slug, code, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string slug, string code, CancellationToken cancel)
    {
        if (!await LoadAsync(slug, code, cancel))
        {
            return NotFound();
        }

        if (!int.TryParse(Input.Number?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            ModelState.Remove("Input.Number");
            ModelState.AddModelError("Input.Number", text["Type the number of your letter in digits"]);
            return Page();
        }

        await codes.SendAsync(Place, number, cancel);
        IsSent = true;
        return Page();
    }

    private async Task<bool> LoadAsync(string slug, string code, CancellationToken cancel)
    {
        if (await contests.FindVotingPlaceAsync(slug, code, cancel) is not { SecondSecret: SecondSecret.EmailCode } place)
        {
            return false;
        }

        Place = place;
        return true;
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Type the number of your letter in digits")]
        [Display(Name = "Number of your letter")]
        public string? Number { get; set; }
    }
}
