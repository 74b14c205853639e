using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Tests.Support;
using ActiveCitizens.Voting.Verification;

namespace ActiveCitizens.Voting.Tests.Verification;

public sealed class WholeElectionTests
{
    private static readonly Question One = new HomomorphicQuestion("One?", ["Yes", "No"], Blank: false, 1, 1);
    private static readonly Question OrBlank = new HomomorphicQuestion("Who, or blank?", ["Ana", "Bo", "Chloé"], Blank: true, 1, 2);
    private static readonly Question Ranked = new NonHomomorphicQuestion("In which order?", ["A", "B", "C"], new CountingHint.Schulze(Blank: true));
    private static readonly TrusteePlan TwoOfThree = new(2, 3, 3, 1);

    [Theory]
    [InlineData("Ed25519"), InlineData("BELENIOS-2048")]
    public void A_weighted_election_with_blank_votes_and_all_kinds_of_trustees_is_valid(string group)
    {
        var made = MadeElection.Make(group, [One, OrBlank], [1, 2_000_000_000, 3, 0], 4, [TrusteePlan.Mandatory, TwoOfThree],
            [new(0, [1, 0], [0, 1, 0, 1]), new(1, [0, 1], [1, 0, 0, 0]), new(2, [1, 0], [0, 0, 1, 0]), new(3, [1, 0], [0, 1, 0, 0]), new(2, [0, 1], [0, 0, 0, 1])], seed: 1);
        AssertValid(made);
        AssertCounts(made, 0, 1, 2_000_000_003);
        AssertCounts(made, 1, 2_000_000_000, 1, 0, 4);
    }

    [Fact]
    public void A_small_election_in_the_largest_group_is_valid()
    {
        var made = MadeElection.Make("RFC-3526-2048", [One, Ranked], null, 2, [TrusteePlan.Mandatory], [new(0, [1, 0], [1, 2, 3]), new(1, [0, 1], [2, 1, 0])], seed: 2);
        AssertValid(made);
        AssertCounts(made, 0, 1, 1);
        AssertRanked(made, 1, "1,2,3", "2,1,0");
    }

    [Fact]
    public void A_ranked_election_with_two_shuffles_and_a_vote_cast_again_is_valid()
    {
        var made = MadeElection.Make("Ed25519", [Ranked, OrBlank, Ranked], null, 5, [TwoOfThree, TrusteePlan.Mandatory],
            [new(0, [1, 2, 3], [0, 1, 1, 0], [0, 0, 0]), new(1, [255, 0, 1], [1, 0, 0, 0], [3, 2, 1]), new(4, [9, 9, 9], [0, 0, 0, 1], [5, 5, 5]), new(0, [2, 1, 3], [0, 0, 1, 0], [1, 1, 1])], seed: 3, shuffles: 2);
        AssertValid(made);
        AssertRanked(made, 0, "2,1,3", "255,0,1", "9,9,9");
        AssertRanked(made, 2, "1,1,1", "3,2,1", "5,5,5");
        AssertCounts(made, 1, 1, 0, 1, 1);
    }

    [Theory]
    [InlineData("Ed25519"), InlineData("BELENIOS-2048")]
    public void An_election_without_ballots_is_valid(string group)
    {
        var made = MadeElection.Make(group, [One, OrBlank], null, 3, [TrusteePlan.Mandatory], [], seed: 4);
        AssertValid(made);
        AssertCounts(made, 1, 0, 0, 0, 0);
    }

    [Fact]
    public void A_ranked_election_without_ballots_is_valid() =>
        AssertValid(MadeElection.Make("Ed25519", [Ranked], null, 1, [TrusteePlan.Mandatory], [], seed: 5));

    internal static void AssertValid(MadeElection made)
    {
        var report = Verifier.Verify(new MemoryStream(made.Archive), new() { DegreeOfParallelism = 2 });
        Assert.True(report.Verdict == VerificationVerdict.Valid, report.ToText());
    }

    private static void AssertCounts(MadeElection made, int question, params long[] counts) =>
        Assert.Equal(counts, Assert.IsType<QuestionResult.Counts>(made.Result.Questions[question]).Values);

    private static void AssertRanked(MadeElection made, int question, params string[] ballots) =>
        Assert.Equal(ballots, Assert.IsType<QuestionResult.Ranked>(made.Result.Questions[question]).Ballots.Select(b => string.Join(',', b)).Order(StringComparer.Ordinal));
}
