using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Accounts.SignInWithPassword;

public sealed class SignInWithPasswordModel(SignInManager<Account> manager, SignInHandler signIn, IStringLocalizer<AccountsText> text) : PageModel
{
    // Hashed when an address has no account or no password, so that the answer takes as long.
    private static readonly Lazy<string> NoPassword = new(() => new PasswordHasher<Account>().HashPassword(null!, Guid.NewGuid().ToString()));

    [BindProperty(SupportsGet = true)]
    public string? ReturnPath { get; set; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var account = await manager.UserManager.FindByEmailAsync(Input.Email.Trim());
        if (account?.PasswordHash is null)
        {
            manager.UserManager.PasswordHasher.VerifyHashedPassword(account ?? new Account { Language = "fr", CreatedAt = default }, NoPassword.Value, Input.Password);
            return Refuse(text["The address and the password do not match. Check both, or ask for an e-mail link."]);
        }

        var checkedPassword = await manager.CheckPasswordSignInAsync(account, Input.Password, lockoutOnFailure: true);
        if (checkedPassword.IsLockedOut)
        {
            return Refuse(text["Too many wrong attempts: this account is locked for 15 minutes."]);
        }

        if (!checkedPassword.Succeeded)
        {
            return Refuse(text["The address and the password do not match. Check both, or ask for an e-mail link."]);
        }

        return await signIn.AfterFirstFactorAsync(account, SignInMethod.Password, cancel) switch
        {
            SignInOutcome.NeedsSecondFactor => RedirectToPage("/Accounts/GiveSecondFactor/GiveSecondFactor", new { ReturnPath }),
            SignInOutcome.LockedOut => Refuse(text["Too many wrong attempts: this account is locked for 15 minutes."]),
            _ => LocalRedirect(Accounts.ReturnPath.Of(Url, ReturnPath)),
        };
    }

    private PageResult Refuse(string reason)
    {
        ModelState.AddModelError("Input.Password", reason);
        return Page();
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Enter your e-mail address")]
        [Display(Name = "E-mail address")]
        public string Email { get; set; } = "";

        [Required(ErrorMessage = "Enter your password")]
        [Display(Name = "Password")]
        public string Password { get; set; } = "";
    }
}
