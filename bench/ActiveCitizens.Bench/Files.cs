using System.Globalization;
using System.IO.Compression;
using ActiveCitizens.Budgeting;
using ActiveCitizens.Budgeting.Counting;
using ActiveCitizens.Budgeting.Pabulib;

namespace ActiveCitizens.Bench;

/// <summary>Question answered: how long do real votes take, reading included, first in a fresh process and then warm?</summary>
internal static class Files
{
    private static readonly string[] Rules = ["mes_cost", "mes_cost_add1", "es_add1_int", "es_add1_exh_int", "es_add1u_exh_int"];

    public static void Print(TextWriter output, IEnumerable<string> paths)
    {
        output.WriteLine("| file | rule | first ms | median ms | median CPU ms | peak MB |");
        output.WriteLine("|---|---|---:|---:|---:|---:|");
        foreach (var path in paths)
        {
            foreach (var rule in Rules)
            {
                var (first, _) = Measure.Median(1, () => ReadAndCount(path, rule));
                var (wall, processor) = Measure.Median(7, () => ReadAndCount(path, rule));
                using var process = System.Diagnostics.Process.GetCurrentProcess();
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Path.GetFileName(path)} | {rule} | {first:F0} | {wall:F0} | {processor:F0} | {process.PeakWorkingSet64 / 1e6:F0} |"));
            }
        }
    }

    private static void ReadAndCount(string path, string rule)
    {
        using var file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        var instance = PabulibReader.Read(plain).Instance;
        Counter.Count(instance, Presets.Find(rule)!.RuleFor(instance)!);
    }
}
