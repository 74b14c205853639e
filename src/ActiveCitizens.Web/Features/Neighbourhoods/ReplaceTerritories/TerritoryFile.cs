using NetTopologySuite.Geometries;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;

/// <summary>One territory as a file gives it. What the file leaves out is null.</summary>
public sealed record TerritoryFeature(
    FilePlace Place,
    string Code,
    int Number,
    string Name,
    NameStatus NameStatus,
    string? NameSource,
    bool BoundaryIsIllustrative,
    bool FiguresAreIllustrative,
    string? PollingBureau,
    int? Population,
    int? Electors,
    int? Seats,
    long? BudgetPerMandateCents,
    Coordinate? LabelPoint,
    PublishedFigures? Published,
    Geometry Boundary)
{
    /// <summary>How reports call it: <c>Q14 Du côté de Jasmin</c>.</summary>
    public string Label => $"{Code} {Name}";
}

/// <summary>What reading a file gave: its content when <see cref="Problems"/> is empty.</summary>
public sealed record FileReading<T>(IReadOnlyList<T> Items, IReadOnlyList<TerritoryProblem> Problems);
