using System.Globalization;
using System.Text;

namespace ActiveCitizens.Budgeting.Counting;

/// <summary>A criterion that narrows a set of tied projects.</summary>
public enum TieCriterion
{
    /// <summary>Keep the projects that most voters have on their ballot.</summary>
    MostVotes,

    /// <summary>Keep the cheapest projects.</summary>
    LeastCost,

    /// <summary>Keep the dearest projects.</summary>
    GreatestCost,
}

/// <summary>What decides when the criteria leave several projects tied.</summary>
public enum FinalOrder
{
    /// <summary>The smallest <c>project_id</c> as text, compared by code point: "10" before "9" before "B" before "a".</summary>
    ProjectId,

    /// <summary>The project that stands first in the file.</summary>
    File,

    /// <summary>Ids that are plain whole numbers first, in numeric order, then the others in file order, as equalshares.net lists projects.</summary>
    NumbersThenFile,

    /// <summary>The order drawn by lot before the count: <see cref="TieBreaking.Lot"/>.</summary>
    Lot,

    /// <summary>Nothing: the count stops and reports the tie, so that a lot can be drawn.</summary>
    Unresolved,
}

/// <summary>A published rule for ties: criteria applied one after another, then a final order.</summary>
/// <param name="Criteria">Applied in this order; may be empty.</param>
/// <param name="Final">Decides what the criteria leave tied.</param>
public sealed record TieBreaking(IReadOnlyList<TieCriterion> Criteria, FinalOrder Final)
{
    /// <summary>Project ids in the order drawn, for <see cref="FinalOrder.Lot"/>; one draw serves the whole count.</summary>
    public IReadOnlyList<string> Lot { get; init; } = [];

    /// <summary>By project id as text alone.</summary>
    public static TieBreaking ById { get; } = new([], FinalOrder.ProjectId);

    /// <summary>By place in the file alone.</summary>
    public static TieBreaking ByFileOrder { get; } = new([], FinalOrder.File);

    /// <summary>The cheaper, then the one with more votes, then by project id as text.</summary>
    public static TieBreaking ByCostVotesId { get; } = new([TieCriterion.LeastCost, TieCriterion.MostVotes], FinalOrder.ProjectId);

    public override string ToString() => string.Join(", ", Criteria.Select(c => c.ToString()).Append(Final.ToString()));
}

/// <summary>A tie that a count met, and what resolved it.</summary>
/// <param name="Round">Number of projects selected before, hence the position of <paramref name="Chosen"/> among the winners.</param>
/// <param name="Tied">Indices of all projects that were equal under the rule, ascending.</param>
/// <param name="Chosen">Index of the project taken first; null when the tie is unresolved.</param>
/// <param name="ResolvedBy">The criterion that left one project, or null when the final order decided.</param>
/// <param name="Final">The final order that decided, or null when a criterion did.</param>
public sealed record Tie(int Round, IReadOnlyList<int> Tied, int? Chosen, TieCriterion? ResolvedBy, FinalOrder? Final);

/// <summary>A <see cref="TieBreaking"/> made ready for one instance: every project has its rank. O(m log m) to prepare.</summary>
public sealed class TieBreaker
{
    private readonly Instance _instance;
    private readonly TieBreaking _rule;
    private readonly int[] _finalRank;

