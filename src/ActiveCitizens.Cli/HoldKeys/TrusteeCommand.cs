using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ActiveCitizens.Cli.Archives;
using ActiveCitizens.Cli.Files;
using ActiveCitizens.Cli.Secrets;
using ActiveCitizens.Voting.Trustees;

namespace ActiveCitizens.Cli.HoldKeys;

/// <summary><c>activecitizens trustee</c>: what trustees do before an election.</summary>
internal static class TrusteeCommand
{
    /// <summary>What a sealed private key says it holds, of a mandatory trustee or of a member of a threshold set.</summary>
    public const string PrivateKey = "private key of a trustee";

    private const string KeyHelp = """
        Makes the key of a trustee without whom the election cannot be decrypted.

        Written are NAME.pubkey, for whoever sets up the election, and NAME.privkey, encrypted, which never leaves this trustee. Tell the
        fingerprint that is printed to the others by another way: everybody compares it with "election show".

        Example:
          activecitizens trustee key new --name Anna --out keys/
        """;

    public static Command Create(Screen screen) => new("trustee", "What trustees do before an election: make and share keys.")
    {
        new Command("key", "The key of a mandatory trustee.") { NewKey(screen) },
        ThresholdCommand.Create(screen),
    };

    private static Command NewKey(Screen screen)
    {
        var group = Documents.GroupOption();
        var name = new Option<string>("--name") { Description = "Name of the trustee, shown with the public key.", Required = true, HelpName = "NAME" };
        var folder = new Option<DirectoryInfo>("--out") { Description = "Folder to write into.", Required = true, HelpName = "FOLDER" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var secrets = new SecretOptions();
        var command = new Command("new", KeyHelp) { group, name, folder, json };
        secrets.AddWithPlainTo(command);
        command.Does(screen, (parsed, _) =>
        {
            using var random = RandomNumberGenerator.Create();
            var (at, who, inGroup) = (parsed.GetValue(folder)!.FullName, FileName(parsed.GetValue(name)!), Documents.GroupOf(parsed, group));
            using var publicFile = OutputFile.Create(new(Path.Combine(at, who + ".pubkey")));
            using var privateFile = OutputFile.CreateSecret(new(Path.Combine(at, who + ".privkey")));
            var seal = secrets.Sealer(parsed, screen, random);
            var secret = TrusteePrivateKey.Generate(inGroup, random);
            var key = TrusteeKey.Prove(inGroup, secret, parsed.GetValue(name), random);
            publicFile.Stream.Write(key.ToDocument(inGroup));
            privateFile.Stream.Write(seal(PrivateKey, TrusteePrivateKey.Write(inGroup, secret)));
            privateFile.Finish();
            publicFile.Finish();
            Report.Write(screen, parsed.GetValue(json), new JsonObject { ["trustee"] = key.Name, ["key_fingerprint"] = key.Checksum.Hex });
            return 0;
        });
        return command;
    }

    /// <exception cref="BadInputException">The name cannot be one of a file.</exception>
    public static string FileName(string name) =>
        name.Length is > 0 and <= 80 && name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0 && name is not ['.', ..] ? name
            : throw new BadInputException($"--name is \"{name}\"; expected 1 to 80 characters that a file name can hold.");
}
