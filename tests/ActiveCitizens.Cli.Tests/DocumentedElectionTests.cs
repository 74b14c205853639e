using System.Diagnostics;
using System.Text.RegularExpressions;
using ActiveCitizens.Voting.Tests;

namespace ActiveCitizens.Cli.Tests;

/// <summary>An election by hand on three machines, held as docs/verifying.md says.</summary>
public sealed class DocumentedElectionTests(DocumentedElection election) : IClassFixture<DocumentedElection>
{
    [Fact]
    public void Every_machine_ends_with_the_same_valid_election_and_its_own_sealed_key()
    {
        Assert.Equal(18, election.BlocksOfCommands);
        foreach (var machine in DocumentedElection.Everybody)
        {
            Assert.Contains("VALID: the election is complete", election.Shell(machine, "activecitizens verify council.bel"), StringComparison.Ordinal);
            Assert.StartsWith("{\"sealed\":1,", File.ReadAllText(election.PathOf(machine, machine + ".privkey")), StringComparison.Ordinal);
        }

        Assert.Contains("2 of 2 seats: Farid, Hugo", election.Shell("Dora", "activecitizens count-votes council.bel --method plurality --seats 2"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_for_verifying_works_as_written() => Assert.Equal(6, election.FollowVerification());

    [Fact]
    public void Its_archive_verifies_with_belenios_tool()
    {
        var tool = BeleniosTool.Ed25519();
        var folder = Directory.CreateTempSubdirectory().FullName;
        File.Copy(election.PathOf("Bilal", "council.bel"), Path.Combine(folder, election.Uuid + ".bel"));
        tool.Print("", "election", "verify", "--dir", folder);
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>Follows docs/verifying.md to the letter, with the built program, on three folders that stand for three machines.</summary>
public sealed partial class DocumentedElection : IDisposable
{
    private readonly TestCommand _command = new();
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal) { ["ACTIVECITIZENS_PASSPHRASE"] = "four words make sense" };
    private readonly Dictionary<string, string> _says = new(StringComparer.Ordinal);
    private readonly string _verify;

    public DocumentedElection()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the commands are for a Unix shell");
        foreach (var machine in Everybody)
        {
            Directory.CreateDirectory(_command.PathOf(machine));
        }

        (_verify, var hold) = Sections();
        BlocksOfCommands = Follow(hold);
    }

    public static IReadOnlyList<string> Everybody { get; } = ["Anna", "Bilal", "Dora"];

    public int BlocksOfCommands { get; }

    public string Uuid => _known["UUID"];

    public void Dispose() => _command.Dispose();

    public string PathOf(string machine, string file) => Path.Combine(_command.PathOf(machine), file);

    /// <returns>How many blocks of commands were run.</returns>
    public int FollowVerification()
    {
        var shown = Shell("Dora", "activecitizens election show council.bel");
        _known["FINGERPRINT"] = Said(shown, "Election fingerprint")!;
        _known["LIST_FINGERPRINT"] = Said(shown, "Public credentials fingerprint")!;
        _known["VOTERS"] = "3";
        File.Copy(PathOf("Anna", "council-earlier.bel"), PathOf("Dora", "council-earlier.bel"));
        foreach (Match block in Blocks().Matches(_verify))
        {
            Shell("Dora", block.Groups["body"].Value);
        }

        return Blocks().Count(_verify);
    }

    public string Shell(string machine, string commands)
    {
        var start = new ProcessStartInfo("bash", ["-e"])
        {
            WorkingDirectory = _command.PathOf(machine), UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var (name, value) in _known)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Write(commands);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"On {machine}'s machine «{commands}» ended with {process.ExitCode}: {errors.GetAwaiter().GetResult()}{output}");
        return output;
    }

    /// <returns>How many blocks of commands were run.</returns>
    private int Follow(string text)
    {
        var commands = 0;
        IEnumerable<string> who = [];
        foreach (Match step in Steps().Matches(text))
        {
            if (step.Groups["who"] is { Success: true } named)
            {
                who = named.Value == "Everybody" ? Everybody : [named.Value];
            }
            else if (step.Groups["files"] is { Success: true } files)
            {
                foreach (Match file in Quoted().Matches(files.Value))
                {
                    foreach (var to in Everybody.Where(m => step.Groups["to"].Value.Contains(m, StringComparison.Ordinal)))
                    {
                        Copy(step.Groups["from"].Value, to, file.Groups["file"].Value);
                    }
                }
            }
            else if (step.Groups["name"].Value.Length > 0)
            {
                foreach (var machine in Everybody)
                {
                    File.WriteAllText(PathOf(machine, step.Groups["name"].Value), step.Groups["body"].Value);
                }
            }
            else
            {
                commands++;
                foreach (var machine in who)
                {
                    Type(machine, step.Groups["body"].Value);
                }
            }
        }

        return commands;
    }

    private void Type(string machine, string commands)
    {
        if (commands.StartsWith("ME=", StringComparison.Ordinal))
        {
            _says[machine] = commands;
            return;
        }

        if (commands.Contains("--credential-file", StringComparison.Ordinal))
        {
            var letter = File.ReadAllLines(PathOf("Bilal", "letters.csv"))[1];
            File.WriteAllText(PathOf(machine, "credential.txt"), letter[(letter.LastIndexOf(',') + 1)..]);
        }

        var output = Shell(machine, $"{_says[machine]}{commands}");
        foreach (var name in new[] { "Uuid", "Tracker" })
        {
            if (Said(output, name) is { } said)
            {
                _known[name.ToUpperInvariant()] = said;
            }
        }

        if (commands.Contains("ballot add", StringComparison.Ordinal))
        {
            Assert.False(File.Exists(PathOf(machine, "credential.txt")));
            File.Copy(PathOf("Anna", "council.bel"), PathOf("Anna", "council-earlier.bel"));
        }
    }

    private static string? Said(string output, string name) =>
        output.Split('\n').FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.Ordinal))?[(name.Length + 2)..];

    private void Copy(string from, string to, string file)
    {
        var target = new FileInfo(PathOf(to, file));
        target.Directory!.Create();
        File.Copy(PathOf(from, file), target.FullName, overwrite: true);
    }

    private static (string Verify, string Hold) Sections()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "docs", "verifying.md")))
        {
            at = at.Parent ?? throw new InvalidOperationException("docs/verifying.md is not above the tests.");
        }

        var parts = File.ReadAllText(Path.Combine(at.FullName, "docs", "verifying.md")).Split("\n## ");
        return (parts.Single(p => p.StartsWith("Verify an election", StringComparison.Ordinal)), parts.Single(p => p.StartsWith("Hold an election", StringComparison.Ordinal)));
    }

    [GeneratedRegex("```sh\\n(?<body>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blocks();

    [GeneratedRegex("`(?<file>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    /// <summary>"Anna types…:", "Copy from Anna to Bilal and Dora: `file`.", a block of commands, or a file with its name after the opening fence.</summary>
    [GeneratedRegex("^```(?:sh|[a-z]+ (?<name>\\S+))\\n(?<body>.*?)^```|^Copy from (?<from>\\w+) to (?<to>[^:]+): (?<files>[^\\n]+)\\.$|(?<who>Anna|Bilal|Dora|Everybody) types", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Steps();
}
