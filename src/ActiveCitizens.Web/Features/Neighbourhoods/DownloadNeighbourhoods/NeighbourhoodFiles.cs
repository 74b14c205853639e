using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;
using CsvHelper;
using CsvHelper.Configuration;
using CsvHelper.TypeConversion;

namespace ActiveCitizens.Web.Features.Neighbourhoods.DownloadNeighbourhoods;

/// <summary>Neighbourhoods as files for others to use.</summary>
public static class NeighbourhoodFiles
{
    public const string GeoJsonType = "application/geo+json";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// A FeatureCollection (RFC 7946) with the properties an upload understands (<see cref="TerritoryFileReader"/>), so that it can be
    /// changed and sent back, and <c>href</c>, the page of each.
    /// </summary>
    /// <param name="pathBase">What stands before the path of the site's pages, such as <c>/en</c>.</param>
    public static byte[] GeoJson(TerritoryMap map, IEnumerable<Neighbourhood> neighbourhoods, string pathBase)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            if (map.Version is { } version)
            {
                json.WriteStartObject("metadata");
                json.WriteNumber("version", version.Number);
                json.WriteString("appliedAt", version.AppliedAt.ToUniversalTime());
                json.WriteString("source", version.Source);
                json.WriteBoolean("illustrative", map.IsIllustrative);
                json.WriteEndObject();
            }

            json.WriteStartArray("features");
            foreach (var one in neighbourhoods)
            {
                WriteFeature(json, one, pathBase);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Comma-separated values (RFC 4180) in UTF-8 with a byte order mark: without the mark, spreadsheet programs read accents wrongly;
    /// programs that reuse the file skip it. Texts that a spreadsheet would run as a formula get an apostrophe before them.
    /// </summary>
    public static byte[] Csv(TerritoryMap map)
    {
        using var file = new MemoryStream();
        using (var text = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        using (var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\r\n" }))
        {
            // Texts only: a negative longitude is a number, not a formula.
            csv.Context.TypeConverterCache.AddConverter<string>(new FormulaSafeConverter());
            csv.WriteRecords(map.Neighbourhoods.Select(one => new
            {
                code = one.Code,
                number = one.Number,
                name = one.Name,
                name_status = TerritoryFileReader.WordFor(one.NameStatus),
                name_source = one.NameSource,
                polling_bureau = one.PollingBureau,
                population = one.Population,
                electors = one.Electors,
                seats = one.Seats,
                budget_per_mandate_eur = one.BudgetPerMandateCents / 100m,
                area_ha = Math.Round(one.AreaSquareMetres / 10_000, 2),
                label_longitude = one.LabelLongitude,
                label_latitude = one.LabelLatitude,
                boundary_illustrative = one.BoundaryIsIllustrative,
                figures_illustrative = one.FiguresAreIllustrative,
            }));
        }

        return file.ToArray();
    }

    private static void WriteFeature(Utf8JsonWriter json, Neighbourhood one, string pathBase)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("id", one.Code);
        json.WriteStartObject("properties");
        json.WriteString("code", one.Code);
        json.WriteNumber("number", one.Number);
        json.WriteString("name", one.Name);
        json.WriteString("nameStatus", TerritoryFileReader.WordFor(one.NameStatus));
        json.WriteString("nameSource", one.NameSource);
        json.WriteString("geometryStatus", one.BoundaryIsIllustrative ? "illustrative" : null);
        json.WriteString("figuresStatus", one.FiguresAreIllustrative ? "illustrative" : null);
        json.WriteString("pollingBureau", one.PollingBureau);
        WriteNumber(json, "population", one.Population);
        WriteNumber(json, "electors", one.Electors);
        json.WriteNumber("seats", one.Seats);
        json.WriteNumber("budgetPerMandateEur", one.BudgetPerMandateCents / 100m);
        json.WriteNumber("areaHa", Math.Round(one.AreaSquareMetres / 10_000, 2));
        json.WriteStartArray("labelPoint");
        json.WriteNumberValue(one.LabelLongitude);
        json.WriteNumberValue(one.LabelLatitude);
        json.WriteEndArray();
        if (one.Published is { } published)
        {
            json.WriteStartObject("published");
            json.WriteNumber("population", published.Population);
            json.WriteNumber("areaHa", published.AreaHectares);
            if (published.AssociationConstitutedOn is { } day)
            {
                json.WriteString("associationConstituted", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            }

            json.WriteString("source", published.Source);
            json.WriteEndObject();
        }

        json.WriteString("href", $"{pathBase}/neighbourhoods/{one.Slug}");
        json.WriteEndObject();
        json.WritePropertyName("geometry");
        json.WriteRawValue(one.Boundary);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private sealed class FormulaSafeConverter : StringConverter
    {
        public override string? ConvertToString(object? value, IWriterRow row, MemberMapData memberMapData) =>
            value is string { Length: > 0 } text && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? $"'{value}" : base.ConvertToString(value, row, memberMapData);
    }
}
