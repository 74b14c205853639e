using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Shared.Audit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Accounts.ManagePasskeys;

[Authorize(Policy = Policies.RecentlySignedIn)]
public sealed class ManagePasskeysModel(UserManager<Account> accounts, SignInManager<Account> manager, AuditTrail audit, IStringLocalizer<AccountsText> text) : PageModel
{
    private const int MaxPasskeys = 20;

    [BindProperty]
    [StringLength(60, ErrorMessage = "A name has at most {1} characters")]
    [Display(Name = "Name of the passkey")]
    public string? Name { get; set; }

    public IReadOnlyList<UserPasskeyInfo> Passkeys { get; private set; } = [];

    public string IdOf(UserPasskeyInfo passkey) => WebEncoders.Base64UrlEncode(passkey.CredentialId);

    public async Task OnGetAsync() => Passkeys = [.. await accounts.GetPasskeysAsync(await MineAsync())];

    public async Task<IActionResult> OnPostOptionsAsync()
    {
        var account = await MineAsync();
        return Content(await manager.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = account.Id.ToString(), Name = account.Email ?? "", DisplayName = account.DisplayName ?? "" }), "application/json");
    }

    public async Task<IActionResult> OnPostAddAsync(string credential)
    {
        var account = await MineAsync();
        Passkeys = [.. await accounts.GetPasskeysAsync(account)];
        if (ModelState.IsValid && Passkeys.Count >= MaxPasskeys)
        {
            ModelState.AddModelError("", text["An account has at most {0} passkeys. Remove one first.", MaxPasskeys]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var attestation = await manager.PerformPasskeyAttestationAsync(credential ?? "");
        if (!attestation.Succeeded)
        {
            ModelState.AddModelError("", text["The passkey was not made. Nothing has changed."]);
            return Page();
        }

        attestation.Passkey.Name = string.IsNullOrWhiteSpace(Name) ? text["Passkey"] : Name.Trim();
        audit.Record("passkey.added", $"account:{account.Id}", new { });
        await accounts.AddOrUpdatePasskeyAsync(account, attestation.Passkey);
        TempData["Note"] = text["The passkey is added."].Value;
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRemoveAsync(string id)
    {
        var account = await MineAsync();
        audit.Record("passkey.removed", $"account:{account.Id}", new { });
        await accounts.RemovePasskeyAsync(account, WebEncoders.Base64UrlDecode(id));
        TempData["Note"] = text["The passkey is removed."].Value;
        return RedirectToPage();
    }

    private async Task<Account> MineAsync() =>
        await accounts.FindByIdAsync(User.AccountId().ToString()!) ?? throw new InvalidOperationException("A session has an account.");
}
