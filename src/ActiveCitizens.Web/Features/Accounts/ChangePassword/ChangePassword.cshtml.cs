using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Shared.Audit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Accounts.ChangePassword;

[Authorize(Policy = Policies.RecentlySignedIn)]
public sealed class ChangePasswordModel(UserManager<Account> accounts, SignInHandler signIn, AuditTrail audit, IStringLocalizer<AccountsText> text) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public bool HasPassword { get; private set; }

    public async Task OnGetAsync() => await MineAsync();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var account = await MineAsync();
        foreach (var validator in accounts.PasswordValidators)
        {
            if (!(await validator.ValidateAsync(accounts, account, Input.Password)).Succeeded && ModelState.IsValid)
            {
                ModelState.AddModelError("Input.Password", text["Choose at least 12 characters, of which at least 5 different ones"]);
            }
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        account.PasswordHash = accounts.PasswordHasher.HashPassword(account, Input.Password);
        return await SaveAsync(account, "password.set", text["Your password is saved. Your other sessions are ended."], cancel);
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancel)
    {
        var account = await MineAsync();
        account.PasswordHash = null;
        return await SaveAsync(account, "password.removed", text["Your password is removed. Your other sessions are ended."], cancel);
    }

    private async Task<IActionResult> SaveAsync(Account account, string act, string note, CancellationToken cancel)
    {
        audit.Record(act, $"account:{account.Id}", new { });
        await accounts.UpdateAsync(account);
        await signIn.EndAllAsync(account.Id, except: User.SessionId(), cancel);
        TempData["Note"] = note;
        return RedirectToPage("/Accounts/MyAccount/MyAccount");
    }

    private async Task<Account> MineAsync()
    {
        var account = await accounts.FindByIdAsync(User.AccountId().ToString()!) ?? throw new InvalidOperationException("A session has an account.");
        HasPassword = account.PasswordHash is not null;
        return account;
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Enter a password")]
        [StringLength(200, ErrorMessage = "A password has at most {1} characters")]
        [Display(Name = "New password")]
        public string Password { get; set; } = "";
    }
}
