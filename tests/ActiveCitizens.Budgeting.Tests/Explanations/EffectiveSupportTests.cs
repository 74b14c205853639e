using System.Text.Json.Nodes;
using ActiveCitizens.Budgeting.Counting;
using ActiveCitizens.Budgeting.Explanations;
using ActiveCitizens.Budgeting.Tests.Golden;

namespace ActiveCitizens.Budgeting.Tests.Explanations;

public sealed class EffectiveSupportTests
{
    private static readonly JsonObject Published = JsonNode.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Data", "golden", "effective-support.json")))!.AsObject();

    public static TheoryData<string> Names => [.. Published.Select(entry => entry.Key)];

    [Theory, MemberData(nameof(Names))]
    public void Effective_support_is_what_another_program_computed(string name)
    {
        var set = GoldenSet.Copied.Names.Contains(name) ? GoldenSet.Copied : GoldenSet.Whole;
        if (set is null)
        {
            Assert.Skip("The folder shared/pabulib does not lie beside the repository: this vote is only there.");
            return;
        }

        var instance = set.Read(name).Instance;
        var share = new EqualSharesRule(Satisfaction.Cost);
        Check(instance, share, Published[name]!["plain"]!);
        Check(instance, (EqualSharesRule)Presets.Find("es_add1_int")!.RuleFor(instance)! with { Ties = TieBreaking.ById }, Published[name]!["add1_integral"]!);
    }

    private static void Check(Instance instance, EqualSharesRule rule, JsonNode expected)
    {
        var outcome = Counter.Count(instance, rule, null, TestContext.Current.CancellationToken);
        Assert.Equal(expected["winners"]!.AsArray().Select(w => (string)w!), outcome.Winners.Select(w => instance.Projects[w].Id));
        if (expected["endowment"] is { } endowment)
        {
            Assert.Equal((string)endowment!, outcome.Endowment!.Value.ToString());
        }

        var percent = EffectiveSupport.Percent(instance, outcome, TestContext.Current.CancellationToken);
        Assert.Equal(
            expected["effective_support_percent"]!.AsObject().ToDictionary(e => e.Key, e => (int?)e.Value),
            instance.Projects.ToDictionary(p => p.Id, p => percent[p.Index]));
    }
}
