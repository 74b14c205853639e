using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ActiveCitizens.Cli.Archives;
using ActiveCitizens.Cli.Files;
using ActiveCitizens.Cli.Secrets;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Trustees;
using ActiveCitizens.Voting.Trustees.Ceremony;

namespace ActiveCitizens.Cli.HoldKeys;

/// <summary><c>activecitizens trustee threshold</c>: the key ceremony of trustees of whom some are enough, by files in a folder.</summary>
internal static class ThresholdCommand
{
    public const int MaxMembers = 100;

    private const string StartHelp = """
        Step 1 of 4. Makes this member's seed, encrypted, which never leaves this machine, and certificate-N.json for the others.

        Before, agree on how many members there are, how many are needed to decrypt, and who is number 1, 2, 3…

        Example:
          activecitizens trustee threshold start --size 3 --needed 2 --member 1 --name Anna --key Anna.seed --folder ceremony/
        """;

    private const string CommitHelp = """
        Step 2 of 4, when the folder holds everybody's certificate. Writes commitment-N.json for the others.

        All members must see the same fingerprint of the certificates: compare it aloud.

        Example:
          activecitizens trustee threshold commit --key Anna.seed --folder ceremony/
        """;

    private const string RevealHelp = """
        Step 3 of 4, when the folder holds everybody's commitment. Writes reveal-N.json for the others.

        Example:
          activecitizens trustee threshold reveal --key Anna.seed --folder ceremony/
        """;

    private const string FinishHelp = """
        Step 4 of 4, when the folder holds what everybody revealed. Checks the shares received, writes verification-N.json for the others, and
        this member's private key, encrypted, which is what "decrypt" will need.

        Example:
          activecitizens trustee threshold finish --key Anna.seed --folder ceremony/ --private-key Anna.privkey
        """;

    private const string CombineHelp = """
        After step 4: checks all documents of the ceremony again and puts them into one public file for "election new". Needs no secret.

        Example:
          activecitizens trustee threshold combine --size 3 --needed 2 --folder ceremony/ --out threshold.json
        """;

    public static Command Create(Screen screen) => new("threshold", "The key of several trustees of whom some are enough: four steps, taken by each.")
    {
        Start(screen),
        Step(screen, "commit", CommitHelp, "commitment", (member, folder, random) =>
        {
            var certificates = folder.Certificates(member.Setting);
            return (Folder.Done(member.Ceremony.MakeCommitment(certificates, random)), certificates.Digest.Hex);
        }),
        Step(screen, "reveal", RevealHelp, "reveal", (member, folder, random) =>
        {
            var commitments = folder.Commitments(member.Setting);
            return (Folder.Done(member.Ceremony.MakeReveal(commitments, random)), commitments.Certificates.Digest.Hex);
        }),
        Finish(screen),
        Combine(screen),
    };

    private static Command Start(Screen screen)
    {
        var group = Documents.GroupOption();
        var (size, needed) = SizeOptions();
        var number = new Option<int>("--member") { Description = "This member's number, from 1.", Required = true, HelpName = "N" };
        var name = new Option<string>("--name") { Description = "This member's name, shown with the public key.", Required = true, HelpName = "NAME" };
        var key = new Option<FileInfo>("--key") { Description = "Secret file to write.", Required = true, HelpName = "FILE" };
        var folder = FolderOption();
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var secrets = new SecretOptions();
        var command = new Command("start", StartHelp) { group, size, needed, number, name, key, folder, json };
        secrets.AddWithPlainTo(command);
        command.Does(screen, (parsed, _) =>
        {
            var setting = SettingOf(Documents.GroupOf(parsed, group), parsed.GetValue(size), parsed.GetValue(needed));
            var index = parsed.GetValue(number);
            if (index < 1 || index > setting.Size)
            {
                throw new BadInputException($"--member is {index}; expected 1 to {setting.Size}.");
            }

            using var random = RandomNumberGenerator.Create();
            var member = new MemberFile(ThresholdSeed.Generate(random).Text, setting.Group.Name, setting.Size, setting.Threshold, index, TrusteeCommand.FileName(parsed.GetValue(name)!));
            using var secretFile = OutputFile.CreateSecret(parsed.GetValue(key)!);
            using var publicFile = OutputFile.Create(new Folder(parsed.GetValue(folder)!).FileOf("certificate", index));
            var seal = secrets.Sealer(parsed, screen, random);
            publicFile.Stream.Write(member.Ceremony.MakeCertificate(random));
            secretFile.Stream.Write(seal(MemberFile.What, member.ToBytes()));
            secretFile.Finish();
            publicFile.Finish();
            Report.Write(screen, parsed.GetValue(json), new JsonObject { ["member"] = index, ["name"] = member.Name, ["needed"] = setting.Threshold, ["of"] = setting.Size });
            return 0;
        });
        return command;
    }

    private static Command Step(
        Screen screen, string verb, string help, string document, Func<MemberFile, Folder, RandomNumberGenerator, (byte[] Document, string Certificates)> make)
    {
        var key = KeyOption();
        var folder = FolderOption();
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var secrets = new SecretOptions();
        var command = new Command(verb, help) { key, folder, json };
        secrets.AddTo(command);
        command.Does(screen, (parsed, _) =>
        {
            var member = MemberFile.Read((path, what) => secrets.Open(parsed, screen, path, what), parsed.GetValue(key)!);
            var at = new Folder(parsed.GetValue(folder)!);
            using var random = RandomNumberGenerator.Create();
            var (made, certificates) = make(member, at, random);
            OutputFile.Write(at.FileOf(document, member.Member), made);
            Report.Write(screen, parsed.GetValue(json), new JsonObject { ["member"] = member.Member, ["certificates_fingerprint"] = certificates });
            return 0;
        });
        return command;
    }

