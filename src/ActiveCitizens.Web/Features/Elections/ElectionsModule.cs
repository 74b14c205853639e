using ActiveCitizens.Web.Features.Elections.CastBallot;
using ActiveCitizens.Web.Features.Elections.CloseVote;
using ActiveCitizens.Web.Features.Elections.DecryptTally;
using ActiveCitizens.Web.Features.Elections.DownloadArchive;
using ActiveCitizens.Web.Features.Elections.MakeCodes;
using ActiveCitizens.Web.Features.Elections.MakeKeys;
using ActiveCitizens.Web.Features.Elections.NameBoard;
using ActiveCitizens.Web.Features.Elections.SealElection;
using ActiveCitizens.Web.Features.Elections.SitOnBoard;

namespace ActiveCitizens.Web.Features.Elections;

public static class ElectionsModule
{
    /// <summary>Tag of cached pages that show elections.</summary>
    public const string CacheTag = "elections";

    public static void AddElections(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SealedContestCache>();
        builder.Services.AddScoped<SealedContests>();
        builder.Services.AddScoped<ElectionCalendar>();
        builder.Services.AddScoped<SealElectionHandler>();
        builder.Services.AddScoped<CastBallotHandler>();
        builder.Services.AddScoped<CloseVoteHandler>();
        builder.Services.AddScoped<DecryptTallyHandler>();
        builder.Services.AddScoped<ArchiveCopy>();
        builder.Services.AddScoped<ContestByAddress>();
        builder.Services.AddScoped<ElectorCodes>();
        builder.Services.AddScoped<CastWords>();
        builder.Services.AddScoped<VotingReceipt>();
        builder.Services.AddScoped<BoardSeats>();
        builder.Services.AddScoped<NameBoardHandler>();
        builder.Services.AddScoped<KeyHandler>();
        builder.Services.AddScoped<CredentialListsHandler>();
        builder.Services.AddScoped<LetterFacts>();
    }

    public static void MapElections(this IEndpointRouteBuilder routes)
    {
        routes.MapBooth();
        routes.MapArchive();
    }
}
