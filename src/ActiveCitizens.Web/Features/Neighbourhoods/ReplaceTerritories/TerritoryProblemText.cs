using ActiveCitizens.Web.Features.Shared.Components;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;

/// <summary>Problems and remarks in the language of the request: where, what was found, what was expected, what to do.</summary>
public sealed class TerritoryProblemText(IStringLocalizer<NeighbourhoodsText> text, Format format)
{
    public string Of(TerritoryProblem problem) => problem switch
    {
        TerritoryProblem.Empty => text["The file is empty. Choose the GeoJSON file again."],
        TerritoryProblem.Utf16 => text["The file is written in UTF-16. Save it as UTF-8 and send it again."],
        TerritoryProblem.NotUtf8 it => text["{0}: this is not UTF-8 text (perhaps Latin-1 or Windows-1252). Save the file as UTF-8 and send it again.", At(it.At)],
        TerritoryProblem.NotJson it => text["{0}: this is not well-formed JSON; the file may be cut off. Export it again.", At(it.At)],
        TerritoryProblem.TooDeep it => text["{0}: brackets are nested more than {1} deep. A GeoJSON of polygons needs fewer.", At(it.At), it.MaxDepth],
        TerritoryProblem.Expected it => text["{0}: expected {1}.", At(it.At), Of(it.What)],
        TerritoryProblem.NoFeature => text["The list of features is empty: expected one feature for each neighbourhood."],
        TerritoryProblem.TooManyFeatures it => text["{0}: more than {1} features. Send the neighbourhoods of one city only.", At(it.At), format.Number(it.Max)],
        TerritoryProblem.NotOneOutline it => text["Expected exactly one feature, the outline of the municipality; found {0}.", format.Number(it.Features)],
        TerritoryProblem.NotFinite it => text["{0}: this number is too large. Expected degrees.", At(it.At)],
        TerritoryProblem.LongitudeOutOfRange it => text["{0}: {1} is no longitude. Expected degrees between −180 and 180 (WGS 84); projected coordinates such as Lambert-93 must be converted.", At(it.At), Degrees(it.Value)],
        TerritoryProblem.LatitudeOutOfRange it => text["{0}: {1} is no latitude. Expected degrees between −90 and 90 (WGS 84), after the longitude.", At(it.At), Degrees(it.Value)],
        TerritoryProblem.RingTooShort it => text["{0}: this ring has {1} positions. Expected at least four, the last equal to the first.", At(it.At), it.Positions],
        TerritoryProblem.RingNotClosed it => text["{0}: this ring is not closed. It begins at {1} and ends at {2}; its last position must equal its first.", At(it.At), At(it.First), At(it.Last)],
        TerritoryProblem.PropertyMissing it => text["{0}: this feature lacks the property “{1}”.", At(it.At), it.Property],
        TerritoryProblem.PropertyWrong it => text["{0}: the property “{1}” is wrong. Expected {2}.", At(it.At), it.Property, Of(it.What)],
        TerritoryProblem.PropertyIsFormula it => text["{0}: the property “{1}” begins with {2}, which a spreadsheet would run as a formula. Begin it with a letter or a digit.", At(it.At), it.Property, it.Value[..1]],
        TerritoryProblem.BoundaryInvalid it => text["{0}: the boundary of {1} is invalid near {2}: {3}.", At(it.At), it.Name.Length > 0 ? it.Name : text["the municipality"].Value, At(it.Place), Of(it.Fault)],
        TerritoryProblem.CodeTwice it => text["{0}: the code {1} was already given at {2}. Give each neighbourhood its own.", At(it.At), it.Code, At(it.First)],
        TerritoryProblem.NumberTwice it => text["{0}: the number {1} was already given at {2}. Give each neighbourhood its own.", At(it.At), it.Number, At(it.First)],
        TerritoryProblem.NewWithoutTerms it => text["{0}: the code {1} is new, so the properties “seats” and “budgetPerMandateEur” are needed.", At(it.At), it.Code],
        TerritoryProblem.Overlap it => text["{0} and {1} overlap by {2} near {3}. Each place must belong to one neighbourhood.", it.Name, it.OtherName, format.SquareMetres(it.SquareMetres), At(it.Place)],
        TerritoryProblem.Gap it => text["{0} near {1} belong to no neighbourhood; the nearest is {2}. Extend a boundary to close the gap.", format.SquareMetres(it.SquareMetres), At(it.Place), it.NearestName],
        TerritoryProblem.Outside it => text["{0} reaches {1} outside the municipality near {2}. Cut it at the outline.", it.Name, format.SquareMetres(it.SquareMetres), At(it.Place)],
        TerritoryProblem.NoOutline => text["The site has no outline of the municipality yet: send one with the territories."],
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "A problem without words."),
    };

    public string Of(TerritoryRemark remark) => remark switch
    {
        TerritoryRemark.UnusualSize it => text["{0} has {1} inhabitants; {2} to {3} are expected. This is accepted.", it.Name, format.Number(it.Population), format.Number(TerritorySize.Min), format.Number(TerritorySize.Max)],
        TerritoryRemark.Slivers it => text["Slivers thinner than {0} m lie between boundaries: {1}, together {2}. They come from rounding and are accepted.", format.Number((long)TerritoryMap.SliverMetres), format.Number(it.Count), format.SquareMetres(it.SquareMetres)],
        _ => throw new ArgumentOutOfRangeException(nameof(remark), remark, "A remark without words."),
    };

    private string Of(ExpectedJson expected) => expected switch
    {
        ExpectedJson.FeatureCollection => text["a GeoJSON object whose “type” is “FeatureCollection”"],
        ExpectedJson.ListOfFeatures => text["a list named “features”"],
        ExpectedJson.Feature => text["an object whose “type” is “Feature”"],
        ExpectedJson.Properties => text["an object with the properties of the neighbourhood"],
        ExpectedJson.Geometry => text["a geometry; a neighbourhood needs a boundary"],
        ExpectedJson.PolygonOrMultiPolygon => text["a geometry whose “type” is “Polygon” or “MultiPolygon”"],
        ExpectedJson.ListOfPolygons => text["the “coordinates” of a MultiPolygon: a list of polygons"],
        ExpectedJson.ListOfRings => text["the “coordinates” of a Polygon: a list of rings"],
        ExpectedJson.Ring => text["a ring: a list of positions"],
        ExpectedJson.Position => text["a position: longitude and latitude in brackets"],
        ExpectedJson.Number => text["a number"],
        _ => throw new ArgumentOutOfRangeException(nameof(expected), expected, "An expectation without words."),
    };

    private string Of(ExpectedValue expected) => expected switch
    {
        ExpectedValue.Code => text["a text of 1 to {0} letters, digits or underscores, such as “Q14”", Neighbourhood.CodeMaxLength],
        ExpectedValue.PositiveCount => text["a whole number from 1"],
        ExpectedValue.Count => text["a whole number from 0"],
        ExpectedValue.Name => text["a text of 1 to {0} characters", Neighbourhood.NameMaxLength],
        ExpectedValue.ShortText => text["a short text"],
        ExpectedValue.NameStatus => text["one of: {0}", "real, real-area, real-number-unknown, toponym, not-stated"],
        ExpectedValue.Money => text["an amount in euros, with two decimals at most"],
        ExpectedValue.Point => text["longitude and latitude in brackets"],
        ExpectedValue.PublishedFigures => text["an object with “population”, “areaHa”, “source” and perhaps “associationConstituted” (a date)"],
        _ => throw new ArgumentOutOfRangeException(nameof(expected), expected, "An expectation without words."),
    };

    private string Of(BoundaryFault fault) => fault switch
    {
        BoundaryFault.SelfIntersection => text["it crosses itself"],
        BoundaryFault.HoleOutside => text["a hole lies outside its ring"],
        BoundaryFault.NestedHoles => text["a hole lies inside another hole"],
        BoundaryFault.NestedParts => text["a part lies inside another part"],
        BoundaryFault.SplitInterior => text["its holes cut it into pieces"],
        BoundaryFault.RepeatedRing => text["a ring is given twice"],
        BoundaryFault.TooFewPoints => text["a ring has too few different positions"],
        _ => text["it is not a valid polygon"],
    };

    private string At(FilePlace place) => text["Line {0}, column {1}", format.Number(place.Line), format.Number(place.Column)];

    private string At(GroundPlace place) => text["{0} N, {1} E", Degrees(place.Latitude), Degrees(place.Longitude)];

    private string Degrees(double value) => Math.Abs(value) < 1e6 ? $"{format.Number((decimal)value, 5)}°" : value.ToString("G6", System.Globalization.CultureInfo.CurrentCulture);
}
