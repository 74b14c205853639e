using System.Text.Json.Nodes;

namespace ActiveCitizens.Cli.Tests;

public sealed class ElectionCommandsTests : IDisposable
{
    private readonly TestCommand _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public void An_election_with_two_mandatory_trustees_goes_from_setup_to_a_valid_result()
    {
        var election = new HeldElection(_command, "Ed25519");
        Assert.Equal(3, (int)election.Issue(3)["voters"]!);
        string[] keys = [election.MakeKey("Anna"), election.MakeKey("Bilal")];
        var facts = election.SetUp(HeldElection.Choices, "--trustee", keys[0] + ".pubkey", "--trustee", keys[1] + ".pubkey");
        Assert.Equal(["Anna", "Bilal"], facts["trustees"]!.AsArray().Select(t => (string)t!["name"]!));
        var replaced = election.Vote("v1", [0, 1, 0, 0]);
        election.Vote("v2", [1, 0, 0, 0]);
        var tracker = election.Vote("v1", [0, 0, 1, 1]);
        File.Copy(_command.PathOf("e.bel"), _command.PathOf("earlier.bel"));

        var tally = _command.Json("tally", "@e.bel");
        Assert.Equal((3, 2), ((int)tally["ballots_in_the_box"]!, (int)tally["ballots_tallied"]!));
        Assert.Equal("1 0 1 1", HeldElection.Votes(election.Count(keys), 0));

        var fingerprint = (string)facts["election_fingerprint"]!;
        Assert.StartsWith("VALID", _command.Print("verify", "@e.bel", "--previous", "@earlier.bel", "--fingerprint", fingerprint, "--tracker", tracker), StringComparison.Ordinal);
        Assert.Equal("Valid", (string)_command.Json("verify", "@e.bel", "--voters", "3")["verdict"]!);
        foreach (var lie in new[] { new[] { "--tracker", replaced }, ["--fingerprint", tracker], ["--voters", "4"], ["--last-event", tracker], ["--credentials-fingerprint", tracker] })
        {
            var (exit, output, _) = _command.Run(["verify", "@e.bel", .. lie]);
            Assert.Equal(1, exit);
            Assert.StartsWith("INVALID", output, StringComparison.Ordinal);
        }

        // Somebody downloaded the box while it held a ballot that is gone by now.
        election.Refill(_command.PathOf("other.bel"), "v3");
        var difference = _command.Run("verify", "@e.bel", "--previous", "@other.bel");
        Assert.Equal(1, difference.Exit);
        Assert.Contains("differs from the earlier copy at byte", difference.Output, StringComparison.Ordinal);
        var unfinished = _command.Run("verify", "@earlier.bel");
        Assert.Equal(1, unfinished.Exit);
        Assert.StartsWith("INCOMPLETE", unfinished.Output, StringComparison.Ordinal);
        Assert.Contains("answer Chloé, votes 1", _command.Print("election", "show", "@e.bel"), StringComparison.Ordinal);
        Assert.Equal("""["1","2"]""", Assert.Single(_command.Json("count-votes", "@e.bel", "--method", "plurality")["ties"]!.AsArray())!["tied"]!.ToJsonString());
    }

