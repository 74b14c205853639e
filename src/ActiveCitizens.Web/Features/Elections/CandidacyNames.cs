using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>The words of candidacies in the language of the request.</summary>
public static class CandidacyNames
{
    public static string Of(this IStringLocalizer<ElectionsText> text, CandidacyState state) => state switch
    {
        CandidacyState.Draft => text["Draft"],
        CandidacyState.Submitted => text["To be examined"],
        CandidacyState.Eligible => text["Accepted"],
        CandidacyState.Refused => text["Refused"],
        CandidacyState.Withdrawn => text["Withdrawn"],
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state without words."),
    };

    /// <summary>Kind of a <c>status</c>.</summary>
    public static string KindOf(CandidacyState state) => state switch
    {
        CandidacyState.Submitted => "warning",
        CandidacyState.Eligible => "success",
        CandidacyState.Refused => "danger",
        _ => "neutral",
    };

    public static string CandidateSex(this IStringLocalizer<ElectionsText> text, Sex sex) => sex switch
    {
        Sex.Female => text["Woman"],
        Sex.Male => text["Man"],
        _ => throw new ArgumentOutOfRangeException(nameof(sex), sex, "A value without words."),
    };

    public static string CandidateParity(this IStringLocalizer<ElectionsText> text, ParityRule rule) => rule switch
    {
        ParityRule.None => text["No rule of parity"],
        ParityRule.Balanced => text["On a list the numbers of women and men differ by one at most"],
        ParityRule.Alternating => text["On a list women and men take turns"],
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "A rule without words."),
    };

    public static string Of(this IStringLocalizer<ElectionsText> text, ParityFault fault) => fault switch
    {
        ParityFault.SexMissing => text["Say of everybody on the list whether woman or man"],
        ParityFault.NotBalanced => text["There are too many women or too many men: the numbers may differ by one"],
        ParityFault.NotAlternating => text["Two women or two men follow one another"],
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "A fault without words."),
    };
}
