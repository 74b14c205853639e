using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Geometries;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;

/// <summary>Reads the territories, or the outline, of a city from a GeoJSON file. What the properties mean is told on the upload page.</summary>
public static class TerritoryFileReader
{
    /// <summary>Bytes; larger files are refused before they are read.</summary>
    public const long MaxFileBytes = 10_000_000;

    private static readonly Dictionary<string, NameStatus> NameStatuses = new(StringComparer.Ordinal)
    {
        ["real"] = NameStatus.Published,
        ["real-area"] = NameStatus.NumberPublished,
        ["real-number-unknown"] = NameStatus.NamePublished,
        ["toponym"] = NameStatus.PlaceName,
        ["not-stated"] = NameStatus.NotStated,
    };

    /// <summary>The word that files use for a name's status.</summary>
    public static string WordFor(NameStatus status) => NameStatuses.First(pair => pair.Value == status).Key;

    public static FileReading<TerritoryFeature> ReadTerritories(ReadOnlyMemory<byte> file)
    {
        var json = GeoJsonFile.Read(file);
        var problems = new List<TerritoryProblem>(json.Problems);
        var territories = new List<TerritoryFeature>();
        foreach (var feature in json.Features)
        {
            var properties = new Properties(feature, json.Places, problems);
            if (properties.Territory() is { } territory)
            {
                territories.Add(territory);
            }

            if (problems.Count >= GeoJsonFile.MaxProblems)
            {
                break;
            }
        }

        if (problems.Count == 0 && territories.Count == 0)
        {
            problems.Add(new TerritoryProblem.NoFeature());
        }

        return new FileReading<TerritoryFeature>(territories, problems);
    }

    /// <summary>The municipality's outline: a collection with exactly one feature.</summary>
    public static FileReading<Geometry> ReadOutline(ReadOnlyMemory<byte> file)
    {
        var json = GeoJsonFile.Read(file);
        IReadOnlyList<TerritoryProblem> problems = json.Problems.Count > 0 || json.Features.Count == 1 ? json.Problems : [new TerritoryProblem.NotOneOutline(json.Features.Count)];
        return new FileReading<Geometry>([.. json.Features.Select(feature => feature.Geometry)], problems);
    }

    /// <summary>The properties of one feature; every method notes what is wrong and then returns null.</summary>
    private sealed class Properties(GeoJsonFeature feature, TextPlaces places, List<TerritoryProblem> problems)
    {
        public TerritoryFeature? Territory()
        {
            var before = problems.Count;
            var code = Text("code", Neighbourhood.CodeMaxLength, required: true, ExpectedValue.Code);
            if (code?.All(character => char.IsAsciiLetterOrDigit(character) || character == '_') == false)
            {
                code = Wrong<string>("code", ExpectedValue.Code);
            }

            var number = Integer("number", min: 1, required: true, ExpectedValue.PositiveCount);
            var name = Text("name", Neighbourhood.NameMaxLength, required: true, ExpectedValue.Name);
            var (population, electors) = (Figure("population"), Figure("electors"));
            var territory = new TerritoryFeature(
                feature.Place,
                code?.ToUpperInvariant() ?? "",
                number ?? 0,
                name ?? "",
                Status(),
                Text("nameSource", Neighbourhood.SourceMaxLength, required: false, ExpectedValue.ShortText),
                BoundaryIsIllustrative: IsIllustrative("geometryStatus"),
                FiguresAreIllustrative: IsIllustrative("figuresStatus") || feature.Properties.ContainsKey("populationIllustrative") || feature.Properties.ContainsKey("electorsIllustrative"),
                Text("pollingBureau", Neighbourhood.CodeMaxLength, required: false, ExpectedValue.ShortText),
                population,
                electors,
                Integer("seats", min: 1, required: false, ExpectedValue.PositiveCount),
                Cents("budgetPerMandateEur"),
                Point("labelPoint"),
                Published("published"),
                feature.Geometry);
            return problems.Count == before ? territory : null;
        }

        private bool Has(string name, bool required, out JsonElement value)
        {
            if (feature.Properties.TryGetValue(name, out var property) && property.Value.ValueKind != JsonValueKind.Null)
            {
                value = property.Value;
                return true;
            }

            if (required)
            {
                problems.Add(new TerritoryProblem.PropertyMissing(feature.Place, name));
            }

            value = default;
            return false;
        }

