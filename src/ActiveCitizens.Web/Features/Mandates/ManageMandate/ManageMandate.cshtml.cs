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

namespace ActiveCitizens.Web.Features.Mandates.ManageMandate;

[Authorize(Policy = Policies.Administrator)]
public sealed class ManageMandateModel(CityDbContext db, MandateDirectory directory, Deliberations deliberations, MandateHandler handler, IStringLocalizer<MandatesText> text) : PageModel
{
    public Mandate Mandate { get; private set; } = null!;
    public MandateState State => Mandate.StateOn(handler.Today);
    public IReadOnlyList<DelegatedSubject> Subjects { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Acts { get; private set; } = [];

    // Each form binds only when it is the one sent: the fields of the others are not missing.
    public OpeningInput Opening { get; set; } = new();
    public ClosingInput Closing { get; set; } = new();
    public CompetenceInput Added { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostOpenAsync(Guid id, [Bind(Prefix = nameof(Opening))] OpeningInput sent, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        Opening = sent;
        if (!ModelState.IsValid)
        {
            return Page();
        }

        switch (await handler.OpenAsync(id, sent.DeliberationId!.Value, sent.IsRenewal, cancel))
        {
            case OpenMandateResult.NotBinding:
                return Refused("Opening.DeliberationId", text["Choose a posted and adopted deliberation"]);
            case OpenMandateResult.NothingToRenew:
                return Refused("Opening.IsRenewal", text["No earlier mandate was opened: there is nothing to renew"]);
            case OpenMandateResult.AlreadyOpened:
                return Done(text["The mandate was opened before; nothing was changed."]);
            default:
                return Done(text["The mandate is opened: everybody can read it."]);
        }
    }

    public async Task<IActionResult> OnPostCloseAsync(Guid id, [Bind(Prefix = nameof(Closing))] ClosingInput sent, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        Closing = sent;
        if (!ModelState.IsValid)
        {
            return Page();
        }

        switch (await handler.CloseAsync(id, sent.DeliberationId!.Value, sent.On!.Value, cancel))
        {
            case CloseMandateResult.NotBinding:
                return Refused("Closing.DeliberationId", text["Choose a posted and adopted deliberation"]);
            case CloseMandateResult.OutsideDates:
                return Refused("Closing.On", text["Choose a day of the mandate"]);
            case CloseMandateResult.NotOpened:
                return Refused("", text["A mandate that was never opened cannot be closed"]);
            case CloseMandateResult.AlreadyClosed:
                return Done(text["The mandate was closed before; nothing was changed."]);
            default:
                return Done(text["The mandate is closed."]);
        }
    }

    public async Task<IActionResult> OnPostAddCompetenceAsync(Guid id, [Bind(Prefix = nameof(Added))] CompetenceInput sent, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        Added = sent;
        if (ModelState.IsValid && Competence.CodeOf(sent.Name).Length == 0)
        {
            return Refused("Added.Name", text["Write a name with letters"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        switch (await handler.AddCompetenceAsync(Mandate, sent.Name, sent.Description, cancel))
        {
            case AddCompetenceResult.AlreadyThere:
                return Refused("Added.Name", text["The catalogue has a competence of this name already"]);
            case AddCompetenceResult.MandateOver:
                return Refused("", text["A mandate that is over no longer changes"]);
            default:
                return Done(text["The competence is added. Say now who does what."]);
        }
    }

    private RedirectToPageResult Done(string note)
    {
        TempData["Note"] = note;
        return RedirectToPage(new { id = Mandate.Id });
    }

    private PageResult Refused(string field, string message)
    {
        ModelState.AddModelError(field, message);
        return Page();
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<Mandate>().AsNoTracking().SingleOrDefaultAsync(mandate => mandate.Id == id, cancel) is not { } mandate)
        {
            return false;
        }

        Mandate = mandate;
        Closing.On = mandate.EndsOn;
        Subjects = await directory.SubjectsAsync(mandate, cancel);
        Acts = [.. (await deliberations.BindingAsync(cancel)).Select(act => new SelectListItem($"{act.Reference} – {act.Subject}", act.Id.ToString()))];
        return true;
    }

    public sealed class OpeningInput
    {
        [Required(ErrorMessage = "Choose a posted and adopted deliberation")]
        [Display(Name = "Deliberation")]
        public Guid? DeliberationId { get; set; }

        [Display(Name = "It renews the mandate before this one")]
        public bool IsRenewal { get; set; }
    }

    public sealed class ClosingInput
    {
        [Required(ErrorMessage = "Choose a posted and adopted deliberation")]
        [Display(Name = "Deliberation")]
        public Guid? DeliberationId { get; set; }

        [Required(ErrorMessage = "Choose the day on which it is over")]
        [Display(Name = "Day on which it is over")]
        public DateOnly? On { get; set; }
    }

    public sealed class CompetenceInput
    {
        [Required(ErrorMessage = "Write the name of the competence")]
        [StringLength(Competence.NameMaxLength, ErrorMessage = "A name has at most {1} characters")]
        [Display(Name = "Name")]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Describe the competence")]
        [StringLength(Competence.DescriptionMaxLength, ErrorMessage = "A description has at most {1} characters")]
        [Display(Name = "Description")]
        public string Description { get; set; } = "";
    }
}
