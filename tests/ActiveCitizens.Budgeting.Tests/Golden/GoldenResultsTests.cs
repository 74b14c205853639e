using System.Text.Json.Nodes;
using ActiveCitizens.Budgeting.Counting;

namespace ActiveCitizens.Budgeting.Tests.Golden;

public sealed class GoldenResultsTests
{
    public static TheoryData<string> CopiedNames => [.. GoldenSet.Copied.Names];

    public static TheoryData<string> WholeNames => [.. GoldenSet.Whole?.Names ?? ["(absent)"]];

    [Theory, MemberData(nameof(CopiedNames))]
    public void Copied_votes_give_the_published_results(string name) => Compare(GoldenSet.Copied, name);

    [Theory, MemberData(nameof(WholeNames))]
    public void All_votes_give_the_published_results(string name)
    {
        if (GoldenSet.Whole is not { } whole)
        {
            Assert.Skip("The folder shared/pabulib does not lie beside the repository: only the copied votes were counted.");
            return;
        }

        Compare(whole, name);
    }

    private static void Compare(GoldenSet set, string name)
    {
        var golden = set.Results(name);
        var instance = set.Read(name).Instance;
        Assert.Equal((long)golden["voters"]!, instance.VoterCount);
        Assert.Equal((int)golden["projects"]!, instance.Projects.Count);
        Assert.Equal(Rational.Parse(((string)golden["budget"]!).Replace(',', '.')), instance.Budget);
        var differences = new List<string>();
        var only = Environment.GetEnvironmentVariable("GOLDEN_PRESETS")?.Split(',');
        foreach (var (id, expected) in golden["results"]!.AsObject())
        {
            if (only is null || only.Contains(id, StringComparer.Ordinal))
            {
                differences.AddRange(GoldenComparison.Differences(instance, id, expected!.AsObject()).Select(d => $"{id}: {d}"));
            }
        }

        Assert.True(differences.Count == 0, $"{name}{Environment.NewLine}{string.Join(Environment.NewLine, differences)}");
    }
}
