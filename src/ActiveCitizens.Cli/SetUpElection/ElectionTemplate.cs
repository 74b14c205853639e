using System.Text.Json;
using System.Text.Json.Serialization;
using ActiveCitizens.Cli.Files;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;

namespace ActiveCitizens.Cli.SetUpElection;

/// <summary>What a person writes about a new election, in the words of the election file.</summary>
internal sealed record ElectionTemplate(string Name, string Description, IReadOnlyList<Question> Questions, string? Administrator, string? CredentialAuthority)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private sealed record Template(string Name, string Description, List<JsonElement> Questions, string? Administrator = null, string? CredentialAuthority = null);

    private sealed record Choice(List<string> Answers, int Min, int Max, string Question, bool Blank = false);

    private sealed record Ranking(string Type, RankingValue Value, Hint? Extra = null);

    private sealed record RankingValue(List<string> Answers, string Question);

    private sealed record Hint(string Method, bool Blank, List<string>? Grades = null, int? Seats = null);

    /// <exception cref="BadInputException">The file is not a template; the message says where and what was expected.</exception>
    public static ElectionTemplate Read(FileInfo path, Group group)
    {
        try
        {
            using var document = JsonFile.Parse(path.Name, InputFile.Read(path).Bytes, "an object with name, description and questions");
            var template = document.Deserialize<Template>(Options) ?? throw new BadInputException($"{path.Name} is empty.");
            var questions = template.Questions.Select((q, i) => ReadQuestion(path, i + 1, q)).ToList();
            if (questions.Count is 0 or > Election.MaxQuestions)
            {
                throw new BadInputException($"{path.Name} has {questions.Count} questions; expected 1 to {Election.MaxQuestions}.");
            }

            for (var i = 0; i < questions.Count; i++)
            {
                if (questions[i].Answers.Any(a => a is null) || (questions[i] is NonHomomorphicQuestion { Hint: CountingHint.MajorityJudgment judgment } && judgment.Grades.Any(g => g is null)))
                {
                    throw new BadInputException($"{path.Name}, question {i + 1}: an answer or grade is null; expected texts.");
                }

                if (questions[i].FindProblem(group) is { } problem)
                {
                    throw new BadInputException($"{path.Name}, question {i + 1}: {problem}.");
                }
            }

            return new(template.Name, template.Description, questions, template.Administrator, template.CredentialAuthority);
        }
        catch (JsonException e)
        {
            throw new BadInputException($"{path.Name}: {e.Message}", e);
        }
    }

    private static Question ReadQuestion(FileInfo path, int number, JsonElement element)
    {
        try
        {
            if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("type", out _))
            {
                var ranking = element.Deserialize<Ranking>(Options)!;
                return ranking.Type == "NonHomomorphic" ? new NonHomomorphicQuestion(ranking.Value.Question, ranking.Value.Answers, HintOf(path, number, ranking.Extra))
                    : throw new BadInputException($"{path.Name}, question {number}: type is \"{ranking.Type}\"; expected \"NonHomomorphic\", or no type at all.");
            }

            var choice = element.Deserialize<Choice>(Options)!;
            return new HomomorphicQuestion(choice.Question, choice.Answers, choice.Blank, choice.Min, choice.Max);
        }
        catch (JsonException e)
        {
            throw new BadInputException($"{path.Name}, question {number}: {e.Message}", e);
        }
    }

    private static CountingHint? HintOf(FileInfo path, int number, Hint? hint) => hint switch
    {
        null => null,
        { Method: "Schulze", Grades: null, Seats: null } => new CountingHint.Schulze(hint.Blank),
        { Method: "STV", Grades: null, Seats: > 0 and { } seats } => new CountingHint.Stv(hint.Blank, seats),
        { Method: "MajorityJudgment", Grades: { Count: > 0 } grades, Seats: null } => new CountingHint.MajorityJudgment(hint.Blank, grades),
        _ => throw new BadInputException($"{path.Name}, question {number}: extra is not known; expected the method Schulze with blank, STV with blank and seats, or MajorityJudgment with blank and grades."),
    };
}
