using System.CommandLine;
using ActiveCitizens.Cli.Archives;
using ActiveCitizens.Cli.Files;
using ActiveCitizens.Cli.HoldKeys;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Trustees;

namespace ActiveCitizens.Cli.SetUpElection;

/// <summary><c>activecitizens election</c>: sets an election up, and shows one.</summary>
internal static class ElectionCommand
{
    private const string NewHelp = """
        Sets an election up: questions, trustees' keys and voters' public credentials become the first event of an archive.

        TEMPLATE is a JSON file: {"name":…,"description":…,"questions":[…]}, perhaps with "administrator" and "credential_authority". A question is
        {"question":…,"answers":[…],"min":0,"max":9} with "blank":true where a blank vote is allowed, or, for ranks and grades,
        {"type":"NonHomomorphic","value":{"answers":[…],"question":…},"extra":{"method":"Schulze","blank":true}}.
        Trustees are numbered in the order given: those of --trustee first, then the members of each --threshold.

        Example:
          activecitizens election new council.json --uuid 9gBAcNAD5FVzTX --credentials public_credentials.json --threshold threshold.json --out council.bel
        """;

    private const string ShowHelp = """
        Shows what an archive holds: questions, trustees, fingerprints to compare with what was announced, and how far the election is.

        Nothing is verified but structure and setup: for the rest, use "verify".

        Example:
          activecitizens election show council.bel
        """;

    public static Command Create(Screen screen) => new("election", "Set an election up, and look at one.") { New(screen), Show(screen), RehearseCommand.Create(screen) };

    private static Command New(Screen screen)
    {
        var template = new Argument<FileInfo>("TEMPLATE") { Description = "JSON file with name, description and questions." };
        var group = Documents.GroupOption();
        var uuid = new Option<string>("--uuid") { Description = "Identifier that credentials generate printed.", Required = true, HelpName = "UUID" };
        var credentials = new Option<FileInfo>("--credentials") { Description = "The public credential list.", Required = true, HelpName = "FILE" };
        var trustee = new Option<FileInfo[]>("--trustee") { Description = "Public key of a mandatory trustee; may be repeated.", HelpName = "FILE" };
        var threshold = new Option<FileInfo[]>("--threshold") { Description = "Public file of a threshold set; may be repeated.", HelpName = "FILE" };
        var output = new Option<FileInfo>("--out") { Description = "Archive to write, .bel.", Required = true, HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("new", NewHelp) { template, group, uuid, credentials, trustee, threshold, output, json };
        command.Does(screen, (parsed, cancel) =>
        {
            var inGroup = Documents.GroupOf(parsed, group);
            var draft = ElectionTemplate.Read(parsed.GetValue(template)!, inGroup);
            var list = Credentials(screen, parsed.GetValue(credentials)!, inGroup, draft, cancel);
            var trustees = Trustees(inGroup, parsed.GetValue(trustee) ?? [], parsed.GetValue(threshold) ?? []);
            var election = Fix(new(draft.Name, draft.Description, inGroup, trustees.PublicKey(), draft.Questions, parsed.GetValue(uuid)!)
            {
                Administrator = draft.Administrator,
                CredentialAuthority = draft.CredentialAuthority,
            });
            var path = parsed.GetValue(output)!;
            using (var file = OutputFile.Create(path))
            {
                ArchiveWriter.Create(file.Stream, TimeProvider.System.GetUtcNow()).AddSetup(election, trustees.Bytes.Span, list.Bytes.Span);
                file.Finish();
            }

            Report.Write(screen, parsed.GetValue(json), ElectionFacts.Of(ElectionArchive.Read(path, cancel)));
            return 0;
        });
        return command;
    }

    private static Command Show(Screen screen)
    {
        var archive = new Argument<FileInfo>("ARCHIVE") { Description = "An election's archive, .bel." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("show", ShowHelp) { archive, json };
        command.Does(screen, (parsed, cancel) =>
        {
            Report.Write(screen, parsed.GetValue(json), ElectionFacts.Of(ElectionArchive.Read(parsed.GetValue(archive)!, cancel)));
            return 0;
        });
        return command;
    }

    private static PublicCredentials Credentials(Screen screen, FileInfo path, Group group, ElectionTemplate draft, CancellationToken cancel)
    {
        var list = Documents.Read(path, bytes => PublicCredentials.Read(bytes, group));
        using (var line = new ProgressLine(screen))
        {
            line.Of<int>(voters => $"Checking {voters} public credentials…")?.Report(list.Count);
            if (list.FindForeignKey(group, Environment.ProcessorCount, cancel) is { } foreign)
            {
                throw new BadInputException($"{path.Name}, entry {foreign + 1}: the key is not in the group {group.Name}.");
            }
        }

        return draft.Questions.Any(q => q is NonHomomorphicQuestion) && list.IsWeighted
            ? throw new BadInputException($"{path.Name} has weights, but a question asks for ranks or grades, where every ballot counts once.")
            : list;
    }

    private static TrusteeSet Trustees(Group group, FileInfo[] mandatory, FileInfo[] thresholds)
    {
        List<Trustee> entries =
        [
            .. mandatory.Select(path => new Trustee.Mandatory(Documents.Read(path, bytes => TrusteeKey.Read(bytes.Span, group)))),
            .. thresholds.Select(path => Documents.Read(path, bytes => ThresholdFile.Read(bytes, group))),
        ];
        if (entries.Count == 0)
        {
            throw new BadInputException("Name at least one trustee: --trustee FILE for a mandatory one, --threshold FILE for a threshold set.");
        }

        var trustees = TrusteeSet.Of(group, entries);
        return trustees.FindProblem() is { } problem ? throw new BadInputException($"The trustees' files do not hold: {problem}.") : trustees;
    }

    private static Election Fix(ElectionDraft draft)
    {
        try
        {
            return draft.Fix();
        }
        catch (InvalidOperationException e)
        {
            throw new BadInputException(e.Message, e);
        }
    }
}
