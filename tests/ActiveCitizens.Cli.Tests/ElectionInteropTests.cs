using ActiveCitizens.Voting.Tests;

namespace ActiveCitizens.Cli.Tests;

/// <summary>Elections held with the command are accepted by the reference program, and the reverse.</summary>
public sealed class ElectionInteropTests : IDisposable
{
    private readonly TestCommand _command = new();

    public void Dispose() => _command.Dispose();

    [Theory]
    [InlineData("Ed25519", false)]
    [InlineData("Ed25519", true)]
    [InlineData("BELENIOS-2048", false)]
    [InlineData("BELENIOS-2048", true)]
    [InlineData("RFC-3526-2048", false)]
    public void Our_elections_verify_with_belenios_tool(string group, bool weighted)
    {
        var tool = ToolFor(group);
        var election = new HeldElection(_command, group);
        election.Issue(3, weighted);
        string[] keys = [election.MakeKey("Anna"), election.MakeKey("Bilal")];
        election.SetUp(HeldElection.Choices, "--trustee", keys[0] + ".pubkey", "--trustee", keys[1] + ".pubkey");
        election.Vote("v1", [0, 1, 0, 0]);
        election.Vote("v3", [0, 1, 1, 0]);
        election.Vote("v1", [1, 0, 0, 0]);
        _command.Json("tally", "@e.bel");
        Assert.Equal(weighted ? "1 3 3 0" : "1 1 1 0", HeldElection.Votes(election.Count(keys), 0));
        election.AssertVerifies(tool);
    }

    [Theory]
    [InlineData("Ed25519", 0, 2)]
    [InlineData("BELENIOS-2048", 2, 1)]
    public void Our_threshold_elections_verify_with_belenios_tool(string group, int first, int second)
    {
        var tool = ToolFor(group);
        var election = new HeldElection(_command, group);
        election.Issue(2);
        var (members, mandatory) = (election.HoldCeremony(), election.MakeKey("Dora"));
        election.SetUp(HeldElection.Choices, "--trustee", mandatory + ".pubkey", "--threshold", "@threshold.json");
        election.Vote("v2", [0, 0, 1, 1]);
        _command.Json("tally", "@e.bel");
        Assert.Equal("0 0 1 1", HeldElection.Votes(election.Count(mandatory, members[first], members[second]), 0));
        Assert.Equal("Valid", (string)_command.Json("verify", "@e.bel")["verdict"]!);
        election.AssertVerifies(tool);
        if (group != "Ed25519")
        {
            election.AssertVerifies(BeleniosTool.Ed25519());
        }
    }

    [Theory]
    [InlineData("Ed25519")]
    [InlineData("BELENIOS-2048")]
    public void A_council_of_nine_among_fifteen_verifies_with_belenios_tool(string group)
    {
        var tool = ToolFor(group);
        var election = new HeldElection(_command, group);
        election.Issue(4);
        var key = election.MakeKey("Anna");
        election.SetUp($$"""{"question":"Who?","answers":[{{string.Join(',', Enumerable.Range(1, 15).Select(i => $"\"Candidate {i}\""))}}],"min":0,"max":9,"blank":true}""", "--trustee", key + ".pubkey");
        election.Vote("v1", [1, .. new int[15]]);
        election.Vote("v2", [0, .. Enumerable.Repeat(1, 9), .. new int[6]]);
        election.Vote("v3", [0, .. new int[14], 1]);
        election.Vote("v4", new int[16]);
        _command.Json("tally", "@e.bel");
        Assert.Equal("1 1 1 1 1 1 1 1 1 1 0 0 0 0 0 1", HeldElection.Votes(election.Count(key), 0));
        election.AssertVerifies(tool);
    }

    [Theory]
    [InlineData("Ed25519")]
    [InlineData("RFC-3526-2048")]
    public void Our_ranked_elections_verify_with_belenios_tool(string group)
    {
        var tool = ToolFor(group);
        var election = new HeldElection(_command, group);
        election.Issue(3);
        string[] keys = [election.MakeKey("Anna"), election.MakeKey("Bilal")];
        election.SetUp(HeldElection.Ranking, "--trustee", keys[0] + ".pubkey", "--trustee", keys[1] + ".pubkey");
        election.Vote("v1", [1, 2, 3]);
        election.Vote("v2", [3, 2, 1]);
        _command.Json("tally", "@e.bel");
        _command.Json("shuffle", "@e.bel", "--trustee", "2");
        _command.Json("shuffle", "@e.bel", "--trustee", "1");
        _command.Json("shuffle", "@e.bel", "--end");
        election.Count(keys);
        election.AssertVerifies(tool);
    }

