using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Accounts.DeleteAccount;

[Authorize(Policy = Policies.RecentlySignedIn)]
public sealed class DeleteAccountModel(DeleteAccountHandler handler, SignInHandler signIn, IStringLocalizer<AccountsText> text) : PageModel
{
    [BindProperty]
    [Display(Name = "I understand that this cannot be undone")]
    public bool Confirmed { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!Confirmed)
        {
            ModelState.AddModelError(nameof(Confirmed), text["Tick the box to delete your account"]);
            return Page();
        }

        if (await handler.HandleAsync(User.AccountId()!.Value, cancel) == DeleteAccountResult.LastAdministrator)
        {
            ModelState.AddModelError(nameof(Confirmed), text["You are the city's last administrator. Name another one first."]);
            return Page();
        }

        await signIn.SignOutAsync(cancel);
        return RedirectToPage("/Accounts/AccountDeleted/AccountDeleted");
    }
}
