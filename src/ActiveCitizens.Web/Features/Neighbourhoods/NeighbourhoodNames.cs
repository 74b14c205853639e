using ActiveCitizens.Web.Features.Shared.Components;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Neighbourhoods;

/// <summary>The words of this area's values, and figures with their units, in the language of the request.</summary>
public static class NeighbourhoodNames
{
    public static string Of(this IStringLocalizer<NeighbourhoodsText> text, CityFigureSubject subject) => subject switch
    {
        CityFigureSubject.Population => text["Population"],
        CityFigureSubject.AreaSquareKilometres => text["Area"],
        CityFigureSubject.River => text["River"],
        CityFigureSubject.Heritage => text["Heritage"],
        CityFigureSubject.AgglomerationMunicipalities => text["Municipalities of the agglomeration"],
        CityFigureSubject.AgglomerationPopulation => text["Population of the agglomeration"],
        CityFigureSubject.Associations => text["Associations"],
        _ => throw new ArgumentOutOfRangeException(nameof(subject), subject, "A subject without words."),
    };

    public static string Of(this IStringLocalizer<NeighbourhoodsText> text, TerritorialLevelKind kind) => kind switch
    {
        TerritorialLevelKind.Municipality => text["Municipality"],
        TerritorialLevelKind.Agglomeration => text["Agglomeration"],
        TerritorialLevelKind.Department => text["Département"],
        TerritorialLevelKind.Region => text["Region"],
        TerritorialLevelKind.State => text["State"],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A level without words."),
    };

    public static string Of(this IStringLocalizer<NeighbourhoodsText> text, NameStatus status) => status switch
    {
        NameStatus.Published => text["Name and number published"],
        NameStatus.NumberPublished => text["Number published for this area; the short name was chosen for this site"],
        NameStatus.NamePublished => text["Name of a real council; its number here is illustrative"],
        NameStatus.PlaceName => text["A place-name of the city, not known to be a council’s name"],
        NameStatus.NotStated => text["Not stated"],
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "A status without words."),
    };

    public static string Of(this IStringLocalizer<NeighbourhoodsText> text, CouncilDuty duty) => duty switch
    {
        CouncilDuty.Mandatory => text["Neighbourhood councils are mandatory"],
        CouncilDuty.Voluntary => text["Neighbourhood councils are voluntary"],
        CouncilDuty.ConsultativeCommittees => text["No neighbourhood councils of this law: consultative committees are possible"],
        _ => throw new ArgumentOutOfRangeException(nameof(duty), duty, "A duty without words."),
    };

    public static string Of(this IStringLocalizer<NeighbourhoodsText> text, CouncilOfficeKind office) => office switch
    {
        CouncilOfficeKind.President => text["President"],
        CouncilOfficeKind.VicePresident => text["Vice-president"],
        CouncilOfficeKind.Treasurer => text["Treasurer"],
        CouncilOfficeKind.DeputyTreasurer => text["Deputy treasurer"],
        CouncilOfficeKind.Secretary => text["Secretary"],
        CouncilOfficeKind.DeputySecretary => text["Deputy secretary"],
        _ => throw new ArgumentOutOfRangeException(nameof(office), office, "An office without words."),
    };

    public static string Value(this Format format, CityFigure figure) => figure switch
    {
        { Number: { } number, Subject: CityFigureSubject.AreaSquareKilometres } => $"{format.Number(number, 2)}\u00A0km²",
        { Number: { } number } => format.Number((long)number),
        _ => figure.Text ?? "",
    };

    public static string Hectares(this Format format, double squareMetres) => $"{format.Number((decimal)squareMetres / 10_000, 1)}\u00A0ha";

    public static string SquareMetres(this Format format, double squareMetres) => $"{format.Number((long)Math.Round(squareMetres))}\u00A0m²";
}
