using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using ActiveCitizens.Cli.CastBallots;
using ActiveCitizens.Cli.CountBudget;
using ActiveCitizens.Cli.CountVotes;
using ActiveCitizens.Cli.HoldKeys;
using ActiveCitizens.Cli.IssueCredentials;
using ActiveCitizens.Cli.SetUpElection;
using ActiveCitizens.Cli.TallyVotes;
using ActiveCitizens.Cli.VerifyElection;
using Spectre.Console;

namespace ActiveCitizens.Cli;

/// <summary>The whole command, callable without a process.</summary>
public static class CommandLine
{
    /// <summary>The exit code for a file or an argument that cannot be used.</summary>
    public const int BadInput = 2;

    /// <summary>The exit code after Ctrl-C, as shells have it.</summary>
    public const int Stopped = 130;

    /// <summary>Runs one command line.</summary>
    /// <param name="output">Receives results as UTF-8.</param>
    /// <param name="errors">Receives errors and progress.</param>
    /// <param name="progress">Whether to show progress of long work on <paramref name="errors"/>.</param>
    /// <param name="wide">Whether tables may be as wide as they like, because no terminal limits them.</param>
    /// <param name="askSecret">Asks the person for a passphrase without showing it; null when nobody can be asked. Returns null when nothing was typed.</param>
    /// <returns>0; 1 when what was verified is not valid; <see cref="BadInput"/>.</returns>
    public static int Run(string[] args, Stream output, TextWriter errors, bool progress, bool wide, Func<string, string?>? askSecret = null)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        var screen = new Screen(writer, errors, progress, wide, askSecret);
        var root = new RootCommand("What trustees, auditors and analysts of Active Citizens run at home.") 
        {
            CountCommand.Create(screen),
            CountVotesCommand.Create(screen),
            VerifyCommand.Create(screen),
            ElectionCommand.Create(screen),
            CredentialsCommand.Create(screen),
            TrusteeCommand.Create(screen),
            BallotCommand.Create(screen),
            TallyCommand.Create(screen),
            ShuffleCommand.Create(screen),
            DecryptCommand.Create(screen),
            ResultCommand.Create(screen),
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

        // An exception is a bug: it must not look like the exit code of an invalid election.
        return parsed.Invoke(new InvocationConfiguration { Output = writer, Error = errors, EnableDefaultExceptionHandler = false });
    }

    /// <summary>Says what a verb does. Input that cannot be used becomes its message and <see cref="BadInput"/>; Ctrl-C stops the work, at once or after two seconds.</summary>
    /// <remarks>On a thread of its own: the one that waits ends the program even when the work cannot be interrupted.</remarks>
    internal static void Does(this Command command, Screen screen, Func<ParseResult, CancellationToken, int> action) => command.SetAction((parsed, cancel) => Task.Run(
        () =>
        {
            try
            {
                return action(parsed, cancel);
            }
            catch (BadInputException bad)
            {
                screen.Errors.WriteLine(bad.Message);
                return BadInput;
            }
            catch (OperationCanceledException)
            {
                screen.Errors.WriteLine("Stopped. Nothing was written.");
                return Stopped;
            }
        },
        CancellationToken.None));

    private static IEnumerable<string> Names(CommandResult? at)
    {
        for (; at is not null; at = at.Parent as CommandResult)
        {
            yield return at.Parent is null ? "activecitizens" : at.Command.Name;
        }
    }
}

/// <summary>Where results, errors and progress go.</summary>
internal sealed record Screen(TextWriter Output, TextWriter Errors, bool ShowsProgress, bool IsWide, Func<string, string?>? AskSecret)
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
