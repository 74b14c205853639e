using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Tests.Support;

namespace ActiveCitizens.Voting.Tests.Ballots;

public sealed class FixtureBallotTests
{
    [Theory, InlineData("a-small-ed25519"), InlineData("b-threshold-ed25519"), InlineData("b-threshold-legacy-belenios2048"), InlineData("c-council-ed25519")]
    public void Ballots_of_the_reference_tool_are_accepted_with_their_trackers(string name)
    {
        var fixture = FixtureElection.Open(name);
        var verifier = new BallotVerifier(fixture.Election, fixture.Credentials);
        var trackers = fixture.Ballots.Select(bytes => Assert.IsType<BallotVerdict.Accepted>(verifier.Verify(bytes)).Ballot.Tracker);
        Assert.Equal(fixture.Expected["ballots_in_order"]!.AsArray().Select(b => (string)b!["tracker"]!), trackers);
        Assert.Equal((string)fixture.Expected["fingerprint"]!, fixture.Election.Fingerprint);
        Assert.Null(fixture.Trustees.FindProblem());
        Assert.Equal(fixture.Trustees.PublicKey(), fixture.Election.PublicKey);
    }
}
