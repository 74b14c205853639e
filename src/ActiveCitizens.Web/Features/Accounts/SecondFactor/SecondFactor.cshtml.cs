using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using QRCoder;

namespace ActiveCitizens.Web.Features.Accounts.SecondFactor;

[Authorize(Policy = Policies.RecentlySignedIn)]
public sealed class SecondFactorModel(UserManager<Account> accounts, CityDbContext db, SignInHandler signIn, AuditTrail audit, City city, IStringLocalizer<AccountsText> text) : PageModel
{
    private const int RecoveryCodeCount = 10;

    [BindProperty(SupportsGet = true)]
    public string? ReturnPath { get; set; }

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Account Account { get; private set; } = null!;
    public string Key { get; private set; } = "";
    public string QrCode { get; private set; } = "";
    public int CodesLeft { get; private set; }
    public IReadOnlyList<string>? RecoveryCodes { get; private set; }
    public bool IsStaff => Roles.Staff.Any(User.Holds);
    public string Next => Accounts.ReturnPath.Of(Url, ReturnPath);

    public async Task OnGetAsync() => await LoadAsync();

    /// <summary>Proves that the app works, and lifts this session at once; the others are ended.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await LoadAsync();
        if (Account.TwoFactorEnabled)
        {
            return RedirectToPage();
        }

        if (ModelState.IsValid && !await accounts.VerifyTwoFactorTokenAsync(Account, accounts.Options.Tokens.AuthenticatorTokenProvider, Input.Code.Replace(" ", "", StringComparison.Ordinal)))
        {
            ModelState.AddModelError("Input.Code", text["This code is not right, or it is too old. Type the one your app shows now."]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        Account.TwoFactorEnabled = true;
        audit.Record("second-factor.enrolled", $"account:{Account.Id}", new { });
        await accounts.UpdateAsync(Account);
        var sessionId = User.SessionId();
        await db.Set<SignInSession>().Where(session => session.Id == sessionId).ExecuteUpdateAsync(set => set.SetProperty(session => session.SecondFactor, true), cancel);
        await signIn.EndAllAsync(Account.Id, except: sessionId, cancel);
        await GenerateCodesAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostNewCodesAsync()
    {
        await LoadAsync();
        if (!Account.TwoFactorEnabled)
        {
            return RedirectToPage();
        }

        ModelState.Clear();
        audit.Record("recovery-codes.made", $"account:{Account.Id}", new { });
        await GenerateCodesAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostDisableAsync()
    {
        await LoadAsync();
        if (IsStaff)
        {
            return Forbid();
        }

        Account.TwoFactorEnabled = false;
        audit.Record("second-factor.removed", $"account:{Account.Id}", new { });
        await accounts.ResetAuthenticatorKeyAsync(Account);
        TempData["Note"] = text["The second factor is off."].Value;
        return RedirectToPage("/Accounts/MyAccount/MyAccount");
    }

    private async Task GenerateCodesAsync() =>
        RecoveryCodes = [.. await accounts.GenerateNewTwoFactorRecoveryCodesAsync(Account, RecoveryCodeCount) ?? []];

    private async Task LoadAsync()
    {
        Response.Headers.CacheControl = "no-store";
        Account = await accounts.FindByIdAsync(User.AccountId().ToString()!) ?? throw new InvalidOperationException("A session has an account.");
        if (Account.TwoFactorEnabled)
        {
            CodesLeft = await accounts.CountRecoveryCodesAsync(Account);
            return;
        }

        if (await accounts.GetAuthenticatorKeyAsync(Account) is not { Length: > 0 } key)
        {
            await accounts.ResetAuthenticatorKeyAsync(Account);
            key = await accounts.GetAuthenticatorKeyAsync(Account) ?? throw new InvalidOperationException("The key was just made.");
        }

        Key = string.Join(' ', key.Chunk(4).Select(group => new string(group)));
        var issuer = Uri.EscapeDataString(city.Name);
        using var qr = QRCodeGenerator.GenerateQrCode($"otpauth://totp/{issuer}:{Uri.EscapeDataString(Account.Email ?? "")}?secret={key}&issuer={issuer}&digits=6", QRCodeGenerator.ECCLevel.M);
        QrCode = $"data:image/png;base64,{Convert.ToBase64String(new PngByteQRCode(qr).GetGraphic(6))}";
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Type the code")]
        [StringLength(10, ErrorMessage = "The code has six digits")]
        [Display(Name = "Code")]
        public string Code { get; set; } = "";
    }
}
