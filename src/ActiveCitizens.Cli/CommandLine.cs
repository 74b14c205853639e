using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using ActiveCitizens.Cli.CountBudget;
using ActiveCitizens.Cli.CountVotes;
using Spectre.Console;

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
        var root = new RootCommand("What trustees, auditors and analysts of Active Citizens run at home.") 
        {
            CountCommand.Create(screen),
            CountVotesCommand.Create(screen),
        };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                errors.WriteLine(error.Message);
            }

            errors.WriteLine($"Ask for help with: {string.Join(' ', Names(parsed.CommandResult).Reverse())} --help");
            return BadInput;
        }

        return parsed.Invoke(new InvocationConfiguration { Output = writer, Error = errors });
    }

    /// <summary>Does what a verb does, and turns input that cannot be used into its message and <see cref="BadInput"/>.</summary>
    internal static int Guard(Screen screen, Func<int> action)
    {
        try
        {
            return action();
        }
        catch (BadInputException bad)
        {
            screen.Errors.WriteLine(bad.Message);
            return BadInput;
        }
    }

    private static IEnumerable<string> Names(CommandResult? at)
    {
        for (; at is not null; at = at.Parent as CommandResult)
        {
            yield return at.Parent is null ? "activecitizens" : at.Command.Name;
        }
    }
}

/// <summary>Where results, errors and progress go.</summary>
internal sealed record Screen(TextWriter Output, TextWriter Errors, bool ShowsProgress, bool IsWide)
{
    private const int WidthWithoutTerminal = 160;

    /// <summary>Draws tables on <see cref="Output"/>.</summary>
    public IAnsiConsole Console()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Output), Interactive = InteractionSupport.No, Ansi = IsWide ? AnsiSupport.No : AnsiSupport.Detect });
        if (IsWide)
        {
            console.Profile.Width = WidthWithoutTerminal;
        }

        return console;
    }
}
