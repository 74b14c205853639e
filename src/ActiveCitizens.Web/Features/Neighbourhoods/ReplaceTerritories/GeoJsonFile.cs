using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using NetTopologySuite.Geometries;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;

/// <summary>A property of a feature and where its value starts in the file.</summary>
internal readonly record struct GeoJsonProperty(int Offset, JsonElement Value);

internal sealed record GeoJsonFeature(FilePlace Place, IReadOnlyDictionary<string, GeoJsonProperty> Properties, Geometry Geometry);

/// <summary>
/// Reads a GeoJSON FeatureCollection of polygons (RFC 7946, WGS 84) from a file that anybody may have made, and says line and column of
/// what is wrong. GeoJSON libraries keep no positions, which is why this is written out here.
/// </summary>
internal sealed class GeoJsonFile
{
    public const int MaxFeatures = 1_000;
    public const int MaxProblems = 50;
    private const int MaxDepth = 32;
    private static readonly byte[] Utf8Mark = [0xEF, 0xBB, 0xBF];

    private readonly ReadOnlyMemory<byte> _text;
    private readonly List<GeoJsonFeature> _features = [];
    private readonly List<TerritoryProblem> _problems = [];

    private GeoJsonFile(ReadOnlyMemory<byte> file)
    {
        _text = file.Span.StartsWith(Utf8Mark) ? file[Utf8Mark.Length..] : file;
        Places = new TextPlaces(_text);
    }

    public TextPlaces Places { get; }
    public IReadOnlyList<GeoJsonFeature> Features => _features;
    public IReadOnlyList<TerritoryProblem> Problems => _problems;

    /// <summary>Reads all of it; O(n) in bytes. After a faulty feature it goes on with the next, to report several problems at once.</summary>
    public static GeoJsonFile Read(ReadOnlyMemory<byte> file)
    {
        var reading = new GeoJsonFile(file);
        if (reading.IsText())
        {
            reading.ReadCollection();
        }

        return reading;
    }

    private bool IsText()
    {
        var text = _text.Span;
        if (text.Trim(" \t\r\n"u8).IsEmpty)
        {
            _problems.Add(new TerritoryProblem.Empty());
        }
        else if (text is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, not 0, ..] or [not 0, 0, ..])
        {
            _problems.Add(new TerritoryProblem.Utf16());
        }
        else if (!Utf8.IsValid(text))
        {
            _problems.Add(new TerritoryProblem.NotUtf8(Places.Of(FirstInvalid(text))));
        }

