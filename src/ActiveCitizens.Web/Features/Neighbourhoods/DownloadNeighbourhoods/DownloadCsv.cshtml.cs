using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;

namespace ActiveCitizens.Web.Features.Neighbourhoods.DownloadNeighbourhoods;

[OutputCache(PolicyName = PublicPage.Policy, Tags = [NeighbourhoodsModule.CacheTag])]
public sealed class DownloadCsvModel(NeighbourhoodDirectory directory) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var map = await directory.MapAsync(cancel);
        return this.Download(map, NeighbourhoodFiles.Csv(map), "text/csv; charset=utf-8");
    }
}
