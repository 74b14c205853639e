using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Elections.PublishReadings;
using ActiveCitizens.Web.Features.Elections.WriteRecord;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Operations;

namespace ActiveCitizens.Web.Features.Elections.DownloadArchive;

/// <summary>What anybody needs to verify an election without asking us: the boxes, and the fingerprints they had.</summary>
public static class ElectionDownloads
{
    public static void MapElectionDownloads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/elections/{slug}/{code}/archive.bel", async (string slug, string code, ElectionDirectory contests, ArchiveCopy copy, CancellationToken cancel) =>
            await contests.FindAsync(slug, code, cancel) is var (_, contest) && contest.LastEvent is not null
                // Named as belenios-tool names it.
                ? Results.Stream(stream => copy.WriteAsync(contest.Id, stream, cancel), "application/octet-stream", $"{contest.Uuid}.bel")
                : Results.NotFound());
        routes.MapRecordFiles();
        var feeds = routes.MapGroup("/elections/{slug}").CacheOutput(policy => policy.AddPolicy<PublicPage>().Tag(ElectionsModule.CacheTag).Expire(PublicPage.Lifetime));
        feeds.MapGet("fingerprints.atom", async (string slug, ElectionDirectory contests, FingerprintFeed feed, City city, HttpContext http, TimeProvider clock, CancellationToken cancel) =>
            await contests.FindAsync(slug, cancel) is { } election
                ? Results.Text(FingerprintFeed.ToAtom(election, await feed.ReadAsync(election.Id, cancel), city.Name, $"{ReturnPath.SiteAddress(city, http.Request).AbsoluteUri.TrimEnd('/')}/elections/{slug}", clock.GetUtcNow()), "application/atom+xml; charset=utf-8")
                : Results.NotFound());
        feeds.MapGet("fingerprints.json", async (string slug, ElectionDirectory contests, FingerprintFeed feed, CancellationToken cancel) =>
            await contests.FindAsync(slug, cancel) is { } election
                ? Results.Text(FingerprintFeed.ToJson(election, await feed.ReadAsync(election.Id, cancel)), "application/json; charset=utf-8")
                : Results.NotFound());
    }
}
