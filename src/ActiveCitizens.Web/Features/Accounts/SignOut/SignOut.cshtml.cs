using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActiveCitizens.Web.Features.Accounts.SignOut;

public sealed class SignOutModel(SignInHandler signIn) : PageModel
{
    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? Page() : LocalRedirect(Url.Content("~/"));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await signIn.SignOutAsync(cancel);
        return LocalRedirect(Url.Content("~/"));
    }
}
