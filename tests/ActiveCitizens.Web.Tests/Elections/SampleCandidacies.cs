using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Mandates;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Tests.Harness;
using ActiveCitizens.Web.Tests.Mandates;
using ActiveCitizens.Web.Tests.MunicipalCouncil;
using Microsoft.EntityFrameworkCore;
using SkiaSharp;

namespace ActiveCitizens.Web.Tests.Elections;

/// <summary>A called election in which nobody stands yet, on the city's own clock, and files that people send.</summary>
internal static class SampleCandidacies
{
    public static readonly byte[] Pdf = "%PDF-1.7\n%%EOF"u8.ToArray();

    /// <summary>With contests q01, q02 … of nine seats.</summary>
    public static Election Call(CityFactory city, int contests = 1, ElectionRules? rules = null, params ElectionStep[] steps)
    {
        var now = city.Clock.GetUtcNow();
        var mandate = city.InDb(db => db.Set<Mandate>().AsNoTracking().FirstOrDefaultAsync(one => one.Year == 2090)) ?? SampleMandates.Add(city, 2090);
        var act = Acts.AddPosted(city);
        var election = Election.Create($"essai-{Guid.NewGuid():N}"[..14], "Conseils de quartier 2026", mandate.Id, isRehearsal: false, now);
        election.SetUp("Conseils de quartier 2026", rules ?? new(), now.AddDays(30), now.AddDays(37), "05 00 00 00 00", null);
        election.Call(act.Id);
        city.InDb(async db =>
        {
            db.Add(election);
            db.AddRange(Enumerable.Range(1, contests).Select(number => Contest.Create(election.Id, Neighbourhood(number), $"uuid{election.Slug}{number}", now)));
            db.AddRange(steps.Select(step => new CalendarStep { ElectionId = election.Id, Step = step, PlannedOn = DateOnly.FromDateTime(now.UtcDateTime).AddDays(5) }));
            await db.SaveChangesAsync();
        });
        return election;
    }

    public static Guid ContestOf(CityFactory city, Election election, int number = 1) => city.InDb(db => db.Set<Contest>().Where(contest => contest.ElectionId == election.Id && contest.Number == number).Select(contest => contest.Id).SingleAsync());

    /// <summary>Somebody accepted, with picture and PDF.</summary>
    public static Candidate AddEligible(CityFactory city, Election election, string lastName = "Sarrazin", int number = 1, string statement = "Pour le quartier.", Guid? listId = null, int? rank = null, Sex? sex = null)
    {
        var now = city.Clock.GetUtcNow();
        var candidate = new Candidate
        {
            Id = Guid.CreateVersion7(now), ContestId = ContestOf(city, election, number), ListId = listId, ListRank = rank, FirstNames = "Inès", LastName = lastName, Sex = sex, BornOn = new DateOnly(1980, 5, 17),
            Email = $"{lastName.ToLowerInvariant()}@example.org", Statement = statement, Photo = Picture(30, 20, SKEncodedImageFormat.Jpeg), StatementPdf = Pdf,
        };
        candidate.Submit(now);
        candidate.Accept();
        city.InDb(async db =>
        {
            db.Add(candidate);
            await db.SaveChangesAsync();
        });
        return candidate;
    }

    /// <summary>An address for a route of candidacies that opens for those it is for.</summary>
    public static string Path(CityFactory city, string route)
    {
        var election = Call(city);
        var candidate = AddEligible(city, election);
        return route.Replace("{slug}", election.Slug, StringComparison.Ordinal).Replace("{code}", "q01", StringComparison.Ordinal).Replace("{candidacyId:guid}", candidate.Id.ToString(), StringComparison.Ordinal)
            .Replace("{id:guid}", (route.StartsWith("administration", StringComparison.Ordinal) ? election.Id : candidate.Id).ToString(), StringComparison.Ordinal);
    }

    public static byte[] Picture(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.Teal);
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>A PNG of a few bytes that says it has this size.</summary>
    public static byte[] Bomb(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        using var squeezed = new MemoryStream();
        using (var zlib = new ZLibStream(squeezed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(new byte[10_000]);
        }

        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", squeezed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] covered = [.. Encoding.ASCII.GetBytes(type), .. content];
        var crc = uint.MaxValue;
        foreach (var octet in covered)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        var length = new byte[4];
        var check = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(check, ~crc);
        return [.. length, .. covered, .. check];
    }

    private static Neighbourhood Neighbourhood(int number) => new()
    {
        Id = Guid.NewGuid(), VersionId = Guid.NewGuid(), Code = $"Q{number:00}", Number = number, Name = $"Quartier {number}", NameStatus = NameStatus.NotStated, NameSource = null, Slug = $"q{number:00}", PollingBureau = $"{number:0000}",
        Population = 1500, Electors = 800, Seats = 9, BudgetPerMandateCents = 375_000_00, Boundary = "", LabelLongitude = 0, LabelLatitude = 44, AreaSquareMetres = 1, BoundaryIsIllustrative = true, FiguresAreIllustrative = true,
    };
}
