using System.CommandLine;
using System.Security.Cryptography;
using ActiveCitizens.Cli.Archives;
using ActiveCitizens.Cli.Files;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Tallies;
using ActiveCitizens.Voting.Trustees;

namespace ActiveCitizens.Cli.SetUpElection;

/// <summary><c>activecitizens election rehearse</c>: a whole invented election at once.</summary>
internal static class RehearseCommand
{
    private const int BatchCount = 256;
    private const int MostTrustees = 20;

    private const string Help = """
        Holds an invented election at once, from keys to result: every voter votes at random, and all secrets are thrown away.

        For practice with "verify" and "election show", and to measure how long an election of that size takes. Questions with ranks or grades are for the
        real thing only. The archive says in its name that it is a rehearsal.

        Example:
          activecitizens election rehearse council.json --voters 1000 --out rehearsal.bel
        """;

    public static Command Create(Screen screen)
    {
        var template = new Argument<FileInfo>("TEMPLATE") { Description = "JSON file with name, description and questions, as for \"election new\"." };
        var group = Documents.GroupOption();
        var voters = new Option<int>("--voters") { Description = "How many invented voters cast a ballot each.", Required = true, HelpName = "N" };
        var trustees = new Option<int>("--trustees") { Description = "How many mandatory trustees.", HelpName = "N", DefaultValueFactory = _ => 2 };
        var output = new Option<FileInfo>("--out") { Description = "Archive to write, .bel.", Required = true, HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("rehearse", Help) { template, group, voters, trustees, output, json };
        command.Does(screen, (parsed, cancel) =>
        {
            var (count, keys) = (parsed.GetValue(voters), parsed.GetValue(trustees));
            if (count is < 1 or > 1_000_000 || keys is < 1 or > MostTrustees)
            {
                throw new BadInputException($"Expected 1 to 1000000 voters and 1 to {MostTrustees} trustees.");
            }

            var inGroup = Documents.GroupOf(parsed, group);
            var draft = ElectionTemplate.Read(parsed.GetValue(template)!, inGroup);
            if (draft.Questions.Any(question => question is NonHomomorphicQuestion))
            {
                throw new BadInputException($"{parsed.GetValue(template)!.Name} has a question with ranks or grades, which cannot be rehearsed this way.");
            }

            using var file = OutputFile.Create(parsed.GetValue(output)!);
            Hold(screen, draft, inGroup, count, keys, file.Stream, cancel);
            cancel.ThrowIfCancellationRequested();
            file.Finish();
            Report.Write(screen, parsed.GetValue(json), ElectionFacts.Of(ElectionArchive.Read(parsed.GetValue(output)!, cancel)));
            return 0;
        });
        return command;
    }

    private static void Hold(Screen screen, ElectionTemplate draft, Group group, int voters, int trusteeCount, Stream stream, CancellationToken cancel)
    {
        using var random = RandomNumberGenerator.Create();
        var keys = Enumerable.Range(0, trusteeCount).Select(_ => TrusteePrivateKey.Generate(group, random)).ToList();
        var trustees = TrusteeSet.Of(group, [.. keys.Select(key => new Trustee.Mandatory(TrusteeKey.Prove(group, key, null, random)))]);
        var uuid = Election.NewUuid(random);
        var election = new ElectionDraft($"{draft.Name} (rehearsal)", draft.Description, group, trustees.PublicKey(), draft.Questions, uuid).Fix();
        var issued = CredentialAuthority.Issue(group, uuid, voters, weights: null, random);
        var writer = ArchiveWriter.Create(stream, TimeProvider.System.GetUtcNow());
        writer.AddSetup(election, trustees.Bytes.Span, issued.PublicList.Span);
        var tally = Vote(screen, election, issued.Private, writer, random, cancel);
        writer.AddEndBallots();
        writer.AddEncryptedTally(tally.Bytes.Span, tally.NumTallied, tally.TotalWeight);
        var decryptions = new Dictionary<int, PartialDecryption>();
        foreach (var (index, key) in keys.Index())
        {
            var document = PartialDecryption.Make(election, tally.Ciphertexts, key, random);
            writer.AddPartialDecryption(index + 1, document);
            decryptions.Add(index + 1, PartialDecryption.Read(election, tally.Ciphertexts, document));
        }

        writer.AddResult(ElectionResult.Compute(election, trustees, tally.Ciphertexts, tally.TotalWeight, decryptions).ToBytes());
    }

    private static EncryptedTally Vote(Screen screen, Election election, IReadOnlyList<PrivateCredential> credentials, ArchiveWriter writer, RandomNumberGenerator random, CancellationToken cancel)
    {
        using var bar = new ProgressBar(screen, "Voting", credentials.Count);
        var tally = new TallyAccumulator(election);
        for (var first = 0; first < credentials.Count; first += BatchCount)
        {
            var ballots = new byte[Math.Min(BatchCount, credentials.Count - first)][];
            Parallel.For(0, ballots.Length, new ParallelOptions { CancellationToken = cancel }, i =>
            {
                ballots[i] = BallotMaker.Make(election, credentials[first + i], [.. election.Questions.Select(question => Choices((HomomorphicQuestion)question))], random);
                bar.Advance();
            });
            foreach (var ballot in ballots)
            {
                writer.AddBallot(ballot);
                tally.Add(Ballot.Read(election, ballot), weight: 1);
            }
        }

        return tally.Finish();
    }

    /// <summary>Between min and max answers, drawn at random; one in twenty votes blank where that is allowed.</summary>
    private static int[] Choices(HomomorphicQuestion question)
    {
        var choices = new int[question.CiphertextCount];
        if (question.Blank && RandomNumberGenerator.GetInt32(20) == 0)
        {
            choices[0] = 1;
            return choices;
        }

        var answers = choices.AsSpan(question.Blank ? 1 : 0);
        answers[..RandomNumberGenerator.GetInt32(question.Min, question.Max + 1)].Fill(1);
        RandomNumberGenerator.Shuffle(answers);
        return choices;
    }
}
