using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Accounts.UseSignInLink;

public sealed class UseSignInLinkModel(SignInLinkHandler links, SignInHandler signIn, IStringLocalizer<AccountsText> text) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public LinkState State { get; private set; } = new LinkState.Unusable();

    public async Task OnGetAsync(CancellationToken cancel)
    {
        // The token must not travel on in a Referer header.
        Response.Headers["Referrer-Policy"] = "no-referrer";
        State = await links.FindAsync(Token, cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Response.Headers["Referrer-Policy"] = "no-referrer";
        State = await links.FindAsync(Token, cancel);
        if (State is LinkState.ForNewcomer && string.IsNullOrWhiteSpace(Input.DisplayName))
        {
            ModelState.AddModelError("Input.DisplayName", text["Enter a name, or a pseudonym"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var link = (State as LinkState.ForAccount)?.Link ?? (State as LinkState.ForNewcomer)?.Link;
        if (link is null || !await links.ConsumeAsync(link, cancel))
        {
            State = new LinkState.Unusable();
            return Page();
        }

        var account = State is LinkState.ForAccount known ? known.Account : await links.CreateAccountAsync(link, Input.DisplayName!, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, cancel);
        if (link.IsDemonstration)
        {
            await signIn.OpenAsync(account, SignInMethod.Demonstration, secondFactor: true, cancel);
            return LocalRedirect(link.ReturnPath);
        }

        switch (await signIn.AfterFirstFactorAsync(account, SignInMethod.EmailLink, cancel))
        {
            case SignInOutcome.NeedsSecondFactor:
                return RedirectToPage("/Accounts/GiveSecondFactor/GiveSecondFactor", new { returnPath = link.ReturnPath });
            case SignInOutcome.LockedOut:
                ModelState.AddModelError("", text["Too many wrong attempts: this account is locked for 15 minutes. Then ask for another link."]);
                return Page();
            default:
                return LocalRedirect(link.ReturnPath);
        }
    }

    public sealed class InputModel
    {
        [StringLength(Account.DisplayNameMaxLength, ErrorMessage = "A name has at most {1} characters")]
        [Display(Name = "Your name")]
        public string? DisplayName { get; set; }
    }
}
