using ActiveCitizens.Web.Features.Neighbourhoods;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace ActiveCitizens.Web.Tests.Neighbourhoods;

public sealed class LocateTests
{
    private static readonly TerritoryMap Map = DemoTerritories.Map();

    [Fact] // A3: the territories partition the municipality.
    public void Every_point_of_the_municipality_is_in_exactly_one_neighbourhood()
    {
        var random = new Random(47_001);
        var inside = new SimplePointInAreaLocator(Map.Outline!);
        var areas = Map.Neighbourhoods.Select(one => (one, Area: new SimplePointInAreaLocator(Boundaries.Read(one.Boundary)))).ToList();
        var box = Map.Outline!.EnvelopeInternal;
        var (found, slivers, shared) = (0, 0, 0);
        while (found < 20_000)
        {
            var point = new Coordinate(box.MinX + random.NextDouble() * box.Width, box.MinY + random.NextDouble() * box.Height);
            var answer = Map.Locate(point.X, point.Y);
            if (inside.Locate(point) == Location.Exterior)
            {
                Assert.Null(answer);
                continue;
            }

            found++;
            Assert.NotNull(answer);
            var covering = areas.Where(area => area.Area.Locate(point) != Location.Exterior).Select(area => area.one).ToList();
            slivers += covering.Count == 0 ? 1 : 0;
            shared += covering.Count > 1 ? 1 : 0;
            if (covering.Count > 0)
            {
                Assert.Equal(covering.MinBy(one => one.Number)!.Code, answer.Code);
            }
        }

        // Rounding of coordinates leaves slivers of 0.006 % of the area: they are the exception, not the rule.
        Assert.InRange(slivers, 0, 20);
        Assert.InRange(shared, 0, 20);
    }

    [Fact] // The rule stated on the page: of those that share it, the lowest number.
    public void A_shared_corner_belongs_to_the_neighbourhood_with_the_lowest_number()
    {
        var owners = Map.Neighbourhoods
            .SelectMany(one => Boundaries.Read(one.Boundary).Coordinates.Distinct().Select(corner => (corner, one.Number)))
            .GroupBy(pair => pair.corner, pair => pair.Number).ToList();
        Assert.Contains(owners, corner => corner.Count() >= 3);
        var outline = new SimplePointInAreaLocator(Map.Outline!);
        foreach (var corner in owners.Where(corner => outline.Locate(corner.Key) != Location.Exterior))
        {
            var covering = Map.Neighbourhoods.Where(one => new SimplePointInAreaLocator(Boundaries.Read(one.Boundary)).Locate(corner.Key) != Location.Exterior);
            Assert.Equal(covering.Min(one => one.Number), Map.Locate(corner.Key.X, corner.Key.Y)!.Number);
        }
    }

    [Fact]
    public void A_point_on_a_shared_edge_gets_one_answer_and_always_the_same()
    {
        var (plan, _) = Features.Neighbourhoods.ReplaceTerritories.TerritoryPlan.Make(DemoTerritories.TwoHalves(), DemoTerritories.Square, "test", TerritoryMap.Empty, null, DateTimeOffset.UnixEpoch);
        var map = new TerritoryMap(plan!.Version, plan.Neighbourhoods);
        Assert.Equal("Q01", map.Locate(0.61, 44.21)!.Code);
        Assert.Equal("Q01", map.Locate(0.61, 44.20)!.Code);
        Assert.Equal("Q02", map.Locate(0.62, 44.22)!.Code);
        Assert.Null(map.Locate(0.62 + 1e-9, 44.21));
    }

    [Fact]
    public void The_outline_s_own_corners_are_inside()
    {
        foreach (var corner in Map.Outline!.Coordinates)
        {
            Assert.NotNull(Map.Locate(corner.X, corner.Y));
        }
    }

    [Theory]
    [InlineData(2.3522, 48.8566)]
    [InlineData(44.2033, 0.6189)]
    [InlineData(double.NaN, 44.2)]
    [InlineData(0.6189, double.PositiveInfinity)]
    public void A_point_elsewhere_is_outside(double longitude, double latitude) => Assert.Null(Map.Locate(longitude, latitude));

    [Fact]
    public void Each_label_lies_in_its_own_neighbourhood() =>
        Assert.All(Map.Neighbourhoods, one => Assert.Equal(one.Code, Map.Locate(one.LabelLongitude, one.LabelLatitude)!.Code));

    [Fact]
    public void Neighbours_are_mutual_and_nobody_neighbours_itself()
    {
        Assert.All(Map.Neighbourhoods, one => Assert.All(Map.NeighboursOf(one), other =>
        {
            Assert.NotEqual(one.Code, other.Code);
            Assert.Contains(one, Map.NeighboursOf(other));
        }));
        Assert.All(Map.Neighbourhoods, one => Assert.NotEmpty(Map.NeighboursOf(one)));
    }

    [Fact] // The official area is 11.49 km². The simplified outline has 11.527 km² on the Lambert-93 plane, whose scale is 0.9999 here.
    public void Areas_agree_with_another_projection()
    {
        Assert.InRange(Map.AreaSquareMetres / 1e6, 11.525, 11.535);
        Assert.InRange(Map.Neighbourhoods.Sum(one => one.AreaSquareMetres) / Map.AreaSquareMetres, 0.9998, 1.0002);
        Assert.InRange(Map.Find("Q01")!.AreaSquareMetres / 1e4, 39.5, 40.0);
    }

    [Fact] // The founding document: 23 × 9 = 207 seats, 23 × 375 000 € = 8 625 000 €.
    public void Totals_are_those_of_the_founding_document()
    {
        Assert.Equal(23, Map.Neighbourhoods.Count);
        Assert.Equal(207, Map.Neighbourhoods.Sum(one => one.Seats));
        Assert.Equal(862_500_000, Map.Neighbourhoods.Sum(one => one.BudgetPerMandateCents));
        Assert.Equal(33_012, Map.Neighbourhoods.Sum(one => one.Population));
        Assert.Equal(18_000, Map.Neighbourhoods.Sum(one => one.Electors));
        Assert.Equal(961, Map.Find("Q23")!.Published!.Population);
    }
}
