using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ShowNeighbourhood;

/// <summary>
/// The page of one neighbourhood. The code at the start of its address leads here for ever: after a change of name by redirection, and when
/// the neighbourhood is no more, with the boundaries it had last.
/// </summary>
[OutputCache(PolicyName = PublicPage.Policy, Tags = [NeighbourhoodsModule.CacheTag])]
public sealed class ShowNeighbourhoodModel(NeighbourhoodDirectory directory, CouncilDirectory councils) : PageModel
{
    public Neighbourhood Shown { get; private set; } = null!;

    /// <summary>The territories the neighbourhood is shown with.</summary>
    public TerritoryMap Map { get; private set; } = TerritoryMap.Empty;

    /// <summary>When the neighbourhood went out of force; null when it is in force.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The council's association; null when none is recorded.</summary>
    public CouncilAssociation? Council { get; private set; }

    public IReadOnlyList<Neighbourhood> Neighbours => Map.NeighboursOf(Shown);

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await directory.FindWithMapAsync(slug.Split('-')[0], cancel) is not var (map, shown, endedAt))
        {
            return NotFound();
        }

        if (slug != shown.Slug)
        {
            return RedirectToPagePermanent(pageName: null, new { slug = shown.Slug });
        }

        (Map, Shown) = (map, shown);
        EndedAt = endedAt;
        Council = await councils.FindAsync(shown.Code, cancel);
        return Page();
    }
}
