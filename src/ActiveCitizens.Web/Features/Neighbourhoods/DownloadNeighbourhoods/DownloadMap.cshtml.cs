using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;

namespace ActiveCitizens.Web.Features.Neighbourhoods.DownloadNeighbourhoods;

/// <summary>One neighbourhood and those around it, for the map on its page; of a former one, as it was.</summary>
[OutputCache(PolicyName = PublicPage.Policy, Tags = [NeighbourhoodsModule.CacheTag])]
public sealed class DownloadMapModel(NeighbourhoodDirectory directory) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel) =>
        await directory.FindWithMapAsync(slug.Split('-')[0], cancel) is var (map, shown, _)
            ? this.Download(map, NeighbourhoodFiles.GeoJson(map, [shown, .. map.NeighboursOf(shown)], Request.PathBase), NeighbourhoodFiles.GeoJsonType)
            : NotFound();
}
