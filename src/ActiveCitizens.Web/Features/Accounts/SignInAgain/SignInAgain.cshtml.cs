using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActiveCitizens.Web.Features.Accounts.SignInAgain;

[Authorize(Policy = Policies.SignedIn)]
public sealed class SignInAgainModel(SignInHandler signIn) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnPath { get; set; }

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await signIn.SignOutAsync(cancel);
        return RedirectToPage("/Accounts/SignIn/SignIn", new { ReturnPath });
    }
}
