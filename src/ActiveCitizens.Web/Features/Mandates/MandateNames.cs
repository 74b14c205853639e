using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Mandates;

/// <summary>The words of this area's values in the language of the request.</summary>
public static class MandateNames
{
    public static string Of(this IStringLocalizer<MandatesText> text, MandateState state) => state switch
    {
        MandateState.Draft => text["Draft"],
        MandateState.ToCome => text["To come"],
        MandateState.Running => text["In force"],
        MandateState.Over => text["Over"],
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state without words."),
    };

    public static string Of(this IStringLocalizer<MandatesText> text, DelegationPart part) => part switch
    {
        DelegationPart.Proposes => text["Proposes"],
        DelegationPart.Advises => text["Advises"],
        DelegationPart.CoDecides => text["Co-decides"],
        DelegationPart.Decides => text["Decides"],
        DelegationPart.Executes => text["Executes"],
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "A part without words."),
    };

    public static string Of(this IStringLocalizer<MandatesText> text, DelegationActor actor) => actor switch
    {
        DelegationActor.NeighbourhoodCouncil => text["Neighbourhood council"],
        DelegationActor.City => text["City (municipal council)"],
        DelegationActor.Department => text["Department"],
        DelegationActor.Inhabitants => text["Inhabitants"],
        _ => throw new ArgumentOutOfRangeException(nameof(actor), actor, "An actor without words."),
    };

    public static string KindOf(MandateState state) => state switch
    {
        MandateState.Running => "success",
        MandateState.ToCome => "info",
        MandateState.Draft => "warning",
        _ => "neutral",
    };
}
