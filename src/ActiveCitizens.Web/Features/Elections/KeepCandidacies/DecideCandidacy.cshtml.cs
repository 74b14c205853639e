using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.KeepCandidacies;

/// <summary>One candidacy that was handed in, for the officer who decides; a draft is its author’s alone and not found.</summary>
[Authorize(Policy = Policies.ElectionOffice)]
public sealed class DecideCandidacyModel(CandidacyReader candidacies, CandidacyChecks checks, CandidacyHandler handler, IStringLocalizer<ElectionsText> text) : PageModel
{
    public StandingPlace Place { get; private set; } = null!;
    public CandidacyLine Candidate { get; private set; } = null!;
    public CandidacyFindings Findings { get; private set; } = null!;
    public string? ListName { get; private set; }

    public RefusalInput Refusal { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(Guid id, Guid candidacyId, CancellationToken cancel) => await LoadAsync(id, candidacyId, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAcceptAsync(Guid id, Guid candidacyId, CancellationToken cancel) =>
        await LoadAsync(id, candidacyId, cancel) ? After(await handler.AcceptAsync(Place, candidacyId, cancel), text["The candidacy is accepted and public."]) : NotFound();

    public async Task<IActionResult> OnPostRefuseAsync(Guid id, Guid candidacyId, [Bind(Prefix = nameof(Refusal))] RefusalInput sent, CancellationToken cancel)
    {
        if (!await LoadAsync(id, candidacyId, cancel))
        {
            return NotFound();
        }

        Refusal = sent;
        return ModelState.IsValid ? After(await handler.RefuseAsync(Place, candidacyId, sent.Reason, cancel), text["The candidacy is refused; the candidate gets the reason."]) : Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync(Guid id, Guid candidacyId, CancellationToken cancel)
    {
        if (!await LoadAsync(id, candidacyId, cancel))
        {
            return NotFound();
        }

        TempData["Note"] = await handler.WithdrawAsync(Place, candidacyId, null, cancel) switch
        {
            WithdrawResult.Withdrawn => text["The candidacy is withdrawn."].Value,
            WithdrawResult.TooLate => text["The ballot is sealed: nothing was changed."].Value,
            _ => text["It was refused or withdrawn before; nothing was changed."].Value,
        };
        return RedirectToPage(new { id, candidacyId });
    }

    public async Task<IActionResult> OnGetPhotoAsync(Guid id, Guid candidacyId, CancellationToken cancel) =>
        await LoadAsync(id, candidacyId, cancel) && await candidacies.PhotoAsync(candidacyId, cancel) is { } photo ? File(photo, "image/jpeg") : NotFound();

    public async Task<IActionResult> OnGetPdfAsync(Guid id, Guid candidacyId, CancellationToken cancel) =>
        await LoadAsync(id, candidacyId, cancel) && await candidacies.PdfAsync(candidacyId, cancel) is { } pdf ? File(pdf, "application/pdf", "profession-de-foi.pdf") : NotFound();

    private RedirectToPageResult After(DecideResult result, string done)
    {
        TempData["Note"] = result switch
        {
            DecideResult.Decided => done,
            DecideResult.TooLate => text["The ballot is sealed: nothing was changed."].Value,
            _ => text["It was decided or withdrawn before; nothing was changed."].Value,
        };
        return RedirectToPage(new { id = Place.Election.Id, candidacyId = Candidate.Id });
    }

    private async Task<bool> LoadAsync(Guid id, Guid candidacyId, CancellationToken cancel)
    {
        if (await candidacies.FindElectionAsync(id, cancel) is not { } election || (await candidacies.HandedInAsync(id, cancel)).FirstOrDefault(one => one.Id == candidacyId) is not { } found)
        {
            return false;
        }

        (Candidate, Place) = (found, (await candidacies.PlacesAsync(election, cancel)).First(place => place.ContestId == found.ContestId));
        Findings = await checks.FindAsync(Place, found, cancel);
        ListName = found.ListId is { } list ? (await candidacies.ListsAsync(id, cancel)).First(one => one.Id == list).Name : null;
        return true;
    }

    public sealed class RefusalInput
    {
        [Required(ErrorMessage = "Write the reason for the candidate")]
        [StringLength(Elections.Candidate.ReasonMaxLength, ErrorMessage = "A reason has at most {1} characters")]
        [Display(Name = "Reason")]
        public string Reason { get; set; } = "";
    }
}
