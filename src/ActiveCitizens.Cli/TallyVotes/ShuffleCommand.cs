using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ActiveCitizens.Cli.Archives;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Shuffles;

namespace ActiveCitizens.Cli.TallyVotes;

/// <summary><c>activecitizens shuffle</c>: mixes ranked answers before they are decrypted.</summary>
internal static class ShuffleCommand
{
    private const string Help = """
        Reorders the encrypted answers to ranked questions at random, encrypts them anew and proves that nothing else changed, so that decrypted
        answers cannot be traced to voters.

        Each trustee in turn receives the archive, shuffles, and hands it on; one honest trustee is enough. When all have, end the shuffles.

        Examples:
          activecitizens shuffle council.bel --trustee 1
          activecitizens shuffle council.bel --end
        """;

    public static Command Create(Screen screen)
    {
        var path = new Argument<FileInfo>("ARCHIVE") { Description = "The election's archive, .bel, after tally." };
        var trustee = new Option<int?>("--trustee") { Description = "Number of the trustee who shuffles, as election show counts them.", HelpName = "N" };
        var end = new Option<bool>("--end") { Description = "No more shuffles: decryption may begin." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("shuffle", Help) { path, trustee, end, json };
        command.Does(screen, (parsed, cancel) =>
        {
            var number = parsed.GetValue(trustee);
            if (number is null != parsed.GetValue(end))
            {
                throw new BadInputException("Use either --trustee N or --end.");
            }

            var file = parsed.GetValue(path)!;
            var box = number is null
                ? CheckedTally.Read(file, screen, "shuffles can end only after one", [ArchiveEventType.Shuffle], cancel)
                : CheckedTally.Read(file, screen, "shuffles come after the tally and before --end", [ArchiveEventType.EncryptedTally, ArchiveEventType.Shuffle], cancel);
            if (!box.Archive.Election.HasNonHomomorphicQuestions)
            {
                throw new BadInputException($"{file.Name} has no ranked question: there is nothing to shuffle.");
            }

            using var change = new ArchiveChange(box.Archive);
            if (number is { } owner)
            {
                Shuffle(screen, box, change, owner);
            }
            else
            {
                change.Writer.AddEndShuffles();
            }

            cancel.ThrowIfCancellationRequested();
            change.Finish();
            Report.Write(screen, parsed.GetValue(json), new JsonObject
            {
                ["shuffles"] = box.Archive.Shuffles.Count + (number is null ? 0 : 1), ["last_event_hash"] = change.Writer.LastEvent!.Value.Hex,
            });
            return 0;
        });
        return command;
    }

    private static void Shuffle(Screen screen, CheckedTally box, ArchiveChange change, int owner)
    {
        var trustees = box.Archive.Trustees.Keys.Count;
        if (owner < 1 || owner > trustees || box.Archive.Shuffles.Any(s => s.Owner == owner))
        {
            throw new BadInputException($"--trustee is {owner}; expected 1 to {trustees}, and nobody who has shuffled already.");
        }

        using var line = new ProgressLine(screen);
        line.Of<int>(ballots => $"Shuffling {ballots} answers…")?.Report(box.Ranked.Sum(list => list.Count));
        using var random = RandomNumberGenerator.Create();
        change.Writer.AddShuffle(owner, Shuffler.Make(box.Archive.Election, box.Ranked, random));
    }
}
