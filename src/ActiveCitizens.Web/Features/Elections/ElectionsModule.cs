using ActiveCitizens.Web.Features.Elections.CastBallot;
using ActiveCitizens.Web.Features.Elections.CloseVote;
using ActiveCitizens.Web.Features.Elections.DecryptTally;
using ActiveCitizens.Web.Features.Elections.DownloadArchive;
using ActiveCitizens.Web.Features.Elections.SealElection;

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
        builder.Services.AddScoped<CandidacyReader>();
        builder.Services.AddScoped<CandidacyChecks>();
        builder.Services.AddScoped<CandidateMail>();
        builder.Services.AddScoped<CandidacyHandler>();
        builder.Services.AddScoped<SealElectionHandler>();
        builder.Services.AddScoped<CastBallotHandler>();
        builder.Services.AddScoped<CloseVoteHandler>();
        builder.Services.AddScoped<DecryptTallyHandler>();
        builder.Services.AddScoped<ArchiveCopy>();
    }
}
