namespace ActiveCitizens.Web.Features.Elections.DownloadArchive;

/// <summary>The box of a contest for everybody to keep and verify, at any moment.</summary>
public static class ArchiveDownload
{
    public static void MapArchive(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/elections/{slug}/{code}/archive.bel", async (string slug, string code, ContestByAddress contests, ArchiveCopy copy, CancellationToken cancel) =>
            await contests.FindAsync(slug, code, cancel) is { Box: not (BoxState.Preparing or BoxState.Uncontested) } place
                ? Results.Stream(stream => copy.WriteAsync(place.ContestId, stream, cancel), "application/x-tar", $"{slug}-{code}.bel")
                : Results.NotFound());
}
