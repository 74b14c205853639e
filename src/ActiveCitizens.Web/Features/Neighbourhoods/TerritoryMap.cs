using System.Collections.Frozen;
using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace ActiveCitizens.Web.Features.Neighbourhoods;

/// <summary>
/// One version of the city's territories, ready to be asked where a point lies. Immutable and safe for simultaneous use.
/// </summary>
public sealed class TerritoryMap
{
    /// <summary>Boundaries whose vertices were rounded leave slivers up to this wide, in metres; they are no gaps and no overlaps.</summary>
    public const double SliverMetres = 2;

    private const double SharedBorderMetres = 10;

    private readonly FrozenDictionary<string, Neighbourhood> _byCode;
    private readonly Cell[] _cells = [];
    private readonly IndexedPointInAreaLocator? _outline;
    private readonly Lazy<FrozenDictionary<string, IReadOnlyList<Neighbourhood>>> _neighbours;

    /// <summary>A city without territories: every point is outside.</summary>
    public static readonly TerritoryMap Empty = new(null, []);

    /// <param name="version">Null for a city without territories.</param>
    /// <param name="neighbourhoods">Those of that version, in any order.</param>
    public TerritoryMap(TerritoryVersion? version, IEnumerable<Neighbourhood> neighbourhoods)
    {
        Version = version;
        Neighbourhoods = [.. neighbourhoods.OrderBy(neighbourhood => neighbourhood.Number)];
        _byCode = Neighbourhoods.ToFrozenDictionary(neighbourhood => neighbourhood.Code, StringComparer.OrdinalIgnoreCase);
        _neighbours = new(FindNeighbours);
        if (version is null)
        {
            return;
        }

        Outline = Boundaries.Read(version.Outline);
        Projection = new LocalProjection(Outline.EnvelopeInternal.Centre);
        AreaSquareMetres = Projection.ToMetres(Outline).Area;
        _outline = Ready(Outline);
        _cells = [.. Neighbourhoods.Select(neighbourhood =>
        {
            var boundary = Boundaries.Read(neighbourhood.Boundary);
            return new Cell(neighbourhood, boundary.EnvelopeInternal, Ready(boundary), Projection.ToMetres(boundary));
        })];
    }

    public TerritoryVersion? Version { get; }

    /// <summary>In the order of their numbers.</summary>
    public IReadOnlyList<Neighbourhood> Neighbourhoods { get; }

    /// <summary>The municipality, in degrees; null without territories.</summary>
    public Geometry? Outline { get; }

    public LocalProjection? Projection { get; }

    public double AreaSquareMetres { get; }

    public bool IsEmpty => Neighbourhoods.Count == 0;

    public bool IsIllustrative => Neighbourhoods.Any(neighbourhood => neighbourhood.IsIllustrative);

    public Neighbourhood? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>The one neighbourhood of a point of the municipality; null when the point is outside the municipality.</summary>
    /// <param name="longitude">Degrees, WGS 84.</param>
    /// <param name="latitude">Degrees, WGS 84.</param>
    /// <remarks>
    /// The outline decides what is inside, its edge included. A point on a shared edge or corner belongs to the neighbourhood with the
    /// lowest number; one in a sliver that rounding left between boundaries, to the nearest, of equally near ones the lowest number.
    /// Exact: orientations are computed in extended precision. O(k + log v) for k neighbourhoods with v vertices each.
    /// </remarks>
    public Neighbourhood? Locate(double longitude, double latitude)
    {
        var point = new Coordinate(longitude, latitude);
        if (_outline is null || _cells.Length == 0 || !double.IsFinite(longitude) || !double.IsFinite(latitude) || _outline.Locate(point) == Location.Exterior)
        {
            return null;
        }

        foreach (var cell in _cells)
        {
            if (cell.Envelope.Contains(point) && cell.Area.Locate(point) != Location.Exterior)
            {
                return cell.Neighbourhood;
            }
        }

        var metres = Boundaries.Factory.CreatePoint(Projection!.ToMetres(point));
        return _cells.MinBy(cell => cell.Metres.Distance(metres))!.Neighbourhood;
    }

    /// <summary>Neighbourhoods that share a border with this one, in the order of their numbers.</summary>
    public IReadOnlyList<Neighbourhood> NeighboursOf(Neighbourhood neighbourhood) => _neighbours.Value.GetValueOrDefault(neighbourhood.Code, []);

    private FrozenDictionary<string, IReadOnlyList<Neighbourhood>> FindNeighbours()
    {
        var found = _cells.ToDictionary(cell => cell.Neighbourhood.Code, _ => new List<Neighbourhood>(), StringComparer.OrdinalIgnoreCase);
        foreach (var cell in _cells)
        {
            var near = cell.Metres.Buffer(SliverMetres);
            foreach (var other in _cells.Where(other => other != cell && other.Metres.EnvelopeInternal.Intersects(near.EnvelopeInternal)))
            {
                // Touching at a corner only does not make neighbours.
                if (other.Metres.Boundary.Intersection(near).Length > SharedBorderMetres)
                {
                    found[cell.Neighbourhood.Code].Add(other.Neighbourhood);
                }
            }
        }

        return found.ToFrozenDictionary(pair => pair.Key, pair => (IReadOnlyList<Neighbourhood>)pair.Value, StringComparer.OrdinalIgnoreCase);
    }

    private static IndexedPointInAreaLocator Ready(Geometry area)
    {
        var locator = new IndexedPointInAreaLocator(area);
        // The index is built on first use; building it here keeps later uses free of writes.
        locator.Locate(area.EnvelopeInternal.Centre);
        return locator;
    }

    private sealed record Cell(Neighbourhood Neighbourhood, Envelope Envelope, IndexedPointInAreaLocator Area, Geometry Metres);
}
