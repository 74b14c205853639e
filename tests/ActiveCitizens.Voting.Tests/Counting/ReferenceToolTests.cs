using System.Globalization;
using System.Text.Json.Nodes;
using ActiveCitizens.Voting.Counting;
using CsCheck;
using static ActiveCitizens.Voting.Tests.Counting.RankedVotes;

namespace ActiveCitizens.Voting.Tests.Counting;

/// <summary>Random votes, counted by us and by belenios-tool. Each run of the tool takes some thousandths of a second.</summary>
public sealed class ReferenceToolTests
{
    private const int Runs = 60;

    [Fact]
    public void Majority_Judgment_agrees_with_the_reference_tool()
    {
        var tool = BeleniosTool.FiniteField();
        Gen.Select(Any, Gen.Int[1, 5], Gen.Bool).Sample(
            (vote, grades, blank) => ReferenceOutput.AssertSame(
                Method(tool, "majority-judgment", vote, "--ngrades", Text(grades), "--nchoices", Text(vote.Candidates), "--blank-allowed", blank ? "true" : "false"),
                MajorityJudgment.Count(vote.Ballots, vote.Candidates, grades, blank)),
            iter: Runs);
    }

    [Fact]
    public void Schulze_agrees_with_the_reference_tool()
    {
        var tool = BeleniosTool.FiniteField();
        Gen.Select(Any, Gen.Bool).Sample(
            (vote, blank) => ReferenceOutput.AssertSame(
                Method(tool, "schulze", vote, "--nchoices", Text(vote.Candidates), "--blank-allowed", blank ? "true" : "false"),
                Schulze.Count(vote.Ballots, vote.Candidates, blank)),
            iter: Runs);
    }

    [Fact]
    public void Stv_agrees_with_the_reference_tool()
    {
        var tool = BeleniosTool.FiniteField();
        Gen.Select(Rankings, Gen.Int[1, 4]).Sample(
            (vote, seats) =>
            {
                var ranked = vote.Ballots.Select(SingleTransferableVote.PreferencesOf).OfType<int[]>().SelectMany(p => p).Distinct().Count();
                if (ranked < seats)
                {
                    return;
                }

                var outcome = SingleTransferableVote.Count(vote.Ballots, Candidate.Numbered(vote.Candidates), seats, TieRule.ListedOrder);
                if (!RoundingMayDecide(outcome))
                {
                    ReferenceOutput.AssertSame(Method(tool, "stv", vote, "--nseats", Text(seats)), vote.Ballots, outcome);
                }
            },
            iter: Runs);
    }

    /// <summary>The tool adds binary floating-point numbers: a sum of thirds may fall short of the quota that it reaches, or two equal sums differ.</summary>
    private static bool RoundingMayDecide(StvOutcome outcome) =>
        outcome.Rounds.OfType<StvRound.Win>().Any(w => !w.TransferFactor.Denominator.IsPowerOfTwo)
        && outcome.Rounds.Any(r => r.Scores.Any(s => s.Score == Fraction.Of(outcome.Quota)) || r.Scores.DistinctBy(s => s.Score).Count() < r.Scores.Count);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static JsonNode Method(BeleniosTool tool, string method, Vote vote, params string[] options) =>
        JsonNode.Parse(tool.Print(vote.ToString(), ["method", method, .. options]))!;
}
