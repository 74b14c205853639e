using ActiveCitizens.Web.Features.Mandates;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.MunicipalCouncil;

/// <summary>The words of this area's values in the language of the request.</summary>
public static class MunicipalCouncilNames
{
    public static string Of(this IStringLocalizer<MunicipalCouncilText> text, CastingVote vote) => vote switch
    {
        CastingVote.For => text["The mayor decided for"],
        CastingVote.Against => text["The mayor decided against"],
        CastingVote.NotUsed => text["The mayor did not decide"],
        _ => throw new ArgumentOutOfRangeException(nameof(vote), vote, "A vote without words."),
    };

    public static string Of(this IStringLocalizer<MunicipalCouncilText> text, MandateActKind kind) => kind switch
    {
        MandateActKind.Opens => text["It opens"],
        MandateActKind.Renews => text["By renewal, it opens"],
        MandateActKind.Closes => text["It closes"],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "An act without words."),
    };

    public static string Of(this IStringLocalizer<MunicipalCouncilText> text, SigningSubject subject) => subject switch
    {
        SigningSubject.NeighbourhoodContracts => text["Neighbourhood contracts and their amendments"],
        SigningSubject.SubsidyAgreements => text["Subsidy agreements with associations"],
        SigningSubject.Partnerships => text["Partnerships with other cities and networks"],
        _ => throw new ArgumentOutOfRangeException(nameof(subject), subject, "A subject without words."),
    };

    public static string Of(this IStringLocalizer<MunicipalCouncilText> text, VoteProblem problem) => problem switch
    {
        VoteProblem.NegativeNumber => text["A number of councillors cannot be negative, and at least one is in office"],
        VoteProblem.MoreThanInOffice => text["Present and represented together cannot be more than the members in office"],
        VoteProblem.MoreProxiesThanPresent => text["Each councillor present holds one proxy at most: there cannot be more proxies than present"],
        VoteProblem.NoQuorum => text["No quorum: more than half of the members in office must be present"],
        VoteProblem.CountsDoNotAddUp => text["For, against, abstentions and not voting must add up to present and represented"],
        VoteProblem.CastingVoteMissing => text["The votes are tied in a public ballot: say what the mayor decided"],
        VoteProblem.CastingVoteWithoutTie => text["The mayor decides only when a public ballot is tied"],
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, "A problem without words."),
    };
}
