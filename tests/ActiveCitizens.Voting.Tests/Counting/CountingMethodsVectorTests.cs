using System.Text.Json;
using System.Text.Json.Nodes;
using ActiveCitizens.Voting.Counting;

namespace ActiveCitizens.Voting.Tests.Counting;

/// <summary>Lists of ranked or graded ballots with the answer of belenios-tool: releases 2.0, 3.0 and 3.3.0 agree on all.</summary>
public sealed class CountingMethodsVectorTests
{
    private static readonly JsonArray Cases = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "counting-methods.json")))!.AsArray();

    public static TheoryData<int> All => [.. Enumerable.Range(0, Cases.Count)];

    [Fact]
    public void There_are_forty_cases() => Assert.Equal(40, Cases.Count);

    [Theory]
    [MemberData(nameof(All))]
    public void The_reference_tool_gives_the_same_result(int index)
    {
        var vector = Cases[index]!.AsObject();
        var ballots = vector["ballots"].Deserialize<int[][]>()!;
        var options = vector["args"].Deserialize<string[]>()!;
        var expected = vector["output"]!;
        switch ((string)vector["method"]!)
        {
            case "majority-judgment":
                ReferenceOutput.AssertSame(expected, MajorityJudgment.Count(ballots, Number(options, "--nchoices"), Number(options, "--ngrades"), Blank(options)));
                break;
            case "schulze":
                ReferenceOutput.AssertSame(expected, Schulze.Count(ballots, Number(options, "--nchoices"), Blank(options)));
                break;
            default:
                var width = ballots.Length == 0 ? 0 : ballots[0].Length;
                ReferenceOutput.AssertSame(expected, ballots, SingleTransferableVote.Count(ballots, Candidate.Numbered(width), Number(options, "--nseats"), TieRule.ListedOrder));
                break;
        }
    }

    private static int Number(string[] options, string name) => int.Parse(options[Array.IndexOf(options, name) + 1], null);

    private static bool Blank(string[] options) => options[Array.IndexOf(options, "--blank-allowed") + 1] == "true";
}
