using ActiveCitizens.Budgeting.Counting;

namespace ActiveCitizens.Budgeting.Explanations;

/// <summary>The order in which a greedy rule (or the tail rule of Equal Shares) takes projects, and what was left when each had its turn.</summary>
internal sealed class BudgetTurns
{
    private readonly Instance _instance;
    private readonly IReadOnlyList<Greedy.Key> _keys;
    private readonly int[] _place;
    private readonly Rational[] _remaining;
    private readonly Rational? _threshold;
    private readonly bool _leavesOutWithdrawn;
    private readonly HashSet<int> _settledBefore;

    private BudgetTurns(Instance instance, Outcome outcome, CountingRule rule, IReadOnlyList<Greedy.Key> keys, TieBreaking ties)
    {
        (_instance, _keys) = (instance, keys);
        var city = rule as CityGreedyRule;
        _threshold = city is { ApplyThreshold: true } ? instance.MinProjectScoreThreshold : null;
        _leavesOutWithdrawn = city is not null;
        _settledBefore = [.. outcome.Rounds.Where(r => r.Phase == Phase.EqualShares).Select(r => r.Project)];
        var selected = outcome.Winners.ToHashSet();
        var breaker = new TieBreaker(instance, ties);
        List<int> order = [.. Enumerable.Range(0, instance.Projects.Count)];
        order.Sort((a, b) => Greedy.Key.Compare(keys[b], keys[a]) is var byKey && byKey != 0 ? byKey
            : breaker.Compare(a, b) is var byTie && byTie != 0 ? byTie : a.CompareTo(b));
        (_place, _remaining) = (new int[order.Count], new Rational[order.Count]);
        var left = instance.Budget - instance.CostOf(_settledBefore);
        for (var place = 0; place < order.Count; place++)
        {
            var project = order[place];
            (_place[project], _remaining[project]) = (place, left);
            if (selected.Contains(project) && !_settledBefore.Contains(project))
            {
                left -= instance.Projects[project].Cost;
            }
        }

        if (outcome.Stop == StopReason.NextDoesNotFit)
        {
            StoppedBy = order.Find(p => !selected.Contains(p) && Ineligible(p) is null);
        }
    }

    /// <summary>The project that did not fit and ended the count, where the rule does not skip.</summary>
    public int? StoppedBy { get; }

    /// <summary>The rule that decided: greedy by votes where the comparison step replaced Equal Shares.</summary>
    public static CountingRule RuleOf(Outcome outcome) =>
        outcome.ReplacedByGreedy ? new CityGreedyRule(GreedyKey.Votes, false, false) { Ties = outcome.Rule.Ties } : outcome.Rule;

    /// <summary>The turns of an outcome; null when its rule has none.</summary>
    public static BudgetTurns? Of(Instance instance, Outcome outcome)
    {
        var rule = RuleOf(outcome);
        return rule switch
        {
            GreedyWelfareRule greedy => new(instance, outcome, rule, Greedy.WelfareKeys(instance, greedy.Satisfaction), rule.Ties),
            CityGreedyRule { Key: GreedyKey.Score } => new(instance, outcome, rule, [.. Greedy.Scores(instance).Select(s => new Greedy.Key(s, false))], rule.Ties),
            CityGreedyRule => new(instance, outcome, rule, ByVotes(instance), rule.Ties),
            EqualSharesRule { Tail: Tail.ByVotes } => new(instance, outcome, rule, ByVotes(instance), new([], FinalOrder.NumbersThenFile)),
            EqualSharesRule { Tail: Tail.GreedyWelfare } shares => new(instance, outcome, rule, Greedy.WelfareKeys(instance, shares.Satisfaction), rule.Ties),
            _ => null,
        };
    }

    private static List<Greedy.Key> ByVotes(Instance instance) => [.. instance.Votes.Select(v => new Greedy.Key(v, false))];

    /// <summary>Whether the rule looks at the project at all.</summary>
    public bool TakesTurn(int project) => !_settledBefore.Contains(project) && Ineligible(project) is null;

    /// <summary>Money left when the turn of a project came.</summary>
    public Rational RemainingFor(int project) => _remaining[project];

    public bool IsAfterTheStop(int project) => StoppedBy is { } stop && _place[project] > _place[stop];

    /// <summary>Why the rule left out a project before it began; null when it did not.</summary>
    public Verdict? Ineligible(int project) =>
        _leavesOutWithdrawn && _instance.Projects[project].Cost == CityGreedyRule.WithdrawnCost ? new Verdict.Withdrawn()
        : _threshold is { } threshold && _keys[project].Value < threshold ? new Verdict.TooFewVotes(threshold, _keys[project].Value)
        : null;
}
