using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.EndElection;

/// <summary>The office destroys what the law wants destroyed.</summary>
[Authorize(Policy = Policies.ElectionOffice)]
public sealed class EndElectionModel(CityDbContext db, EndElectionHandler handler, IStringLocalizer<ElectionsText> text) : PageModel
{
    public Election Election { get; private set; } = null!;
    public DateTimeOffset? PossibleFrom { get; private set; }
    public int Electors { get; private set; }
    public DestructionRecord? Record { get; private set; }
    public SureInput Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, [Bind(Prefix = nameof(Input))] SureInput sent, CancellationToken cancel)
    {
        Input = sent;
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        if (!sent.Sure)
        {
            return Refused(text["Tick the box to destroy: it cannot be undone"]);
        }

        switch (await handler.EndAsync(id, User.Identity?.Name ?? "", cancel))
        {
            case EndElectionResult.Ended:
                TempData["Note"] = text["The personal data of this election are destroyed, and the record says so."].Value;
                return RedirectToPage(new { id });
            case EndElectionResult.AlreadyEnded:
                return RedirectToPage(new { id });
            case EndElectionResult.AppealStillOpen:
                return Refused(text["People can still appeal. Nothing was destroyed."]);
            default:
                return Refused(text["The elected are not proclaimed yet. Nothing was destroyed."]);
        }
    }

    private PageResult Refused(string message)
    {
        ModelState.AddModelError("Input.Sure", message);
        return Page();
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<Election>().AsNoTracking().SingleOrDefaultAsync(election => election.Id == id, cancel) is not { } election)
        {
            return false;
        }

        Election = election;
        PossibleFrom = await handler.PossibleFromAsync(election, cancel);
        Electors = await db.Set<Elector>().CountAsync(elector => elector.ElectionId == id, cancel);
        Record = await db.Set<DestructionRecord>().AsNoTracking().SingleOrDefaultAsync(record => record.ElectionId == id, cancel);
        return true;
    }

    public sealed class SureInput
    {
        [Display(Name = "The time for appeal is over, no appeal is pending, and the signed record is in the archives")]
        public bool Sure { get; set; }
    }
}
