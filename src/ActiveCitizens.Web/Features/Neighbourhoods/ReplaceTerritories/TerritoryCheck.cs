using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Valid;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;

/// <summary>What checking territories together gave; they partition the municipality when there is no problem.</summary>
public sealed record TerritoryVerdict(IReadOnlyList<TerritoryProblem> Problems, IReadOnlyList<TerritoryRemark> Remarks);

/// <summary>Checks that territories are valid, distinct, and cover the municipality without gap or overlap.</summary>
/// <remarks>
/// Areas and widths are computed in metres around the municipality's centre (<see cref="LocalProjection"/>). A gap, an overlap or a
/// part outside counts when a circle of <see cref="TerritoryMap.SliverMetres"/> diameter fits in; thinner slivers are what rounding of
/// coordinates leaves, and are added up in a remark. O(n log n) for n vertices, as long as territories meet few others.
/// </remarks>
public static class TerritoryCheck
{
    public static TerritoryVerdict Check(IReadOnlyList<TerritoryFeature> territories, Geometry outline)
    {
        var problems = new List<TerritoryProblem>();
        FindRepeats(territories, problems);
        foreach (var territory in territories)
        {
            AddFault(territory.Place, territory.Label, territory.Boundary, problems);
        }

        // Overlay of invalid boundaries has no meaning.
        return problems.Count > 0 ? new TerritoryVerdict(problems, []) : CheckCover(territories, outline);
    }

    /// <summary>The faults of an outline taken alone.</summary>
    public static IReadOnlyList<TerritoryProblem> CheckOutline(Geometry outline)
    {
        var problems = new List<TerritoryProblem>();
        AddFault(new FilePlace(1, 1), "", outline, problems);
        return problems;
    }

    private static void FindRepeats(IReadOnlyList<TerritoryFeature> territories, List<TerritoryProblem> problems)
    {
        var codes = new Dictionary<string, FilePlace>(StringComparer.Ordinal);
        var numbers = new Dictionary<int, FilePlace>();
        foreach (var territory in territories)
        {
            if (!codes.TryAdd(territory.Code, territory.Place))
            {
                problems.Add(new TerritoryProblem.CodeTwice(territory.Place, territory.Code, codes[territory.Code]));
            }

            if (!numbers.TryAdd(territory.Number, territory.Place))
            {
                problems.Add(new TerritoryProblem.NumberTwice(territory.Place, territory.Number, numbers[territory.Number]));
            }
        }
    }

    private static void AddFault(FilePlace at, string name, Geometry boundary, List<TerritoryProblem> problems)
    {
        if (new IsValidOp(boundary).ValidationError is not { } error)
        {
            return;
        }

        var fault = error.ErrorType switch
        {
            TopologyValidationErrors.SelfIntersection or TopologyValidationErrors.RingSelfIntersection => BoundaryFault.SelfIntersection,
            TopologyValidationErrors.HoleOutsideShell => BoundaryFault.HoleOutside,
            TopologyValidationErrors.NestedHoles => BoundaryFault.NestedHoles,
            TopologyValidationErrors.NestedShells => BoundaryFault.NestedParts,
            TopologyValidationErrors.DisconnectedInteriors => BoundaryFault.SplitInterior,
            TopologyValidationErrors.DuplicateRings => BoundaryFault.RepeatedRing,
            TopologyValidationErrors.TooFewPoints => BoundaryFault.TooFewPoints,
            _ => BoundaryFault.Other,
        };
        problems.Add(new TerritoryProblem.BoundaryInvalid(at, name, fault, new GroundPlace(error.Coordinate.X, error.Coordinate.Y)));
    }

    private static TerritoryVerdict CheckCover(IReadOnlyList<TerritoryFeature> territories, Geometry outline)
    {
        var projection = new LocalProjection(outline.EnvelopeInternal.Centre);
        var commune = projection.ToMetres(outline);
        var areas = territories.Select(territory => projection.ToMetres(territory.Boundary)).ToList();
        var defects = new Defects(projection);

        var index = new STRtree<int>();
        for (var i = 0; i < areas.Count; i++)
        {
            index.Insert(areas[i].EnvelopeInternal, i);
        }

        for (var i = 0; i < areas.Count; i++)
        {
            foreach (var other in index.Query(areas[i].EnvelopeInternal).Where(other => other > i).Order())
            {
                var shared = OverlayNGRobust.Overlay(areas[i], areas[other], SpatialFunction.Intersection);
                defects.Add(shared, (area, place) => new TerritoryProblem.Overlap(territories[i].Label, territories[other].Label, area, place));
            }

            var beyond = OverlayNGRobust.Overlay(areas[i], commune, SpatialFunction.Difference);
            defects.Add(beyond, (area, place) => new TerritoryProblem.Outside(territories[i].Label, area, place));
        }

        var uncovered = OverlayNGRobust.Overlay(commune, OverlayNGRobust.Union(areas), SpatialFunction.Difference);
        defects.Add(uncovered, (area, place) => new TerritoryProblem.Gap(territories[Nearest(areas, projection, place)].Label, area, place));

        var remarks = territories.Where(territory => TerritorySize.IsUnusual(territory.Population))
            .Select(TerritoryRemark (territory) => new TerritoryRemark.UnusualSize(territory.Label, territory.Population!.Value)).ToList();
        if (defects.Slivers > 0)
        {
            remarks.Add(new TerritoryRemark.Slivers(defects.Slivers, defects.SliverSquareMetres));
        }

        return new TerritoryVerdict(defects.Problems, remarks);
    }

    private static int Nearest(List<Geometry> areas, LocalProjection projection, GroundPlace place)
    {
        var point = Boundaries.Factory.CreatePoint(projection.ToMetres(new Coordinate(place.Longitude, place.Latitude)));
        return Enumerable.Range(0, areas.Count).MinBy(i => areas[i].Distance(point));
    }

    /// <summary>Takes overlays apart: each connected piece is a problem when it is wide enough, otherwise a sliver.</summary>
    private sealed class Defects(LocalProjection projection)
    {
        private readonly List<TerritoryProblem> _problems = [];

        public IReadOnlyList<TerritoryProblem> Problems => _problems;
        public int Slivers { get; private set; }
        public double SliverSquareMetres { get; private set; }

        public void Add(Geometry overlay, Func<double, GroundPlace, TerritoryProblem> problem)
        {
            for (var i = 0; i < overlay.NumGeometries; i++)
            {
                if (overlay.GetGeometryN(i) is not Polygon { Area: > 0 } piece)
                {
                    continue;
                }

                var core = piece.Buffer(-TerritoryMap.SliverMetres / 2);
                if (core.IsEmpty)
                {
                    Slivers++;
                    SliverSquareMetres += piece.Area;
                }
                else if (_problems.Count < GeoJsonFile.MaxProblems)
                {
                    var place = projection.ToDegrees(core.PointOnSurface.Coordinate);
                    _problems.Add(problem(piece.Area, new GroundPlace(place.X, place.Y)));
                }
            }
        }
    }
}
