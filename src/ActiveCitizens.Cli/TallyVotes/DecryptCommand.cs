using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ActiveCitizens.Cli.Archives;
using ActiveCitizens.Cli.Files;
using ActiveCitizens.Cli.HoldKeys;
using ActiveCitizens.Cli.Secrets;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Trustees;

namespace ActiveCitizens.Cli.TallyVotes;

/// <summary><c>activecitizens decrypt</c>: a trustee's part of the decryption.</summary>
internal static class DecryptCommand
{
    private const string Help = """
        Makes a trustee's part of the decryption. The archive is verified first, down to every ballot: a key is never used on anything else.

        Hand the file that is written to whoever runs "result". It tells nothing as long as too few other trustees have done the same.

        Example:
          activecitizens decrypt council.bel --key keys/Anna.privkey --out decryption-Anna.json
        """;

    public static Command Create(Screen screen)
    {
        var path = new Argument<FileInfo>("ARCHIVE") { Description = "The election's archive, .bel, after tally." };
        var key = new Option<FileInfo>("--key") { Description = "The trustee's private key.", Required = true, HelpName = "FILE" };
        var output = new Option<FileInfo>("--out") { Description = "Partial decryption to write.", Required = true, HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var secrets = new SecretOptions();
        var command = new Command("decrypt", Help) { path, key, output, json };
        secrets.AddTo(command);
        command.Does(screen, (parsed, cancel) =>
        {
            var (file, secret) = (parsed.GetValue(path)!, parsed.GetValue(key)!);
            var group = ElectionArchive.Read(file, cancel).Election.Group;
            var privateKey = Documents.Parse(secret.Name, secrets.Open(parsed, screen, secret, TrusteeCommand.PrivateKey), bytes => TrusteePrivateKey.Read(bytes.Span, group));
            var box = CheckedTally.Read(
                file, screen, "decryption comes after tally, and after shuffle --end where a question is ranked",
                [ArchiveEventType.EncryptedTally, ArchiveEventType.EndShuffles, ArchiveEventType.PartialDecryption], cancel);
            if (box.Archive.LastType == ArchiveEventType.EncryptedTally && box.Archive.Election.HasNonHomomorphicQuestions)
            {
                throw new BadInputException($"{file.Name} has ranked questions: shuffle them before decrypting.");
            }

            var own = group.Encode(group.GeneratorPower(privateKey))[0];
            var number = box.Archive.Trustees.Keys.ToList().FindIndex(k => k.Text == own) + 1;
            if (number == 0)
            {
                throw new BadInputException($"{secret.Name} is the key of no trustee of this election.");
            }

            using var random = RandomNumberGenerator.Create();
            var decryption = PartialDecryption.Make(box.Archive.Election, box.Ciphertexts, privateKey, random);
            cancel.ThrowIfCancellationRequested();
            OutputFile.Write(parsed.GetValue(output)!, decryption);
            Report.Write(screen, parsed.GetValue(json), new JsonObject
            {
                ["trustee_number"] = number,
                ["trustee"] = box.Archive.Trustees.Keys[number - 1].Name,
                ["decryption_fingerprint"] = Digest.Of(decryption).Hex,
            });
            return 0;
        });
        return command;
    }
}
