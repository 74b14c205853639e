namespace ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;

/// <summary>A place in a text file; both start at 1, the column counts characters.</summary>
public sealed record FilePlace(int Line, int Column);

/// <summary>A place on the ground, degrees in WGS 84.</summary>
public sealed record GroundPlace(double Longitude, double Latitude);

public enum ExpectedJson
{
    FeatureCollection, ListOfFeatures, Feature, Properties, Geometry, PolygonOrMultiPolygon, ListOfPolygons, ListOfRings, Ring, Position, Number,
}

public enum ExpectedValue { Code, PositiveCount, Count, Name, ShortText, NameStatus, Money, Point, PublishedFigures }

public enum BoundaryFault { SelfIntersection, HoleOutside, NestedHoles, NestedParts, SplitInterior, RepeatedRing, TooFewPoints, Other }

/// <summary>Why a file of territories is refused. Each says where, and what was expected.</summary>
public abstract record TerritoryProblem
{
    private TerritoryProblem() { }

    // The file as such.
    public sealed record Empty : TerritoryProblem;
    public sealed record Utf16 : TerritoryProblem;
    public sealed record NotUtf8(FilePlace At) : TerritoryProblem;
    public sealed record NotJson(FilePlace At) : TerritoryProblem;
    public sealed record TooDeep(FilePlace At, int MaxDepth) : TerritoryProblem;
    public sealed record Expected(FilePlace At, ExpectedJson What) : TerritoryProblem;
    public sealed record NoFeature : TerritoryProblem;
    public sealed record TooManyFeatures(FilePlace At, int Max) : TerritoryProblem;
    public sealed record NotOneOutline(int Features) : TerritoryProblem;

    // One position or property.
    public sealed record NotFinite(FilePlace At) : TerritoryProblem;
    public sealed record LongitudeOutOfRange(FilePlace At, double Value) : TerritoryProblem;
    public sealed record LatitudeOutOfRange(FilePlace At, double Value) : TerritoryProblem;
    public sealed record RingTooShort(FilePlace At, int Positions) : TerritoryProblem;
    public sealed record RingNotClosed(FilePlace At, GroundPlace First, GroundPlace Last) : TerritoryProblem;
    public sealed record PropertyMissing(FilePlace At, string Property) : TerritoryProblem;
    public sealed record PropertyWrong(FilePlace At, string Property, ExpectedValue What) : TerritoryProblem;
    public sealed record PropertyIsFormula(FilePlace At, string Property, string Value) : TerritoryProblem;

    // The territories together.
    public sealed record BoundaryInvalid(FilePlace At, string Name, BoundaryFault Fault, GroundPlace Place) : TerritoryProblem;
    public sealed record CodeTwice(FilePlace At, string Code, FilePlace First) : TerritoryProblem;
    public sealed record NumberTwice(FilePlace At, int Number, FilePlace First) : TerritoryProblem;
    public sealed record NewWithoutTerms(FilePlace At, string Code) : TerritoryProblem;
    public sealed record Overlap(string Name, string OtherName, double SquareMetres, GroundPlace Place) : TerritoryProblem;
    public sealed record Gap(string NearestName, double SquareMetres, GroundPlace Place) : TerritoryProblem;
    public sealed record Outside(string Name, double SquareMetres, GroundPlace Place) : TerritoryProblem;
    public sealed record NoOutline : TerritoryProblem;
}

/// <summary>What is unusual in a file that is accepted all the same.</summary>
public abstract record TerritoryRemark
{
    private TerritoryRemark() { }
    public sealed record UnusualSize(string Name, int Population) : TerritoryRemark;
    public sealed record Slivers(int Count, double SquareMetres) : TerritoryRemark;
}