    private static Command Finish(Screen screen)
    {
        var key = KeyOption();
        var folder = FolderOption();
        var privateKey = new Option<FileInfo>("--private-key") { Description = "Secret file to write, for decrypt.", Required = true, HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var secrets = new SecretOptions();
        var command = new Command("finish", FinishHelp) { key, folder, privateKey, json };
        secrets.AddWithPlainTo(command);
        command.Does(screen, (parsed, _) =>
        {
            var member = MemberFile.Read((path, what) => secrets.Open(parsed, screen, path, what), parsed.GetValue(key)!);
            var at = new Folder(parsed.GetValue(folder)!);
            using var random = RandomNumberGenerator.Create();
            using var secretFile = OutputFile.CreateSecret(parsed.GetValue(privateKey)!);
            using var publicFile = OutputFile.Create(at.FileOf("verification", member.Member));
            var reveals = at.Reveals(member.Setting);
            var document = Folder.Done(member.Ceremony.MakeVerificationKey(reveals, member.Name, random));
            var seal = secrets.Sealer(parsed, screen, random);
            secretFile.Stream.Write(seal(TrusteeCommand.PrivateKey, TrusteePrivateKey.Write(member.Setting.Group, Folder.Done(member.Ceremony.PrivateKey(reveals)))));
            publicFile.Stream.Write(document);
            secretFile.Finish();
            publicFile.Finish();
            Report.Write(screen, parsed.GetValue(json), new JsonObject
            {
                ["member"] = member.Member,
                ["certificates_fingerprint"] = reveals.Commitments.Certificates.Digest.Hex,
                ["key_fingerprint"] = TrusteeKey.Read(document, member.Setting.Group).Checksum.Hex,
            });
            return 0;
        });
        return command;
    }

    private static Command Combine(Screen screen)
    {
        var group = Documents.GroupOption();
        var (size, needed) = SizeOptions();
        var folder = FolderOption();
        var output = new Option<FileInfo>("--out") { Description = "Public file to write.", Required = true, HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("combine", CombineHelp) { group, size, needed, folder, output, json };
        command.Does(screen, (parsed, _) =>
        {
            var setting = SettingOf(Documents.GroupOf(parsed, group), parsed.GetValue(size), parsed.GetValue(needed));
            var at = new Folder(parsed.GetValue(folder)!);
            var reveals = at.Reveals(setting);
            var set = Folder.Done(reveals.Finish(at.Read("verification", setting.Size)));
            OutputFile.Write(parsed.GetValue(output)!, ThresholdFile.Write(setting.Group, set));
            Report.Write(screen, parsed.GetValue(json), new JsonObject
            {
                ["certificates_fingerprint"] = reveals.Commitments.Certificates.Digest.Hex,
                ["members"] = new JsonArray([.. set.VerificationKeys.Select((k, i) => (JsonNode)new JsonObject { ["member"] = i + 1, ["name"] = k.Name, ["key_fingerprint"] = k.Checksum.Hex })]),
            });
            return 0;
        });
        return command;
    }

    private static CeremonySetting SettingOf(Group group, int size, int needed) =>
        size is < 1 or > MaxMembers ? throw new BadInputException($"--size is {size}; expected 1 to {MaxMembers}.")
        : needed < 1 || needed > size ? throw new BadInputException($"--needed is {needed}; expected 1 to {size}.")
        : new(group, size, needed);

    private static (Option<int> Size, Option<int> Needed) SizeOptions() => (
        new("--size") { Description = "How many members there are.", Required = true, HelpName = "N" },
        new("--needed") { Description = "How many members are needed to decrypt.", Required = true, HelpName = "N" });

    private static Option<DirectoryInfo> FolderOption() => new("--folder") { Description = "Folder with the documents of all members, to be copied to each other.", Required = true, HelpName = "FOLDER" };

    private static Option<FileInfo> KeyOption() => new("--key") { Description = "Secret file that start wrote.", Required = true, HelpName = "FILE" };

    /// <summary>The documents of a ceremony, one per member and step.</summary>
    private sealed class Folder(DirectoryInfo at)
    {
        public static T Done<T>(CeremonyOutcome<T> outcome) => outcome switch
        {
            CeremonyOutcome<T>.Done(var value) => value,
            CeremonyOutcome<T>.Refused(var problems) => throw new BadInputException(string.Join('\n', problems.Select(p => $"{p}.")) + "\nNothing was written. Find out who sent what before going on."),
            _ => throw new InvalidOperationException("An outcome is done or refused."),
        };

        public FileInfo FileOf(string document, int member) => new(Path.Combine(at.FullName, string.Create(CultureInfo.InvariantCulture, $"{document}-{member}.json")));

        public IReadOnlyList<ReadOnlyMemory<byte>> Read(string document, int size)
        {
            List<FileInfo> files = [.. Enumerable.Range(1, size).Select(member => FileOf(document, member))];
            return files.Find(file => !file.Exists) is { } missing ? throw new BadInputException($"{missing.Name} is not in the folder yet. Copy it there from the member who made it.")
                : [.. files.Select(Documents.Bytes)];
        }

        public CertificateSet Certificates(CeremonySetting setting) => Done(CertificateSet.Read(setting, Read("certificate", setting.Size)));

        public CommitmentSet Commitments(CeremonySetting setting) => Done(CommitmentSet.Read(Certificates(setting), Read("commitment", setting.Size)));

        public RevealSet Reveals(CeremonySetting setting) => Done(RevealSet.Read(Commitments(setting), Read("reveal", setting.Size)));
    }
}
