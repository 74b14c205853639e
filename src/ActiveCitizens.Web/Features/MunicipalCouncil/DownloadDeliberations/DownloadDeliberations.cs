using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ActiveCitizens.Web.Features.Shared.Operations;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.MunicipalCouncil.DownloadDeliberations;

/// <summary>The register as files for others to use, and each text exactly as its fingerprint was taken.</summary>
public static class DownloadDeliberations
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapDeliberationDownloads(this IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("").CacheOutput(policy => policy.AddPolicy<PublicPage>().Tag(MunicipalCouncilModule.CacheTag).Expire(PublicPage.Lifetime));
        files.MapGet("/open-data/deliberations.csv", async (Deliberations deliberations, CancellationToken cancel) =>
            Results.File(Csv(await deliberations.Posted.ToListAsync(cancel)), "text/csv; charset=utf-8", "deliberations.csv"));
        files.MapGet("/open-data/deliberations.json", async (Deliberations deliberations, CancellationToken cancel) =>
            Results.File(AsJson(await deliberations.Posted.ToListAsync(cancel)), "application/json", "deliberations.json"));
        files.MapGet("/deliberations/{year:int}/{number:int}/text.txt", async (int year, int number, Deliberations deliberations, HttpContext http, CancellationToken cancel) =>
            await deliberations.FindAsync(year, number, http.User, cancel) is { } act
                ? Results.File(Encoding.UTF8.GetBytes(act.Text), "text/plain; charset=utf-8", $"deliberation-{act.Reference}.txt")
                : Results.NotFound());
    }

    /// <summary>RFC 4180 in UTF-8 with a byte order mark, texts that a spreadsheet would run as a formula escaped; a row per act, without the text.</summary>
    public static byte[] Csv(IReadOnlyList<Deliberation> acts)
    {
        var references = acts.ToDictionary(act => act.Id, act => act.Reference);
        using var buffer = new MemoryStream();
        using (var text = new StreamWriter(buffer, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        using (var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n", InjectionOptions = InjectionOptions.Escape }))
        {
            csv.WriteRecords(acts.Select(act => new
            {
                reference = act.Reference,
                year = act.Year,
                number = act.Number,
                session_date = Day(act.SessionDate),
                subject = act.Subject,
                rapporteur = act.Rapporteur,
                result = act.IsAdopted ? "adopted" : "rejected",
                in_office = act.InOffice,
                present = act.Present,
                proxies = act.Proxies,
                votes_for = act.VotesFor,
                votes_against = act.VotesAgainst,
                abstentions = act.Abstentions,
                non_voting = act.NonVoting,
                secret_ballot = act.IsSecretBallot,
                casting_vote = act.CastingVote?.ToString(),
                transmitted_on = Day(act.TransmittedOn),
                transmission_id = act.TransmissionId,
                posted_on = Day(act.PostedOn),
                amends = act.AmendsId is { } amended ? references.GetValueOrDefault(amended) : null,
                text_sha256 = act.TextSha256,
                illustrative = act.IllustrativeRemark,
            }));
        }

        return buffer.ToArray();
    }

    private static byte[] AsJson(IReadOnlyList<Deliberation> acts)
    {
        var references = acts.ToDictionary(act => act.Id, act => act.Reference);
        return JsonSerializer.SerializeToUtf8Bytes(acts.Select(act => new
        {
            act.Reference,
            act.Year,
            act.Number,
            act.SessionDate,
            act.Subject,
            act.Rapporteur,
            Result = act.IsAdopted ? "adopted" : "rejected",
            Vote = new { act.InOffice, act.Present, act.Proxies, For = act.VotesFor, Against = act.VotesAgainst, act.Abstentions, act.NonVoting, SecretBallot = act.IsSecretBallot, CastingVote = act.CastingVote?.ToString() },
            act.TransmittedOn,
            act.TransmissionId,
            act.PostedOn,
            Amends = act.AmendsId is { } amended ? references.GetValueOrDefault(amended) : null,
            act.TextSha256,
            Illustrative = act.IllustrativeRemark,
            act.Text,
        }), Json);
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
