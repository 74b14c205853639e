using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.MunicipalCouncil.ManageDeliberation;

/// <summary>One act as those who keep the register see it: transmit, post, discard, and what it authorises to sign.</summary>
[Authorize(Policy = Policies.MunicipalRegister)]
public sealed class ManageDeliberationModel(
    CityDbContext db, RegisterHandler register, SigningAuthorisations signing, SigningAuthorisationHandler authorisations, IStringLocalizer<MunicipalCouncilText> text) : PageModel
{
    public Deliberation Act { get; private set; } = null!;
    public bool IsLate => Act.IsLateOn(register.Today);
    public IReadOnlyList<SigningAuthorisation> Authorisations { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Officials { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Subjects => [.. Enum.GetValues<SigningSubject>().Select(subject => new SelectListItem(text.Of(subject), subject.ToString()))];

    // Each form binds only when it is the one sent: the fields of the others are not missing.
    public TransmissionInput Transmission { get; set; } = new();
    public PostingInput Posting { get; set; } = new();
    public AuthorisationInput Authorisation { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        return Page();
    }

    public async Task<IActionResult> OnPostTransmitAsync(Guid id, [Bind(Prefix = nameof(Transmission))] TransmissionInput sent, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        Transmission = sent;
        if (!ModelState.IsValid)
        {
            return Page();
        }

        switch (await register.TransmitAsync(id, sent.On!.Value, sent.ReceiptId, cancel))
        {
            case TransmitResult.BeforeSession:
                return Refused("Transmission.On", text["The transmission cannot be before the session"]);
            case TransmitResult.InFuture:
                return Refused("Transmission.On", text["The day cannot be in the future"]);
            case TransmitResult.IdTaken:
                return Refused("Transmission.ReceiptId", text["Another deliberation has this receipt. Look at its number again."]);
            case TransmitResult.AlreadyTransmitted:
                TempData["Note"] = text["The transmission was recorded before; nothing was changed."].Value;
                return RedirectToPage(new { id });
            default:
                TempData["Note"] = text["The transmission is recorded."].Value;
                return RedirectToPage(new { id });
        }
    }

    public async Task<IActionResult> OnPostPostAsync(Guid id, [Bind(Prefix = nameof(Posting))] PostingInput sent, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        Posting = sent;
        if (!ModelState.IsValid)
        {
            return Page();
        }

        switch (await register.PostAsync(id, sent.On!.Value, cancel))
        {
            case PostResult.BeforeSession:
                return Refused("Posting.On", text["Nothing is posted before the session"]);
            case PostResult.InFuture:
                return Refused("Posting.On", text["The day cannot be in the future"]);
            case PostResult.AlreadyPosted:
                TempData["Note"] = text["The act was posted before; nothing was changed."].Value;
                return RedirectToPage(new { id });
            default:
                TempData["Note"] = text["The act is posted: everybody can read it."].Value;
                return RedirectToPage(new { id });
        }
    }

    public async Task<IActionResult> OnPostDiscardAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        if (await register.DiscardAsync(id, cancel))
        {
            TempData["Note"] = text["The draft is discarded."].Value;
            return RedirectToPage("/MunicipalCouncil/KeepRegister/KeepRegister");
        }

        TempData["Note"] = text["The act is no longer a draft: it was not discarded."].Value;
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostAuthoriseAsync(Guid id, [Bind(Prefix = nameof(Authorisation))] AuthorisationInput sent, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        Authorisation = sent;
        if (!ModelState.IsValid)
        {
            return Page();
        }

        switch (await authorisations.GiveAsync(id, sent.Subject!.Value, sent.OfficialName, sent.OfficialFunction, sent.AccountId, sent.From!.Value, sent.Until, cancel))
        {
            case GiveAuthorisationResult.AlreadyGiven:
                return Refused("Authorisation.OfficialName", text["This deliberation gives this person this authorisation already"]);
            case GiveAuthorisationResult.DatesReversed:
                return Refused("Authorisation.Until", text["The last day cannot be before the first"]);
            case GiveAuthorisationResult.BeforeSession:
                return Refused("Authorisation.From", text["An authorisation cannot hold before the session that gives it"]);
            case GiveAuthorisationResult.UnknownAccount:
                return Refused("Authorisation.AccountId", text["This account is not an elected official’s"]);
            case GiveAuthorisationResult.NotBinding:
                return Refused("", text["Only a posted and adopted deliberation can authorise somebody to sign"]);
            default:
                TempData["Note"] = text["The authorisation is recorded."].Value;
                return RedirectToPage(new { id });
        }
    }

    private PageResult Refused(string field, string message)
    {
        ModelState.AddModelError(field, message);
        return Page();
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<Deliberation>().AsNoTracking().SingleOrDefaultAsync(act => act.Id == id, cancel) is not { } act)
        {
            return false;
        }

        Act = act;
        (Transmission.On, Posting.On, Authorisation.From) = (register.Today, register.Today, act.SessionDate);
        Authorisations = await signing.GivenByAsync(id, cancel);
        var officials = await db.Users.AsNoTracking()
            .Where(account => account.DeletedAt == null && db.Set<RoleGrant>().Any(grant => grant.AccountId == account.Id && grant.WithdrawnAt == null && (grant.Role == Role.ElectedOfficial || grant.Role == Role.Mayor)))
            .OrderBy(account => account.SearchName).Select(account => new { account.Id, account.DisplayName }).ToListAsync(cancel);
        Officials = [.. officials.Select(official => new SelectListItem(official.DisplayName, official.Id.ToString()))];
        return true;
    }

    public sealed class TransmissionInput
    {
        [Required(ErrorMessage = "Choose the day of the transmission")]
        [Display(Name = "Day of the transmission")]
        public DateOnly? On { get; set; }

        [Required(ErrorMessage = "Enter the number of the receipt")]
        [StringLength(Deliberation.TransmissionIdMaxLength, ErrorMessage = "A receipt’s number has at most {1} characters")]
        [Display(Name = "Number of the receipt")]
        public string ReceiptId { get; set; } = "";
    }

    public sealed class PostingInput
    {
        [Required(ErrorMessage = "Choose the day of posting")]
        [Display(Name = "Day of posting")]
        public DateOnly? On { get; set; }
    }

    public sealed class AuthorisationInput
    {
        [Required(ErrorMessage = "Choose what may be signed")]
        [Display(Name = "What may be signed")]
        public SigningSubject? Subject { get; set; }

        [Required(ErrorMessage = "Write the name of the elected official")]
        [StringLength(SigningAuthorisation.NameMaxLength, ErrorMessage = "A name has at most {1} characters")]
        [Display(Name = "Elected official")]
        public string OfficialName { get; set; } = "";

        [Required(ErrorMessage = "Write the function")]
        [StringLength(SigningAuthorisation.FunctionMaxLength, ErrorMessage = "A function has at most {1} characters")]
        [Display(Name = "Function")]
        public string OfficialFunction { get; set; } = "";

        [Display(Name = "Account")]
        public Guid? AccountId { get; set; }

        [Required(ErrorMessage = "Choose the first day")]
        [Display(Name = "First day")]
        public DateOnly? From { get; set; }

        [Display(Name = "Last day")]
        public DateOnly? Until { get; set; }
    }
}
