using System.Globalization;
using System.Text.Json;
using ActiveCitizens.Cli.Archives;
using ActiveCitizens.Cli.Files;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Elections;

namespace ActiveCitizens.Cli.CountVotes;

/// <summary>One question to count: either one number of votes per answer, or one list of numbers per ballot.</summary>
internal sealed record VotesFile(InputFile File, IReadOnlyList<long>? Sums, IReadOnlyList<int[]>? Ballots)
{
    /// <summary>What voters were asked, when the file is an election's archive.</summary>
    public Question? Question { get; private init; }

    /// <summary>Whether the question allows blank votes; null when the file does not say.</summary>
    public bool? Blank => Question switch
    {
        HomomorphicQuestion choice => choice.Blank,
        NonHomomorphicQuestion { Hint: CountingHint.Schulze schulze } => schulze.Blank,
        NonHomomorphicQuestion { Hint: CountingHint.MajorityJudgment judgment } => judgment.Blank,
        _ => null,
    };

    /// <summary>How many seats are announced; null when the file does not say.</summary>
    public int? Seats => Question is NonHomomorphicQuestion { Hint: CountingHint.Stv stv } ? stv.Seats : null;

    /// <summary>How many grades there are; null when the file does not say.</summary>
    public int? Grades => Question is NonHomomorphicQuestion { Hint: CountingHint.MajorityJudgment judgment } ? judgment.Grades.Count : null;

    /// <summary>How many numbers belong together; null when there is no ballot to tell.</summary>
    public int? Width => Sums?.Count ?? (Ballots is [var first, ..] ? first.Length : null);

    /// <summary>Reads a JSON array of ballots, an election's result <c>{"result":[…]}</c>, or the archive of an election with a result.</summary>
    /// <param name="path">The file.</param>
    /// <param name="question">Which question of a result, from 1; null when it has only one.</param>
    /// <exception cref="BadInputException">The file is something else; the message says where and what was expected.</exception>
    public static VotesFile Read(FileInfo path, int? question)
    {
        if (InputFile.HashIfItBeginsWith(path, "BELENIOS"u8) is { } box)
        {
            var archive = ElectionArchive.Read(path, CancellationToken.None).Require("it has no result to count", ArchiveEventType.Result);
            using var result = JsonDocument.Parse(archive.Result!.Value);
            var lists = result.RootElement.GetProperty("result");
            return ReadQuestion(box, Pick(box, lists, question)) with { Question = archive.Election.Questions[(question ?? 1) - 1] };
        }

        var file = InputFile.Read(path);
        using var document = JsonFile.Parse(file.Name, file.Bytes, "an array of ballots such as [[1,2,0],[2,1,3]], or a result {\"result\":[…]}");
        var root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("result", out var questions) && questions.ValueKind == JsonValueKind.Array)
        {
            return ReadQuestion(file, Pick(file, questions, question));
        }

        if (question is not null)
        {
            throw new BadInputException($"--question is for an election's result; {file.Name} is a list of ballots.");
        }

        return root.ValueKind == JsonValueKind.Array ? new(file, null, ReadBallots(file, root))
            : throw new BadInputException($"{file.Name}: expected a JSON array of ballots such as [[1,2,0],[2,1,3]], or a result {{\"result\":[…]}}.");
    }

    private static JsonElement Pick(InputFile file, JsonElement result, int? question)
    {
        var questions = result.GetArrayLength();
        if (question is null && questions != 1)
        {
            throw new BadInputException($"{file.Name} holds {questions} questions; choose one with --question 1 … {questions}.");
        }

        return question is null or >= 1 && (question ?? 1) <= questions ? result[(question ?? 1) - 1]
            : throw new BadInputException($"--question {question}: {file.Name} holds {questions} questions; expected 1 … {questions}.");
    }

    private static VotesFile ReadQuestion(InputFile file, JsonElement question)
    {
        if (question.ValueKind != JsonValueKind.Array)
        {
            throw new BadInputException($"{file.Name}: a question of a result is an array; found {question.ValueKind}.");
        }

        return question.EnumerateArray().Any(e => e.ValueKind == JsonValueKind.Array)
            ? new(file, null, ReadBallots(file, question))
            : new(file, [.. question.EnumerateArray().Select((e, i) => Number(e, $"{file.Name}, answer {i + 1}", long.MaxValue))], null);
    }

    private static List<int[]> ReadBallots(InputFile file, JsonElement array)
    {
        var ballots = new List<int[]>(array.GetArrayLength());
        foreach (var element in array.EnumerateArray())
        {
            var place = $"{file.Name}, ballot {ballots.Count + 1}";
            if (element.ValueKind != JsonValueKind.Array)
            {
                throw new BadInputException($"{place}: found {element.ValueKind}, expected an array of whole numbers.");
            }

            int[] ballot = [.. element.EnumerateArray().Select(e => (int)Number(e, place, int.MaxValue))];
            if (ballot.Length is 0 or > Voting.Elections.Question.MaxAnswers)
            {
                throw new BadInputException($"{place}: {ballot.Length} numbers; expected 1 to {Voting.Elections.Question.MaxAnswers}.");
            }

            if (ballots.Count > 0 && ballot.Length != ballots[0].Length)
            {
                throw new BadInputException($"{place}: {ballot.Length} numbers, but the first ballot has {ballots[0].Length}; expected the same length everywhere.");
            }

            ballots.Add(ballot);
        }

        return ballots;
    }

    /// <summary>Counts above 2^30 - 1 are JSON strings: PROTOCOL.md section 1.</summary>
    private static long Number(JsonElement element, string place, long max)
    {
        var text = element.ValueKind is JsonValueKind.Number ? element.GetRawText() : element.ValueKind is JsonValueKind.String ? element.GetString() : null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max ? number
            : throw new BadInputException($"{place}: found {element.GetRawText()}, expected a whole number, 0 to {max}.");
    }
}
