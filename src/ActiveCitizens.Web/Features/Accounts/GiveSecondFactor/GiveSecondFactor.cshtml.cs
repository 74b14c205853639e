using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Accounts.GiveSecondFactor;

public sealed class GiveSecondFactorModel(SignInHandler signIn, IStringLocalizer<AccountsText> text) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnPath { get; set; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync() => await signIn.IsPendingAsync() ? Page() : RedirectToPage("/Accounts/SignIn/SignIn", new { ReturnPath });

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }

        switch (await signIn.SecondFactorAsync(Input.Code, cancel))
        {
            case SignInOutcome.SignedIn:
                return LocalRedirect(Accounts.ReturnPath.Of(Url, ReturnPath));
            case SignInOutcome.Expired:
                return RedirectToPage("/Accounts/SignIn/SignIn", new { ReturnPath });
            case SignInOutcome.LockedOut:
                ModelState.AddModelError("Input.Code", text["Too many wrong attempts: this account is locked for 15 minutes."]);
                return Page();
            default:
                ModelState.AddModelError("Input.Code", text["This code is not right, or it is too old. Type the one your app shows now."]);
                return Page();
        }
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Type the code")]
        [StringLength(20, ErrorMessage = "A code has six digits, a recovery code ten characters")]
        [Display(Name = "Code")]
        public string Code { get; set; } = "";
    }
}
