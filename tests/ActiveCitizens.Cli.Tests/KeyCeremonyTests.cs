namespace ActiveCitizens.Cli.Tests;

public sealed class KeyCeremonyTests : IDisposable
{
    private readonly TestCommand _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public void Two_of_three_members_are_enough_and_one_is_not()
    {
        var election = new HeldElection(_command, "Ed25519");
        election.Issue(2);
        var members = election.HoldCeremony();
        var facts = election.SetUp(HeldElection.Choices, "--threshold", "@threshold.json");
        Assert.Equal("""[{"needed":2,"of":3}]""", facts["threshold_sets"]!.ToJsonString());
        election.Vote("v1", [0, 1, 0, 0]);
        _command.Json("tally", "@e.bel");
        _command.Json("decrypt", "@e.bel", "--key", members[2] + ".privkey", "--out", "@d3");
        Assert.Contains("Missing: 1 more decryptions", _command.Refused("result", "@e.bel", "--decryption", "@d3"), StringComparison.Ordinal);
        Assert.Equal("0 1 0 0", HeldElection.Votes(election.Count(members[0], members[1]), 0));
        Assert.Equal("Valid", (string)_command.Json("verify", "@e.bel")["verdict"]!);
    }

    [Fact]
    public void A_ceremony_stops_at_a_document_that_is_missing_changed_or_swapped()
    {
        foreach (var (number, name) in new[] { ("1", "Anna"), ("2", "Bilal") })
        {
            _command.Json("trustee", "threshold", "start", "--size", "2", "--needed", "2", "--member", number, "--name", name, "--key", $"@{name}", "--folder", "@c", "--plain");
        }

        string[] commit = ["trustee", "threshold", "commit", "--key", "@Anna", "--folder", "@c"];
        var (first, second) = (_command.PathOf("c/certificate-1.json"), _command.PathOf("c/certificate-2.json"));
        var original = File.ReadAllText(second);
        File.Delete(second);
        Assert.Contains("certificate-2.json is not in the folder yet", _command.Refused(commit), StringComparison.Ordinal);
        File.Copy(first, second);
        Assert.Contains("Certificate of member 2: it was made for another group, size, threshold or place", _command.Refused(commit), StringComparison.Ordinal);
        File.WriteAllText(second, HeldElection.WithOtherResponse(original));
        Assert.Contains("Certificate of member 2: its signature does not hold", _command.Refused(commit), StringComparison.Ordinal);
        File.WriteAllText(second, original);
        _command.Json(commit);
        Assert.Contains("is there already", _command.Refused(commit), StringComparison.Ordinal);
        Assert.Contains("commitment-2.json is not in the folder yet", _command.Refused("trustee", "threshold", "reveal", "--key", "@Anna", "--folder", "@c"), StringComparison.Ordinal);
        Assert.Contains("expected 1 to 2", _command.Refused("trustee", "threshold", "combine", "--size", "2", "--needed", "3", "--folder", "@c", "--out", "@t"), StringComparison.Ordinal);
        Assert.Contains("--member is 4", _command.Refused("trustee", "threshold", "start", "--size", "3", "--needed", "2", "--member", "4", "--name", "D", "--key", "@D", "--folder", "@c", "--plain"), StringComparison.Ordinal);
        Assert.Contains("is not what trustee threshold start wrote", _command.Refused("trustee", "threshold", "commit", "--key", first, "--folder", "@c"), StringComparison.Ordinal);
    }
}
