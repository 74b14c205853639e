using ActiveCitizens.Web.Features.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.CountPaper;

/// <summary>The paper results of all neighbourhoods that a member of the board may type.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class ListPaperModel(BoardDoor door, CountPaperHandler handler, ElectionCalendar calendar, IStringLocalizer<ElectionsText> text) : PageModel
{
    public Election Election { get; private set; } = null!;
    public bool IsPresident { get; private set; }
    public bool IsFinished { get; private set; }
    public IReadOnlyList<PaperState> States { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel) => await LoadAsync(slug, cancel) ?? Page();

    public async Task<IActionResult> OnPostAsync(string slug, CancellationToken cancel)
    {
        if (await LoadAsync(slug, cancel) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!IsPresident)
        {
            return Forbid();
        }

        switch (await handler.FinishAsync(Election, cancel))
        {
            case FinishPaperResult.NotNow:
                return Refused(text["Paper results are finished between the closing of the boxes and the proclamation."]);
            case FinishPaperResult.NotAllFixed:
                return Refused(text["Some paper results have not been typed twice with the same figures. They are in the list below."]);
            case FinishPaperResult.DifferenceUnexplained:
                return Refused(text["Somewhere the number of papers is not that of the marks on the roll. Open that neighbourhood and write down why."]);
            default:
                TempData["Note"] = text["The paper results are complete."].Value;
                return RedirectToPage(new { slug });
        }
    }

    private PageResult Refused(string message)
    {
        ModelState.AddModelError("", message);
        return Page();
    }

    private async Task<IActionResult?> LoadAsync(string slug, CancellationToken cancel)
    {
        var entry = await door.OpenAsync(slug, User, cancel, BoardDuty.Assessor, BoardDuty.President);
        if (entry.Refusal is not null)
        {
            return entry.Refusal;
        }

        (Election, IsPresident) = (entry.Election, entry.Member.Duty == BoardDuty.President);
        States = [.. (await handler.ReadAsync(Election.Id, cancel)).Where(state => entry.Member.ContestId is null || entry.Member.ContestId == state.Contest.Id)];
        IsFinished = (await calendar.StepsAsync(Election.Id, cancel)).Any(step => step.Step == ElectionStep.PaperCounted && step.IsOver);
        return null;
    }
}
