using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Neighbourhoods.KeepCouncil;

/// <summary>The papers of one council, for its own councillors and administrators; for councillors of another council it is forbidden.</summary>
[Authorize(Policy = Policies.CouncilPapers)]
public sealed class KeepCouncilModel(CityDbContext db, NeighbourhoodDirectory directory, CouncilDirectory councils, CouncilHandler handler, IStringLocalizer<NeighbourhoodsText> text) : PageModel
{
    public Neighbourhood Shown { get; private set; } = null!;
    public PublicCouncil? Council { get; private set; }
    public IReadOnlyList<CouncilMember> Members { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Offices => [.. Enum.GetValues<CouncilOfficeKind>().Select(office => new SelectListItem(text.Of(office), office.ToString()))];
    public IReadOnlyList<SelectListItem> Holders => [.. Council!.Offices.Where(office => office.Until is null).Select(office => new SelectListItem($"{text.Of(office.Office)} – {office.HolderName}", office.Id.ToString()))];
    public IReadOnlyList<SelectListItem> Present => [.. Members.Where(member => member.Until is null).Select(member => new SelectListItem(member.Name, member.Id.ToString()))];

    // Each form binds only when it is the one sent: the fields of the others are not missing.
    public ConstitutionInput Constitution { get; set; } = new();
    public OfficeInput Office { get; set; } = new();
    public EndInput Leaving { get; set; } = new();
    public MeetingInput Meeting { get; set; } = new();
    public StatutesInput Amended { get; set; } = new();
    public MemberInput Joining { get; set; } = new();
    public EndInput Ending { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel) => await LoadAsync(slug, cancel) ?? Page();

    public async Task<IActionResult> OnPostConstituteAsync(string slug, [Bind(Prefix = nameof(Constitution))] ConstitutionInput sent, CancellationToken cancel)
    {
        if (await LoadAsync(slug, cancel) is { } elsewhere)
        {
            return elsewhere;
        }

        Constitution = sent;
        if (!ModelState.IsValid)
        {
            return Page();
        }

        switch (await handler.ConstituteAsync(Shown.Code, sent.RnaNumber, sent.On!.Value, sent.Statutes, sent.AdoptedOn!.Value, illustrativeRemark: null, cancel))
        {
            case ConstituteResult.NotAnRna:
                return Refused("Constitution.RnaNumber", text["A number of the register is W and nine digits, such as W471234567"]);
            case ConstituteResult.RnaTaken:
                return Refused("Constitution.RnaNumber", text["Another council has this number. Look at the receipt again."]);
            case ConstituteResult.InFuture:
                return Refused("Constitution.On", text["These days cannot be in the future"]);
            case ConstituteResult.AlreadyConstituted:
                return Done(text["The association was recorded before; nothing was changed."]);
            default:
                return Done(text["The association is recorded."]);
        }
    }

    public async Task<IActionResult> OnPostTakeOfficeAsync(string slug, [Bind(Prefix = nameof(Office))] OfficeInput sent, CancellationToken cancel)
    {
        Office = sent;
        return await WriteAsync(slug, council => handler.TakeOfficeAsync(council, sent.Kind!.Value, sent.HolderName, sent.From!.Value, cancel), "Office.From", "Office.Kind", text["Somebody holds this office: record the end of that first"], cancel);
    }

    public async Task<IActionResult> OnPostLeaveOfficeAsync(string slug, [Bind(Prefix = nameof(Leaving))] EndInput sent, CancellationToken cancel)
    {
        Leaving = sent;
        return await WriteAsync(slug, council => handler.LeaveOfficeAsync(council, sent.Id!.Value, sent.LastDay!.Value, cancel), "Leaving.LastDay", "Leaving.Id", text["This was recorded before"], cancel);
    }

    public async Task<IActionResult> OnPostMeetingAsync(string slug, [Bind(Prefix = nameof(Meeting))] MeetingInput sent, CancellationToken cancel)
    {
        Meeting = sent;
        return await WriteAsync(slug, council => handler.RecordMeetingAsync(council, sent.HeldOn!.Value, sent.PresentCount!.Value, sent.Minutes, cancel), "Meeting.HeldOn", "Meeting.HeldOn", text["A general meeting of this day is recorded already"], cancel);
    }

    public async Task<IActionResult> OnPostStatutesAsync(string slug, [Bind(Prefix = nameof(Amended))] StatutesInput sent, CancellationToken cancel)
    {
        Amended = sent;
        return await WriteAsync(slug, council => handler.AdoptStatutesAsync(council, sent.AdoptedOn!.Value, sent.Text, cancel), "Amended.AdoptedOn", "Amended.AdoptedOn", text["A new version was recorded meanwhile. Open the page again to see it."], cancel);
    }

    public async Task<IActionResult> OnPostMemberAsync(string slug, [Bind(Prefix = nameof(Joining))] MemberInput sent, CancellationToken cancel)
    {
        Joining = sent;
        return await WriteAsync(slug, council => handler.AddMemberAsync(council, sent.Name, sent.From!.Value, cancel), "Joining.From", "Joining.Name", text["A member of this name is in the register already"], cancel);
    }

    public async Task<IActionResult> OnPostEndMembershipAsync(string slug, [Bind(Prefix = nameof(Ending))] EndInput sent, CancellationToken cancel)
    {
        Ending = sent;
        return await WriteAsync(slug, council => handler.EndMembershipAsync(council, sent.Id!.Value, sent.LastDay!.Value, cancel), "Ending.LastDay", "Ending.Id", text["This was recorded before"], cancel);
    }

    /// <summary>The way of every form but the first: who may, is it complete, write, and say what came of it beside its field.</summary>
    private async Task<IActionResult> WriteAsync(string slug, Func<CouncilAssociation, Task<CouncilPaperResult>> write, string dayField, string field, string alreadyThere, CancellationToken cancel)
    {
        if (await LoadAsync(slug, cancel) is { } elsewhere)
        {
            return elsewhere;
        }

        if (Council is null)
        {
            return NotFound();
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        switch (await write(Council.Association))
        {
            case CouncilPaperResult.WrongDay:
                return Refused(dayField, text["This day is too early, or still to come"]);
            case CouncilPaperResult.AlreadyThere or CouncilPaperResult.AlreadyEnded:
                return Refused(field, alreadyThere);
            case CouncilPaperResult.Unknown:
                return Refused(field, text["Choose one of the list"]);
            default:
                return Done(text["It is recorded."]);
        }
    }

    private RedirectToPageResult Done(string note)
    {
        TempData["Note"] = note;
        return RedirectToPage(new { slug = Shown.Slug });
    }

    private PageResult Refused(string field, string message)
    {
        ModelState.AddModelError(field, message);
        return Page();
    }

    /// <summary>Null when this reader keeps this council's papers; otherwise the answer.</summary>
    private async Task<IActionResult?> LoadAsync(string slug, CancellationToken cancel)
    {
        if (await directory.FindAsync(slug.Split('-')[0].ToUpperInvariant(), cancel) is not { } shown)
        {
            return NotFound();
        }

        if (!CouncilDirectory.Keeps(User, shown.Code))
        {
            return Forbid();
        }

        Shown = shown;
        Council = await councils.ReadAsync(shown.Code, cancel);
        Members = Council is null ? [] : await db.Set<CouncilMember>().AsNoTracking().Where(member => member.AssociationId == Council.Association.Id).OrderBy(member => member.Until != null).ThenBy(member => member.Name).ToListAsync(cancel);
        return null;
    }

    public sealed class ConstitutionInput
    {
        [Required(ErrorMessage = "Enter the number")]
        [StringLength(20, ErrorMessage = "A number of the register is W and nine digits, such as W471234567")]
        [Display(Name = "Number in the national register of associations")]
        public string RnaNumber { get; set; } = "";

        [Required(ErrorMessage = "Choose the day of the constitution")]
        [Display(Name = "Constituted on")]
        public DateOnly? On { get; set; }

        [Required(ErrorMessage = "Choose the day on which the statutes were adopted")]
        [Display(Name = "Statutes adopted on")]
        public DateOnly? AdoptedOn { get; set; }

        [Required(ErrorMessage = "Paste the statutes")]
        [StringLength(CouncilStatutes.TextMaxLength, ErrorMessage = "A text has at most {1} characters")]
        [Display(Name = "Statutes")]
        public string Statutes { get; set; } = "";
    }

    public sealed class OfficeInput
    {
        [Required(ErrorMessage = "Choose the office")]
        [Display(Name = "Office")]
        public CouncilOfficeKind? Kind { get; set; }

        [Required(ErrorMessage = "Write the name")]
        [StringLength(CouncilOffice.NameMaxLength, ErrorMessage = "A name has at most {1} characters")]
        [Display(Name = "Name")]
        public string HolderName { get; set; } = "";

        [Required(ErrorMessage = "Choose the first day")]
        [Display(Name = "First day")]
        public DateOnly? From { get; set; }
    }

    public sealed class EndInput
    {
        [Required(ErrorMessage = "Choose one of the list")]
        public Guid? Id { get; set; }

        [Required(ErrorMessage = "Choose the last day")]
        [Display(Name = "Last day")]
        public DateOnly? LastDay { get; set; }
    }

    public sealed class MeetingInput
    {
        [Required(ErrorMessage = "Choose the day of the meeting")]
        [Display(Name = "Day of the meeting")]
        public DateOnly? HeldOn { get; set; }

        [Required(ErrorMessage = "Enter how many were present")]
        [Range(1, 10_000, ErrorMessage = "Enter a number from {1} to {2}")]
        [Display(Name = "Number present")]
        public int? PresentCount { get; set; }

        [Required(ErrorMessage = "Write the minutes")]
        [StringLength(CouncilMeeting.MinutesMaxLength, ErrorMessage = "A text has at most {1} characters")]
        [Display(Name = "Minutes")]
        public string Minutes { get; set; } = "";
    }

    public sealed class StatutesInput
    {
        [Required(ErrorMessage = "Choose the day on which the statutes were adopted")]
        [Display(Name = "Statutes adopted on")]
        public DateOnly? AdoptedOn { get; set; }

        [Required(ErrorMessage = "Paste the statutes")]
        [StringLength(CouncilStatutes.TextMaxLength, ErrorMessage = "A text has at most {1} characters")]
        [Display(Name = "Statutes")]
        public string Text { get; set; } = "";
    }

    public sealed class MemberInput
    {
        [Required(ErrorMessage = "Write the name")]
        [StringLength(CouncilMember.NameMaxLength, ErrorMessage = "A name has at most {1} characters")]
        [Display(Name = "Name")]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Choose the first day")]
        [Display(Name = "First day")]
        public DateOnly? From { get; set; }
    }
}
