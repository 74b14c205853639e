using System.Diagnostics;

namespace ActiveCitizens.Bench;

/// <summary>Times work a few times and takes the median: the machine may be shared.</summary>
internal static class Measure
{
    /// <summary>Median wall-clock and processor milliseconds of one call.</summary>
    public static (double Wall, double Processor) Median(int times, Action work)
    {
        var (walls, processors) = (new List<double>(), new List<double>());
        using var process = Process.GetCurrentProcess();
        for (var i = 0; i < times; i++)
        {
            process.Refresh();
            var (clock, processor) = (Stopwatch.GetTimestamp(), process.TotalProcessorTime);
            work();
            walls.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            process.Refresh();
            processors.Add((process.TotalProcessorTime - processor).TotalMilliseconds);
        }

        walls.Sort();
        processors.Sort();
        return (walls[times / 2], processors[times / 2]);
    }
}
