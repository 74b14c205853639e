using System.CommandLine;
using System.Text.Json.Nodes;
using ActiveCitizens.Cli.Archives;
using ActiveCitizens.Cli.SetUpElection;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Cli.TallyVotes;

/// <summary><c>activecitizens result</c>: puts the trustees' parts together.</summary>
internal static class ResultCommand
{
    private const string Help = """
        Verifies the trustees' partial decryptions, adds them to the archive and computes the result, which becomes its last event.

        Example:
          activecitizens result council.bel --decryption decryption-Anna.json --decryption decryption-Bilal.json
        """;

    public static Command Create(Screen screen)
    {
        var path = new Argument<FileInfo>("ARCHIVE") { Description = "The election's archive, .bel, after tally." };
        var files = new Option<FileInfo[]>("--decryption") { Description = "A partial decryption; repeated for each trustee.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("result", Help) { path, files, json };
        command.Does(screen, (parsed, cancel) =>
        {
            var file = parsed.GetValue(path)!;
            var box = CheckedTally.Read(
                file, screen, "the result comes after tally, and after shuffle --end where a question is ranked",
                [ArchiveEventType.EncryptedTally, ArchiveEventType.EndShuffles, ArchiveEventType.PartialDecryption], cancel);
            if (box.Archive.LastType == ArchiveEventType.EncryptedTally && box.Archive.Election.HasNonHomomorphicQuestions)
            {
                throw new BadInputException($"{file.Name} has ranked questions: shuffle them before decrypting.");
            }

            var decryptions = box.Archive.Decryptions.ToDictionary(d => d.Owner, d => PartialDecryption.Read(box.Archive.Election, box.Ciphertexts, d.Document.Span));
            using var change = new ArchiveChange(box.Archive);
            foreach (var decryption in parsed.GetValue(files) ?? [])
            {
                cancel.ThrowIfCancellationRequested();
                Add(box, change, decryptions, decryption);
            }

            if (Combination.FindMissing(box.Archive.Trustees, decryptions.Keys.ToHashSet()) is { } missing)
            {
                throw new BadInputException($"Missing: {missing}. Nothing was added to {file.Name}.");
            }

            var result = ElectionResult.Compute(box.Archive.Election, box.Archive.Trustees, box.Ciphertexts, box.Tally.TotalWeight, decryptions);
            change.Writer.AddResult(result.ToBytes());
            change.Finish();
            Report.Write(screen, parsed.GetValue(json), new JsonObject
            {
                ["result"] = ElectionFacts.Results(box.Archive.Election, result), ["last_event_hash"] = change.Writer.LastEvent!.Value.Hex,
            });
            return 0;
        });
        return command;
    }

    /// <summary>The file does not say whose it is: the proofs do.</summary>
    private static void Add(CheckedTally box, ArchiveChange change, Dictionary<int, PartialDecryption> decryptions, FileInfo file)
    {
        var (bytes, election, trustees) = (Documents.Bytes(file), box.Archive.Election, box.Archive.Trustees);
        var decryption = Documents.Parse(file.Name, bytes, b => PartialDecryption.Read(election, box.Ciphertexts, b.Span));
        var number = trustees.Keys.ToList().FindIndex(key => decryption.FindFailure(election, box.Ciphertexts, key) is null) + 1;
        if (number == 0)
        {
            throw new BadInputException($"{file.Name} is no decryption of this tally by a trustee of this election: its proofs hold for no trustee's key. Nothing was added.");
        }

        if (!decryptions.TryAdd(number, decryption))
        {
            throw new BadInputException($"{file.Name} is by trustee {number}, whose decryption is there already. Nothing was added.");
        }

        change.Writer.AddPartialDecryption(number, bytes.Span);
    }
}
