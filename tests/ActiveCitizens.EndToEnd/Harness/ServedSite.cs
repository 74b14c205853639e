using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ActiveCitizens.EndToEnd.Harness;

/// <summary>The site as its own process, from its start to the end of what it prints when ready.</summary>
internal sealed partial class ServedSite : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServedSite(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError, start.UseShellExecute) = (true, true, false);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException($"The site ended before it was ready:\n{Output}"));
    }

    public const int PersonaCount = 7;

    public string Address { get; private set; } = "";

    /// <summary>The sign-in link of each persona, by the part the person plays, such as "officer".</summary>
    public ConcurrentDictionary<string, string> Links { get; } = new(StringComparer.Ordinal);

    public TimeSpan ReadyAfter { get; private set; }

    public string Output => string.Join('\n', _lines);

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task<ServedSite> StartAsync(ProcessStartInfo start)
    {
        var site = new ServedSite(start);
        var watch = Stopwatch.StartNew();
        site._process.Start();
        site._process.BeginOutputReadLine();
        site._process.BeginErrorReadLine();
        try
        {
            await site._ready.Task.WaitAsync(StartsWithin);
        }
        catch (TimeoutException late)
        {
            await site.DisposeAsync();
            throw new InvalidOperationException($"The site was not ready after {StartsWithin}:\n{site.Output}", late);
        }

        site.ReadyAfter = watch.Elapsed;
        return site;
    }

    /// <summary>Asks the process to end as an operator does.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(StopsWithin);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            try
            {
                await StopAsync();
            }
            catch (TimeoutException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        if (ReadyLine().Match(line) is { Success: true } ready)
        {
            Address = ready.Groups["address"].Value;
        }
        else if (PersonaLine().Match(line) is { Success: true } persona)
        {
            Links[persona.Groups["part"].Value] = persona.Groups["link"].Value;
            if (Links.Count == PersonaCount)
            {
                _ready.TrySetResult();
            }
        }
    }

    [GeneratedRegex(@"^Ready: (?<address>http://\S+)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ReadyLine();

    [GeneratedRegex(@"^  (?<part>\S+( \S+)*)  .*(?<link>http://\S+/account/sign-in/link\?token=\S+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PersonaLine();
}