        private T? Wrong<T>(string name, ExpectedValue what) where T : class
        {
            problems.Add(new TerritoryProblem.PropertyWrong(places.Of(feature.Properties[name].Offset), name, what));
            return null;
        }

        private string? Text(string name, int maxLength, bool required, ExpectedValue what)
        {
            if (!Has(name, required, out var value))
            {
                return null;
            }

            if (TextOf(value, maxLength) is not { } text)
            {
                return Wrong<string>(name, what);
            }

            // A spreadsheet would run it, from any export, for ever after.
            if (text[0] is '=' or '+' or '-' or '@')
            {
                problems.Add(new TerritoryProblem.PropertyIsFormula(places.Of(feature.Properties[name].Offset), name, text));
                return null;
            }

            return text;
        }

        private int? Integer(string name, int min, bool required, ExpectedValue what)
        {
            if (!Has(name, required, out var value))
            {
                return null;
            }

            if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min)
            {
                return number;
            }

            Wrong<object>(name, what);
            return null;
        }

        // The demonstration's files say in the property's own name that a figure is made up.
        private int? Figure(string name) =>
            Integer(feature.Properties.ContainsKey(name) ? name : $"{name}Illustrative", min: 0, required: false, ExpectedValue.Count);

        private long? Cents(string name)
        {
            if (!Has(name, required: false, out var value))
            {
                return null;
            }

            if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var euros) && euros is >= 0 and <= 10_000_000_000m && decimal.IsInteger(euros * 100))
            {
                return (long)(euros * 100);
            }

            Wrong<object>(name, ExpectedValue.Money);
            return null;
        }

        private NameStatus Status()
        {
            if (!Has("nameStatus", required: false, out var value))
            {
                return NameStatus.NotStated;
            }

            if (TextOf(value, 40) is { } word && NameStatuses.TryGetValue(word, out var status))
            {
                return status;
            }

            Wrong<object>("nameStatus", ExpectedValue.NameStatus);
            return NameStatus.NotStated;
        }

        private bool IsIllustrative(string name) => Has(name, required: false, out var value) && TextOf(value, 40) == "illustrative";

        private Coordinate? Point(string name)
        {
            if (!Has(name, required: false, out var value))
            {
                return null;
            }

            return value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2
                && Number(value[0]) is >= -180 and <= 180 and var longitude && Number(value[1]) is >= -90 and <= 90 and var latitude
                ? new Coordinate(longitude, latitude)
                : Wrong<Coordinate>(name, ExpectedValue.Point);
        }

        private PublishedFigures? Published(string name)
        {
            if (!Has(name, required: false, out var value))
            {
                return null;
            }

            if (value.ValueKind != JsonValueKind.Object
                || !value.TryGetProperty("population", out var population) || Number(population) is not (>= 0 and <= int.MaxValue and var people)
                || !value.TryGetProperty("areaHa", out var area) || Number(area) is not (> 0 and < 1e9 and var hectares)
                || !value.TryGetProperty("source", out var source) || TextOf(source, Neighbourhood.SourceMaxLength) is not { } sourceText)
            {
                return Wrong<PublishedFigures>(name, ExpectedValue.PublishedFigures);
            }

            DateOnly? constituted = null;
            if (value.TryGetProperty("associationConstituted", out var date))
            {
                if (TextOf(date, 10) is not { } day || !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed))
                {
                    return Wrong<PublishedFigures>(name, ExpectedValue.PublishedFigures);
                }

                constituted = parsed;
            }

            return new PublishedFigures { Population = (int)people, AreaHectares = hectares, AssociationConstitutedOn = constituted, Source = sourceText };
        }

        private static double? Number(JsonElement value) =>
            value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

        private static string? TextOf(JsonElement value, int maxLength)
        {
            if (value.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            try
            {
                var text = value.GetString()!.Trim();
                return text.Length > 0 && text.Length <= maxLength && !text.Any(char.IsControl) ? text : null;
            }
            catch (InvalidOperationException)
            {
                // Half of a surrogate pair, written as an escape, is JSON but not text.
                return null;
            }
        }
    }
}
