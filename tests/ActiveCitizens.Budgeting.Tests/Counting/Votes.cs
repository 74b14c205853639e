using System.Globalization;
using CsCheck;

namespace ActiveCitizens.Budgeting.Tests.Counting;

/// <summary>Random votes: small, with many ties, free projects, unsupported projects and empty ballots.</summary>
internal static class Votes
{
    private sealed record Ballot(List<int> Projects, List<int> Points);

    private static readonly Rational[] Costs = [0, 1, 2, 3, 4, 5, 6, 6, 10, 12, Rational.Of(7, 2), Rational.Of(25, 4), 20];

    private static Gen<Ballot> BallotOf(int projects, VoteType type) =>
        from order in Gen.Shuffle(Enumerable.Range(0, projects).ToArray())
        from length in type == VoteType.ChooseOne ? Gen.Int[1, 1] : Gen.Int[0, projects]
        from points in Gen.Int[type == VoteType.Scoring ? -2 : 0, 6].Array[length]
        select new Ballot([.. order.Take(length)], [.. points]);

    public static Gen<Instance> OfType(params VoteType[] types) =>
        from type in Gen.OneOfConst(types)
        from projects in Gen.Int[1, 6]
        from costs in Gen.OneOfConst(Costs).Array[projects]
        from budget in Gen.Int[0, 40]
        from ballots in BallotOf(projects, type).List[1, 9]
        select Build(type, budget, costs, ballots);

    public static Gen<Instance> OfAnyType { get; } = OfType(Enum.GetValues<VoteType>());

    private static Instance Build(VoteType type, int budget, Rational[] costs, List<Ballot> ballots)
    {
        var withPoints = type is VoteType.Cumulative or VoteType.Scoring;
        var profile = new Profile.Builder(costs.Length, type == VoteType.Ordinal, withPoints);
        foreach (var ballot in ballots)
        {
            profile.Add(ballot.Projects.ToArray(), withPoints ? [.. ballot.Points.Select(p => p * Profile.Builder.FinestPoint / 2)] : []);
        }

        return new(budget, type, [.. costs.Select((cost, i) => ProjectOf(i, cost))], profile.Build());
    }

    public static Project ProjectOf(int index, Rational cost)
    {
        // Ids whose order as text differs from their order in the file.
        var id = ((index * 7 + 8) % 13).ToString(CultureInfo.InvariantCulture);
        return new() { Index = index, Id = id, Name = id, Cost = cost };
    }

    /// <summary>The same vote with the ballots cast in the opposite order.</summary>
    public static Instance Reversed(Instance instance)
    {
        var withPoints = instance.VoteType is VoteType.Cumulative or VoteType.Scoring;
        var profile = new Profile.Builder(instance.Projects.Count, instance.VoteType == VoteType.Ordinal, withPoints);
        for (var ballot = instance.Profile.Count - 1; ballot >= 0; ballot--)
        {
            long[] points = [.. instance.Profile.Points(ballot)];
            profile.Add(instance.Profile.Projects(ballot).ToArray(), [.. points.Select(p => p * (Profile.Builder.FinestPoint / instance.Profile.PointsScale))], instance.Profile.Weight(ballot));
        }

        return new(instance.Budget, instance.VoteType, instance.Projects, profile.Build()) { MaxLength = instance.MaxLength };
    }

    public static string Describe(Instance instance)
    {
        var text = new System.Text.StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{instance.VoteType} budget {instance.Budget}: {string.Join(", ", instance.Projects.Select(p => $"{p.Id}={p.Cost}"))}");
        for (var b = 0; b < instance.Profile.Count; b++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{instance.Profile.Weight(b)} x [{string.Join(',', instance.Profile.Projects(b).ToArray())}] [{string.Join(',', instance.Profile.Points(b).ToArray())}]");
        }

        return text.ToString();
    }
}
