using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Proofs;
using ActiveCitizens.Voting.Tests.Support;

namespace ActiveCitizens.Voting.Tests.Ballots;

public sealed class FixtureBallotTests
{
    [Theory]
    [InlineData("a-small-ed25519", "v01"), InlineData("a-small-belenios2048", null), InlineData("c-council-ed25519", null), InlineData("c-council-belenios2048", null)]
    public void Trustees_keys_open_the_ballots_of_the_reference_tool_to_the_choices_made(string name, string? first)
    {
        if (FixtureElection.WholeSet is null && first is null)
        {
            Assert.Skip("The folder shared/belenios does not lie beside the repository: its private keys were not tried.");
            return;
        }

        var fixture = first is null ? FixtureElection.OpenWhole(name) : FixtureElection.Open(name);
        var group = fixture.Election.Group;
        var key = fixture.PrivateKeys().Aggregate(group.Scalars.Zero, group.Scalars.Add);
        Element[] plain = [group.Identity, group.Generator];
        var expected = fixture.Expected["ballots_in_order"]!.AsArray().Take(20).ToList();
        foreach (var (bytes, known) in fixture.Ballots.Zip(expected))
        {
            var choices = Ballot.Read(fixture.Election, bytes).Answers.Cast<BallotAnswer.Homomorphic>().Select(answer =>
                answer.Choices.Select(c => Array.IndexOf(plain, group.Divide(c.Ciphertext.Beta, group.Power(c.Ciphertext.Alpha, key)))).ToArray());
            Assert.Equal(known!["choice"]!.AsArray().Select(q => q!.AsArray().Select(v => (int)v!).ToArray()), choices);
        }
    }

    [Theory, InlineData(0), InlineData(1)]
    public void Every_hash_of_a_ballots_proofs_is_the_known_one(int index)
    {
        // A proof holds when the sum of its challenges is its hash: with the known sums and an accepted ballot, the same texts were hashed.
        var trace = KnownVectors.All["ballot_traces"]![index]!;
        var name = (string)trace["fixture"]!;
        if (!FixtureElection.CopiedNames.Contains(name) && FixtureElection.WholeSet is null)
        {
            Assert.Skip("The folder shared/belenios does not lie beside the repository.");
            return;
        }

        var fixture = FixtureElection.CopiedNames.Contains(name) ? FixtureElection.Open(name) : FixtureElection.OpenWhole(name);
        var bytes = fixture.Ballots.Single(b => Digest.Of(b.Span).Hex == (string)trace["ballot_sha256"]!);
        var ballot = Assert.IsType<BallotVerdict.Accepted>(new BallotVerifier(fixture.Election, fixture.Credentials).Verify(bytes)).Ballot;
        Assert.Equal((string)trace["tracker"]!, ballot.Tracker);
        var field = fixture.Election.Group.Scalars;
        var sums = Proofs(ballot).Select(proofs => field.Format(proofs.Aggregate(field.Zero, (sum, proof) => field.Add(sum, proof.Challenge))));
        Assert.Equal(trace["hash_calls"]!.AsArray().Select(call => (string)call!["value_mod_q"]!), sums);
        Assert.All(trace["hash_calls"]!.AsArray().Where(call => call!["input"] is not null), call => CheckInput(fixture.Election.Group, call!));
    }

    private static void CheckInput(Group group, JsonNode call)
    {
        var input = Encoding.UTF8.GetBytes((string)call["input"]!);
        Assert.Equal((int)call["input_length"]!, input.Length);
        Assert.Equal((string)call["sha256"]!, Convert.ToHexStringLower(SHA256.HashData(input)));
        Assert.Equal((string)call["value_mod_q"]!, group.Scalars.Format(Challenge.Of(group, input, ReadOnlySpan<string>.Empty)));
    }

    /// <summary>In the order of the known hashes: signature; then by question individual, blank and overall proofs.</summary>
    private static IEnumerable<IEnumerable<Proof>> Proofs(Ballot ballot)
    {
        yield return [ballot.Signature];
        foreach (var answer in ballot.Answers.Cast<BallotAnswer.Homomorphic>())
        {
            foreach (var individual in answer.IndividualProofs)
            {
                yield return individual;
            }

            if (answer.BlankProof is { } blank)
            {
                yield return blank;
            }

            yield return answer.OverallProof;
        }
    }
}
