using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Components;
using ActiveCitizens.Web.Persistence;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.MakeCodes;

/// <summary>
/// What the credential authority takes home for the letters of a neighbourhood: the roll's numbers and addresses, and everything a letter says, in
/// the city's words. The codes are added there.
/// </summary>
public sealed class LetterFacts(CityDbContext db, City city, Format format, IStringLocalizer<ElectionsText> text)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Columns id, name, address, postcode, town: as <c>activecitizens credentials</c> reads them.</summary>
    public async Task<byte[]> RollAsync(Guid contestId, CancellationToken cancel)
    {
        using var buffer = new MemoryStream();
        await using (var writer = new StreamWriter(buffer, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        await using (var csv = new CsvWriter(writer, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n", InjectionOptions = InjectionOptions.Escape }))
        {
            foreach (var column in (string[])["id", "name", "address", "postcode", "town"])
            {
                csv.WriteField(column);
            }

            await csv.NextRecordAsync();
            await foreach (var elector in db.Set<Elector>().AsNoTracking().Where(one => one.ContestId == contestId).OrderBy(one => one.Number).AsAsyncEnumerable().WithCancellation(cancel))
            {
                csv.WriteField(elector.Number);
                csv.WriteField(elector.FullName);
                csv.WriteField(elector.AddressLines.ReplaceLineEndings(", "));
                csv.WriteField(elector.PostCode);
                csv.WriteField(elector.Town);
                await csv.NextRecordAsync();
            }
        }

        return buffer.ToArray();
    }

    /// <param name="booth">Address of the voting page.</param>
    public byte[] Texts(Election election, Contest contest, string booth) => JsonSerializer.SerializeToUtf8Bytes(Facts(election, contest, booth), Json);

    /// <summary>The texts with everybody's number and address: what a browser needs beside the private file to make the letters.</summary>
    public async Task<byte[]> WithElectorsAsync(Election election, Contest contest, string booth, CancellationToken cancel)
    {
        var electors = await db.Set<Elector>().AsNoTracking().Where(one => one.ContestId == contest.Id).OrderBy(one => one.Number).ToListAsync(cancel);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            texts = Facts(election, contest, booth),
            electors = electors.Select(one => new
            {
                number = one.Number,
                lines = (string[])[one.FullName, .. one.AddressLines.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), $"{one.PostCode} {one.Town}".Trim()],
            }),
        }, Json);
    }

    private object Facts(Election election, Contest contest, string booth) => new
    {
        language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName,
        sender = string.Join('\n', ((string?[])[city.Name, city.Contact.Address]).Where(line => !string.IsNullOrWhiteSpace(line))),
        reference = text["Polling bureau {0} – {1} {2}", contest.PollingBureau, contest.NeighbourhoodCode, contest.Name].Value,
        subject = text["Your code to elect the neighbourhood council"].Value,
        opening = text["The inhabitants of {0} elect their council from {1} to {2}. This code is yours alone.", contest.Name, format.DateAndTime(election.OpensAt), format.DateAndTime(election.ClosesAt)].Value,
        codeTitle = text["Your number and your code"].Value,
        steps = (string[])
        [
            text["Open this page, or scan the square with a telephone:"],
            election.Rules.SecondSecret == SecondSecret.DateOfBirth ? text["Type your number and your code, then your date of birth."] : text["Type your number and your code; a second code comes to the e-mail address that the roll has of you."],
            text["Choose, check, cast. You may vote again until the end: only the last ballot counts."],
        ],
        booth,
        qrAlternative = text["QR code that opens the voting page with your code"].Value,
        without = text["Without internet: vote at the polling station, or come and vote with help."].Value,
        help = text["Help: {0}", election.HelpLine].Value,
        secrecy = text["Nobody knows this code but you: not the city, which keeps no copy. Do not give it to anybody. Whoever finds this letter cannot vote with it alone."].Value,
        rehearsal = election.IsRehearsal ? text["REHEARSAL – this letter is not an election."].Value : null,
    };
}
