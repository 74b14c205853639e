using System.CommandLine;
using System.Text.Json.Nodes;
using ActiveCitizens.Cli.Archives;
using ActiveCitizens.Cli.Files;
using ActiveCitizens.Cli.VerifyElection;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Elections;

namespace ActiveCitizens.Cli.CastBallots;

/// <summary><c>activecitizens ballot check</c>: does a ballot hold what the voter chose?</summary>
internal static class CheckCommand
{
    private const string Help = """
        Confirms what an encrypted ballot holds, from the audit that the voting page reveals when a ballot is given up instead of cast.

        Every ciphertext is computed again from the audit, and the ballot's proofs and signature are verified. Compare the choices that are printed with
        what you had chosen: if they are yours, the page encrypts what it is told. A page that cheats cannot know beforehand which ballots will be
        checked. The ballot is no longer secret: never cast it. Exit code 0: confirmed; 1: not confirmed; 2: the files cannot be used.

        Example:
          activecitizens ballot check ballot.json --audit audit.json --election election.json
        """;

    public static Command Create(Screen screen)
    {
        var path = new Argument<FileInfo>("BALLOT") { Description = "The ballot that was given up." };
        var audit = new Option<FileInfo>("--audit") { Description = "What the voting page revealed about it.", Required = true, HelpName = "AUDIT" };
        var election = new Option<FileInfo>("--election") { Description = "The election's file, or its archive.", Required = true, HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("check", Help) { path, audit, election, json };
        command.Does(screen, (parsed, cancel) =>
        {
            var (of, credentials) = ReadElection(parsed.GetValue(election)!, cancel);
            if (of.HasNonHomomorphicQuestions)
            {
                throw new BadInputException($"{parsed.GetValue(election)!.Name} has ranked questions, whose answers have no audit.");
            }

            var ballot = Documents.Read(parsed.GetValue(path)!, bytes => Ballot.Read(of, bytes));
            var revealed = Documents.Read(parsed.GetValue(audit)!, bytes => BallotAudit.Read(of, bytes.Span));
            var problem = FindProblem(of, credentials, ballot, revealed);
            Report.Write(screen, parsed.GetValue(json), new JsonObject
            {
                ["confirmed"] = problem is null,
                ["reason"] = problem,
                ["tracker"] = ballot.Tracker,
                ["election"] = of.Name,
                ["election_fingerprint"] = of.Fingerprint,
                ["choices"] = problem is null ? InWords(of, revealed.Choices) : null,
            });
            return problem is null ? 0 : VerifyCommand.NotValid;
        });
        return command;
    }

    /// <summary>An election's file is JSON; an archive begins with a name.</summary>
    private static (Election Election, PublicCredentials? Credentials) ReadElection(FileInfo path, CancellationToken cancel)
    {
        if (IsArchive(path))
        {
            var archive = ElectionArchive.Read(path, cancel);
            return (archive.Election, archive.Credentials);
        }

        return (Documents.Read(path, Election.Read), null);
    }

    private static bool IsArchive(FileInfo path)
    {
        try
        {
            using var stream = path.OpenRead();
            return stream.ReadByte() != '{';
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path.Name} cannot be read: {e.Message}", e);
        }
    }

    private static string? FindProblem(Election election, PublicCredentials? credentials, Ballot ballot, BallotAudit audit)
    {
        var content = audit.Check(election, ballot) switch
        {
            AuditVerdict.Confirmed => null,
            AuditVerdict.OtherBallot => "the audit is about another ballot",
            AuditVerdict.OtherContent(var question, var place) => FormattableString.Invariant($"question {question}: what is encrypted for {NameOf((HomomorphicQuestion)election.Questions[question - 1], place - 1)} is not what the audit says"),
            AuditVerdict.NotAllowed(var problem) => $"the ballot holds choices that cannot be cast: {problem}",
            _ => throw new InvalidOperationException("A verdict is one of these."),
        };
        if (content is not null)
        {
            return content;
        }

        // Without the list of an archive, the ballot's own credential stands for it: signature and proofs are checked all the same.
        var list = credentials ?? PublicCredentials.Read(PublicCredentials.Write([ballot.Credential], weights: null), election.Group);
        return new BallotVerifier(election, list).Verify(ballot.Bytes) is BallotVerdict.Refused refused ? $"the ballot would be refused: {refused.Reason}" : null;
    }

    private static JsonArray InWords(Election election, IReadOnlyList<IReadOnlyList<int>> choices) => [.. election.Questions.OfType<HomomorphicQuestion>().Select((question, i) =>
    {
        var chosen = choices[i].Index().Where(choice => choice.Item == 1).Select(choice => NameOf(question, choice.Index)).DefaultIfEmpty("(nothing chosen)");
        return new JsonObject { ["question"] = question.Text, ["chosen"] = new JsonArray([.. chosen.Select(name => JsonValue.Create(name))]) };
    })];

    /// <param name="place">From 0, the blank one included.</param>
    private static string NameOf(HomomorphicQuestion question, int place) => (question.Blank ? place - 1 : place) is var answer and >= 0 ? question.Answers[answer] : "(blank vote)";
}
