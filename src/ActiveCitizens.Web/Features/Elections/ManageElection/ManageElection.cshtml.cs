using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.MunicipalCouncil;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.ManageElection;

/// <summary>The office's way into one election: what comes next, and the act that calls it.</summary>
[Authorize(Policy = Policies.ElectionOffice)]
public sealed class ManageElectionModel(CityDbContext db, ElectionDirectory directory, Deliberations deliberations, ElectionCalendar calendar, SetUpElectionHandler handler, IStringLocalizer<ElectionsText> text) : PageModel
{
    public Election Election { get; private set; } = null!;
    public IReadOnlyList<ContestLine> Contests { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Acts { get; private set; } = [];
    public CalendarStep? NextStep { get; private set; }
    public int Electors { get; private set; }

    public CallingInput Calling { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostCallAsync(Guid id, [Bind(Prefix = nameof(Calling))] CallingInput sent, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        Calling = sent;
        switch (await handler.CallAsync(id, sent.DeliberationId, cancel))
        {
            case CallElectionResult.NotBinding:
                ModelState.AddModelError("Calling.DeliberationId", text["Choose a posted and adopted deliberation"]);
                return Page();
            case CallElectionResult.NoHelpLine:
                ModelState.AddModelError("", text["Say first, under “Rules and hours”, where electors find help while they vote"]);
                return Page();
            case CallElectionResult.OpeningPassed:
                ModelState.AddModelError("", text["The vote would have opened already. Change its hours under “Rules and hours” first"]);
                return Page();
            case CallElectionResult.NoLongerADraft:
                TempData["Note"] = text["The election was called before; nothing was changed."].Value;
                break;
            default:
                TempData["Note"] = text["The election is called: everybody can read its rules and its calendar."].Value;
                break;
        }

        return RedirectToPage(new { id });
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<Election>().AsNoTracking().SingleOrDefaultAsync(election => election.Id == id, cancel) is not { } election)
        {
            return false;
        }

        Election = election;
        Contests = await directory.ContestsAsync(id, cancel);
        NextStep = (await calendar.StepsAsync(id, cancel)).FirstOrDefault(step => !step.IsOver);
        Electors = await db.Set<Elector>().CountAsync(elector => elector.ElectionId == id, cancel);
        Acts = election.State != ElectionState.Draft ? [] : [.. (await deliberations.BindingAsync(cancel)).Select(act => new SelectListItem($"{act.Reference} – {act.Subject}", act.Id.ToString()))];
        return true;
    }

    public sealed class CallingInput
    {
        [Display(Name = "Deliberation")]
        public Guid? DeliberationId { get; set; }
    }
}
