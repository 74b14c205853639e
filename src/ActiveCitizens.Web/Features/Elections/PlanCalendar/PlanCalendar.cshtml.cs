using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.PlanCalendar;

/// <summary>Plans the steps of an election, and ends those that no other act ends.</summary>
[Authorize(Policy = Policies.ElectionOffice)]
public sealed class PlanCalendarModel(CityDbContext db, ElectionCalendar calendar, SetUpElectionHandler handler, IStringLocalizer<ElectionsText> text) : PageModel
{
    private Dictionary<ElectionStep, DateOnly> _typed = [];

    public Election Election { get; private set; } = null!;
    public IReadOnlyList<CalendarStep> Steps { get; private set; } = [];
    public CalendarStep? Current => Steps.FirstOrDefault(step => !step.IsOver);
    public WaiverInput Waiver { get; set; } = new();

    /// <summary>The day in the field: what was typed last, else what is planned.</summary>
    public string Typed(CalendarStep step) => _typed.GetValueOrDefault(step.Step, step.PlannedOn).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostPlanAsync(Guid id, Dictionary<string, string> days, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        foreach (var step in Steps.Where(step => !step.IsOver && days.ContainsKey(step.Step.ToString())))
        {
            if (!DateOnly.TryParseExact(days[step.Step.ToString()], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                ModelState.AddModelError("", text["Choose a day for “{0}”", text.NameOf(step.Step)]);
                continue;
            }

            _typed[step.Step] = day;
        }

        if (ModelState.IsValid && await handler.PlanAsync(id, _typed, cancel) == PlanStepsResult.OutOfOrder)
        {
            ModelState.AddModelError("", text["“{0}” cannot be planned before the step that comes before it", text.NameOf(CalendarPlan.OutOfOrder(_typed)!.Value)]);
        }

        return ModelState.IsValid ? Done(text["The days are saved."]) : Page();
    }

    public async Task<IActionResult> OnPostFinishAsync(Guid id, ElectionStep step, CancellationToken cancel) =>
        await LoadAsync(id, cancel) ? Answer(await handler.FinishStepAsync(id, step, cancel), text["The step is done."]) : NotFound();

    public async Task<IActionResult> OnPostWaiveAsync(Guid id, ElectionStep step, [Bind(Prefix = nameof(Waiver))] WaiverInput sent, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        Waiver = sent;
        return ModelState.IsValid ? Answer(await handler.WaiveStepAsync(id, step, sent.Reason, cancel), text["The step is left out; everybody reads why."]) : Page();
    }

    private IActionResult Answer(EndStepResult result, string done)
    {
        switch (result)
        {
            case EndStepResult.Done:
                return Done(done);
            case EndStepResult.AlreadyDone:
                return Done(text["This step was over before; nothing was changed."]);
            case EndStepResult.EarlierStepsOpen:
                ModelState.AddModelError("", text["A step before this one is neither done nor left out. Begin with it"]);
                break;
            case EndStepResult.TooEarly:
                ModelState.AddModelError("", text["It is too early: the hour of the vote has not come"]);
                break;
            case EndStepResult.UndecidedCandidacies:
                ModelState.AddModelError("", text["Some candidacies are not decided. Decide on all of them first"]);
                break;
            default:
                ModelState.AddModelError("", text["This step cannot be ended this way"]);
                break;
        }

        return Page();
    }

    private RedirectToPageResult Done(string note)
    {
        TempData["Note"] = note;
        return RedirectToPage(new { id = Election.Id });
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<Election>().AsNoTracking().SingleOrDefaultAsync(election => election.Id == id, cancel) is not { } election)
        {
            return false;
        }

        Election = election;
        Steps = await calendar.StepsAsync(id, cancel);
        return true;
    }

    public sealed class WaiverInput
    {
        [Required(ErrorMessage = "Say why this step is left out")]
        [StringLength(Election.ReasonMaxLength, ErrorMessage = "A reason has at most {1} characters")]
        [Display(Name = "Why it is left out")]
        public string Reason { get; set; } = "";
    }
}
