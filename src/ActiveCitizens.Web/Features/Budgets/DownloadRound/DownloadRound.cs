using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ActiveCitizens.Web.Features.Shared.Operations;
using CsvHelper;
using CsvHelper.Configuration;

namespace ActiveCitizens.Web.Features.Budgets.DownloadRound;

/// <summary>A round's files: what a recount needs, and what a newspaper would ask for.</summary>
public static class DownloadRound
{
    private const string GeoJsonType = "application/geo+json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapBudgetDownloads(this IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("/budgets/{slug}").CacheOutput(policy => policy.AddPolicy<PublicPage>().Tag(BudgetsModule.CacheTag).Expire(PublicPage.Lifetime));
        files.MapGet("{file}.pb", async (string slug, string file, BudgetRounds rounds, HttpContext http, CancellationToken cancel) =>
            file == slug && await rounds.FindAsync(slug, http.User, cancel) is { } round
                ? Results.File(await rounds.BallotsAsync(round, cancel), "text/plain; charset=utf-8", $"{slug}.pb")
                : Results.NotFound());
        files.MapGet("projects.csv", async (string slug, BudgetRounds rounds, HttpContext http, CancellationToken cancel) =>
            await rounds.FindAsync(slug, http.User, cancel) is { } round
                ? Results.File(Csv(round, await rounds.ContentAsync(round, cancel)), "text/csv; charset=utf-8", $"{slug}-projects.csv")
                : Results.NotFound());
        files.MapGet("result.json", async (string slug, BudgetRounds rounds, HttpContext http, CancellationToken cancel) =>
            await rounds.FindAsync(slug, http.User, cancel) is { } round
                ? Results.File(ResultJson(round, await rounds.ContentAsync(round, cancel)), "application/json", $"{slug}-result.json")
                : Results.NotFound());
        files.MapGet("projects.geojson", async (string slug, BudgetRounds rounds, HttpContext http, CancellationToken cancel) =>
            await rounds.FindAsync(slug, http.User, cancel) is { } round
                ? Results.Bytes(Map(round, await rounds.ContentAsync(round, cancel), http.Request.PathBase), GeoJsonType)
                : Results.NotFound());
    }

    private static byte[] Csv(BudgetRound round, RoundContent content)
    {
        using var buffer = new MemoryStream();
        using (var text = new StreamWriter(buffer, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        using (var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n", InjectionOptions = InjectionOptions.Escape }))
        {
            foreach (var header in (string[])["number", "project_id", "name", "category", "place", "cost", "currency", "votes", .. content.Results.Select(result => result.Rule)])
            {
                csv.WriteField(header);
            }

            csv.NextRecord();
            foreach (var project in content.Projects)
            {
                csv.WriteField(project.Number);
                csv.WriteField(project.ProjectId);
                csv.WriteField(project.Name);
                csv.WriteField(project.Category);
                csv.WriteField(project.Place);
                csv.WriteField((project.CostCents / 100m).ToString("0.##", CultureInfo.InvariantCulture));
                csv.WriteField(round.Currency);
                csv.WriteField(project.Votes);
                foreach (var result in content.Results)
                {
                    csv.WriteField(result.Funds(project.Number) ? 1 : 0);
                }

                csv.NextRecord();
            }
        }

        return buffer.ToArray();
    }

    private static byte[] ResultJson(BudgetRound round, RoundContent content) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        round.Title,
        round.SourceCity,
        round.SourceCountry,
        round.Edition,
        round.Publisher,
        round.Currency,
        Budget = (round.BudgetCents / 100m).ToString("0.##", CultureInfo.InvariantCulture),
        round.VoterCount,
        round.DecidingRule,
        Projects = content.Projects.Select(project => new { project.Number, project.ProjectId, project.Name, Cost = (project.CostCents / 100m).ToString("0.##", CultureInfo.InvariantCulture), project.Votes }),
        content.Results,
    }, Json);

    private static byte[] Map(BudgetRound round, RoundContent content, string pathBase) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        type = "FeatureCollection",
        features = content.Projects.Where(project => project.Latitude is not null).Select(project => new
        {
            type = "Feature",
            id = project.Number.ToString(CultureInfo.InvariantCulture),
            geometry = new { type = "Point", coordinates = new[] { project.Longitude, project.Latitude } },
            properties = new { name = project.Name, href = $"{pathBase}/budgets/{round.Slug}/projects/{project.Number}" },
        }),
    }, Json);
}
