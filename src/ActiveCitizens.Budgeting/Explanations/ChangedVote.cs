namespace ActiveCitizens.Budgeting.Explanations;

/// <summary>The same vote with one thing changed, to be counted again. O(entries) each.</summary>
internal static class ChangedVote
{
    public static Instance WithCost(Instance instance, int project, Rational cost)
    {
        Project[] projects = [.. instance.Projects];
        var old = projects[project];
        projects[project] = new()
        {
            Index = old.Index,
            Id = old.Id,
            Name = old.Name,
            Cost = cost,
            PublishedScore = old.PublishedScore,
            PublishedVotes = old.PublishedVotes,
            PublishedSelected = old.PublishedSelected,
            Categories = old.Categories,
            Beneficiaries = old.Beneficiaries,
            Latitude = old.Latitude,
            Longitude = old.Longitude,
            Other = old.Other,
        };
        return With(instance, projects, instance.Profile);
    }

    /// <summary>As many more voters who choose only this project; with points, they give it the most that one ballot could.</summary>
    public static Instance WithNewVoters(Instance instance, int project, int voters)
    {
        var ballots = Copy(instance);
        ballots.Add([project], WithPoints(instance) ? [MostPoints(instance)] : [], voters);
        return With(instance, instance.Projects, ballots.Build());
    }

    /// <summary>Approvals by existing voters: for each merged ballot, how many of its voters add the project.</summary>
    public static Instance WithApprovals(Instance instance, int project, IReadOnlyDictionary<int, int> votersOfBallot)
    {
        var profile = instance.Profile;
        var ballots = new Profile.Builder(profile.ProjectCount, ordinal: false, withPoints: false);
        for (var ballot = 0; ballot < profile.Count; ballot++)
        {
            var changing = votersOfBallot.GetValueOrDefault(ballot);
            if (changing > 0)
            {
                ballots.Add([.. profile.Projects(ballot), project], [], changing);
            }

            if (changing < profile.Weight(ballot))
            {
                ballots.Add(profile.Projects(ballot).ToArray(), [], profile.Weight(ballot) - changing);
            }
        }

        return With(instance, instance.Projects, ballots.Build());
    }

    private static Profile.Builder Copy(Instance instance)
    {
        var profile = instance.Profile;
        var ballots = new Profile.Builder(profile.ProjectCount, instance.VoteType == VoteType.Ordinal, WithPoints(instance));
        for (var ballot = 0; ballot < profile.Count; ballot++)
        {
            long[] points = [.. profile.Points(ballot)];
            foreach (ref var point in points.AsSpan())
            {
                point *= PointUnit(instance);
            }

            ballots.Add(profile.Projects(ballot).ToArray(), points, profile.Weight(ballot));
        }

        return ballots;
    }

    private static bool WithPoints(Instance instance) => instance.VoteType is VoteType.Cumulative or VoteType.Scoring;

    private static long PointUnit(Instance instance) => Profile.Builder.FinestPoint / instance.Profile.PointsScale;

    /// <summary>In millionths; one point when nobody gave any.</summary>
    private static long MostPoints(Instance instance)
    {
        var most = 0L;
        for (var ballot = 0; ballot < instance.Profile.Count; ballot++)
        {
            var (sum, greatest) = (0L, 0L);
            foreach (var point in instance.Profile.Points(ballot))
            {
                (sum, greatest) = (sum + point, Math.Max(greatest, point));
            }

            most = Math.Max(most, instance.VoteType == VoteType.Cumulative ? sum : greatest);
        }

        return most > 0 ? most * PointUnit(instance) : Profile.Builder.FinestPoint;
    }

    private static Instance With(Instance instance, IReadOnlyList<Project> projects, Profile profile) => new(instance.Budget, instance.VoteType, projects, profile)
    {
        MaxLength = instance.MaxLength,
        MinProjectScoreThreshold = instance.MinProjectScoreThreshold,
        PublishedRule = instance.PublishedRule,
        Currency = instance.Currency,
    };
}