        return _problems.Count == 0;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        for (var offset = 0; ;)
        {
            if (Rune.DecodeFromUtf8(text[offset..], out _, out var consumed) != System.Buffers.OperationStatus.Done)
            {
                return offset;
            }

            offset += consumed;
        }
    }

    private void ReadCollection()
    {
        var json = new Utf8JsonReader(_text.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            json.Read();
            ReadCollection(ref json);
        }
        catch (JsonException exception)
        {
            var at = Places.Of(Places.LineStart(exception.LineNumber ?? 0) + (exception.BytePositionInLine ?? 0));
            _problems.Add(json.CurrentDepth >= MaxDepth - 1 ? new TerritoryProblem.TooDeep(at, MaxDepth) : new TerritoryProblem.NotJson(at));
        }
    }

    private void ReadCollection(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            Refuse(ref json, ExpectedJson.FeatureCollection);
            return;
        }

        var (hasType, hasFeatures) = (false, false);
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var (isType, isFeatures) = (json.ValueTextEquals("type"), json.ValueTextEquals("features"));
            json.Read();
            if (isType)
            {
                hasType = true;
                if (json.TokenType != JsonTokenType.String || !json.ValueTextEquals("FeatureCollection"))
                {
                    Refuse(ref json, ExpectedJson.FeatureCollection);
                    return;
                }
            }
            else if (isFeatures)
            {
                hasFeatures = true;
                if (json.TokenType != JsonTokenType.StartArray)
                {
                    Refuse(ref json, ExpectedJson.ListOfFeatures);
                    return;
                }

                if (!ReadFeatures(ref json))
                {
                    return;
                }
            }
            else
            {
                json.Skip();
            }
        }

        if (!hasType || !hasFeatures)
        {
            Refuse(ref json, hasType ? ExpectedJson.ListOfFeatures : ExpectedJson.FeatureCollection);
        }

        // Reading past the end is what refuses anything after the last brace.
        json.Read();
    }

    private bool ReadFeatures(ref Utf8JsonReader json)
    {
        for (var count = 1; json.Read() && json.TokenType != JsonTokenType.EndArray; count++)
        {
            if (count > MaxFeatures)
            {
                _problems.Add(new TerritoryProblem.TooManyFeatures(At(ref json), MaxFeatures));
                return false;
            }

            var feature = json;
            json.Skip();
            ReadFeature(ref feature);
            if (_problems.Count >= MaxProblems)
            {
                return false;
            }
        }

        return true;
    }

    private void ReadFeature(ref Utf8JsonReader json)
    {
        var place = At(ref json);
        if (json.TokenType != JsonTokenType.StartObject)
        {
            Refuse(ref json, ExpectedJson.Feature);
            return;
        }

        var properties = new Dictionary<string, GeoJsonProperty>(StringComparer.Ordinal);
        var (isFeature, hasGeometry, geometry) = (false, false, (Geometry?)null);
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var (isType, isProperties, isGeometry) = (json.ValueTextEquals("type"), json.ValueTextEquals("properties"), json.ValueTextEquals("geometry"));
            json.Read();
            var value = json;
            json.Skip();
            if (isType)
            {
                isFeature = value.TokenType == JsonTokenType.String && value.ValueTextEquals("Feature");
            }
            else if (isProperties)
            {
                if (!ReadProperties(ref value, properties))
                {
                    return;
                }
            }
            else if (isGeometry)
            {
                hasGeometry = true;
                geometry = ReadGeometry(ref value);
                if (geometry is null)
                {
                    return;
                }
            }
        }

        if (!isFeature || !hasGeometry)
        {
            _problems.Add(new TerritoryProblem.Expected(place, isFeature ? ExpectedJson.Geometry : ExpectedJson.Feature));
            return;
        }

        _features.Add(new GeoJsonFeature(place, properties, geometry!));
    }

    private bool ReadProperties(ref Utf8JsonReader json, Dictionary<string, GeoJsonProperty> properties)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return Refuse(ref json, ExpectedJson.Properties);
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var name = Encoding.UTF8.GetString(json.ValueSpan);
            json.Read();
            var offset = (int)json.TokenStartIndex;
            properties[name] = new GeoJsonProperty(offset, JsonElement.ParseValue(ref json));
        }

        return true;
    }

    private Geometry? ReadGeometry(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            Refuse(ref json, ExpectedJson.Geometry);
            return null;
        }

        var start = json;
        var type = json;
        var coordinates = json;
        var hasCoordinates = false;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var (isType, isCoordinates) = (json.ValueTextEquals("type"), json.ValueTextEquals("coordinates"));
            json.Read();
            if (isType)
            {
                type = json;
            }
            else if (isCoordinates)
            {
                coordinates = json;
                hasCoordinates = true;
            }

            json.Skip();
        }

        var isPolygon = type.TokenType == JsonTokenType.String && type.ValueTextEquals("Polygon");
        if (!isPolygon && !(type.TokenType == JsonTokenType.String && type.ValueTextEquals("MultiPolygon")))
        {
            Refuse(ref type, ExpectedJson.PolygonOrMultiPolygon);
            return null;
        }

        if (!hasCoordinates)
        {
            Refuse(ref start, isPolygon ? ExpectedJson.ListOfRings : ExpectedJson.ListOfPolygons);
            return null;
        }

        return isPolygon ? ReadPolygon(ref coordinates) : ReadMultiPolygon(ref coordinates);
    }

    private MultiPolygon? ReadMultiPolygon(ref Utf8JsonReader json)
    {
        var start = json;
        var polygons = new List<Polygon>();
        if (json.TokenType == JsonTokenType.StartArray)
        {
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (ReadPolygon(ref json) is not { } polygon)
                {
                    return null;
                }

                polygons.Add(polygon);
            }
        }

        if (polygons.Count == 0)
        {
            Refuse(ref start, ExpectedJson.ListOfPolygons);
            return null;
        }

        return Boundaries.Factory.CreateMultiPolygon([.. polygons]);
    }

    private Polygon? ReadPolygon(ref Utf8JsonReader json)
    {
        var start = json;
        var rings = new List<LinearRing>();
        if (json.TokenType == JsonTokenType.StartArray)
        {
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (ReadRing(ref json) is not { } ring)
                {
                    return null;
                }

                rings.Add(ring);
            }
        }

        if (rings.Count == 0)
        {
            Refuse(ref start, ExpectedJson.ListOfRings);
            return null;
        }

        return Boundaries.Factory.CreatePolygon(rings[0], [.. rings.Skip(1)]);
    }

    private LinearRing? ReadRing(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            Refuse(ref json, ExpectedJson.Ring);
            return null;
        }

        var start = json;
        var positions = new List<Coordinate>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (ReadPosition(ref json) is not { } position)
            {
                return null;
            }

            positions.Add(position);
        }

        if (positions.Count < 4)
        {
            _problems.Add(new TerritoryProblem.RingTooShort(At(ref start), positions.Count));
            return null;
        }

        if (!positions[0].Equals2D(positions[^1]))
        {
            _problems.Add(new TerritoryProblem.RingNotClosed(At(ref start), new(positions[0].X, positions[0].Y), new(positions[^1].X, positions[^1].Y)));
            return null;
        }

        return Boundaries.Factory.CreateLinearRing([.. positions]);
    }

    private Coordinate? ReadPosition(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            Refuse(ref json, ExpectedJson.Position);
            return null;
        }

        var start = json;
        var (longitude, latitude, count) = (0.0, 0.0, 0);
        // A third number is a height, which boundaries do not need.
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; count++)
        {
            if (json.TokenType != JsonTokenType.Number)
            {
                Refuse(ref json, ExpectedJson.Number);
                return null;
            }

            if (!json.TryGetDouble(out var value) || !double.IsFinite(value))
            {
                _problems.Add(new TerritoryProblem.NotFinite(At(ref json)));
                return null;
            }

            if (count == 0 && Math.Abs(value) > 180)
            {
                _problems.Add(new TerritoryProblem.LongitudeOutOfRange(At(ref json), value));
                return null;
            }

            if (count == 1 && Math.Abs(value) > 90)
            {
                _problems.Add(new TerritoryProblem.LatitudeOutOfRange(At(ref json), value));
                return null;
            }

            (longitude, latitude) = count switch { 0 => (value, 0), 1 => (longitude, value), _ => (longitude, latitude) };
        }

        if (count < 2)
        {
            Refuse(ref start, ExpectedJson.Position);
            return null;
        }

        return new Coordinate(longitude, latitude);
    }

    private FilePlace At(ref Utf8JsonReader json) => Places.Of(json.TokenStartIndex);

    private bool Refuse(ref Utf8JsonReader json, ExpectedJson expected)
    {
        _problems.Add(new TerritoryProblem.Expected(At(ref json), expected));
        return false;
    }
}
