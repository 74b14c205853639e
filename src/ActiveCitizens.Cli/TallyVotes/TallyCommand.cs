using System.CommandLine;
using System.Text.Json.Nodes;
using ActiveCitizens.Cli.Archives;
using ActiveCitizens.Voting.Archives;

namespace ActiveCitizens.Cli.TallyVotes;

/// <summary><c>activecitizens tally</c>: closes the box.</summary>
internal static class TallyCommand
{
    private const string Help = """
        Closes the box and adds up the encrypted ballots: every ballot is verified, and the last one of each credential counts.

        Nothing is decrypted. Hand the archive to the trustees: with ranked questions to "shuffle" it first, then to "decrypt".

        Example:
          activecitizens tally council.bel
        """;

    public static Command Create(Screen screen)
    {
        var path = new Argument<FileInfo>("ARCHIVE") { Description = "The election's archive, .bel." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("tally", Help) { path, json };
        command.Does(screen, (parsed, cancel) =>
        {
            var file = parsed.GetValue(path)!;
            using var bar = new ProgressBar(screen, "Verifying ballots", file.Exists ? file.Length : 0);
            var box = new BoxTally(file, bar, cancel);
            var archive = ElectionArchive.Read(file, cancel, box.Add).Require("its box is closed already", ArchiveEventType.Setup, ArchiveEventType.Ballot);
            var tally = box.Finish(archive.Election);
            using var change = new ArchiveChange(archive);
            change.Writer.AddEndBallots();
            change.Writer.AddEncryptedTally(tally.Bytes.Span, tally.NumTallied, tally.TotalWeight);
            cancel.ThrowIfCancellationRequested();
            change.Finish();
            Report.Write(screen, parsed.GetValue(json), new JsonObject
            {
                ["ballots_in_the_box"] = archive.Ballots,
                ["ballots_tallied"] = tally.NumTallied,
                ["total_weight"] = tally.TotalWeight,
                ["encrypted_tally_fingerprint"] = tally.Digest.Hex,
                ["last_event_hash"] = change.Writer.LastEvent!.Value.Hex,
            });
            return 0;
        });
        return command;
    }
}
