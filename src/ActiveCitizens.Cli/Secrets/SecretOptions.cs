using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Cli.Files;

namespace ActiveCitizens.Cli.Secrets;

/// <summary>Where passphrases come from: a file, the environment, or the person at the terminal; never the command line.</summary>
internal sealed class SecretOptions
{
    public const string Variable = "ACTIVECITIZENS_PASSPHRASE";
    public const int MinLength = 12;

    private readonly Option<FileInfo?> _file = new("--passphrase-file")
    {
        Description = $"Read the passphrase from the first line of a file; else it is taken from {Variable}, or asked for.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _plain = new("--plain") { Description = "Do not encrypt the secret file; it is still readable by its owner alone." };

    /// <summary>For verbs that open secrets.</summary>
    public void AddTo(Command command) => command.Add(_file);

    /// <summary>For verbs that make secrets.</summary>
    public void AddWithPlainTo(Command command)
    {
        AddTo(command);
        command.Add(_plain);
    }

    /// <summary>Makes ready to seal: asks for the passphrase before long work, not after it.</summary>
    /// <exception cref="BadInputException">There is no passphrase, or it is too short.</exception>
    public Func<string, byte[], byte[]> Sealer(ParseResult parsed, Screen screen, RandomNumberGenerator random)
    {
        if (parsed.GetValue(_plain))
        {
            return (_, content) => content;
        }

        var passphrase = Find(parsed) ?? AskTwice(screen);
        return passphrase.Length >= MinLength ? (what, content) => SealedFile.Seal(what, content, passphrase, random)
            : throw new BadInputException($"The passphrase has {passphrase.Length} characters; use at least {MinLength}, four words for example.");
    }

    /// <summary>Reads a secret, sealed or plain.</summary>
    /// <exception cref="BadInputException">The file cannot be read, or the passphrase is missing or wrong.</exception>
    public byte[] Open(ParseResult parsed, Screen screen, FileInfo path, string what)
    {
        var file = InputFile.Read(path);
        return SealedFile.IsSealed(file.Bytes)
            ? SealedFile.Open(file.Name, what, file.Bytes, Find(parsed) ?? Ask(screen, $"Passphrase of {file.Name}: "))
            : file.Bytes;
    }

    private string? Find(ParseResult parsed)
    {
        if (parsed.GetValue(_file) is not { } path)
        {
            return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value ? value : null;
        }

        return Encoding.UTF8.GetString(InputFile.Read(path).Bytes).Split('\n', 2)[0].TrimEnd('\r') is { Length: > 0 } line ? line
            : throw new BadInputException($"{path.Name} has no passphrase in its first line.");
    }

    private static string AskTwice(Screen screen)
    {
        var first = Ask(screen, $"New passphrase (at least {MinLength} characters): ");
        return Ask(screen, "The same passphrase again: ") == first ? first : throw new BadInputException("The two passphrases differ. Nothing was written.");
    }

    private static string Ask(Screen screen, string question) =>
        screen.AskSecret?.Invoke(question) ?? throw new BadInputException($"A passphrase is needed: use --passphrase-file, set {Variable}, or run the command in a terminal.");
}
