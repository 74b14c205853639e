using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Elections;

namespace ActiveCitizens.Cli.Tests;

/// <summary>What a ballot holds is confirmed from its audit, and from nothing else.</summary>
public sealed class BallotCheckTests : IDisposable
{
    private readonly TestCommand _command = new();

    public void Dispose() => _command.Dispose();

    [Theory]
    [InlineData("Ed25519")]
    [InlineData("BELENIOS-2048")]
    public void A_ballot_that_holds_what_its_audit_says_is_confirmed_in_words(string group)
    {
        Make(group, [0, 1, 0, 1]);
        foreach (var election in new[] { "@election.json", "@e.bel" })
        {
            var checkedBallot = _command.Json("ballot", "check", "@ballot.json", "--audit", "@audit.json", "--election", election);
            Assert.True((bool)checkedBallot["confirmed"]!);
            Assert.Equal("""[{"question":"Who?","chosen":["Ana","Chlo\u00E9"]}]""", checkedBallot["choices"]!.ToJsonString());
        }

        var text = _command.Print("ballot", "check", "@ballot.json", "--audit", "@audit.json", "--election", "@election.json");
        Assert.Contains("Chosen:\n    Ana\n    Chloé\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_blank_vote_is_confirmed_as_such()
    {
        Make("Ed25519", [1, 0, 0, 0]);
        Assert.Equal("(blank vote)", (string)_command.Json("ballot", "check", "@ballot.json", "--audit", "@audit.json", "--election", "@e.bel")["choices"]![0]!["chosen"]![0]!);
    }

    [Fact]
    public void An_audit_that_names_other_choices_is_not_confirmed()
    {
        Make("Ed25519", [0, 1, 0, 0]);
        Change("audit.json", audit => audit["answers"]![0]!["choices"] = new JsonArray(0, 0, 1, 0));
        Assert.Equal("question 1: what is encrypted for Ana is not what the audit says", NotConfirmed());
    }

    [Fact]
    public void An_audit_with_other_randomness_is_not_confirmed()
    {
        Make("Ed25519", [0, 1, 0, 0]);
        Change("audit.json", audit => audit["answers"]![0]!["randomness"]![0] = "1");
        Assert.Equal("question 1: what is encrypted for (blank vote) is not what the audit says", NotConfirmed());
    }

    [Fact]
    public void An_audit_of_another_ballot_is_not_confirmed()
    {
        Make("Ed25519", [0, 1, 0, 0]);
        Change("audit.json", audit => audit["tracker"] = new string('A', 43));
        Assert.Equal("the audit is about another ballot", NotConfirmed());
    }

    [Fact]
    public void A_ballot_whose_proofs_do_not_hold_is_not_confirmed()
    {
        Make("Ed25519", [0, 1, 0, 0]);
        Change("ballot.json", ballot => ballot["answers"]![0]!["overall_proof"]![1]!["response"] = "1");
        Change("audit.json", audit => audit["tracker"] = Voting.Json.Digest.Of(File.ReadAllBytes(_command.PathOf("ballot.json"))).Base64);
        Assert.StartsWith("the ballot would be refused: the signature", NotConfirmed(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_credential_that_is_on_no_list_shows_only_with_the_archive()
    {
        Make("Ed25519", [0, 1, 0, 0], "11111-111111-11111-111111");
        Assert.Equal("the ballot would be refused: its credential is not on the public list", NotConfirmed("@e.bel"));
        Assert.True((bool)_command.Json("ballot", "check", "@ballot.json", "--audit", "@audit.json", "--election", "@election.json")["confirmed"]!);
    }

    [Theory]
    [InlineData("ballot.json", "{}")]
    [InlineData("ballot.json", "")]
    [InlineData("audit.json", "{\"version\":2}")]
    [InlineData("audit.json", "[]")]
    [InlineData("election.json", "{\"version\":1}")]
    [InlineData("election.json", "BELENIOS")]
    public void Files_that_cannot_be_used_exit_2(string file, string content)
    {
        Make("Ed25519", [0, 1, 0, 0]);
        _command.Save(file, content);
        Assert.Contains(file, _command.Refused("ballot", "check", "@ballot.json", "--audit", "@audit.json", "--election", "@election.json"), StringComparison.Ordinal);
        Assert.Contains("cannot be read", _command.Refused("ballot", "check", "@ballot.json", "--audit", "@audit.json", "--election", "@none"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"choices\":[0,1,0,0]", "\"choices\":[0,1,0]")]
    [InlineData("\"choices\":[0,1,0,0]", "\"choices\":[0,2,0,0]")]
    [InlineData("\"choices\":[0,1,0,0]", "\"choices\":[0, 1,0,0]")]
    [InlineData("\"randomness\":[\"", "\"randomness\":[\"0")]
    [InlineData("\"version\":1", "\"version\":3")]
    [InlineData("]}]}", "]}]}x")]
    public void An_audit_in_another_form_is_refused(string from, string to)
    {
        Make("Ed25519", [0, 1, 0, 0]);
        var text = File.ReadAllText(_command.PathOf("audit.json"));
        var changed = text.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(text, changed);
        _command.Save("audit.json", changed);
        Assert.Contains("audit, byte", _command.Refused("ballot", "check", "@ballot.json", "--audit", "@audit.json", "--election", "@e.bel"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audit.json")]
    [InlineData("ballot.json")]
    [InlineData("election.json")]
    public void A_file_with_one_byte_changed_never_confirms(string file)
    {
        Make("Ed25519", [0, 1, 0, 0]);
        var bytes = File.ReadAllBytes(_command.PathOf(file));
        // The same numbers at every run: what is found once is found again.
        var random = new Random(20_26);
        for (var i = 0; i < 60; i++)
        {
            var changed = (byte[])bytes.Clone();
            var at = random.Next(changed.Length);
            changed[at] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(_command.PathOf(file), changed);
            var (exit, _, _) = _command.Run("ballot", "check", "@ballot.json", "--audit", "@audit.json", "--election", "@election.json");
            Assert.True(exit is 1 or CommandLine.BadInput, $"byte {at}: {exit}");
        }
    }

    [Fact]
    public void Ranked_questions_have_no_audit()
    {
        var held = new HeldElection(_command, "Ed25519");
        held.Issue(1);
        held.SetUp(HeldElection.Ranking, "--trustee", held.MakeKey("Anna") + ".pubkey");
        _command.Save("x", "{}");
        Assert.Contains("ranked questions", _command.Refused("ballot", "check", "@x", "--audit", "@x", "--election", "@e.bel"), StringComparison.Ordinal);
    }

    private string NotConfirmed(string election = "@election.json")
    {
        var (exit, output, errors) = _command.Run("ballot", "check", "@ballot.json", "--audit", "@audit.json", "--election", election, "--json");
        Assert.Equal((1, ""), (exit, errors));
        var report = JsonNode.Parse(output)!;
        Assert.False((bool)report["confirmed"]!);
        Assert.Null(report["choices"]);
        return (string)report["reason"]!;
    }

    private void Change(string file, Action<JsonNode> change)
    {
        var document = JsonNode.Parse(File.ReadAllText(_command.PathOf(file)))!;
        change(document);
        // Written as a whole: the encoder must not escape the + of base64.
        _command.Save(file, document.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    /// <summary>An election, a ballot and its audit: the first numbers drawn are the exponents of the ciphertexts.</summary>
    private void Make(string group, int[] choices, string? credential = null)
    {
        var held = new HeldElection(_command, group);
        held.Issue(1);
        held.SetUp(HeldElection.Choices, "--trustee", held.MakeKey("Anna") + ".pubkey");
        var archive = File.ReadAllBytes(_command.PathOf("e.bel"));
        var election = ElectionOf(archive);
        File.WriteAllBytes(_command.PathOf("election.json"), election.Bytes.Span);
        var secret = credential ?? (string)JsonNode.Parse(File.ReadAllText(_command.PathOf("authority/private_credentials.json")))!["v1"]!;
        Assert.Equal(CredentialReading.Valid, PrivateCredential.Read(secret, out var read));
        using var drawn = new Repeatable();
        var ballot = BallotMaker.Make(election, read!, [choices], drawn);
        File.WriteAllBytes(_command.PathOf("ballot.json"), ballot);
        using var again = new Repeatable();
        var randomness = string.Join(',', choices.Select(_ => $"\"{election.Group.Scalars.Format(election.Group.Scalars.Random(again))}\""));
        _command.Save("audit.json", $$"""{"version":1,"election_hash":"{{election.Fingerprint}}","tracker":"{{Voting.Json.Digest.Of(ballot).Base64}}","answers":[{"choices":[{{string.Join(',', choices)}}],"randomness":[{{randomness}}]}]}""");
    }

    private static Election ElectionOf(ReadOnlySpan<byte> archive)
    {
        var start = archive.IndexOf("{\"version\":1,\"description\""u8);
        return Election.Read(archive[start..(start + archive[start..].IndexOf((byte)0))].ToArray());
    }

    /// <summary>The same numbers for everyone who draws.</summary>
    private sealed class Repeatable : RandomNumberGenerator
    {
        private int _block;

        public override void GetBytes(byte[] data)
        {
            for (var at = 0; at < data.Length; at += 32)
            {
                SHA256.HashData(Encoding.ASCII.GetBytes($"{_block++}")).AsSpan(0, Math.Min(32, data.Length - at)).CopyTo(data.AsSpan(at));
            }
        }
    }
}
