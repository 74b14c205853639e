using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;

namespace ActiveCitizens.Web.Features.Neighbourhoods;

/// <summary>
/// Turns degrees (WGS 84: x longitude, y latitude) into metres on the plane that touches the ellipsoid at one point, and back.
/// </summary>
/// <remarks>
/// Scale factors are the radii of curvature at the centre. Over a municipality (10 km from the centre) a length is off by less than
/// 0.2 %; for an area around the centre the first-order errors cancel. Affine, so straight edges stay straight.
/// </remarks>
public sealed class LocalProjection
{
    private const double SemiMajorAxis = 6_378_137.0;
    private const double Flattening = 1 / 298.257223563;

    private readonly AffineTransformation _toMetres;
    private readonly AffineTransformation _toDegrees;

    /// <param name="centre">Longitude and latitude in degrees.</param>
    public LocalProjection(Coordinate centre)
    {
        const double e2 = Flattening * (2 - Flattening);
        var (sin, cos) = Math.SinCos(double.DegreesToRadians(centre.Y));
        var w = 1 - e2 * sin * sin;
        var metresPerDegreeNorth = double.DegreesToRadians(SemiMajorAxis * (1 - e2) / Math.Pow(w, 1.5));
        var metresPerDegreeEast = double.DegreesToRadians(SemiMajorAxis / Math.Sqrt(w) * cos);
        _toMetres = new AffineTransformation(
            metresPerDegreeEast, 0, -metresPerDegreeEast * centre.X,
            0, metresPerDegreeNorth, -metresPerDegreeNorth * centre.Y);
        _toDegrees = _toMetres.GetInverse();
    }

    public Geometry ToMetres(Geometry degrees) => _toMetres.Transform(degrees);

    public Coordinate ToMetres(Coordinate degrees) => _toMetres.Transform(degrees, new Coordinate());

    public Coordinate ToDegrees(Coordinate metres) => _toDegrees.Transform(metres, new Coordinate());
}
