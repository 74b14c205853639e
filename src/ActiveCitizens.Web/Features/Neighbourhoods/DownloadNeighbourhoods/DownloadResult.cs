using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;

namespace ActiveCitizens.Web.Features.Neighbourhoods.DownloadNeighbourhoods;

internal static class DownloadResult
{
    /// <summary>A file that caches may keep for a minute, and then ask whether it changed: it does with the version of the territories.</summary>
    public static FileContentResult Download(this PageModel page, TerritoryMap map, byte[] content, string contentType)
    {
        page.Response.Headers.CacheControl = "public, max-age=60, must-revalidate";
        return new FileContentResult(content, contentType)
        {
            EntityTag = new EntityTagHeaderValue($"\"{map.Version?.Id:N}\""),
            LastModified = map.Version?.AppliedAt,
        };
    }
}
