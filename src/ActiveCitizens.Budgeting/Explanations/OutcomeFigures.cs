using ActiveCitizens.Budgeting.Counting;

namespace ActiveCitizens.Budgeting.Explanations;

/// <summary>What an outcome means for voters. Exact unless said otherwise; money in the currency of the instance.</summary>
public sealed record OutcomeFigures
{
    public required int Winners { get; init; }

    public required Rational TotalCost { get; init; }

    public required Rational Budget { get; init; }

    /// <summary>Total cost divided by the number of winners; null without winners.</summary>
    public Rational? AverageCost { get; init; }

    public required long Voters { get; init; }

    /// <summary>How many voters have exactly k winners on their ballot, for k = 0, 1, 2, …; sums to <see cref="Voters"/>.</summary>
    public required IReadOnlyList<long> VotersByWinners { get; init; }

    /// <summary>Winners on a ballot, averaged over all voters; null without voters.</summary>
    public Rational? AverageApprovedWinners { get; init; }

    /// <summary>Voters without any winner on their ballot, empty ballots included.</summary>
    public required long ExcludedVoters { get; init; }

    /// <summary>Excluded voters divided by voters; null without voters.</summary>
    public Rational? ExclusionRatio { get; init; }

    /// <summary>Voters with at least two projects on their ballot.</summary>
    public required long VotersWithTwoChoices { get; init; }

    /// <summary>Those of them without any winner.</summary>
    public required long ExcludedWithTwoChoices { get; init; }

    /// <summary>The exclusion ratio among voters with at least two choices; null when there are none.</summary>
    public Rational? ExclusionRatioWithTwoChoices { get; init; }

    /// <summary>Money decided per voter when each winner's cost is divided equally among the voters who chose it: comparable between all rules.</summary>
    public required MoneyDistribution MoneyDecided { get; init; }

    /// <summary>Money per category of the file; a project with several counts in equal parts. Empty when the file has no categories.</summary>
    public required IReadOnlyList<MoneyShare> ByCategory { get; init; }

    /// <summary>Money per <c>district</c> or, failing that column, per <c>neighborhood</c>. Empty when the file has neither.</summary>
    public required IReadOnlyList<MoneyShare> ByDistrict { get; init; }

    /// <summary>Computes the figures of an outcome. O(entries + B log B) for B distinct ballots.</summary>
    /// <param name="winners">Project indices.</param>
    /// <remarks>Source: the exclusion ratio and the comparison table of equalshares.net; RULES 6 of the Pabulib note.</remarks>
    public static OutcomeFigures Of(Instance instance, IReadOnlyList<int> winners)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(winners);
        var (voters, total) = (instance.VoterCount, instance.CostOf(winners));
        var byWinners = OutcomeComparison.VotersByWinners(instance, winners);
        var approved = byWinners.Select((count, own) => count * own).Sum();
        var (choosing, excluded) = TwoChoices(instance, winners);
        return new()
        {
            Winners = winners.Count,
            TotalCost = total,
            Budget = instance.Budget,
            AverageCost = winners.Count == 0 ? null : total / winners.Count,
            Voters = voters,
            VotersByWinners = byWinners,
            AverageApprovedWinners = Ratio(approved, voters),
            ExcludedVoters = byWinners[0],
            ExclusionRatio = Ratio(byWinners[0], voters),
            VotersWithTwoChoices = choosing,
            ExcludedWithTwoChoices = excluded,
            ExclusionRatioWithTwoChoices = Ratio(excluded, choosing),
            MoneyDecided = MoneyDistribution.EqualParts(instance, winners),
            ByCategory = MoneyShare.Group(instance, winners, p => p.Categories),
            ByDistrict = MoneyShare.Group(instance, winners, District(instance)),
        };
    }

    private static Rational? Ratio(long part, long whole) => whole == 0 ? null : Rational.Of(part, whole);

    private static (long Choosing, long Excluded) TwoChoices(Instance instance, IReadOnlyList<int> winners)
    {
        var selected = winners.ToHashSet();
        var profile = instance.Profile;
        var (choosing, excluded) = (0L, 0L);
        for (var ballot = 0; ballot < profile.Count; ballot++)
        {
            var projects = profile.Projects(ballot);
            if (projects.Length < 2)
            {
                continue;
            }

            var wins = false;
            foreach (var project in projects)
            {
                wins |= selected.Contains(project);
            }

            choosing += profile.Weight(ballot);
            excluded += wins ? 0 : profile.Weight(ballot);
        }

        return (choosing, excluded);
    }

    private static Func<Project, IReadOnlyList<string>> District(Instance instance)
    {
        string[] columns = ["district", "neighborhood"];
        var column = Array.Find(columns, c => instance.Projects.Any(p => p.Other.ContainsKey(c)));
        return project => column is not null && project.Other.TryGetValue(column, out var place) ? [place] : [];
    }
}

/// <summary>What went to one category or place.</summary>
/// <param name="Name">As the file names it; empty for projects without one.</param>
/// <param name="Projects">Projects that stood on the ballot.</param>
/// <param name="Winners">Projects that were funded.</param>
/// <param name="Proposed">Cost of the projects that stood on the ballot.</param>
/// <param name="Money">Cost of the funded ones.</param>
public sealed record MoneyShare(string Name, int Projects, int Winners, Rational Proposed, Rational Money)
{
    internal static IReadOnlyList<MoneyShare> Group(Instance instance, IReadOnlyList<int> winners, Func<Project, IReadOnlyList<string>> namesOf)
    {
        if (!instance.Projects.Any(p => namesOf(p).Count > 0))
        {
            return [];
        }

        var selected = winners.ToHashSet();
        return [.. instance.Projects
            .SelectMany(p => namesOf(p) is { Count: > 0 } names ? names.Select(name => (name, project: p, part: p.Cost / names.Count)) : [(name: "", project: p, part: p.Cost)])
            .GroupBy(x => x.name, StringComparer.Ordinal)
            .Select(g => new MoneyShare(
                g.Key, g.Count(), g.Count(x => selected.Contains(x.project.Index)),
                g.Aggregate(Rational.Zero, (sum, x) => sum + x.part),
                g.Aggregate(Rational.Zero, (sum, x) => selected.Contains(x.project.Index) ? sum + x.part : sum)))
            .OrderByDescending(s => s.Money).ThenBy(s => s.Name, StringComparer.Ordinal)];
    }
}
