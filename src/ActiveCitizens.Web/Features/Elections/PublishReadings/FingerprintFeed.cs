using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.PublishReadings;

/// <summary>One publication: the fingerprints of all boxes at one minute.</summary>
public sealed record PublishedFingerprints(DateTimeOffset At, IReadOnlyList<(Contest Contest, BoxReading Reading)> Boxes);

/// <summary>The published fingerprints as a feed: made to be read by machines elsewhere, and kept there.</summary>
public sealed class FingerprintFeed(CityDbContext db, ElectionDirectory contests)
{
    private const int Publications = 300;
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<PublishedFingerprints>> ReadAsync(Guid electionId, CancellationToken cancel)
    {
        var boxes = (await contests.WholeContestsAsync(electionId, cancel)).ToDictionary(contest => contest.Id);
        var ids = boxes.Keys.ToList();
        var minutes = await db.Set<BoxReading>().Where(reading => ids.Contains(reading.ContestId)).Select(reading => reading.At).Distinct().OrderByDescending(at => at).Take(Publications).ToListAsync(cancel);
        if (minutes.Count == 0)
        {
            return [];
        }

        var oldest = minutes[^1];
        var readings = await db.Set<BoxReading>().AsNoTracking().Where(reading => ids.Contains(reading.ContestId) && reading.At >= oldest).ToListAsync(cancel);
        return [.. readings.GroupBy(reading => reading.At).OrderByDescending(group => group.Key).Select(group => new PublishedFingerprints(group.Key, [.. group.Select(reading => (boxes[reading.ContestId], reading)).OrderBy(pair => pair.Item1.Number)]))];
    }

    /// <summary>Atom (RFC 4287); an entry's text is one line per box, <c>code events fingerprint</c>.</summary>
    /// <param name="address">Of the election's page, absolute.</param>
    public static string ToAtom(Election election, IReadOnlyList<PublishedFingerprints> published, string cityName, string address, DateTimeOffset now)
    {
        var updated = published.Count > 0 ? published[0].At : now;
        return new XDocument(new XElement(Atom + "feed",
            new XElement(Atom + "title", $"{cityName} – {election.Name}"),
            new XElement(Atom + "id", $"{address}/fingerprints.atom"),
            new XElement(Atom + "link", new XAttribute("rel", "self"), new XAttribute("href", $"{address}/fingerprints.atom")),
            new XElement(Atom + "link", new XAttribute("href", $"{address}/verify")),
            new XElement(Atom + "updated", Time(updated)),
            new XElement(Atom + "author", new XElement(Atom + "name", cityName)),
            published.Select(one => new XElement(Atom + "entry",
                new XElement(Atom + "title", Time(one.At)),
                new XElement(Atom + "id", $"{address}/fingerprints.atom#{Time(one.At)}"),
                new XElement(Atom + "updated", Time(one.At)),
                new XElement(Atom + "content", new XAttribute("type", "text"), string.Concat(one.Boxes.Select(box => string.Create(CultureInfo.InvariantCulture, $"{box.Contest.NeighbourhoodCode} {box.Reading.Height} {box.Reading.LastEvent}\n")))))))).ToString();
    }

    public static string ToJson(Election election, IReadOnlyList<PublishedFingerprints> published) => new JsonObject
    {
        ["election"] = election.Name,
        ["published"] = new JsonArray([.. published.Select(one => (JsonNode)new JsonObject
        {
            ["at"] = Time(one.At),
            ["boxes"] = new JsonArray([.. one.Boxes.Select(box => (JsonNode)new JsonObject { ["code"] = box.Contest.NeighbourhoodCode, ["uuid"] = box.Contest.Uuid, ["events"] = box.Reading.Height, ["lastEvent"] = box.Reading.LastEvent })]),
        })]),
    }.ToJsonString(Readable);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
