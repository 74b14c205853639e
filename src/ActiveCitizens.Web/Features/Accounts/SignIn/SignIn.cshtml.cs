using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Shared.Cities;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Accounts.SignIn;

public sealed class SignInModel(SignInLinkHandler links, SignInHandler signIn, SignInManager<Account> manager, City city, IStringLocalizer<AccountsText> text) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnPath { get; set; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? LocalRedirect(Accounts.ReturnPath.Of(Url, ReturnPath)) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }

        await links.SendAsync(Input.Email, Accounts.ReturnPath.Of(Url, ReturnPath), Accounts.ReturnPath.SiteAddress(city, Request), cancel);
        return RedirectToPage("/Accounts/SignInSent/SignInSent");
    }

    public async Task<IActionResult> OnPostPasskeyOptionsAsync() => Content(await manager.MakePasskeyRequestOptionsAsync(null), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync(string credential, CancellationToken cancel)
    {
        ModelState.Clear();
        var assertion = string.IsNullOrEmpty(credential) ? null : await manager.PerformPasskeyAssertionAsync(credential);
        if (assertion is not { Succeeded: true, User: { DeletedAt: null } account })
        {
            ModelState.AddModelError("", text["This passkey does not belong to an account here. Use the e-mail link."]);
            return Page();
        }

        await manager.UserManager.AddOrUpdatePasskeyAsync(account, assertion.Passkey);
        // A passkey is something you have, opened by something you know or are: both factors at once.
        await signIn.OpenAsync(account, SignInMethod.Passkey, secondFactor: true, cancel);
        return LocalRedirect(Accounts.ReturnPath.Of(Url, ReturnPath));
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Enter your e-mail address")]
        [EmailAddress(ErrorMessage = "Enter an e-mail address such as name@example.org")]
        [StringLength(256, ErrorMessage = "An e-mail address has at most 256 characters")]
        [Display(Name = "E-mail address")]
        public string Email { get; set; } = "";
    }
}
