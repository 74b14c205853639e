using System.Text.Json;
using System.Text.Json.Nodes;
using ActiveCitizens.Voting.Counting;

namespace ActiveCitizens.Voting.Tests.Counting;

/// <summary>Compares outcomes with what <c>belenios-tool method</c> prints.</summary>
internal static class ReferenceOutput
{
    public static void AssertSame(JsonNode expected, MajorityJudgmentOutcome outcome)
    {
        AssertJson(expected["raw"]!, outcome.Raw);
        Assert.Equal((long)expected["valid"]!, outcome.Valid);
        Assert.Equal((long?)expected["blank"], outcome.Blank);
        AssertSameBallots(expected["invalid"]!, outcome.Invalid);
        AssertSameGroups(expected["winners"]!, outcome.Ranking);
    }

    public static void AssertSame(JsonNode expected, SchulzeOutcome outcome)
    {
        AssertJson(expected["raw"]!, outcome.Raw);
        Assert.Equal((long)expected["valid"]!, outcome.Valid);
        Assert.Equal((long?)expected["blank"], outcome.Blank);
        AssertJson(expected["beatpaths"]!, outcome.BeatPaths.Select(row => row.Select(s => new[] { s.Won, s.Lost })));
        AssertSameGroups(expected["winners"]!, outcome.Ranking);
    }

    public static void AssertSame(JsonNode expected, int[][] ballots, StvOutcome outcome)
    {
        var preferences = ballots.Select(SingleTransferableVote.PreferencesOf).OfType<int[]>();
        AssertSameBallots(expected["ballots"]!, preferences);
        Assert.Equal(expected["ballots"]!.AsArray().Count, outcome.Valid);
        AssertSameBallots(expected["invalid"]!, outcome.Invalid);
        Assert.Equal(expected["events"]!.ToJsonString(), JsonSerializer.Serialize(outcome.Rounds.SelectMany(Events)));
        AssertJson(expected["winners"]!, outcome.Seats.Elected);
    }

    private static IEnumerable<object[]> Events(StvRound round)
    {
        switch (round)
        {
            case StvRound.Win win:
                if (win.Tie is { } first)
                {
                    yield return ["TieWin", first.Tied.Take(2)];
                }

                yield return ["Win", new[] { win.Candidate }];
                break;
            case StvRound.Lose lose:
                if (lose.Tie is { } last)
                {
                    yield return ["TieLose", last.Tied.Reverse().Take(2)];
                }

                yield return ["Lose", lose.Candidate];
                break;
            case StvRound.AllRemainingWin win:
                yield return ["Win", win.Candidates];
                break;
            default:
                yield return ["Open"];
                break;
        }
    }

    private static void AssertJson<T>(JsonNode expected, T actual) => Assert.Equal(expected.ToJsonString(), JsonSerializer.Serialize(actual));

    private static void AssertSameBallots(JsonNode expected, IEnumerable<IReadOnlyList<int>> actual) =>
        Assert.Equal(expected.AsArray().Select(b => b!.ToJsonString()).Order(StringComparer.Ordinal), actual.Select(b => JsonSerializer.Serialize(b)).Order(StringComparer.Ordinal));

    private static void AssertSameGroups(JsonNode expected, IEnumerable<IReadOnlyList<int>> actual) =>
        Assert.Equal(expected.Deserialize<int[][]>()!.Select(g => string.Join(' ', g.Order())), actual.Select(g => string.Join(' ', g)));
}
