using System.Diagnostics;
using System.Net.Sockets;

namespace ActiveCitizens.EndToEnd.Harness;

/// <summary>A city's site as a process of its own on a database that is there already; it may be killed.</summary>
public sealed class SiteProcess : IDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(2);
    private readonly Process _process;

    private SiteProcess(Process process, string address) => (_process, Address) = (process, address);

    public string Address { get; }

    public int Id => _process.Id;

    /// <param name="program">ActiveCitizens.Web.dll.</param>
    /// <param name="webFolder">Folder of the site's project.</param>
    /// <param name="port">A free one; the same one again for a second start.</param>
    public static async Task<SiteProcess> StartAsync(string program, string webFolder, string provider, string connectionString, int port, IReadOnlyDictionary<string, string>? settings = null)
    {
        var start = new ProcessStartInfo("dotnet", [program]) { WorkingDirectory = webFolder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        start.Environment["Cities__0__IsDemonstration"] = "false";
        start.Environment["Cities__0__Database__Provider"] = provider;
        start.Environment["Cities__0__Database__ConnectionString"] = connectionString;
        start.Environment["RateLimits__PostsPerMinute"] = "100000000";
        foreach (var (key, value) in settings ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[key] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("The site did not start.");
        var output = new System.Text.StringBuilder();
        process.OutputDataReceived += (_, line) => output.AppendLine(line.Data);
        process.ErrorDataReceived += (_, line) => output.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var site = new SiteProcess(process, $"http://127.0.0.1:{port}");
        using var client = new HttpClient { BaseAddress = new(site.Address) };
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < StartsWithin; await Task.Delay(50))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The site ended before it was ready:\n{output}");
            }

            try
            {
                if ((await client.GetAsync("/health/ready")).IsSuccessStatusCode)
                {
                    return site;
                }
            }
            catch (HttpRequestException e) when (e.InnerException is SocketException or IOException or null)
            {
                // It does not listen yet.
            }
        }

        site.Dispose();
        throw new InvalidOperationException($"The site was not ready after {StartsWithin}:\n{output}");
    }

    /// <summary>Ends it at once, as a power cut does.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
