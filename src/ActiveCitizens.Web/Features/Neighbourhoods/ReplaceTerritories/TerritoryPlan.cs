using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;

/// <summary>What a replacement would do to one code.</summary>
public abstract record TerritoryChange(Neighbourhood Neighbourhood)
{
    public sealed record Added(Neighbourhood Neighbourhood) : TerritoryChange(Neighbourhood);
    public sealed record Removed(Neighbourhood Neighbourhood) : TerritoryChange(Neighbourhood);

    /// <param name="Neighbourhood">As it would become.</param>
    /// <param name="MovedSquareMetres">Area that is in only one of the two boundaries; 0 when the boundary stays.</param>
    public sealed record Changed(Neighbourhood Before, Neighbourhood Neighbourhood, double MovedSquareMetres) : TerritoryChange(Neighbourhood);
}

/// <summary>A checked set of territories, ready to take the place of the one in force.</summary>
public sealed record TerritoryPlan(TerritoryVersion Version, IReadOnlyList<Neighbourhood> Neighbourhoods, IReadOnlyList<TerritoryRemark> Remarks)
{
    /// <summary>Reads, checks and completes a file against the territories in force. What the file leaves out of a known code's terms is kept.</summary>
    /// <param name="outline">The municipality; null to keep the outline in force.</param>
    public static (TerritoryPlan? Plan, IReadOnlyList<TerritoryProblem> Problems) Make(
        ReadOnlyMemory<byte> file, Geometry? outline, string source, TerritoryMap current, Guid? appliedById, DateTimeOffset now)
    {
        var reading = TerritoryFileReader.ReadTerritories(file);
        var problems = new List<TerritoryProblem>(reading.Problems);
        if ((outline ?? current.Outline) is not { } commune)
        {
            problems.Add(new TerritoryProblem.NoOutline());
            return (null, problems);
        }

        foreach (var feature in reading.Items.Where(feature => current.Find(feature.Code) is null && (feature.Seats is null || feature.BudgetPerMandateCents is null)))
        {
            problems.Add(new TerritoryProblem.NewWithoutTerms(feature.Place, feature.Code));
        }

        if (problems.Count > 0)
        {
            return (null, problems);
        }

        var verdict = TerritoryCheck.Check(reading.Items, commune);
        if (verdict.Problems.Count > 0)
        {
            return (null, verdict.Problems);
        }

        var version = new TerritoryVersion
        {
            Id = Guid.CreateVersion7(now),
            Number = (current.Version?.Number ?? 0) + 1,
            AppliedAt = now,
            AppliedById = appliedById,
            Outline = Boundaries.Write(commune),
            Source = source.Trim(),
        };
        var projection = new LocalProjection(commune.EnvelopeInternal.Centre);
        return (new TerritoryPlan(version, [.. reading.Items.Select(feature => Complete(feature, current.Find(feature.Code), version, projection, now))], verdict.Remarks), []);
    }

    /// <summary>What would change, in the order of the codes; unchanged neighbourhoods are absent.</summary>
    public IReadOnlyList<TerritoryChange> ComparedWith(TerritoryMap current)
    {
        var changes = new List<TerritoryChange>();
        var projection = new LocalProjection(Boundaries.Read(Version.Outline).EnvelopeInternal.Centre);
        foreach (var neighbourhood in Neighbourhoods)
        {
            if (current.Find(neighbourhood.Code) is not { } before)
            {
                changes.Add(new TerritoryChange.Added(neighbourhood));
                continue;
            }

            var moved = before.Boundary == neighbourhood.Boundary ? 0 : OverlayNGRobust.Overlay(
                projection.ToMetres(Boundaries.Read(before.Boundary)), projection.ToMetres(Boundaries.Read(neighbourhood.Boundary)), SpatialFunction.SymDifference).Area;
            if (moved >= 1 || TermsOf(before) != TermsOf(neighbourhood))
            {
                changes.Add(new TerritoryChange.Changed(before, neighbourhood, moved));
            }
        }

        var kept = Neighbourhoods.Select(neighbourhood => neighbourhood.Code).ToHashSet(StringComparer.Ordinal);
        changes.AddRange(current.Neighbourhoods.Where(before => !kept.Contains(before.Code)).Select(before => new TerritoryChange.Removed(before)));
        return [.. changes.OrderBy(change => change.Neighbourhood.Code, StringComparer.Ordinal)];
    }

    private static (int, string, NameStatus, string?, string?, int?, int?, int, long, bool, bool) TermsOf(Neighbourhood one) =>
        (one.Number, one.Name, one.NameStatus, one.NameSource, one.PollingBureau, one.Population, one.Electors, one.Seats, one.BudgetPerMandateCents, one.BoundaryIsIllustrative, one.FiguresAreIllustrative);

    private static Neighbourhood Complete(TerritoryFeature feature, Neighbourhood? before, TerritoryVersion version, LocalProjection projection, DateTimeOffset now)
    {
        var label = feature.LabelPoint ?? feature.Boundary.InteriorPoint.Coordinate;
        return new Neighbourhood
        {
            Id = Guid.CreateVersion7(now),
            VersionId = version.Id,
            Code = feature.Code,
            Number = feature.Number,
            Name = feature.Name,
            NameStatus = feature.NameStatus,
            NameSource = feature.NameSource,
            Slug = Neighbourhood.SlugOf(feature.Code, feature.Name),
            PollingBureau = feature.PollingBureau,
            Population = feature.Population,
            Electors = feature.Electors,
            Seats = feature.Seats ?? before!.Seats,
            BudgetPerMandateCents = feature.BudgetPerMandateCents ?? before!.BudgetPerMandateCents,
            Boundary = Boundaries.Write(feature.Boundary),
            LabelLongitude = label.X,
            LabelLatitude = label.Y,
            AreaSquareMetres = projection.ToMetres(feature.Boundary).Area,
            BoundaryIsIllustrative = feature.BoundaryIsIllustrative,
            FiguresAreIllustrative = feature.FiguresAreIllustrative,
            Published = feature.Published,
        };
    }
}
