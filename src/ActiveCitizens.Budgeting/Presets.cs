using ActiveCitizens.Budgeting.Counting;

namespace ActiveCitizens.Budgeting;

/// <summary>A counting rule with a short id, so that everybody can name exactly how a budget was counted.</summary>
/// <param name="Id">Stable; also the member name in published results.</param>
/// <param name="Sentence">What the rule does, in one plain English sentence.</param>
/// <param name="RuleFor">The rule for an instance, or null when it does not apply to its ballots.</param>
public sealed record Preset(string Id, string Sentence, Func<Instance, CountingRule?> RuleFor);

/// <summary>All named rules. Sources: RULES of the Pabulib note; pabutools; equalshares.net.</summary>
public static class Presets
{
    private static readonly TieBreaking EqualSharesNetTail = new([], FinalOrder.NumbersThenFile);

    private static EndowmentIncrease AddOne(ExhaustiveStop stop) => new(IncreaseUnit.PerVoter, 1) { ExhaustiveStop = stop };

    private static EndowmentIncrease WebAddOne(ExhaustiveStop stop, bool wholeUnits) =>
        AddOne(stop) with { StartFromWholeUnits = wholeUnits, SkipWhenEverythingFits = true };

    private static EndowmentIncrease OnePercent { get; } =
        new(IncreaseUnit.FractionOfBudget, Rational.Of(1, 100)) { ExhaustiveStop = ExhaustiveStop.AllProjects, BoundedByBudgetTimesVoters = true };

    /// <summary>Every preset, in the order in which they are listed to people.</summary>
    public static IReadOnlyList<Preset> All { get; } =
    [
        City("city_greedy_skip", "Projects by votes (by points where ballots carry points), most first, passing over what no longer fits: what most cities do.", false, false),
        City("city_greedy_noskip", "Projects by votes or points, most first, ending at the first that does not fit.", true, false),
        City("city_greedy_skip_threshold", "Projects by votes or points, leaving out those below the published threshold, passing over what no longer fits.", false, true),
        With("greedy_card", "Most votes per unit of money first, passing over what no longer fits.", Satisfaction.Cardinality, s => new GreedyWelfareRule(s)),
        With("greedy_cost", "Most votes first, passing over what no longer fits; ties by project id.", Satisfaction.Cost, s => new GreedyWelfareRule(s)),
        With("greedy_points", "Most points per unit of money first, passing over what no longer fits.", null, s => new GreedyWelfareRule(s)),
        ..EqualShares("card", "every funded project counting the same", Satisfaction.Cardinality),
        ..EqualShares("cost", "every funded project counting as much as it costs", Satisfaction.Cost),
        ..EqualShares("points", "a funded project counting the points (or the rank) it was given", null),
        With("mes_cost_add1u", "Equal Shares with costs, one currency unit more per voter as long as the outcome fits the budget, then most votes first with what is left.", Satisfaction.Cost,
            s => new EqualSharesRule(s) { Increase = AddOne(ExhaustiveStop.Never) with { BoundedByBudgetTimesVoters = true }, Tail = Tail.GreedyWelfare }),
        Web("es_none", "Equal Shares with costs, without completion, as equalshares.net counts.", EndowmentIncrease.None, Tail.None),
        Web("es_utilitarian", "Equal Shares with costs, then most votes first with what is left, as equalshares.net counts.", EndowmentIncrease.None, Tail.ByVotes),
        Web("es_add1_exh_int", "Equal Shares with costs, one whole currency unit more per voter until nothing further fits.", WebAddOne(ExhaustiveStop.AllProjects, true), Tail.None),
        Web("es_add1_int", "Equal Shares with costs, one whole currency unit more per voter until the next outcome would cost too much: how Wieliczka counted.", WebAddOne(ExhaustiveStop.Never, true), Tail.None),
        Web("es_add1_plain", "As es_add1_int, from the exact share of the budget instead of whole currency units.", WebAddOne(ExhaustiveStop.Never, false), Tail.None),
        Web("es_add1u_exh_int", "As es_add1_exh_int, then most votes first with what is left: the default of equalshares.net.", WebAddOne(ExhaustiveStop.AllProjects, true), Tail.ByVotes),
        new("es_greedy", "Most votes first, passing over what no longer fits, as equalshares.net counts it for comparison.",
            i => Approvals(i) ? new CityGreedyRule(GreedyKey.Votes, false, false) { Ties = EqualSharesNetTail } : null),
        new("phragmen", "Sequential Phragmén: the project that burdens its supporters least, until the next does not fit.", i => Approvals(i) ? new PhragmenRule() : null),
        new("maximin", "Maximin support: as Phragmén, with burdens spread anew in every round, passing over what no longer fits.", i => Approvals(i) ? new MaximinSupportRule() : null),
    ];

    private static readonly Dictionary<string, Preset> ById = All.ToDictionary(p => p.Id, StringComparer.Ordinal);

    /// <summary>The preset with this id, or null.</summary>
    public static Preset? Find(string id) => ById.GetValueOrDefault(id);

    private static bool Approvals(Instance instance) => instance.VoteType is VoteType.Approval or VoteType.ChooseOne;

    private static Preset City(string id, string sentence, bool stop, bool threshold) => new(id, sentence, instance =>
        threshold && instance.MinProjectScoreThreshold is null ? null
            : new CityGreedyRule(instance.VoteType is VoteType.Cumulative or VoteType.Scoring ? GreedyKey.Score : GreedyKey.Votes, stop, threshold) { Ties = TieBreaking.ByFileOrder });

    private static Preset Web(string id, string sentence, EndowmentIncrease increase, Tail tail) => new(id, sentence, instance =>
        Approvals(instance) ? new EqualSharesRule(Satisfaction.Cost) { Increase = increase, Tail = tail, Ties = TieBreaking.ByCostVotesId } : null);

    private static IEnumerable<Preset> EqualShares(string suffix, string counting, Satisfaction? satisfaction) =>
    [
        With($"mes_{suffix}", $"Equal Shares, {counting}, without completion.", satisfaction, s => new EqualSharesRule(s)),
        With($"mes_{suffix}+greedy_{suffix}", $"Equal Shares, {counting}, then greedy with what is left.", satisfaction, s => new EqualSharesRule(s) { Tail = Tail.GreedyWelfare }),
        With($"mes_{suffix}_ebi1pct", $"Equal Shares, {counting}, with one per cent more of the budget at a time until nothing further fits.", satisfaction, s => new EqualSharesRule(s) { Increase = OnePercent }),
        With($"mes_{suffix}_add1", $"Equal Shares, {counting}, with one currency unit more per voter until no supported project fits.", satisfaction, s => new EqualSharesRule(s) { Increase = AddOne(ExhaustiveStop.SupportedProjects) }),
    ];

    /// <summary>Without a satisfaction the points count: those given, or Borda's for a ranking.</summary>
    private static Preset With(string id, string sentence, Satisfaction? satisfaction, Func<Satisfaction, CountingRule> rule) =>
        new(id, sentence, instance => (satisfaction ?? instance.VoteType switch
        {
            VoteType.Cumulative or VoteType.Scoring => Satisfaction.Points,
            VoteType.Ordinal => Satisfaction.Borda,
            _ => null,
        }) is { } fitting ? rule(fitting) : null);
}
