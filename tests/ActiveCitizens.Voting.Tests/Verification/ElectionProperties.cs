using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Proofs;
using ActiveCitizens.Voting.Shuffles;
using ActiveCitizens.Voting.Tallies;
using ActiveCitizens.Voting.Tests.Support;
using ActiveCitizens.Voting.Verification;
using CsCheck;

namespace ActiveCitizens.Voting.Tests.Verification;

public sealed class ElectionProperties
{
    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue];

    [Fact] // Random questions, weights, trustee sets, voters who vote again.
    public void The_result_is_the_plain_count_of_the_last_votes() => Seeds.Sample(seed => CountsMatch("Ed25519", seed), iter: 25, threads: 1);

    [Fact]
    public void The_result_is_the_plain_count_in_a_finite_field_too() => Seeds.Sample(seed => CountsMatch("BELENIOS-2048", seed), iter: 3, threads: 1);

    [Fact]
    public void Any_members_enough_for_the_threshold_give_the_same_result()
    {
        using var random = new SeededRandom(11);
        var group = Group.Find("Ed25519")!;
        var made = MadeElection.SetUp(group, [new HomomorphicQuestion("?", ["a", "b", "c"], Blank: true, 0, 3)], null, 3, [new(2, 4, 1, 2, 3, 4)], random);
        var tally = new TallyAccumulator(made.Election);
        foreach (var vote in new Vote[] { new(0, [0, 1, 1, 0]), new(1, [1, 0, 0, 0]), new(2, [0, 1, 0, 1]) })
        {
            tally.Add(Ballot.Read(made.Election, made.Ballot(vote, random)), 1);
        }

        var ciphertexts = tally.Finish().Ciphertexts;
        var decryptions = made.Keys.ToDictionary(k => k.Owner, k => PartialDecryption.Read(made.Election, ciphertexts, PartialDecryption.Make(made.Election, ciphertexts, k.Key, random)));
        var results = new HashSet<string>(StringComparer.Ordinal);
        var sets = 0;
        for (var members = 0; members < 16; members++)
        {
            var some = decryptions.Where(d => (members >> (d.Key - 1) & 1) == 1).ToDictionary();
            Assert.Equal(some.Count >= 2, Combination.FindMissing(made.Trustees, some.Keys.ToHashSet()) is null);
            if (some.Count >= 2)
            {
                sets++;
                results.Add(System.Text.Encoding.UTF8.GetString(ElectionResult.Compute(made.Election, made.Trustees, ciphertexts, 3, some).ToBytes()));
            }
        }

        Assert.Equal(11, sets);
        Assert.Equal(["""{"result":[[1,2,1,1]]}"""], results);
    }

    [Fact]
    public void A_shuffle_keeps_the_answers_and_forgets_their_order() => Gen.Select(Seeds, Gen.Int[0, 6]).Sample(
        (seed, count) =>
        {
            using var random = new SeededRandom(seed);
            var group = Group.Find("Ed25519")!;
            var made = MadeElection.SetUp(group, [new NonHomomorphicQuestion("?", ["a", "b"], null)], null, 1, [TrusteePlan.Mandatory], random);
            var key = made.Keys[0].Key;
            Ciphertext Encrypt(int value)
            {
                var r = group.Scalars.Random(random);
                return new(group.GeneratorPower(r), group.Multiply(group.Power(made.Election.PublicKey, r), group.Embed([value, 7])));
            }

            int[] Open(IEnumerable<Ciphertext> list) => [.. list.Select(c => group.Extract(group.Divide(c.Beta, group.Power(c.Alpha, key)), 2)[0])];
            IReadOnlyList<IReadOnlyList<Ciphertext>> input = [[.. Enumerable.Range(0, count).Select(Encrypt)]];
            var shuffle = Shuffle.Read(made.Election, count, Shuffler.Make(made.Election, input, random));
            Assert.Null(shuffle.FindFailure(made.Election, input));
            Assert.Equal(Enumerable.Range(0, count), Open(shuffle.Ciphertexts[0]).Order());
            Assert.Empty(shuffle.Ciphertexts[0].Select(c => c.Alpha).Intersect(input[0].Select(c => c.Alpha)));
        },
        iter: 12,
        threads: 1);

    [Fact]
    public void Every_order_of_a_shuffle_comes_up()
    {
        using var random = new SeededRandom(21);
        var group = Group.Find("Ed25519")!;
        var made = MadeElection.SetUp(group, [new NonHomomorphicQuestion("?", ["a"], null)], null, 1, [TrusteePlan.Mandatory], random);
        IReadOnlyList<IReadOnlyList<Ciphertext>> input = [[.. Enumerable.Range(0, 3).Select(v => new Ciphertext(group.Identity, group.Embed([v])))]];
        var orders = Enumerable.Range(0, 60).Select(_ => string.Concat(Shuffle.Read(made.Election, 3, Shuffler.Make(made.Election, input, random)).Ciphertexts[0]
            .Select(c => group.Extract(group.Divide(c.Beta, group.Power(c.Alpha, made.Keys[0].Key)), 1)[0])));
        Assert.Equal(["012", "021", "102", "120", "201", "210"], orders.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Two_elections_never_share_a_challenge()
    {
        // The same credential secret, choices and random numbers: only the elections differ, by one letter of their names.
        using var random = new SeededRandom(31);
        var group = Group.Find("Ed25519")!;
        Question[] questions = [new HomomorphicQuestion("?", ["a", "b"], Blank: true, 0, 2), new NonHomomorphicQuestion("?", ["a", "b"], null)];
        var secret = group.Scalars.Random(random);
        var challenges = new[] { "One", "Two" }.SelectMany(name =>
        {
            var election = new ElectionDraft(name, "", group, group.GeneratorPower(group.Scalars.One), questions, "11111111111111").Fix();
            var ballot = Ballot.Read(election, BallotMaker.Make(election, secret, [[0, 1, 0], [1, 2]], new SeededRandom(77)));
            var homomorphic = (BallotAnswer.Homomorphic)ballot.Answers[0];
            return new[] { ballot.Signature.Challenge, ((BallotAnswer.NonHomomorphic)ballot.Answers[1]).Proof.Challenge }
                .Concat(homomorphic.IndividualProofs.Append(homomorphic.BlankProof!).Append(homomorphic.OverallProof).Select(p => p.Aggregate(group.Scalars.Zero, (s, proof) => group.Scalars.Add(s, proof.Challenge))));
        }).Select(group.Scalars.Format).ToList();
        Assert.Equal(14, challenges.Count);
        Assert.Equal(14, challenges.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_ballot_leaves_the_same_tally_when_it_is_added_and_taken_away()
    {
        var fixture = FixtureElection.Open("a-small-ed25519");
        var ballots = fixture.Ballots.Select(b => Ballot.Read(fixture.Election, b)).ToList();
        var plain = new TallyAccumulator(fixture.Election);
        var detour = new TallyAccumulator(fixture.Election);
        plain.Add(ballots[0], 5);
        foreach (var ballot in ballots)
        {
            detour.Add(ballot, 5);
        }

        foreach (var ballot in ballots.Skip(1).Reverse())
        {
            detour.Remove(ballot, 5);
        }

        Assert.Equal(plain.Finish().Bytes.ToArray(), detour.Finish().Bytes.ToArray());
        Assert.Equal(5, detour.Finish().TotalWeight);
    }

    [Fact] // Nobody makes such ballots by accident, but a tally has one order only.
    public void Ranked_answers_that_share_an_alpha_are_sorted_by_beta_from_its_last_byte()
    {
        using var random = new SeededRandom(51);
        var group = Group.Find("Ed25519")!;
        var made = MadeElection.SetUp(group, [new NonHomomorphicQuestion("?", ["a"], null)], null, 6, [TrusteePlan.Mandatory], random);
        var tally = new TallyAccumulator(made.Election);
        for (var voter = 0; voter < 6; voter++)
        {
            tally.Add(Ballot.Read(made.Election, BallotMaker.Make(made.Election, made.Secret(voter), [[voter]], new SeededRandom(52))), 1);
        }

        var list = tally.Finish().Ciphertexts[0];
        Assert.Single(group.Encode([.. list.Select(c => c.Alpha)]).Distinct());
        var reversed = group.Encode([.. list.Select(c => c.Beta)]).Select(text => Convert.ToHexString([.. Convert.FromHexString(text).Reverse()])).ToList();
        Assert.Equal(reversed.Order(StringComparer.Ordinal), reversed);
        Assert.Equal(6, reversed.Distinct().Count());
    }

    [Theory, InlineData(0L), InlineData(1L), InlineData(2L), InlineData(99L), InlineData(1_000_000L)]
    public void Every_count_up_to_the_largest_is_found_and_none_beyond(long max)
    {
        var group = Group.Find("Ed25519")!;
        var logarithm = new DiscreteLogarithm(group, max);
        foreach (var n in new[] { 0, 1, max / 3, max / 2, max - 1, max }.Where(n => n >= 0 && n <= max).Distinct())
        {
            Assert.Equal(n, logarithm.Find(group.GeneratorPower(group.Scalars.Of(n))));
        }

        Assert.Null(logarithm.Find(group.GeneratorPower(group.Scalars.Of(max + 1))));
        Assert.Null(logarithm.Find(group.GeneratorPower(group.Scalars.Of(-1))));
    }

    private static void CountsMatch(string group, int seed)
    {
        using var random = new SeededRandom(seed);
        Question[] questions = [.. Enumerable.Range(0, 1 + random.Next(3)).Select(_ => RandomQuestion(random))];
        var voters = 1 + random.Next(5);
        long[]? weights = random.Next(2) == 0 ? null : [.. Enumerable.Range(0, voters).Select(_ => (long)random.Next(1000))];
        TrusteePlan[] plans = random.Next(3) switch { 0 => [TrusteePlan.Mandatory], 1 => [new(2, 3, 2, 3)], _ => [TrusteePlan.Mandatory, new(1, 2, 2)] };
        Vote[] votes = [.. Enumerable.Range(0, random.Next(8)).Select(_ => new Vote(random.Next(voters), [.. questions.Select(q => RandomChoice((HomomorphicQuestion)q, random))]))];
        var made = MadeElection.Make(group, questions, weights, voters, plans, votes, seed);
        WholeElectionTests.AssertValid(made);
        var last = votes.GroupBy(v => v.Voter).Select(g => g.Last()).ToList();
        for (var i = 0; i < questions.Length; i++)
        {
            var counted = Enumerable.Range(0, ((HomomorphicQuestion)questions[i]).CiphertextCount).Select(k => last.Sum(v => v.Choices[i][k] * (weights?[v.Voter] ?? 1)));
            Assert.Equal(counted, Assert.IsType<QuestionResult.Counts>(made.Result.Questions[i]).Values);
        }
    }

    private static HomomorphicQuestion RandomQuestion(SeededRandom random)
    {
        var answers = 1 + random.Next(4);
        var max = random.Next(answers + 1);
        return new("?", [.. Enumerable.Range(0, answers).Select(a => $"{a}")], random.Next(2) == 0, random.Next(max + 1), max);
    }

    private static int[] RandomChoice(HomomorphicQuestion question, SeededRandom random)
    {
        if (question.Blank && random.Next(3) == 0)
        {
            return [1, .. new int[question.Answers.Count]];
        }

        var chosen = question.Min + random.Next(question.Max - question.Min + 1);
        var start = random.Next(question.Answers.Count);
        var values = new int[question.Answers.Count];
        for (var i = 0; i < chosen; i++)
        {
            values[(start + i) % values.Length] = 1;
        }

        return question.Blank ? [0, .. values] : values;
    }
}