    [Theory]
    [InlineData("Ed25519")]
    [InlineData("BELENIOS-2048")]
    public void Keys_credentials_and_ballots_of_belenios_tool_are_usable_by_us(string group)
    {
        var tool = ToolFor(group);
        var isLegacy = group != "Ed25519";
        var folder = Directory.CreateDirectory(_command.PathOf("tool")).FullName;
        File.WriteAllText(Path.Combine(folder, "voters.txt"), "a@example.org,v1\nb@example.org,v2\n");
        var uuid = tool.Print("", "setup", "generate-token").Trim();
        tool.Print("", "setup", "generate-credentials", "--uuid", uuid, "--group", group, "--file", Path.Combine(folder, "voters.txt"), "--dir", folder);
        tool.In(folder).Print("", "setup", "generate-trustee-key", "--group", group);

        // The registrar's public file carries logins; the archive's list is its keys alone.
        var keys = System.Text.Json.JsonSerializer.Deserialize<string[]>(File.ReadAllText(Directory.GetFiles(folder, "*.pubcreds").Single()))!;
        _command.Save("public.json", System.Text.Json.JsonSerializer.Serialize(keys.Select(k => k.Split(',')[0])));
        _command.Save("template.json", $$"""{"name":"n","description":"d","questions":[{{HeldElection.Choices}}]}""");
        var trustee = Directory.GetFiles(folder, "*.pubkey").Single();
        _command.Json("election", "new", "@template.json", "--group", group, "--uuid", uuid, "--credentials", "@public.json", "--trustee", trustee, "--out", "@e.bel");

        // A ballot by the tool, on the archive that we set up.
        var box = Directory.CreateDirectory(_command.PathOf("box")).FullName;
        File.Copy(_command.PathOf("e.bel"), Path.Combine(box, uuid + ".bel"));
        _command.Save("choice.json", "[[0,1,0,0]]");
        _command.Save("credential.txt", CredentialsOf(folder, isLegacy).First());
        File.WriteAllText(_command.PathOf("tool.json"), tool.Print("", "election", "generate-ballot", "--dir", box, "--privcred", _command.PathOf("credential.txt"), isLegacy ? "--ballot" : "--choice", _command.PathOf("choice.json")));
        _command.Json("ballot", "add", "@e.bel", "@tool.json");

        // A ballot by us, with a credential of the tool.
        _command.Save("credential.txt", CredentialsOf(folder, isLegacy).Last());
        _command.Json("ballot", "make", "@e.bel", "--choices", "@choice.json", "--credential-file", "@credential.txt", "--out", "@ours.json");
        _command.Json("ballot", "add", "@e.bel", "@ours.json");
        _command.Json("tally", "@e.bel");
        _command.Json("decrypt", "@e.bel", "--key", Directory.GetFiles(folder, "*.privkey").Single(), "--out", "@d.json");
        var result = _command.Json("result", "@e.bel", "--decryption", "@d.json");
        Assert.Equal("0 2 0 0", HeldElection.Votes(result, 0));
        Assert.Equal("Valid", (string)_command.Json("verify", "@e.bel")["verdict"]!);
    }

    [Theory]
    [InlineData("Ed25519")]
    [InlineData("BELENIOS-2048")]
    public void Belenios_tool_decrypts_with_our_keys_and_we_with_its_decryptions(string group)
    {
        var tool = ToolFor(group);
        var election = new HeldElection(_command, group);
        election.Issue(1);
        string[] keys = [election.MakeKey("Anna"), election.MakeKey("Bilal")];
        election.SetUp(HeldElection.Choices, "--trustee", keys[0] + ".pubkey", "--trustee", keys[1] + ".pubkey");
        election.Vote("v1", [0, 1, 0, 1]);
        _command.Json("tally", "@e.bel");
        var box = Directory.CreateDirectory(_command.PathOf("box")).FullName;
        File.Copy(_command.PathOf("e.bel"), Path.Combine(box, election.Uuid + ".bel"));
        // It prints the decryption, then the data that names its owner.
        _command.Save("tool.json", tool.Print("", "election", "decrypt", "--dir", box, "--privkey", _command.PathOf("keys/Anna.privkey"), "--trustee-id", "1").Split('\n')[0]);
        _command.Json("decrypt", "@e.bel", "--key", "@keys/Bilal.privkey", "--out", "@ours.json");
        Assert.Equal("0 1 0 1", HeldElection.Votes(_command.Json("result", "@e.bel", "--decryption", "@ours.json", "--decryption", "@tool.json"), 0));
        election.AssertVerifies(tool);
    }

    private static BeleniosTool ToolFor(string group) => group == "Ed25519" ? BeleniosTool.Ed25519() : BeleniosTool.FiniteField();

    /// <summary>Release 2.0 writes lines of identity and credential, later ones a JSON object.</summary>
    private static IEnumerable<string> CredentialsOf(string folder, bool isLegacy)
    {
        var text = File.ReadAllText(Directory.GetFiles(folder, "*.privcreds").Single());
        return isLegacy
            ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[^1])
            : System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(text)!.Values;
    }
}
