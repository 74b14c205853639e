namespace ActiveCitizens.Cli.Tests;

public sealed class RehearseCommandTests : IDisposable
{
    private readonly TestCommand _command = new();

    public void Dispose() => _command.Dispose();

    [Theory, InlineData("Ed25519"), InlineData("BELENIOS-2048")]
    public void An_invented_election_is_held_at_once_and_verifies(string group)
    {
        _command.Save("council.json", $$"""{"name":"Council","description":"","questions":[{{HeldElection.Choices}},{"question":"Sport?","answers":["Yes","No"],"min":1,"max":1}]}""");
        var facts = _command.Json("election", "rehearse", "@council.json", "--voters", "5", "--group", group, "--out", "@r.bel");
        Assert.Contains("(rehearsal)", (string)facts["name"]!, StringComparison.Ordinal);
        var report = _command.Json("verify", "@r.bel", "--voters", "5");
        Assert.Equal("Valid", (string)report["verdict"]!);
        Assert.Equal(5, _command.Json("election", "show", "@r.bel")["result"]![1]!["votes"]!.AsArray().Sum(answer => (int)answer!["votes"]!));
    }

    [Theory]
    [InlineData("--voters", "0")]
    [InlineData("--voters", "5", "--trustees", "21")]
    public void Sizes_that_make_no_election_are_refused(params string[] size)
    {
        _command.Save("council.json", $$"""{"name":"Council","description":"","questions":[{{HeldElection.Choices}}]}""");
        Assert.Contains("Expected 1 to", _command.Refused(["election", "rehearse", "@council.json", .. size, "--out", "@r.bel"]), StringComparison.Ordinal);
        Assert.False(File.Exists(_command.PathOf("r.bel")));
    }

    [Fact]
    public void A_ranked_question_is_refused_before_anything_is_written()
    {
        _command.Save("council.json", $$"""{"name":"Council","description":"","questions":[{{HeldElection.Ranking}}]}""");
        Assert.Contains("cannot be rehearsed", _command.Refused("election", "rehearse", "@council.json", "--voters", "2", "--out", "@r.bel"), StringComparison.Ordinal);
    }
}
