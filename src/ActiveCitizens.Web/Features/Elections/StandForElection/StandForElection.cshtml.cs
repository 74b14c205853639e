using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Components;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.StandForElection;

/// <summary>One's own candidacy in one neighbourhood, from the first draft to the sealing.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class StandForElectionModel(CityDbContext db, CandidacyReader candidacies, CandidacyHandler handler, City city, Format format, IStringLocalizer<ElectionsText> text, TimeProvider clock) : PageModel
{
    public StandingPlace Place { get; private set; } = null!;

    /// <summary>The one under way, else the last that ended.</summary>
    public CandidacyLine? Mine { get; private set; }
    public bool IsOpen { get; private set; }

    /// <summary>Set when candidacies are still to open.</summary>
    public DateOnly? OpensOn { get; private set; }
    public DateOnly? ClosesOn { get; private set; }
    public string Email { get; private set; } = "";

    [BindProperty]
    public CandidacyInput Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string slug, string code, CancellationToken cancel)
    {
        if (!await LoadAsync(slug, code, cancel))
        {
            return NotFound();
        }

        Input = Mine is { State: CandidacyState.Draft or CandidacyState.Withdrawn or CandidacyState.Refused } kept ? CandidacyInput.Of(kept) : new();
        return Page();
    }

    /// <param name="act">Where to go on: <c>check</c> leads to what will be sent.</param>
    public async Task<IActionResult> OnPostAsync(string slug, string code, string? act, CancellationToken cancel)
    {
        if (!await LoadAsync(slug, code, cancel) || Place.Election.Rules.IsByLists)
        {
            return NotFound();
        }

        var today = DateOnly.FromDateTime(city.Local(clock.GetUtcNow()).DateTime);
        if (await Input.ReadAsync(ModelState, text, format, Email, today, cancel) is not { } content)
        {
            return Page();
        }

        switch (await handler.SaveDraftAsync(Place, User.AccountId()!.Value, content, cancel))
        {
            case SaveDraftResult.NotOpen:
                ModelState.AddModelError("", text["Candidacies are not open: nothing was saved."]);
                return Page();
            case SaveDraftResult.AlreadyHandedIn:
                TempData["Note"] = text["You handed your candidacy in before; nothing was changed. To change it, withdraw it first."].Value;
                return RedirectToPage(new { slug, code });
        }

        if (act == "check")
        {
            return RedirectToPage("CheckCandidacy", new { slug, code });
        }

        TempData["Note"] = text["Your draft is saved. Only you see it; it is not handed in yet."].Value;
        return RedirectToPage(new { slug, code });
    }

    public async Task<IActionResult> OnPostWithdrawAsync(string slug, string code, CancellationToken cancel)
    {
        if (!await LoadAsync(slug, code, cancel))
        {
            return NotFound();
        }

        var wasDraft = Mine is { State: CandidacyState.Draft };
        TempData["Note"] = Mine is null ? text["There was no candidacy to withdraw."].Value : await handler.WithdrawAsync(Place, Mine.Id, User.AccountId()!.Value, cancel) switch
        {
            WithdrawResult.Withdrawn => wasDraft ? text["Your draft is thrown away."].Value : text["Your candidacy is withdrawn."].Value,
            WithdrawResult.TooLate => text["The ballot is sealed: your candidacy can no longer be withdrawn."].Value,
            _ => text["There was no candidacy to withdraw."].Value,
        };
        return RedirectToPage(new { slug, code });
    }

    public async Task<IActionResult> OnGetPhotoAsync(string slug, string code, CancellationToken cancel) =>
        await LoadAsync(slug, code, cancel) && Mine is not null && await candidacies.PhotoAsync(Mine.Id, cancel) is { } photo ? File(photo, "image/jpeg") : NotFound();

    public async Task<IActionResult> OnGetPdfAsync(string slug, string code, CancellationToken cancel) =>
        await LoadAsync(slug, code, cancel) && Mine is not null && await candidacies.PdfAsync(Mine.Id, cancel) is { } pdf ? File(pdf, "application/pdf", "profession-de-foi.pdf") : NotFound();

    private async Task<bool> LoadAsync(string slug, string code, CancellationToken cancel)
    {
        if (await candidacies.FindAsync(slug, code, cancel) is not { } place)
        {
            return false;
        }

        var account = User.AccountId()!.Value;
        (Place, Mine, IsOpen) = (place, await candidacies.OfAccountAsync(place.ContestId, account, cancel), await candidacies.IsOpenAsync(place.Election, cancel));
        OpensOn = IsOpen || place.Election.State != ElectionState.Called ? null : await candidacies.PlannedIfAheadAsync(place.Election.Id, ElectionStep.CandidaciesOpened, cancel);
        ClosesOn = await candidacies.PlannedIfAheadAsync(place.Election.Id, ElectionStep.CandidaciesClosed, cancel);
        Email = await db.Users.Where(one => one.Id == account).Select(one => one.Email).SingleAsync(cancel) ?? "";
        return true;
    }
}
