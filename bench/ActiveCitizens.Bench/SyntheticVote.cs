using System.Globalization;
using ActiveCitizens.Budgeting;
using ActiveCitizens.Budgeting.Pabulib;

namespace ActiveCitizens.Bench;

/// <summary>A seeded electorate like a large city's: 150 projects whose popularity falls off, up to five approvals, a budget for a fifth of the
/// costs. Costs grow with the electorate, so that a voter's share of the budget stays the same.</summary>
internal static class SyntheticVote
{
    private const int ProjectCount = 150;
    private const int MostApprovals = 5;

    public static Instance Draw(int voters, int seed)
    {
        var random = new Random(seed);
        var costs = Enumerable.Range(0, ProjectCount).Select(_ => random.Next(5, 500) * (long)voters / 50).ToArray();
        var popularity = Enumerable.Range(0, ProjectCount).Select(p => 1.0 / (p + 10)).ToArray();
        for (var p = 1; p < ProjectCount; p++)
        {
            popularity[p] += popularity[p - 1];
        }

        var profile = new Profile.Builder(ProjectCount, ordinal: false, withPoints: false);
        var ballot = new int[MostApprovals];
        for (var voter = 0; voter < voters; voter++)
        {
            var length = 0;
            for (var wanted = random.Next(1, MostApprovals + 1); length < wanted;)
            {
                var place = Array.BinarySearch(popularity, random.NextDouble() * popularity[^1]);
                var project = Math.Min(place < 0 ? ~place : place, ProjectCount - 1);
                if (!ballot.AsSpan(0, length).Contains(project))
                {
                    ballot[length++] = project;
                }
            }

            profile.Add(ballot.AsSpan(0, length), []);
        }

        Project[] projects = [.. costs.Select((cost, p) => new Project { Index = p, Id = (p + 1).ToString(CultureInfo.InvariantCulture), Name = $"Project {p + 1}", Cost = cost })];
        return new(costs.Sum() / 5, VoteType.Approval, projects, profile.Build());
    }

    public static byte[] File(Instance instance)
    {
        static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
        using var stream = new MemoryStream();
        PabulibWriter.Write(
            stream,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["description"] = "Synthetic vote",
                ["num_projects"] = Text(instance.Projects.Count),
                ["num_votes"] = Text(instance.VoterCount),
                ["budget"] = instance.Budget.ToDecimalText(),
                ["vote_type"] = "approval",
            },
            ["project_id", "cost", "name"], instance.Projects.Select(p => new[] { p.Id, p.Cost.ToDecimalText(), p.Name }),
            ["voter_id", "age", "sex", "voting_method", "vote"], Rows(instance));
        return stream.ToArray();
    }

    private static IEnumerable<string[]> Rows(Instance instance)
    {
        var voter = 0;
        for (var ballot = 0; ballot < instance.Profile.Count; ballot++)
        {
            var vote = string.Join(',', instance.Profile.Projects(ballot).ToArray().Select(p => instance.Projects[p].Id));
            for (var copy = 0; copy < instance.Profile.Weight(ballot); copy++)
            {
                yield return [(++voter).ToString(CultureInfo.InvariantCulture), "40", "F", "internet", vote];
            }
        }
    }
}
