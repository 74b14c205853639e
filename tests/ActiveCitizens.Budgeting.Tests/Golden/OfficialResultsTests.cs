using System.Text.Json.Nodes;
using ActiveCitizens.Budgeting.Counting;

namespace ActiveCitizens.Budgeting.Tests.Golden;

/// <summary>What cities really funded.</summary>
public sealed class OfficialResultsTests
{
    public static TheoryData<string> Names => [.. (GoldenSet.Whole ?? GoldenSet.Copied).Names];

    [Theory, MemberData(nameof(Names))]
    public void What_the_city_funded_is_derived_again_or_is_known_to_be_irregular(string name)
    {
        var set = GoldenSet.Whole ?? GoldenSet.Copied;
        if (set.Results(name)["official"] is not JsonObject official)
        {
            return;
        }

        var instance = set.Read(name).Instance;
        var funded = official["selected1"]!.AsArray().Select(id => (string)id!).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(funded, instance.Projects.Where(p => p.PublishedSelected == 1).Select(p => p.Id).Order(StringComparer.Ordinal));
        var rule = (string)official["rule"]!;
        if (rule.StartsWith("equalshares", StringComparison.Ordinal))
        {
            Assert.Equal(funded, Funded(instance, Presets.Find("es_add1_int")!.RuleFor(instance)!));
            return;
        }

        var key = (string)official["key"]! == "score" ? GreedyKey.Score : GreedyKey.Votes;
        foreach (var (flag, stops) in new[] { ("greedy_skip_reproduces", false), ("greedy_noskip_reproduces", true) })
        {
            var greedy = new CityGreedyRule(key, stops, rule == "greedy-threshold") { Ties = TieBreaking.ByFileOrder };
            Assert.Equal((bool)official[flag]!, funded.SequenceEqual(Funded(instance, greedy)));
        }
    }

    private static IEnumerable<string> Funded(Instance instance, CountingRule rule) =>
        Counter.Count(instance, rule).Winners.Select(w => instance.Projects[w].Id).Order(StringComparer.Ordinal);
}
