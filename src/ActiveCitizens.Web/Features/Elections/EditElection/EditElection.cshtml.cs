using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.EditElection;

/// <summary>The rules of a draft, chosen from the catalogue.</summary>
[Authorize(Policy = Policies.ElectionOffice)]
public sealed class EditElectionModel(CityDbContext db, SetUpElectionHandler handler, City city, IStringLocalizer<ElectionsText> text) : PageModel
{
    public Election Election { get; private set; } = null!;

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IEnumerable<SelectListItem> Methods => Choices<ElectionMethod>(text.Explain);
    public IEnumerable<SelectListItem> Parities => Choices<ParityRule>(text.Explain);
    public IEnumerable<SelectListItem> TieRules => Choices<TieResolution>(text.Explain);
    public IEnumerable<SelectListItem> Franchises => Choices<Franchise>(text.Explain);
    public IEnumerable<SelectListItem> Secrets => Choices<SecondSecret>(text.Explain);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        var (opens, closes, rules) = (city.Local(Election.OpensAt), city.Local(Election.ClosesAt), Election.Rules);
        Input = new InputModel
        {
            Name = Election.Name, OpensOn = DateOnly.FromDateTime(opens.DateTime), OpensTime = Time(opens), ClosesOn = DateOnly.FromDateTime(closes.DateTime), ClosesTime = Time(closes), HelpLine = Election.HelpLine,
            Method = rules.Method, HasMajorityBonus = rules.HasMajorityBonus, ElectsUnopposed = rules.ElectsUnopposed, Parity = rules.Parity, Ties = rules.Ties, Franchise = rules.Franchise, SecondSecret = rules.SecondSecret,
            TrusteeThreshold = Election.TrusteeThreshold,
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        if (Input.HasMajorityBonus && Input.Method is ElectionMethod.IndividualPlurality or ElectionMethod.SingleList)
        {
            ModelState.AddModelError("Input.HasMajorityBonus", text["A majority bonus goes with several lists only: choose such a rule, or leave it empty"]);
        }

        if (Input.Parity != ParityRule.None && Input.Method == ElectionMethod.IndividualPlurality)
        {
            ModelState.AddModelError("Input.Parity", text["A rule of parity goes with lists: choose lists, or no rule"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var rules = new ElectionRules
        {
            Method = Input.Method, HasMajorityBonus = Input.HasMajorityBonus, ElectsUnopposed = Input.ElectsUnopposed, Parity = Input.Parity, Ties = Input.Ties, Franchise = Input.Franchise, SecondSecret = Input.SecondSecret,
        };
        switch (await handler.RewriteAsync(id, new ElectionContent(Input.Name, rules, Instant(Input.OpensOn!.Value, Input.OpensTime), Instant(Input.ClosesOn!.Value, Input.ClosesTime), Input.HelpLine, Input.TrusteeThreshold), cancel))
        {
            case RewriteElectionResult.HoursReversed:
                ModelState.AddModelError("Input.ClosesOn", text["The vote must close after it opens"]);
                return Page();
            case RewriteElectionResult.NoLongerADraft:
                TempData["Note"] = text["The election was called meanwhile: nothing was saved."].Value;
                break;
            default:
                TempData["Note"] = text["The rules are saved."].Value;
                break;
        }

        return RedirectToPage("/Elections/ManageElection/ManageElection", new { id });
    }

    private static IEnumerable<SelectListItem> Choices<T>(Func<T, string> explain)
        where T : struct, Enum => Enum.GetValues<T>().Select(value => new SelectListItem(explain(value), value.ToString()));

    private static string Time(DateTimeOffset local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);

    private DateTimeOffset Instant(DateOnly day, string time)
    {
        var local = day.ToDateTime(TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture));
        return new DateTimeOffset(local, city.TimeZone.GetUtcOffset(local)).ToUniversalTime();
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<Election>().AsNoTracking().SingleOrDefaultAsync(election => election.Id == id, cancel) is not { } election)
        {
            return false;
        }

        Election = election;
        return true;
    }

    public sealed class InputModel
    {
        private const string Hour = "([01][0-9]|2[0-3]):[0-5][0-9]";

        [Required(ErrorMessage = "Enter a name for the election")]
        [StringLength(Election.NameMaxLength, ErrorMessage = "A name has at most {1} characters")]
        [Display(Name = "Name of the election")]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Choose the day on which the vote opens")]
        [Display(Name = "The vote opens on")]
        public DateOnly? OpensOn { get; set; }

        [Required(ErrorMessage = "Enter the hour at which the vote opens")]
        [RegularExpression(Hour, ErrorMessage = "Enter an hour such as 09:00")]
        [Display(Name = "at")]
        public string OpensTime { get; set; } = "";

        [Required(ErrorMessage = "Choose the day on which the vote closes")]
        [Display(Name = "The vote closes on")]
        public DateOnly? ClosesOn { get; set; }

        [Required(ErrorMessage = "Enter the hour at which the vote closes")]
        [RegularExpression(Hour, ErrorMessage = "Enter an hour such as 09:00")]
        [Display(Name = "at")]
        public string ClosesTime { get; set; } = "";

        [Required(ErrorMessage = "Say where electors find help while they vote")]
        [StringLength(Election.HelpLineMaxLength, ErrorMessage = "A help line has at most {1} characters")]
        [Display(Name = "Help line")]
        public string HelpLine { get; set; } = "";

        [Display(Name = "How one votes")]
        public ElectionMethod Method { get; set; }

        [Display(Name = "Majority bonus")]
        public bool HasMajorityBonus { get; set; }

        [Display(Name = "Elected without a vote when nobody stands against")]
        public bool ElectsUnopposed { get; set; }

        [Display(Name = "Women and men")]
        public ParityRule Parity { get; set; }

        [Display(Name = "Between equals")]
        public TieResolution Ties { get; set; }

        [Display(Name = "Who votes")]
        public Franchise Franchise { get; set; }

        [Display(Name = "How an elector is known online")]
        public SecondSecret SecondSecret { get; set; }

        [Range(1, 20, ErrorMessage = "Enter a number between {1} and {2}, or leave it empty")]
        [Display(Name = "Trustees who are enough")]
        public int? TrusteeThreshold { get; set; }
    }
}
