using System.Diagnostics;
using System.Text;

namespace ActiveCitizens.Voting.Tests;

/// <summary>The reference program in one release, as <c>tests/with-belenios</c> puts it at hand.</summary>
internal sealed class BeleniosTool
{
    private readonly string _path;
    private readonly string _folder;

    private BeleniosTool(string path, string folder) => (_path, _folder) = (path, folder);

    /// <summary>Release 2.0 (Debian 12): finite-field groups only.</summary>
    public static BeleniosTool FiniteField() => Find("BELENIOS_TOOL_FF");

    /// <summary>Release 3.0 (Debian 13): Ed25519 too.</summary>
    public static BeleniosTool Ed25519() => Find("BELENIOS_TOOL_ED");

    /// <summary>The same tool, run in a folder, for verbs that write where they run.</summary>
    public BeleniosTool In(string folder) => new(_path, folder);

    /// <summary>Runs the tool to its end, for at most two minutes.</summary>
    /// <param name="input">What it reads on standard input.</param>
    public (int Exit, string Output, string Errors) Run(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(_path, arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"belenios-tool {string.Join(' ', arguments)} did not end.");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    /// <summary>Runs the tool and returns what it prints.</summary>
    public string Print(string input, params string[] arguments)
    {
        var (exit, output, errors) = Run(input, arguments);
        Assert.True(exit == 0, $"belenios-tool {string.Join(' ', arguments)} ended with {exit}: {errors}{output}");
        return output;
    }

    private static BeleniosTool Find(string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path)
        {
            return new(path, "");
        }

        const string missing = "belenios-tool is not at hand: run the tests through tests/with-belenios";
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", missing);
        Assert.Fail(missing);
        throw new UnreachableException();
    }
}