    [Fact]
    public void Ranked_answers_are_shuffled_by_every_trustee_and_counted()
    {
        var election = new HeldElection(_command, "Ed25519");
        election.Issue(4);
        string[] keys = [election.MakeKey("Anna"), election.MakeKey("Bilal")];
        election.SetUp($"{HeldElection.Ranking},{HeldElection.Choices}", "--trustee", keys[0] + ".pubkey", "--trustee", keys[1] + ".pubkey");
        election.Vote("v1", [1, 2, 3], [0, 1, 0, 0]);
        election.Vote("v2", [2, 1, 3], [0, 1, 0, 0]);
        election.Vote("v3", [1, 3, 2], [0, 1, 0, 0]);
        _command.Json("tally", "@e.bel");
        Assert.Contains("shuffle them before", _command.Refused("decrypt", "@e.bel", "--key", keys[0] + ".privkey", "--out", "@d"), StringComparison.Ordinal);
        Assert.Contains("after one", _command.Refused("shuffle", "@e.bel", "--end"), StringComparison.Ordinal);
        _command.Json("shuffle", "@e.bel", "--trustee", "1");
        Assert.Contains("nobody who has shuffled", _command.Refused("shuffle", "@e.bel", "--trustee", "1"), StringComparison.Ordinal);
        Assert.Equal(2, (int)_command.Json("shuffle", "@e.bel", "--trustee", "2")["shuffles"]!);
        _command.Json("shuffle", "@e.bel", "--end");
        var result = election.Count(keys);
        Assert.Equal(3, (int)result["result"]![0]!["ballots"]!);
        Assert.Equal("0 3 0 0", HeldElection.Votes(result, 1));
        Assert.Equal("Valid", (string)_command.Json("verify", "@e.bel")["verdict"]!);
        var counted = _command.Json("count-votes", "@e.bel", "--question", "1", "--method", "schulze");
        Assert.Equal("0", (string)counted["condorcet_winner"]!);
        using (var bytes = File.OpenRead(_command.PathOf("e.bel")))
        {
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), (string)counted["sha256"]!);
        }

        Assert.Contains("of 1 seats: Park", _command.Print("count-votes", "@e.bel", "--question", "1", "--method", "schulze"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_announced_single_transferable_vote_is_counted_for_the_announced_seats()
    {
        var election = new HeldElection(_command, "Ed25519");
        election.Issue(3);
        var key = election.MakeKey("Anna");
        election.SetUp(HeldElection.Ranking.Replace("""{"method":"Schulze","blank":true}""", """{"method":"STV","blank":true,"seats":2}""", StringComparison.Ordinal), "--trustee", key + ".pubkey");
        election.Vote("v1", [1, 2, 3]);
        election.Vote("v2", [1, 2, 3]);
        election.Vote("v3", [0, 0, 1]);
        _command.Json("tally", "@e.bel");
        _command.Json("shuffle", "@e.bel", "--trustee", "1");
        _command.Json("shuffle", "@e.bel", "--end");
        election.Count(key);
        Assert.Equal("""["0","2"]""", _command.Json("count-votes", "@e.bel", "--method", "stv")["elected"]!.ToJsonString());
        Assert.Equal("""["0"]""", _command.Json("count-votes", "@e.bel", "--method", "stv", "--seats", "1")["elected"]!.ToJsonString());
    }

    [Fact]
    public void A_changed_byte_of_a_ballot_is_found_and_no_key_is_used_on_it()
    {
        var election = new HeldElection(_command, "Ed25519");
        election.Issue(2);
        var key = election.MakeKey("Anna");
        election.SetUp(HeldElection.Choices, "--trustee", key + ".pubkey");
        election.Vote("v1", [0, 1, 0, 0]);
        _command.Json("tally", "@e.bel");
        var bytes = File.ReadAllBytes(_command.PathOf("e.bel"));
        var at = bytes.AsSpan().IndexOf("\"election_hash\""u8) + 700;
        bytes[at] = bytes[at] == (byte)'1' ? (byte)'2' : (byte)'1';
        File.WriteAllBytes(_command.PathOf("e.bel"), bytes);
        var (exit, output, _) = _command.Run("verify", "@e.bel");
        Assert.Equal(1, exit);
        Assert.StartsWith("INVALID", output, StringComparison.Ordinal);
        Assert.NotEmpty(_command.Refused("decrypt", "@e.bel", "--key", key + ".privkey", "--out", "@d"));
        Assert.False(File.Exists(_command.PathOf("d")));
    }

    [Fact]
    public void The_result_needs_every_mandatory_trustee_once_and_honest()
    {
        var election = new HeldElection(_command, "Ed25519");
        election.Issue(1);
        string[] keys = [election.MakeKey("Anna"), election.MakeKey("Bilal"), election.MakeKey("Stranger")];
        election.SetUp(HeldElection.Choices, "--trustee", keys[0] + ".pubkey", "--trustee", keys[1] + ".pubkey");
        election.Vote("v1", [0, 1, 0, 0]);
        Assert.Contains("ends with Ballot", _command.Refused("decrypt", "@e.bel", "--key", keys[0] + ".privkey", "--out", "@d"), StringComparison.Ordinal);
        _command.Json("tally", "@e.bel");
        Assert.Contains("closed", _command.Refused("tally", "@e.bel"), StringComparison.Ordinal);
        Assert.Contains("the key of no trustee", _command.Refused("decrypt", "@e.bel", "--key", keys[2] + ".privkey", "--out", "@d"), StringComparison.Ordinal);
        _command.Json("decrypt", "@e.bel", "--key", keys[0] + ".privkey", "--out", "@d1");
        var before = File.ReadAllBytes(_command.PathOf("e.bel"));
        Assert.Contains("Missing: the decryption of trustee 2", _command.Refused("result", "@e.bel", "--decryption", "@d1"), StringComparison.Ordinal);
        Assert.Contains("trustee 1, whose decryption is there already", _command.Refused("result", "@e.bel", "--decryption", "@d1", "--decryption", "@d1"), StringComparison.Ordinal);
        var forged = File.ReadAllText(_command.PathOf("d1"));
        File.WriteAllText(_command.PathOf("forged"), HeldElection.WithOtherResponse(forged));
        Assert.Contains("hold for no trustee's key", _command.Refused("result", "@e.bel", "--decryption", "@forged"), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_command.PathOf("e.bel")));
    }

    [Fact]
    public void Ballots_are_refused_as_a_server_would_and_all_are_added_or_none()
    {
        var election = new HeldElection(_command, "Ed25519");
        election.Issue(2);
        var key = election.MakeKey("Anna");
        election.SetUp(HeldElection.Choices, "--trustee", key + ".pubkey");
        election.Vote("v1", [0, 1, 0, 0]);
        var ballot = Directory.EnumerateFiles(_command.Folder, "ballot-*").Single();
        Assert.Contains("in the box already", _command.Refused("ballot", "add", "@e.bel", ballot), StringComparison.Ordinal);
        _command.Save("choices.json", "[[0,0,1,0]]");
        Make("@good.json", "v2");
        var text = File.ReadAllText(_command.PathOf("good.json"));
        _command.Save("bad.json", text.Replace("\"choices\"", "\"Choices\"", StringComparison.Ordinal));
        Assert.Contains("bad.json is refused", _command.Refused("ballot", "add", "@e.bel", "@good.json", "@bad.json"), StringComparison.Ordinal);
        Assert.Equal(1, (int)_command.Json("election", "show", "@e.bel")["ballots_in_the_box"]!);

        void Make(string output, string voter) => _command.Json("ballot", "make", "@e.bel", "--choices", "@choices.json", "--credentials", "@authority/private_credentials.json", "--voter", voter, "--out", output);
    }

    [Fact]
    public async Task Two_who_add_ballots_at_once_lose_none()
    {
        var election = new HeldElection(_command, "Ed25519");
        election.Issue(8);
        election.SetUp(HeldElection.Choices, "--trustee", election.MakeKey("Anna") + ".pubkey");
        _command.Save("choices.json", "[[0,0,1,0]]");
        foreach (var voter in Enumerable.Range(1, 8))
        {
            _command.Json("ballot", "make", "@e.bel", "--choices", "@choices.json", "--credentials", "@authority/private_credentials.json", "--voter", $"v{voter}", "--out", $"@b{voter}");
        }

        var exits = await Task.WhenAll(Enumerable.Range(1, 8).Select(voter => Task.Run(() => _command.Run("ballot", "add", "@e.bel", $"@b{voter}"))));
        Assert.All(exits, e => Assert.True(e.Exit is 0 || e.Errors.Contains("another process", StringComparison.Ordinal) || e.Errors.Contains("meanwhile", StringComparison.Ordinal), e.Errors));
        var added = exits.Count(e => e.Exit == 0);
        Assert.InRange(added, 1, 8);
        Assert.Equal(added, (int)_command.Json("election", "show", "@e.bel")["ballots_in_the_box"]!);
    }

    [Fact]
    public void A_credential_is_asked_for_and_progress_is_drawn_and_wiped()
    {
        var election = new HeldElection(_command, "Ed25519");
        election.Issue(1);
        election.SetUp(HeldElection.Choices, "--trustee", election.MakeKey("Anna") + ".pubkey");
        _command.Save("choices.json", "[[0,0,1,0]]");
        var credential = (string)JsonNode.Parse(File.ReadAllText(_command.PathOf("authority/private_credentials.json")))!["v1"]!;
        Assert.Equal(0, Run(question => question == "Credential: " ? credential : null, "ballot", "make", _command.PathOf("e.bel"), "--choices", _command.PathOf("choices.json"), "--out", _command.PathOf("b")).Exit);
        _command.Json("ballot", "add", "@e.bel", "@b");
        var (exit, errors) = Run(null, "tally", _command.PathOf("e.bel"));
        Assert.Equal(0, exit);
        Assert.Contains("Verifying ballots [", errors, StringComparison.Ordinal);
        Assert.EndsWith(" \r", errors, StringComparison.Ordinal);

        static (int Exit, string Errors) Run(Func<string, string?>? ask, params string[] arguments)
        {
            using var output = new MemoryStream();
            using var errors = new StringWriter();
            var exit = CommandLine.Run(arguments, output, errors, progress: true, wide: true, ask);
            return (exit, errors.ToString());
        }
    }

    [Theory]
    [InlineData("[[1,0,0,0],[1]]", "2 lists of choices for 1 questions")]
    [InlineData("[[0,1,1,1]]", "question 1: 3 chosen, 1 to 2 expected")]
    [InlineData("[[1,1,0,0]]", "question 1: a blank vote chooses something")]
    [InlineData("[null]", "expected one list of whole numbers per question")]
    [InlineData("{}", "expected one list of whole numbers per question")]
    public void Choices_that_are_not_allowed_are_explained(string choices, string reason)
    {
        var election = new HeldElection(_command, "Ed25519");
        election.Issue(1);
        election.SetUp(HeldElection.Choices, "--trustee", election.MakeKey("Anna") + ".pubkey");
        _command.Save("choices.json", choices);
        _command.Save("credential", "no credential at all");
        Assert.Contains(reason, _command.Refused("ballot", "make", "@e.bel", "--choices", "@choices.json", "--credential-file", "@credential", "--out", "@b"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12345-123456-12345-123456", "is not one of this election")]
    [InlineData("12345-123456-12345-12345O", "0, O, I or l")]
    [InlineData("1234512345612345123456", "Dashes belong to it")]
    [InlineData("123-123-123-123-123", "mistyped")]
    public void A_mistyped_credential_is_explained(string credential, string reason)
    {
        var election = new HeldElection(_command, "Ed25519");
        election.Issue(1);
        election.SetUp(HeldElection.Choices, "--trustee", election.MakeKey("Anna") + ".pubkey");
        _command.Save("choices.json", "[[1,0,0,0]]");
        _command.Save("credential", credential + "\n");
        Assert.Contains(reason, _command.Refused("ballot", "make", "@e.bel", "--choices", "@choices.json", "--credential-file", "@credential", "--out", "@b"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"n","description":"d","questions":[]}""", "has 0 questions")]
    [InlineData("""{"name":"n","description":"d"}""", "questions")]
    [InlineData("""{"name":"n","description":"d","questions":[{"question":"q","answers":["a"],"min":0,"max":2}]}""", "question 1: 0 to 2 of 1 answers cannot be chosen")]
    [InlineData("""{"name":"n","description":"d","questions":[{"question":"q","answers":["a"],"min":0,"max":1,"blanc":true}]}""", "question 1: ")]
    [InlineData("""{"name":"n","description":"d","questions":[{"type":"Lists","value":{"question":"q","answers":["a"]}}]}""", "expected \"NonHomomorphic\"")]
    [InlineData("""{"name":"n","description":"d","questions":[{"type":"NonHomomorphic","value":{"question":"q","answers":["a"]},"extra":{"method":"Borda","blank":true}}]}""", "extra is not known")]
    [InlineData("{", "line 1")]
    public void A_bad_template_is_explained(string template, string reason)
    {
        var election = new HeldElection(_command, "Ed25519");
        election.Issue(1);
        election.MakeKey("Anna");
        _command.Save("template.json", template);
        Assert.Contains(reason, _command.Refused("election", "new", "@template.json", "--uuid", election.Uuid, "--credentials", "@authority/public_credentials.json", "--trustee", "@keys/Anna.pubkey", "--out", "@e.bel"), StringComparison.Ordinal);
        Assert.False(File.Exists(_command.PathOf("e.bel")));
    }

    [Fact]
    public void Ranked_questions_with_weights_and_unproved_keys_are_refused()
    {
        var election = new HeldElection(_command, "Ed25519");
        election.Issue(2, weighted: true);
        election.MakeKey("Anna");
        _command.Save("template.json", $$"""{"name":"n","description":"d","questions":[{{HeldElection.Ranking}}]}""");
        string[] command = ["election", "new", "@template.json", "--uuid", election.Uuid, "--credentials", "@authority/public_credentials.json", "--out", "@e.bel"];
        Assert.Contains("has weights", _command.Refused([.. command, "--trustee", "@keys/Anna.pubkey"]), StringComparison.Ordinal);
        _command.Save("template.json", $$"""{"name":"n","description":"d","questions":[{{HeldElection.Choices}}]}""");
        Assert.Contains("at least one trustee", _command.Refused(command), StringComparison.Ordinal);
        election.MakeKey("Bilal");
        var (anna, bilal) = (JsonNode.Parse(File.ReadAllText(_command.PathOf("keys/Anna.pubkey")))!, JsonNode.Parse(File.ReadAllText(_command.PathOf("keys/Bilal.pubkey")))!);
        anna["public_key"] = (string)bilal["public_key"]!;
        _command.Save("forged.pubkey", anna.ToJsonString());
        Assert.Contains("the proof of its key does not hold", _command.Refused([.. command, "--trustee", "@forged.pubkey"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is not an election's archive", "verify", "@t")]
    [InlineData("cannot be read", "verify", "@none.bel")]
    [InlineData("expected 43 characters of base64", "verify", "@t", "--fingerprint", "abc")]
    [InlineData("archive, byte 0", "election", "show", "@t")]
    [InlineData("cannot be read", "tally", "@none.bel")]
    [InlineData("Use either --trustee N or --end", "shuffle", "@t")]
    [InlineData("verify --help", "verify")]
    [InlineData("trustee key new --help", "trustee", "key", "new")]
    public void Input_that_cannot_be_used_exits_2(string reason, params string[] arguments)
    {
        _command.Save("t", "This is no archive, whatever its name.");
        Assert.Contains(reason, _command.Refused(arguments), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("election", "new")]
    [InlineData("election", "show")]
    [InlineData("credentials", "generate")]
    [InlineData("credentials", "letters")]
    [InlineData("trustee", "key", "new")]
    [InlineData("trustee", "threshold", "start")]
    [InlineData("trustee", "threshold", "commit")]
    [InlineData("trustee", "threshold", "reveal")]
    [InlineData("trustee", "threshold", "finish")]
    [InlineData("trustee", "threshold", "combine")]
    [InlineData("ballot", "make")]
    [InlineData("ballot", "add")]
    [InlineData("ballot", "check")]
    [InlineData("tally")]
    [InlineData("shuffle")]
    [InlineData("decrypt")]
    [InlineData("result")]
    public void Every_verb_has_help_with_an_example_and_prints_json(params string[] verb)
    {
        var help = _command.Print([.. verb, "--help"]);
        Assert.Contains($"  activecitizens {string.Join(' ', verb)} ", help[..help.IndexOf("Usage:", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Contains("--json", help, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_of_an_archive_cannot_command_the_terminal()
    {
        var election = new HeldElection(_command, "Ed25519");
        election.Issue(1);
        election.SetUp("""{"question":"\u001b[2JWho?","answers":["\u001b]0;x\u0007"],"min":0,"max":1}""", "--trustee", election.MakeKey("Anna") + ".pubkey");
        Assert.DoesNotContain('\u001b', _command.Print("election", "show", "@e.bel"));
        Assert.DoesNotContain('\u001b', _command.Run("verify", "@e.bel").Output);
    }
}
