using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.KeepRoll;

/// <summary>What the pages that add and change an elector share.</summary>
public abstract class CorrectRollModel(CityDbContext db, ElectionDirectory directory, IStringLocalizer<ElectionsText> text) : PageModel
{
    [BindProperty]
    public ElectorInput Input { get; set; } = new();

    public Guid ElectionId { get; private set; }
    public IReadOnlyList<SelectListItem> Bureaus { get; private set; } = [];

    public IReadOnlyList<SelectListItem> Sexes => [new(Words["Woman"], nameof(Sex.Female)), new(Words["Man"], nameof(Sex.Male))];

    protected IStringLocalizer<ElectionsText> Words { get; } = text;

    protected CityDbContext Db { get; } = db;

    /// <summary>Reads what the page shows; false when there is no such election.</summary>
    protected async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        ElectionId = id;
        Bureaus = [.. (await directory.ContestsAsync(id, cancel)).Select(contest => new SelectListItem($"{contest.PollingBureau} – {contest.NeighbourhoodCode} {contest.Name}", contest.Id.ToString()))];
        return await Db.Set<Election>().AnyAsync(election => election.Id == id, cancel);
    }

    protected IActionResult Answer(CorrectRollResult result, string done)
    {
        switch (result)
        {
            case CorrectRollResult.UnderAge:
                ModelState.AddModelError("Input.BornOn", Words["Too young to vote in this election"]);
                return Page();
            case CorrectRollResult.AlreadyOnRoll:
                ModelState.AddModelError("", Words["This person, or this national number, is on the roll already"]);
                return Page();
            case CorrectRollResult.RollSealed:
                TempData["Note"] = Words["The roll cannot be changed now; nothing was saved."].Value;
                break;
            case CorrectRollResult.Unknown:
                TempData["Note"] = Words["This elector is no longer on the roll; nothing was saved."].Value;
                break;
            default:
                TempData["Note"] = done;
                break;
        }

        return RedirectToPage("/Elections/KeepRoll/KeepRoll", new { id = ElectionId });
    }

    public sealed class ElectorInput
    {
        [Required(ErrorMessage = "Enter the surname at birth")]
        [StringLength(Elector.NameMaxLength, ErrorMessage = "At most {1} characters")]
        [Display(Name = "Surname at birth")]
        public string LastName { get; set; } = "";

        [StringLength(Elector.NameMaxLength, ErrorMessage = "At most {1} characters")]
        [Display(Name = "Surname in use")]
        public string? UsualName { get; set; }

        [Required(ErrorMessage = "Enter the first names")]
        [StringLength(Elector.NameMaxLength, ErrorMessage = "At most {1} characters")]
        [Display(Name = "First names")]
        public string FirstNames { get; set; } = "";

        [Display(Name = "Sex")]
        public Sex? Sex { get; set; }

        [Required(ErrorMessage = "Enter the date of birth")]
        [Display(Name = "Date of birth")]
        public DateOnly? BornOn { get; set; }

        [StringLength(Elector.NameMaxLength, ErrorMessage = "At most {1} characters")]
        [Display(Name = "Place of birth")]
        public string? BirthPlace { get; set; }

        [StringLength(Elector.NameMaxLength, ErrorMessage = "At most {1} characters")]
        [Display(Name = "Nationality")]
        public string? Nationality { get; set; }

        [StringLength(Elector.NationalNumberMaxLength, ErrorMessage = "At most {1} characters")]
        [Display(Name = "National elector number")]
        public string? NationalNumber { get; set; }

        [Required(ErrorMessage = "Enter the address")]
        [StringLength(Elector.AddressMaxLength, ErrorMessage = "At most {1} characters")]
        [Display(Name = "Address")]
        public string AddressLines { get; set; } = "";

        [Required(ErrorMessage = "Enter the postcode")]
        [StringLength(10, ErrorMessage = "At most {1} characters")]
        [Display(Name = "Postcode")]
        public string PostCode { get; set; } = "";

        [Required(ErrorMessage = "Enter the town")]
        [StringLength(Elector.NameMaxLength, ErrorMessage = "At most {1} characters")]
        [Display(Name = "Town")]
        public string Town { get; set; } = "";

        [EmailAddress(ErrorMessage = "Enter an e-mail address such as name@example.org")]
        [StringLength(Elector.EmailMaxLength, ErrorMessage = "At most {1} characters")]
        [Display(Name = "E-mail address")]
        public string? Email { get; set; }

        [Required(ErrorMessage = "Choose the polling bureau")]
        [Display(Name = "Polling bureau")]
        public Guid? ContestId { get; set; }

        [Required(ErrorMessage = "Say why the roll is corrected")]
        [StringLength(RollCorrection.ReasonMaxLength, ErrorMessage = "A reason has at most {1} characters")]
        [Display(Name = "Reason")]
        public string Reason { get; set; } = "";

        public ElectorContent Content() => new(
            ContestId!.Value, LastName.Trim(), Optional(UsualName), FirstNames.Trim(), Sex, BornOn!.Value, Optional(BirthPlace), Optional(Nationality), Optional(NationalNumber),
            string.Join('\n', AddressLines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)), PostCode.Trim(), Town.Trim(), Optional(Email));

        private static string? Optional(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
    }
}

