using ActiveCitizens.Budgeting;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Budgets;

/// <summary>The counting rules that the site offers and compares, in an inhabitant's words.</summary>
public static class RuleNames
{
    /// <summary>Ids of the presets, the usual city rule first.</summary>
    public static readonly IReadOnlyList<string> Offered = ["city_greedy_skip", "es_add1u_exh_int", "mes_points_add1", "phragmen", "maximin"];

    /// <summary>The offered rules that can count these ballots.</summary>
    public static IReadOnlyList<Preset> For(Instance instance) => [.. Offered.Select(id => Presets.Find(id)!).Where(preset => preset.RuleFor(instance) is not null)];

    public static string RuleName(this IStringLocalizer<BudgetsText> text, string rule) => rule switch
    {
        "city_greedy_skip" => text["Most votes first"],
        "es_add1u_exh_int" => text["Equal Shares"],
        "mes_points_add1" => text["Equal Shares with points"],
        "phragmen" => text["Phragmén"],
        "maximin" => text["Maximin support"],
        _ => rule,
    };

    public static string RuleInWords(this IStringLocalizer<BudgetsText> text, string rule) => rule switch
    {
        "city_greedy_skip" => text["Projects are taken from the most to the least supported; one that no longer fits into what is left is passed over."],
        "es_add1u_exh_int" => text["The budget is divided equally among all voters. A project is funded when its supporters can pay for it together; whoever has paid has less left for other projects. The shares are then raised until the budget is used up, and what remains goes to the projects with most votes."],
        "mes_points_add1" => text["The budget is divided equally among all voters, who pay for the projects to which they gave points, the more points the more they pay. The shares are raised until the budget is used up."],
        "phragmen" => text["Each project is a burden shared by its supporters. The project that burdens its supporters least is taken, again and again, until the next one does not fit."],
        "maximin" => text["As Phragmén, but the burdens are shared out anew each time a project is taken, so that the most burdened voter carries as little as possible."],
        _ => Presets.Find(rule)?.Sentence ?? rule,
    };

    public static string VoteTypeName(this IStringLocalizer<BudgetsText> text, string voteType) => voteType switch
    {
        nameof(VoteType.Approval) => text["Each voter ticked several projects"],
        nameof(VoteType.ChooseOne) => text["Each voter chose one project"],
        nameof(VoteType.Cumulative) => text["Each voter shared points among projects"],
        nameof(VoteType.Scoring) => text["Each voter scored projects"],
        nameof(VoteType.Ordinal) => text["Each voter ranked projects"],
        _ => voteType,
    };
}

public static class PhaseNames
{
    public static string PhaseName(this IStringLocalizer<BudgetsText> text, string phase) => phase switch
    {
        "Greedy" => text["Most votes"],
        "EqualShares" => text["Equal Shares"],
        "Tail" => text["What remained, by votes"],
        "Phragmen" => text["Least burden"],
        "MaximinSupport" => text["Least burden"],
        _ => phase,
    };
}
