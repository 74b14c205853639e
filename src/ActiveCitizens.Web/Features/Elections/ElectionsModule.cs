using ActiveCitizens.Web.Demo;
using ActiveCitizens.Web.Features.Elections.CastBallot;
using ActiveCitizens.Web.Features.Elections.CheckBoxes;
using ActiveCitizens.Web.Features.Elections.CloseVote;
using ActiveCitizens.Web.Features.Elections.CountPaper;
using ActiveCitizens.Web.Features.Elections.CountSeats;
using ActiveCitizens.Web.Features.Elections.DecryptTally;
using ActiveCitizens.Web.Features.Elections.DownloadArchive;
using ActiveCitizens.Web.Features.Elections.EndElection;
using ActiveCitizens.Web.Features.Elections.KeepDesk;
using ActiveCitizens.Web.Features.Elections.KeepRoll;
using ActiveCitizens.Web.Features.Elections.KeepSeats;
using ActiveCitizens.Web.Features.Elections.MakeCodes;
using ActiveCitizens.Web.Features.Elections.MakeKeys;
using ActiveCitizens.Web.Features.Elections.NameBoard;
using ActiveCitizens.Web.Features.Elections.ProclaimResult;
using ActiveCitizens.Web.Features.Elections.PublishReadings;
using ActiveCitizens.Web.Features.Elections.SealElection;
using ActiveCitizens.Web.Features.Elections.ShowCandidates;
using ActiveCitizens.Web.Features.Elections.SitOnBoard;
using ActiveCitizens.Web.Features.Elections.WatchElection;
using ActiveCitizens.Web.Features.Elections.WriteRecord;
using ActiveCitizens.Web.Features.Shared.Jobs;
using ActiveCitizens.Web.Features.Shared.Layout;

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
        builder.Services.AddScoped<ElectionDirectory>();
        builder.Services.AddScoped<SetUpElectionHandler>();
        builder.Services.AddScoped<RollHandler>();
        builder.Services.AddScoped<ImportRollHandler>();
        builder.Services.AddCityJob<ImportRollJob>(TimeSpan.FromSeconds(3));
        builder.Services.AddNavigation<ElectionsText>("Elections", "/elections", "vote", order: 12);
        builder.Services.AddDemoData<ElectionsDemo>();
        builder.Services.AddScoped<CandidacyReader>();
        builder.Services.AddScoped<CandidacyChecks>();
        builder.Services.AddScoped<CandidateMail>();
        builder.Services.AddScoped<CandidacyHandler>();
        builder.Services.AddScoped<SealElectionHandler>();
        builder.Services.AddScoped<CastBallotHandler>();
        builder.Services.AddScoped<CloseVoteHandler>();
        builder.Services.AddScoped<DecryptTallyHandler>();
        builder.Services.AddScoped<ArchiveCopy>();
        builder.Services.AddScoped<ElectorCodes>();
        builder.Services.AddScoped<CastWords>();
        builder.Services.AddScoped<VotingReceipt>();
        builder.Services.AddScoped<BoardDoor>();
        builder.Services.AddScoped<BoxReader>();
        builder.Services.AddScoped<FingerprintFeed>();
        builder.Services.AddScoped<MarkVoterHandler>();
        builder.Services.AddScoped<CountPaperHandler>();
        builder.Services.AddScoped<BoxChecker>();
        builder.Services.AddScoped<WatchHandler>();
        builder.Services.AddScoped<SeatCounter>();
        builder.Services.AddScoped<RuleInWords>();
        builder.Services.AddScoped<StatisticsReader>();
        builder.Services.AddScoped<ProclaimHandler>();
        builder.Services.AddScoped<SeatHandler>();
        builder.Services.AddScoped<Councillors>();
        builder.Services.AddScoped<RecordWriter>();
        builder.Services.AddScoped<RecordFiles>();
        builder.Services.AddSingleton<RecordPrinter>();
        builder.Services.AddRecordRoutes();
        builder.Services.AddScoped<EndElectionHandler>();
        builder.Services.AddCityJob<PublishReadingsJob>(PublishReadingsJob.Every);
        builder.Services.AddCityJob<CheckBoxesJob>(CheckBoxesJob.Every);
        builder.Services.AddScoped<NameBoardHandler>();
        builder.Services.AddScoped<KeyHandler>();
        builder.Services.AddScoped<CredentialListsHandler>();
        builder.Services.AddScoped<LetterFacts>();
    }

    public static void MapElections(this IEndpointRouteBuilder routes)
    {
        routes.MapBooth();
        routes.MapElectionDownloads();
        routes.MapCandidateFiles();
    }
}
