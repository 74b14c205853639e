using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;

namespace ActiveCitizens.Web.Features.Elections.ShowCandidates;

/// <summary>Everybody who can be elected in one neighbourhood.</summary>
[OutputCache(PolicyName = PublicPage.Policy, Tags = [ElectionsModule.CacheTag])]
public sealed class ShowCandidatesModel(CandidacyReader candidacies) : PageModel
{
    public StandingPlace Place { get; private set; } = null!;
    public IReadOnlyList<CandidacyLine> Candidates { get; private set; } = [];
    public IReadOnlyList<ListLine> Lists { get; private set; } = [];
    public bool IsDrawn { get; private set; }
    public bool IsOpen { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, string code, CancellationToken cancel)
    {
        if (await candidacies.FindAsync(slug, code, cancel) is not { } place)
        {
            return NotFound();
        }

        (Place, Candidates, IsOpen) = (place, await candidacies.EligibleAsync(place.ContestId, cancel), await candidacies.IsOpenAsync(place.Election, cancel));
        Lists = place.Election.Rules.IsByLists ? await candidacies.EligibleListsAsync(place.ContestId, cancel) : [];
        IsDrawn = await candidacies.DrawAsync(place.Election.Id, cancel) is not null;
        return Page();
    }
}
