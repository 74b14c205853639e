namespace ActiveCitizens.Budgeting.Counting;

/// <summary>Compares two outcomes from the voters' side.</summary>
public static class OutcomeComparison
{
    /// <summary>Counts the voters who strictly prefer one outcome to the other; voters without any winner count like everybody else. O(entries).</summary>
    /// <param name="winners">Project indices of the outcome in question.</param>
    /// <param name="others">Project indices of the other, greedy by votes in the comparison step.</param>
    /// <param name="by">What a voter looks at; not <see cref="ComparisonStep.None"/>.</param>
    public static Preference Compare(Instance instance, IReadOnlyList<int> winners, IReadOnlyList<int> others, ComparisonStep by)
    {
        ArgumentNullException.ThrowIfNull(instance);
        if (by == ComparisonStep.None)
        {
            throw new ArgumentException("Say what voters look at.", nameof(by));
        }

        var (these, those) = (Membership(instance, winners), Membership(instance, others));
        var profile = instance.Profile;
        var (first, second) = (0L, 0L);
        for (var ballot = 0; ballot < profile.Count; ballot++)
        {
            var (mine, theirs) = (0, 0);
            foreach (var project in profile.Projects(ballot))
            {
                mine += these[project];
                theirs += those[project];
            }

            if (by == ComparisonStep.Exclusion)
            {
                (mine, theirs) = (Math.Min(mine, 1), Math.Min(theirs, 1));
            }

            first += mine > theirs ? profile.Weight(ballot) : 0;
            second += theirs > mine ? profile.Weight(ballot) : 0;
        }

        return new(first, second);
    }

    /// <summary>How many voters have exactly k winners on their ballot, for k = 0, 1, 2, … O(entries).</summary>
    public static IReadOnlyList<long> VotersByWinners(Instance instance, IReadOnlyList<int> winners)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var selected = Membership(instance, winners);
        var counts = new List<long> { 0 };
        for (var ballot = 0; ballot < instance.Profile.Count; ballot++)
        {
            var own = 0;
            foreach (var project in instance.Profile.Projects(ballot))
            {
                own += selected[project];
            }

            while (counts.Count <= own)
            {
                counts.Add(0);
            }

            counts[own] += instance.Profile.Weight(ballot);
        }

        return counts;
    }

    private static int[] Membership(Instance instance, IReadOnlyList<int> winners)
    {
        var selected = new int[instance.Projects.Count];
        foreach (var winner in winners)
        {
            selected[winner] = 1;
        }

        return selected;
    }
}