    /// <exception cref="ArgumentException">The lot does not name every project exactly once.</exception>
    public TieBreaker(Instance instance, TieBreaking rule)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(rule);
        (_instance, _rule) = (instance, rule);
        var order = FinalOrderOf(instance, rule);
        _finalRank = new int[order.Length];
        for (var rank = 0; rank < order.Length; rank++)
        {
            _finalRank[order[rank]] = rank;
        }
    }

    /// <summary>The place of a project in the final order, from 0.</summary>
    public int FinalRank(int project) => _finalRank[project];

    /// <summary>Picks one of the tied projects and says what decided.</summary>
    /// <param name="round">Number of projects selected before.</param>
    /// <param name="tied">At least two project indices.</param>
    public Tie Break(int round, IReadOnlyCollection<int> tied)
    {
        List<int> all = [.. tied.Order()];
        var left = all;
        foreach (var criterion in _rule.Criteria)
        {
            left = Narrow(left, criterion);
            if (left.Count == 1)
            {
                return new(round, all, left[0], criterion, null);
            }
        }

        return _rule.Final == FinalOrder.Unresolved
            ? new(round, all, null, null, FinalOrder.Unresolved)
            : new(round, all, left.MinBy(p => _finalRank[p]), null, _rule.Final);
    }

    /// <summary>Compares two projects that are equal under a rule: negative when <paramref name="a"/> goes first, 0 only when nothing decides.</summary>
    public int Compare(int a, int b)
    {
        foreach (var criterion in _rule.Criteria)
        {
            var order = criterion switch
            {
                TieCriterion.MostVotes => _instance.Votes[b].CompareTo(_instance.Votes[a]),
                TieCriterion.LeastCost => _instance.Projects[a].Cost.CompareTo(_instance.Projects[b].Cost),
                _ => _instance.Projects[b].Cost.CompareTo(_instance.Projects[a].Cost),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return _rule.Final == FinalOrder.Unresolved ? 0 : _finalRank[a].CompareTo(_finalRank[b]);
    }

    private List<int> Narrow(List<int> tied, TieCriterion criterion)
    {
        switch (criterion)
        {
            case TieCriterion.MostVotes:
                var most = tied.Max(p => _instance.Votes[p]);
                return tied.FindAll(p => _instance.Votes[p] == most);
            case TieCriterion.LeastCost:
                var least = tied.Min(p => _instance.Projects[p].Cost);
                return tied.FindAll(p => _instance.Projects[p].Cost == least);
            default:
                var greatest = tied.Max(p => _instance.Projects[p].Cost);
                return tied.FindAll(p => _instance.Projects[p].Cost == greatest);
        }
    }

    private static int[] FinalOrderOf(Instance instance, TieBreaking rule)
    {
        var order = Enumerable.Range(0, instance.Projects.Count);
        switch (rule.Final)
        {
            case FinalOrder.ProjectId:
                return [.. order.OrderBy(p => instance.Projects[p].Id, CodePointOrder.Instance)];
            case FinalOrder.NumbersThenFile:
                return [.. order.OrderBy(p => PlainNumber(instance.Projects[p].Id) ?? uint.MaxValue)];
            case FinalOrder.Lot:
                var drawn = rule.Lot.Select(id => instance.Find(id)?.Index ?? throw new ArgumentException($"The lot names {id}, which is not a project.", nameof(rule))).ToArray();
                return drawn.Length == instance.Projects.Count && drawn.Distinct().Count() == drawn.Length ? drawn
                    : throw new ArgumentException("The lot must name every project once.", nameof(rule));
            default:
                return [.. order];
        }
    }

    private static uint? PlainNumber(string id) =>
        uint.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < uint.MaxValue
            && (id.Length == 1 || id[0] != '0') ? number : null;

    /// <summary>UTF-16 code units sort surrogates before U+E000; code points do not.</summary>
    private sealed class CodePointOrder : IComparer<string>
    {
        public static CodePointOrder Instance { get; } = new();

        public int Compare(string? x, string? y)
        {
            var a = x.AsSpan();
            var b = y.AsSpan();
            var same = a.CommonPrefixLength(b);
            if (same == a.Length || same == b.Length)
            {
                return a.Length.CompareTo(b.Length);
            }

            // A shared high surrogate belongs to the code points that differ.
            same -= same > 0 && char.IsHighSurrogate(a[same - 1]) ? 1 : 0;
            Rune.DecodeFromUtf16(a[same..], out var first, out _);
            Rune.DecodeFromUtf16(b[same..], out var second, out _);
            return first.CompareTo(second);
        }
    }
}
