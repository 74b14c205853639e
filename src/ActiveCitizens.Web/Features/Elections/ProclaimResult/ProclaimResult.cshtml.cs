using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Elections.CountSeats;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.ProclaimResult;

/// <summary>The president fixes the lot where it is needed, and proclaims who is elected.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class ProclaimResultModel(CityDbContext db, BoardDoor door, ElectionDirectory contests, SeatCounter counter, ProclaimHandler handler, IStringLocalizer<ElectionsText> text) : PageModel
{
    public Election Election { get; private set; } = null!;
    public IReadOnlyList<Contest> Contests { get; private set; } = [];
    public IReadOnlyList<ContestOutcome> Outcomes { get; private set; } = [];
    public PublicLot? Lot { get; private set; }
    public bool NeedsLot => Lot is null && Outcomes.Any(outcome => outcome.OpenTie is not null);
    public LotInput Input { get; set; } = new();
    public SureInput Proclaim { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel) => await LoadAsync(slug, cancel) ?? Page();

    public async Task<IActionResult> OnPostLotAsync(string slug, [Bind(Prefix = nameof(Input))] LotInput sent, CancellationToken cancel)
    {
        Input = sent;
        if (await LoadAsync(slug, cancel) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        return await handler.FixLotAsync(Election, sent.Seed, sent.Source, cancel) switch
        {
            FixLotResult.Fixed => Done(text["The lot is drawn: the result page shows it."]),
            FixLotResult.AlreadyFixed => Refused("Input.Seed", text["The seed was fixed before and does not change"]),
            _ => Refused("Input.Seed", text["A lot is drawn after the closing and before the proclamation"]),
        };
    }

    public async Task<IActionResult> OnPostProclaimAsync(string slug, [Bind(Prefix = nameof(Proclaim))] SureInput sent, CancellationToken cancel)
    {
        Proclaim = sent;
        if (await LoadAsync(slug, cancel) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!sent.Sure)
        {
            return Refused("Proclaim.Sure", text["Tick the box to proclaim: it cannot be undone"]);
        }

        return await handler.ProclaimAsync(Election.Id, cancel) switch
        {
            ProclaimAnswer.Proclaimed or ProclaimAnswer.AlreadyProclaimed => Done(text["The elected are proclaimed."]),
            ProclaimAnswer.NotClosed => Refused("Proclaim.Sure", text["The boxes are not closed yet"]),
            ProclaimAnswer.NotDecrypted => Refused("Proclaim.Sure", text["Some boxes are not decrypted yet: the trustees must do that first"]),
            ProclaimAnswer.PaperNotComplete => Refused("Proclaim.Sure", text["The paper results are not declared complete yet"]),
            _ => Refused("Proclaim.Sure", text["A tie is open: fix the seed of the public lot first"]),
        };
    }

    private RedirectToPageResult Done(string note)
    {
        TempData["Note"] = note;
        return RedirectToPage(pageName: null, pageHandler: null, new { slug = Election.Slug });
    }

    private PageResult Refused(string field, string message)
    {
        ModelState.AddModelError(field, message);
        return Page();
    }

    private async Task<IActionResult?> LoadAsync(string slug, CancellationToken cancel)
    {
        var entry = await door.OpenAsync(slug, User, cancel, BoardDuty.President);
        if (entry.Refusal is not null)
        {
            return entry.Refusal;
        }

        Election = entry.Election;
        Contests = await contests.WholeContestsAsync(Election.Id, cancel);
        Outcomes = await counter.CountAsync(Election, cancel);
        Lot = await db.Set<PublicLot>().AsNoTracking().SingleOrDefaultAsync(lot => lot.ElectionId == Election.Id, cancel);
        return null;
    }

    public sealed class LotInput
    {
        [Required(ErrorMessage = "Enter the seed exactly as it was made public")]
        [StringLength(PublicLot.SeedMaxLength, ErrorMessage = "A text has at most {1} characters")]
        [Display(Name = "Seed of the lot")]
        public string Seed { get; set; } = "";

        [Required(ErrorMessage = "Say where the seed comes from, so that everybody can check it")]
        [StringLength(PublicLot.SourceMaxLength, ErrorMessage = "A text has at most {1} characters")]
        [Display(Name = "Where it comes from")]
        public string Source { get; set; } = "";
    }

    public sealed class SureInput
    {
        [Display(Name = "I have compared these results with the signed tally sheets and proclaim the elected")]
        public bool Sure { get; set; }
    }
}
