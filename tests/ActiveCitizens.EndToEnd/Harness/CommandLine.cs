using System.Diagnostics;
using System.Text.Json;

namespace ActiveCitizens.EndToEnd.Harness;

/// <summary>Runs a command as the page shows it, in the folder of the download, with the program built here.</summary>
internal static class CommandLine
{
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string shown, string folder, params string[] more)
    {
        var words = shown.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("activecitizens", words[0]);
        var start = new ProcessStartInfo(Repository.CommandLineProgram(), [.. words.Skip(1), .. more])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>The ids of the funded projects, in the order in which the rule took them.</summary>
    public static async Task<IReadOnlyList<string>> WinnersAsync(string shown, string folder)
    {
        var (exitCode, output, error) = await RunAsync(shown, folder, "--json");
        Assert.True(exitCode == 0, error);
        using var json = JsonDocument.Parse(output);
        return [.. json.RootElement.GetProperty("winners").EnumerateArray().Select(winner => winner.GetString()!)];
    }
}
