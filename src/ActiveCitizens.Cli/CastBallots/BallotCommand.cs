using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ActiveCitizens.Cli.Archives;
using ActiveCitizens.Cli.Files;
using ActiveCitizens.Cli.IssueCredentials;
using ActiveCitizens.Cli.Secrets;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Cli.CastBallots;

/// <summary><c>activecitizens ballot</c>: makes ballots, puts them into the box, and checks what one holds.</summary>
internal static class BallotCommand
{
    private const string MakeHelp = """
        Encrypts a voter's choices, proves that they are allowed, signs them with the voter's credential, and prints the tracker to keep.

        CHOICES is a file with one list of numbers per question: [[1,0],[0,1,1,0]]. Where a question allows a blank vote, the first number is 1 for
        it and 0 otherwise. Neither choices nor credential are ever written on the command line: it is kept in the terminal's history.
        The credential comes from a file with nothing else in it, from the authority's file with --voter, or is asked for.

        Examples:
          activecitizens ballot make council.bel --choices choices.json --credential-file credential.txt --out ballot.json
          activecitizens ballot make council.bel --choices choices.json --credentials private_credentials.json --voter v01 --out ballot.json
        """;

    private const string AddHelp = """
        Puts ballots into the box, in the order given: each is verified as a server would, and all are added or none.

        Example:
          activecitizens ballot add council.bel ballot-1.json ballot-2.json
        """;

    public static Command Create(Screen screen) => new("ballot", "Make ballots, put them into the box, and check what one holds.") { Make(screen), Add(screen), CheckCommand.Create(screen) };

    private static Command Make(Screen screen)
    {
        var path = new Argument<FileInfo>("ARCHIVE") { Description = "The election's archive, .bel." };
        var choices = new Option<FileInfo>("--choices") { Description = "JSON file with one list of numbers per question.", Required = true, HelpName = "CHOICES" };
        var credential = new Option<FileInfo?>("--credential-file") { Description = "File that holds the voter's credential alone.", HelpName = "FILE" };
        var credentials = new Option<FileInfo?>("--credentials") { Description = "The authority's file of private credentials; needs --voter.", HelpName = "FILE" };
        var voter = new Option<string?>("--voter") { Description = "Whose credential of --credentials to use.", HelpName = "ID" };
        var output = new Option<FileInfo>("--out") { Description = "Ballot to write.", Required = true, HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var secrets = new SecretOptions();
        var command = new Command("make", MakeHelp) { path, choices, credential, credentials, voter, output, json };
        secrets.AddTo(command);
        command.Does(screen, (parsed, cancel) =>
        {
            var archive = ElectionArchive.Read(parsed.GetValue(path)!, cancel).Require("its box is closed", ArchiveEventType.Setup, ArchiveEventType.Ballot);
            var values = ReadChoices(parsed.GetValue(choices)!);
            if (BallotMaker.FindProblem(archive.Election, values) is { } problem)
            {
                throw new BadInputException($"{parsed.GetValue(choices)!.Name}, {problem}.");
            }

            var text = (parsed.GetValue(credentials), parsed.GetValue(voter), parsed.GetValue(credential)) switch
            {
                ({ } file, { } id, null) => CredentialsCommand.ReadPrivate(file.Name, secrets.Open(parsed, screen, file, CredentialsCommand.What)).TryGetValue(id, out var found) ? found
                    : throw new BadInputException($"{file.Name} has no credential of \"{id}\"."),
                (null, null, { } file) => Encoding.UTF8.GetString(InputFile.Read(file).Bytes),
                (null, null, null) => screen.AskSecret?.Invoke("Credential: ") ?? throw new BadInputException("A credential is needed: use --credential-file, or run the command in a terminal."),
                _ => throw new BadInputException("Use --credential-file alone, or --credentials together with --voter."),
            };
            using var random = RandomNumberGenerator.Create();
            var ballot = BallotMaker.Make(archive.Election, ReadCredential(archive, text.Trim()), values, random);
            OutputFile.Write(parsed.GetValue(output)!, ballot);
            Report.Write(screen, parsed.GetValue(json), new JsonObject { ["tracker"] = Digest.Of(ballot).Base64 });
            return 0;
        });
        return command;
    }

    private static Command Add(Screen screen)
    {
        var path = new Argument<FileInfo>("ARCHIVE") { Description = "The election's archive, .bel." };
        var ballots = new Argument<FileInfo[]>("BALLOT") { Description = "Ballots, as ballot make wrote them.", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("add", AddHelp) { path, ballots, json };
        command.Does(screen, (parsed, cancel) =>
        {
            var inTheBox = new HashSet<Digest>();
            var archive = ElectionArchive.Read(parsed.GetValue(path)!, cancel, (_, member) => inTheBox.Add(member.Hash))
                .Require("its box is closed", ArchiveEventType.Setup, ArchiveEventType.Ballot);
            var trackers = new JsonArray();
            using var change = new ArchiveChange(archive);
            foreach (var file in parsed.GetValue(ballots)!)
            {
                cancel.ThrowIfCancellationRequested();
                var bytes = Documents.Bytes(file);
                if (new BallotVerifier(archive.Election, archive.Credentials).Verify(bytes) is BallotVerdict.Refused refused)
                {
                    throw new BadInputException($"{file.Name} is refused: {refused.Reason}. No ballot was added.");
                }

                var hash = Digest.Of(bytes.Span);
                if (!inTheBox.Add(hash))
                {
                    throw new BadInputException($"{file.Name} is refused: the same ballot is in the box already. No ballot was added.");
                }

                change.Writer.AddBallot(bytes.Span);
                trackers.Add(hash.Base64);
            }

            change.Finish();
            Report.Write(screen, parsed.GetValue(json), new JsonObject
            {
                ["trackers"] = trackers, ["ballots_in_the_box"] = inTheBox.Count, ["last_event_hash"] = change.Writer.LastEvent!.Value.Hex,
            });
            return 0;
        });
        return command;
    }

    private static int[][] ReadChoices(FileInfo path)
    {
        try
        {
            return JsonSerializer.Deserialize<int[][]>(InputFile.Read(path).Bytes) is { } choices && !choices.Contains(null) ? choices : throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new BadInputException($"{path.Name}: expected one list of whole numbers per question, such as [[1,0],[0,1,1,0]].", e);
        }
    }

    private static PrivateCredential ReadCredential(ElectionArchive archive, string text)
    {
        var reading = PrivateCredential.Read(text, out var credential);
        if (credential is null)
        {
            throw new BadInputException(reading switch
            {
                CredentialReading.WrongCharacter => "The credential holds a character that credentials never have, such as 0, O, I or l. Compare it with the letter.",
                CredentialReading.WrongChecksum => "The credential is mistyped: its last character does not fit the others.",
                _ => "The credential has another form than XXXXX-XXXXXX-XXXXX-XXXXXX. Dashes belong to it.",
            });
        }

        return archive.Credentials.Find(credential.PublicText(archive.Election.Group, archive.Election.Uuid)) is not null ? credential
            : throw new BadInputException("The credential is not one of this election. Compare it with the letter, letter by letter; capitals matter.");
    }
}
