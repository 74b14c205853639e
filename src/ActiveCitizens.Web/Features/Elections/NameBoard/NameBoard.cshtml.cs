using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.NameBoard;

[Authorize(Policy = Policies.ElectionOffice)]
public sealed class NameBoardModel(NameBoardHandler handler, CityDbContext db, IStringLocalizer<ElectionsText> text) : PageModel
{
    public Election Election { get; private set; } = null!;
    public IReadOnlyList<BoardMember> Members { get; private set; } = [];
    public IReadOnlyList<Contest> Contests { get; private set; } = [];
    public IReadOnlyList<BoardLack> Lacks { get; private set; } = [];
    public bool IsFormed { get; private set; }
    public bool CanChange => Election.State is ElectionState.Draft or ElectionState.Called;

    // The page has several forms; the one that names a member reads this.
    public InputModel Input { get; set; } = new();

    public IEnumerable<SelectListItem> DutyChoices => Enum.GetValues<BoardDuty>().Select(duty => new SelectListItem(text.WordOf(duty), duty.ToString()));
    public IEnumerable<SelectListItem> ContestChoices => Contests.Select(contest => new SelectListItem($"{contest.NeighbourhoodCode} {contest.Name}", contest.Id.ToString()));

    public string SayLack(BoardLack lack) => lack switch
    {
        BoardLack.President => text["Name a president"],
        BoardLack.Trustees => text.Plural(Math.Max(2, Election.TrusteeThreshold ?? 2), "Name at least {0} person who holds a key|Name at least {0} people who hold a key"),
        _ => text["Name a credential authority, who holds no key"],
    };

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostNameAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        await TryUpdateModelAsync(Input, nameof(Input));
        if (!string.IsNullOrWhiteSpace(Input.Email) && !MailAddress.TryCreate(Input.Email.Trim(), out _))
        {
            ModelState.AddModelError("Input.Email", text["This is no e-mail address"]);
        }

        if (Input.Contest is { } contest && Contests.All(one => one.Id != contest))
        {
            ModelState.AddModelError("Input.Contest", text["Choose a neighbourhood of this election"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        switch (await handler.NameAsync(id, Input.Name, Input.Email, Input.Duty, Input.HoldsKey, Input.Contest, cancel))
        {
            case NameMemberResult.Named:
                TempData["Note"] = text["{0} is on the board now.", Input.Name.Trim()].Value;
                return RedirectToPage(new { id });
            case NameMemberResult.AlreadyNamed:
                ModelState.AddModelError("Input.Email", text["This address is on the board already, and each person has one duty"]);
                break;
            case NameMemberResult.DutyTaken:
                ModelState.AddModelError("Input.Duty", text["Somebody has this duty already: take that person off the board first"]);
                break;
            default:
                ModelState.AddModelError("", text["The election is sealed: its board stays as it is"]);
                break;
        }

        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, Guid member, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        TempData["Note"] = await handler.RemoveAsync(id, member, cancel) switch
        {
            RemoveMemberResult.Removed => text["The person is off the board. If a key was theirs, the calendar says whether the others have to make keys again."].Value,
            RemoveMemberResult.TooLate => text["The election is sealed: its board stays as it is"].Value,
            _ => text["This person was not on the board."].Value,
        };
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostFormAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        switch (await handler.FormAsync(id, cancel))
        {
            case FormBoardResult.Formed:
                TempData["Note"] = text["The board is formed. Its members see on their page what is asked of them."].Value;
                return RedirectToPage(new { id });
            case FormBoardResult.Incomplete incomplete:
                foreach (var lack in incomplete.Lacks)
                {
                    ModelState.AddModelError("", SayLack(lack));
                }

                break;
            case FormBoardResult.StepsMissing missing:
                ModelState.AddModelError("", text.Plural(missing.Steps.Count, "{0} earlier step of the calendar is not done: do it, or leave it out with a reason|{0} earlier steps of the calendar are not done: do them, or leave them out with a reason"));
                break;
            default:
                ModelState.AddModelError("", text["The election has to be called first"]);
                break;
        }

        return Page();
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<Election>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancel) is not { } election)
        {
            return false;
        }

        Election = election;
        Members = [.. (await db.Set<BoardMember>().AsNoTracking().Where(one => one.ElectionId == id).ToListAsync(cancel)).OrderBy(one => one.Duty).ThenBy(one => one.TrusteeNumber).ThenBy(one => one.Name, StringComparer.CurrentCulture)];
        Contests = await db.Set<Contest>().AsNoTracking().Where(one => one.ElectionId == id).OrderBy(one => one.Number).ToListAsync(cancel);
        Lacks = NameBoardHandler.Lacks(Members, election.TrusteeThreshold);
        IsFormed = await db.Set<CalendarStep>().AnyAsync(step => step.ElectionId == id && step.Step == ElectionStep.BoardFormed && step.DoneAt != null, cancel);
        return true;
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Enter the person's name")]
        [StringLength(BoardMember.NameMaxLength, ErrorMessage = "A name has at most {1} characters")]
        [Display(Name = "First and last name")]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Enter the person's e-mail address")]
        [StringLength(BoardMember.EmailMaxLength, ErrorMessage = "An e-mail address has at most {1} characters")]
        [Display(Name = "E-mail address of the account")]
        public string Email { get; set; } = "";

        [Display(Name = "Duty")]
        public BoardDuty Duty { get; set; } = BoardDuty.Trustee;

        [Display(Name = "A president who holds a key as well")]
        public bool HoldsKey { get; set; }

        [Display(Name = "Neighbourhood of an assessor")]
        public Guid? Contest { get; set; }
    }
}
