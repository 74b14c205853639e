using System.Globalization;
using ActiveCitizens.Budgeting;
using ActiveCitizens.Budgeting.Counting;
using ActiveCitizens.Budgeting.Pabulib;

namespace ActiveCitizens.Bench;

/// <summary>Question answered: does the work grow in proportion to the voters?</summary>
internal static class Growth
{
    private static readonly int[] Electorates = [10_000, 30_000, 100_000, 300_000, 1_000_000];
    private static readonly string[] Rules = ["city_greedy_skip", "mes_cost", "mes_cost_add1"];

    public static void Print(TextWriter output)
    {
        output.WriteLine("| voters | distinct ballots | file MB | read CPU ms | " + string.Join(" | ", Rules.Select(r => $"{r} CPU ms")) + " | managed MB |");
        output.WriteLine("|---:|---:|---:|---:|" + string.Concat(Rules.Select(_ => "---:|")) + "---:|");
        foreach (var voters in Electorates)
        {
            var bytes = SyntheticVote.File(SyntheticVote.Draw(voters, seed: 20_26));
            PabulibFile? file = null;
            var (_, read) = Measure.Median(3, () =>
            {
                using var stream = new MemoryStream(bytes);
                file = PabulibReader.Read(stream);
            });
            var instance = file!.Instance;
            var counts = Rules.Select(rule => Measure.Median(3, () => Counter.Count(instance, Presets.Find(rule)!.RuleFor(instance)!)).Processor).ToList();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {voters} | {instance.Profile.Count} | {bytes.Length / 1e6:F1} | {read:F0} | {string.Join(" | ", counts.Select(c => c.ToString("F0", CultureInfo.InvariantCulture)))} | {GC.GetTotalMemory(forceFullCollection: true) / 1e6:F0} |"));
        }
    }
}
