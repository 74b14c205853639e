using ActiveCitizens.Budgeting.Counting;

namespace ActiveCitizens.Budgeting.Explanations;

/// <summary>Several outcomes of one vote side by side. Columns are numbered from 0 in the order given to <see cref="Compare"/>.</summary>
/// <param name="Columns">Each outcome with its figures.</param>
/// <param name="Rows">One per project that at least one outcome funds, most votes first.</param>
/// <param name="Pairs">One per ordered pair of different columns, for "who is better off under which".</param>
public sealed record RuleComparison(IReadOnlyList<ComparedOutcome> Columns, IReadOnlyList<ComparedProject> Rows, IReadOnlyList<ComparedPair> Pairs)
{
    /// <summary>Compares outcomes of one instance. O(k² entries) for k outcomes.</summary>
    /// <param name="outcomes">A name for people (or a preset id) with the outcome of counting <paramref name="instance"/>; at least one.</param>
    public static RuleComparison Compare(Instance instance, IReadOnlyList<(string Name, Outcome Outcome)> outcomes)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(outcomes);
        var positions = outcomes.Select(o => Positions(instance, o.Outcome)).ToArray();
        int[] Only(int column) => [.. outcomes[column].Outcome.Winners.Where(p => positions.Count(places => places[p] is not null) == 1)];
        List<ComparedOutcome> columns = [.. outcomes.Select((o, i) => new ComparedOutcome(o.Name, OutcomeFigures.Of(instance, o.Outcome.Winners), Only(i)))];
        List<ComparedProject> rows = [.. Enumerable.Range(0, instance.Projects.Count)
            .Where(p => positions.Any(places => places[p] is not null))
            .OrderByDescending(p => instance.Votes[p]).ThenBy(p => p)
            .Select(p => new ComparedProject(p, [.. positions.Select(places => places[p])]))];
        List<ComparedPair> pairs = [];
        for (var a = 0; a < outcomes.Count; a++)
        {
            for (var b = 0; b < outcomes.Count; b++)
            {
                if (a != b)
                {
                    pairs.Add(Pair(instance, outcomes, a, b));
                }
            }
        }

        return new(columns, rows, pairs);
    }

    private static ComparedPair Pair(Instance instance, IReadOnlyList<(string Name, Outcome Outcome)> outcomes, int a, int b)
    {
        var (these, those) = (outcomes[a].Outcome.Winners, outcomes[b].Outcome.Winners);
        var byCount = OutcomeComparison.Compare(instance, these, those, ComparisonStep.ApprovedWinners);
        var byExclusion = OutcomeComparison.Compare(instance, these, those, ComparisonStep.Exclusion);
        return new(a, b, byCount.ThisOutcome, byCount.Greedy, byExclusion.ThisOutcome, byExclusion.Greedy, [.. these.Except(those)]);
    }

    private static int?[] Positions(Instance instance, Outcome outcome)
    {
        var positions = new int?[instance.Projects.Count];
        for (var i = 0; i < outcome.Winners.Count; i++)
        {
            positions[outcome.Winners[i]] = i + 1;
        }

        return positions;
    }
}

/// <summary>One column.</summary>
/// <param name="Name">As given.</param>
/// <param name="Figures">What the outcome means for voters.</param>
/// <param name="OnlyHere">Indices of projects that no other column funds, in order of selection.</param>
public sealed record ComparedOutcome(string Name, OutcomeFigures Figures, IReadOnlyList<int> OnlyHere);

/// <summary>One row.</summary>
/// <param name="Project">Index of the project.</param>
/// <param name="Positions">For each column the position among its winners from 1, or null when it does not fund the project.</param>
public sealed record ComparedProject(int Project, IReadOnlyList<int?> Positions);

/// <summary>Two columns from the voters' side.</summary>
/// <param name="Column">The one in question.</param>
/// <param name="Other">The one it is compared with.</param>
/// <param name="BetterOff">Voters with more winners on their ballot in <paramref name="Column"/>.</param>
/// <param name="WorseOff">Voters with fewer.</param>
/// <param name="NewlyIncluded">Voters with some winner in <paramref name="Column"/> and none in <paramref name="Other"/>.</param>
/// <param name="NewlyExcluded">Voters with none in <paramref name="Column"/> and some in <paramref name="Other"/>.</param>
/// <param name="OnlyInColumn">Indices of projects that <paramref name="Column"/> funds and <paramref name="Other"/> does not, in order of selection.</param>
public sealed record ComparedPair(int Column, int Other, long BetterOff, long WorseOff, long NewlyIncluded, long NewlyExcluded, IReadOnlyList<int> OnlyInColumn);
