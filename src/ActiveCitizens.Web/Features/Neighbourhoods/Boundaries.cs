using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;

namespace ActiveCitizens.Web.Features.Neighbourhoods;

/// <summary>Geometries as the GeoJSON text that is stored and sent (WGS 84, longitude before latitude).</summary>
public static class Boundaries
{
    private const int Wgs84 = 4326;

    public static readonly GeometryFactory Factory = new(new PrecisionModel(), Wgs84);

    private static readonly JsonSerializerOptions Json = new() { Converters = { new GeoJsonConverterFactory(Factory) } };

    public static string Write(Geometry geometry) => JsonSerializer.Serialize(geometry, Json);

    /// <summary>Reads what <see cref="Write"/> wrote. Files of others go through <see cref="ReplaceTerritories.TerritoryFileReader"/>.</summary>
    public static Geometry Read(string geoJson) =>
        JsonSerializer.Deserialize<Geometry>(geoJson, Json) ?? throw new InvalidOperationException("A stored boundary is empty.");
}
