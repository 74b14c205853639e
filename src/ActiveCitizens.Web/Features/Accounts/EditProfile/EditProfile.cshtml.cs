using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Accounts.EditProfile;

[Authorize(Policy = Policies.SignedIn)]
public sealed class EditProfileModel(CityDbContext db, City city, IStringLocalizer<AccountsText> text) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IEnumerable<SelectListItem> Languages => city.Languages.Select(language => new SelectListItem(LanguageModule.NameOf(language), language));

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var account = await MineAsync(cancel);
        Input = new InputModel { DisplayName = account.DisplayName ?? "", Language = account.Language };
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!city.Languages.Contains(Input.Language, StringComparer.Ordinal))
        {
            ModelState.AddModelError("Input.Language", text["Choose one of the languages"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var account = await MineAsync(cancel);
        account.Rename(Input.DisplayName);
        account.Language = Input.Language;
        await db.SaveChangesAsync(cancel);
        TempData["Note"] = text["Saved."].Value;
        return RedirectToPage("/Accounts/MyAccount/MyAccount");
    }

    private Task<Account> MineAsync(CancellationToken cancel)
    {
        var id = User.AccountId();
        return db.Users.SingleAsync(account => account.Id == id, cancel);
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Enter a name, or a pseudonym")]
        [StringLength(Account.DisplayNameMaxLength, ErrorMessage = "A name has at most {1} characters")]
        [Display(Name = "Your name")]
        public string DisplayName { get; set; } = "";

        [Display(Name = "Language of our messages")]
        public string Language { get; set; } = "";
    }
}
