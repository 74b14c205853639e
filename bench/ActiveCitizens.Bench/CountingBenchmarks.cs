using ActiveCitizens.Budgeting;
using ActiveCitizens.Budgeting.Counting;
using BenchmarkDotNet.Attributes;

namespace ActiveCitizens.Bench;

/// <summary>Question answered: does a whole-city count stay under a second, so that a page can run it on demand?</summary>
[MemoryDiagnoser]
public class CountingBenchmarks
{
    private Instance _instance = null!;

    [Params(1_000, 100_000)] // a neighbourhood; a large city
    public int Voters { get; set; }

    [Params("city_greedy_skip", "mes_cost", "es_add1_int")]
    public string Preset { get; set; } = "";

    [GlobalSetup]
    public void DrawBallots() => _instance = SyntheticVote.Draw(Voters, seed: 20_26);

    [Benchmark]
    public Outcome Count() => Counter.Count(_instance, Presets.Find(Preset)!.RuleFor(_instance)!);
}
