namespace ActiveCitizens.Web.Features.Shared.Jobs;

/// <summary>Computing that takes longer than a request: on another thread, with a word now and then on how far it has come.</summary>
public static class LongWork
{
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(500);

    /// <param name="report">Called at a steady pace while the work runs; may cancel it.</param>
    public static async Task<T> RunAsync<T>(Func<T> work, Func<Task> report, CancellationToken cancel)
    {
        var running = Task.Run(work, cancel);
        while (await Task.WhenAny(running, Task.Delay(ReportEvery, cancel)) != running)
        {
            await report();
        }

        return await running;
    }
}

/// <summary>The newest of many reports, read from another thread.</summary>
/// <remarks><see cref="Progress{T}"/> would post each to the thread pool, out of order.</remarks>
public sealed class LatestReport<T>(T start) : IProgress<T>
    where T : class
{
    private volatile T _latest = start;

    public T Latest => _latest;

    public void Report(T value) => _latest = value;
}