[Authorize(Policy = Policies.ElectionOffice)]
public sealed class AddElectorModel(CityDbContext db, ElectionDirectory directory, RollHandler roll, IStringLocalizer<ElectionsText> text) : CorrectRollModel(db, directory, text)
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel) =>
        !await LoadAsync(id, cancel) ? NotFound() : !ModelState.IsValid ? Page() : Answer(await roll.AddAsync(id, Input.Content(), Input.Reason, cancel), Words["The elector is on the roll."]);
}

[Authorize(Policy = Policies.ElectionOffice)]
public sealed class ChangeElectorModel(CityDbContext db, ElectionDirectory directory, RollHandler roll, IStringLocalizer<ElectionsText> text) : CorrectRollModel(db, directory, text)
{
    public int Number { get; private set; }

    // Binds only when it is the form sent.
    public RemovalInput Removal { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(Guid id, Guid electorId, CancellationToken cancel)
    {
        if (await FindAsync(id, electorId, cancel) is not { } elector)
        {
            return NotFound();
        }

        Fill(elector);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, Guid electorId, CancellationToken cancel) =>
        await FindAsync(id, electorId, cancel) is null ? NotFound() : !ModelState.IsValid ? Page() : Answer(await roll.ChangeAsync(id, electorId, Input.Content(), Input.Reason, cancel), Words["The correction is saved."]);

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, Guid electorId, [Bind(Prefix = nameof(Removal))] RemovalInput sent, CancellationToken cancel)
    {
        if (await FindAsync(id, electorId, cancel) is not { } elector)
        {
            return NotFound();
        }

        // The fields of the other form were not sent, and are not wrong.
        foreach (var field in ModelState.Keys.Where(key => !key.StartsWith(nameof(Removal), StringComparison.Ordinal)).ToList())
        {
            ModelState.Remove(field);
        }

        Removal = sent;
        Fill(elector);
        return ModelState.IsValid ? Answer(await roll.RemoveAsync(id, electorId, sent.Reason, cancel), Words["The elector is no longer on the roll."]) : Page();
    }

    private void Fill(Elector elector) => Input = new ElectorInput
    {
        LastName = elector.LastName, UsualName = elector.UsualName, FirstNames = elector.FirstNames, Sex = elector.Sex, BornOn = elector.BornOn, BirthPlace = elector.BirthPlace, Nationality = elector.Nationality,
        NationalNumber = elector.NationalNumber, AddressLines = elector.AddressLines, PostCode = elector.PostCode, Town = elector.Town, Email = elector.Email, ContestId = elector.ContestId,
    };

    private async Task<Elector?> FindAsync(Guid id, Guid electorId, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel) || await Db.Set<Elector>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == electorId && one.ElectionId == id, cancel) is not { } elector)
        {
            return null;
        }

        Number = elector.Number;
        return elector;
    }

    public sealed class RemovalInput
    {
        [Required(ErrorMessage = "Say why the elector is removed")]
        [StringLength(RollCorrection.ReasonMaxLength, ErrorMessage = "A reason has at most {1} characters")]
        [Display(Name = "Reason")]
        public string Reason { get; set; } = "";
    }
}
