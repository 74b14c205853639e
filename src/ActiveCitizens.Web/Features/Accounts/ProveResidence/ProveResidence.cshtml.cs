using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Accounts.ProveResidence;

[Authorize(Policy = Policies.SignedIn)]
public sealed class ProveResidenceModel(CityDbContext db, ResidenceHandler handler, NeighbourhoodDirectory neighbourhoods, IStringLocalizer<AccountsText> text) : PageModel
{
    public ResidenceVerification? Verification { get; private set; }
    public string NeighbourhoodName { get; private set; } = "";
    public ResidenceLetter? Letter { get; private set; }
    public IReadOnlyList<SelectListItem> Neighbourhoods { get; private set; } = [];

    // The page has two forms; each handler reads its own.
    public LetterInput Ask { get; set; } = new();

    public CodeInput Code { get; set; } = new();

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task<IActionResult> OnPostLetterAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        await TryUpdateModelAsync(Ask, nameof(Ask));
        if (await neighbourhoods.FindAsync(Ask.Neighbourhood, cancel) is null)
        {
            ModelState.AddModelError("Ask.Neighbourhood", text["Choose your neighbourhood"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var requested = await handler.RequestLetterAsync(User.AccountId()!.Value, Ask.Recipient, Ask.Address, Ask.Neighbourhood, cancel);
        TempData["Note"] = requested == RequestLetterResult.Requested ? text["The city will print and post your letter."].Value : text["You already asked for a letter."].Value;
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostCodeAsync(CancellationToken cancel)
    {
        if (await TryUpdateModelAsync(Code, nameof(Code)))
        {
            switch (await handler.RedeemAsync(User.AccountId()!.Value, Code.Typed, cancel))
            {
                case RedeemCodeResult.Verified or RedeemCodeResult.AlreadyVerified:
                    TempData["Note"] = text["Your residence is verified"].Value;
                    return RedirectToPage();
                case RedeemCodeResult.TooManyAttempts:
                    ModelState.AddModelError("Code.Typed", text["Too many wrong codes: this letter no longer counts. Give it up and ask for another one."]);
                    break;
                case RedeemCodeResult.NoOpenLetter:
                    ModelState.AddModelError("Code.Typed", text["No letter is waiting for its code, or it is older than 30 days. Ask for another one."]);
                    break;
                default:
                    ModelState.AddModelError("Code.Typed", text["This is not the code of your letter. Check each character."]);
                    break;
            }
        }

        await LoadAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostCancelAsync(CancellationToken cancel)
    {
        await handler.CancelLetterAsync(User.AccountId()!.Value, cancel);
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        var id = User.AccountId();
        Verification = await db.Set<ResidenceVerification>().AsNoTracking().SingleOrDefaultAsync(proof => proof.AccountId == id && proof.EndedAt == null, cancel);
        Letter = await db.Set<ResidenceLetter>().AsNoTracking().SingleOrDefaultAsync(letter => letter.AccountId == id && letter.ClosedAt == null, cancel);
        Neighbourhoods = await neighbourhoods.ChoicesAsync(cancel);
        NeighbourhoodName = Neighbourhoods.FirstOrDefault(choice => choice.Value == Verification?.NeighbourhoodCode)?.Text ?? Verification?.NeighbourhoodCode ?? "";
    }

    public sealed class LetterInput
    {
        [Required(ErrorMessage = "Enter the name on your letterbox")]
        [StringLength(Account.DisplayNameMaxLength, ErrorMessage = "A name has at most {1} characters")]
        [Display(Name = "Name on the letterbox")]
        public string Recipient { get; set; } = "";

        [Required(ErrorMessage = "Enter your postal address")]
        [StringLength(ResidenceLetter.AddressMaxLength, ErrorMessage = "An address has at most {1} characters")]
        [Display(Name = "Postal address")]
        public string Address { get; set; } = "";

        [Required(ErrorMessage = "Choose your neighbourhood")]
        [Display(Name = "Neighbourhood")]
        public string Neighbourhood { get; set; } = "";
    }

    public sealed class CodeInput
    {
        [Required(ErrorMessage = "Type the code of the letter")]
        [StringLength(30, ErrorMessage = "The code has twelve characters")]
        [Display(Name = "Code of the letter")]
        public string Typed { get; set; } = "";
    }
}
