using System.CommandLine;
using System.Text;
using ActiveCitizens.Cli.CountBudget;

namespace ActiveCitizens.Cli;

/// <summary>The whole command, callable without a process.</summary>
public static class CommandLine
{
    /// <summary>The exit code for a file or an argument that cannot be used.</summary>
    public const int BadInput = 2;

    /// <summary>Runs one command line.</summary>
    /// <param name="output">Receives results as UTF-8.</param>
    /// <param name="errors">Receives errors and progress.</param>
    /// <param name="progress">Whether to show progress of long work on <paramref name="errors"/>.</param>
    /// <param name="wide">Whether tables may be as wide as they like, because no terminal limits them.</param>
    /// <returns>0, or <see cref="BadInput"/>.</returns>
    public static int Run(string[] args, Stream output, TextWriter errors, bool progress, bool wide)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        var screen = new Screen(writer, errors, progress, wide);
        var root = new RootCommand("What trustees, auditors and analysts of Active Citizens run at home.") { CountCommand.Create(screen) };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                errors.WriteLine(error.Message);
            }

            errors.WriteLine("Ask for help with: activecitizens count --help");
            return BadInput;
        }

        return parsed.Invoke(new InvocationConfiguration { Output = writer, Error = errors });
    }
}

/// <summary>Where results, errors and progress go.</summary>
internal sealed record Screen(TextWriter Output, TextWriter Errors, bool ShowsProgress, bool IsWide);
