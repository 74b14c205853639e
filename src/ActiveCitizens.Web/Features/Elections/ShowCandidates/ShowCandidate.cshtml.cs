using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.ShowCandidates;

/// <summary>One person who can be elected; drafts, refused and withdrawn candidacies are not found.</summary>
[OutputCache(PolicyName = PublicPage.Policy, Tags = [ElectionsModule.CacheTag])]
public sealed class ShowCandidateModel(CityDbContext db, CandidacyReader candidacies) : PageModel
{
    public StandingPlace Place { get; private set; } = null!;
    public CandidacyLine Candidate { get; private set; } = null!;
    public string? ListName { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, string code, Guid id, CancellationToken cancel)
    {
        if (await candidacies.FindAsync(slug, code, cancel) is not { } place || (await candidacies.EligibleAsync(place.ContestId, cancel)).FirstOrDefault(one => one.Id == id) is not { } found)
        {
            return NotFound();
        }

        (Place, Candidate) = (place, found);
        ListName = found.ListId is { } list ? await db.Set<CandidateList>().Where(one => one.Id == list).Select(one => one.Name).SingleAsync(cancel) : null;
        return Page();
    }
}
