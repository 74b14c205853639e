using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;

namespace ActiveCitizens.Web.Features.Neighbourhoods.DownloadNeighbourhoods;

/// <summary>The territories in force, or those of an older version (<c>?version=1</c>), as GeoJSON.</summary>
[OutputCache(PolicyName = PublicPage.Policy, Tags = [NeighbourhoodsModule.CacheTag])]
public sealed class DownloadGeoJsonModel(NeighbourhoodDirectory directory) : PageModel
{
    public async Task<IActionResult> OnGetAsync(int? version, CancellationToken cancel)
    {
        var map = version is { } number ? await directory.MapAsync(number, cancel) : await directory.MapAsync(cancel);
        return map is null ? NotFound() : this.Download(map, NeighbourhoodFiles.GeoJson(map, map.Neighbourhoods, Request.PathBase), NeighbourhoodFiles.GeoJsonType);
    }
}
