using System.Text;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;
using NetTopologySuite.Geometries;

namespace ActiveCitizens.Web.Tests.Neighbourhoods;

/// <summary>The demonstration city's files, which lie beside the program, and small territories drawn by hand.</summary>
internal static class DemoTerritories
{
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "data", "agen");

    public static byte[] Territories => File.ReadAllBytes(Path.Combine(Folder, "quartiers.geojson"));

    public static byte[] OutlineFile => File.ReadAllBytes(Path.Combine(Folder, "commune.geojson"));

    public static Geometry Outline => TerritoryFileReader.ReadOutline(OutlineFile).Items[0];

    public static TerritoryMap Map()
    {
        var (plan, problems) = TerritoryPlan.Make(Territories, Outline, "test", TerritoryMap.Empty, null, DateTimeOffset.UnixEpoch);
        Assert.Empty(problems);
        return new TerritoryMap(plan!.Version, plan.Neighbourhoods);
    }

    /// <summary>A square of 0.02° with two halves, west Q01 and east Q02; each half's ring can be replaced.</summary>
    public static byte[] TwoHalves(string? west = null, string? east = null, string westProperties = "", string eastProperties = "") => Encoding.UTF8.GetBytes($$$"""
        {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"code": "Q01", "number": 1, "name": "Ouest", "seats": 9, "budgetPerMandateEur": 375000, "population": 1200{{{westProperties}}}}, "geometry": {"type": "Polygon", "coordinates": [{{{west ?? West}}}]}},
        {"type": "Feature", "properties": {"code": "Q02", "number": 2, "name": "Est", "seats": 9, "budgetPerMandateEur": 375000, "population": 1300{{{eastProperties}}}}, "geometry": {"type": "Polygon", "coordinates": [{{{east ?? East}}}]}}
        ]}
        """);

    public const string West = "[[0.60,44.20],[0.61,44.20],[0.61,44.22],[0.60,44.22],[0.60,44.20]]";
    public const string East = "[[0.61,44.20],[0.62,44.20],[0.62,44.22],[0.61,44.22],[0.61,44.20]]";

    public static readonly Polygon Square = Boundaries.Factory.CreatePolygon([new(0.60, 44.20), new(0.62, 44.20), new(0.62, 44.22), new(0.60, 44.22), new(0.60, 44.20)]);

    public static IReadOnlyList<TerritoryProblem> Problems(byte[] file) =>
        TerritoryPlan.Make(file, Square, "test", TerritoryMap.Empty, null, DateTimeOffset.UnixEpoch).Problems;
}
