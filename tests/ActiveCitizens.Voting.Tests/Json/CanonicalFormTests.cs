using System.Text;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Tests.Support;

namespace ActiveCitizens.Voting.Tests.Json;

public sealed class CanonicalFormTests
{
    [Fact]
    public void Texts_are_escaped_where_the_canonical_form_says_and_nowhere_else()
    {
        Assert.Equal("\"\\\"\\\\\\b\\f\\n\\r\\t/<&'+é\u2028🗳\\u0000\\u001f\\u007f\u0080\"", Written("\"\\\b\f\n\r\t/<&'+é\u2028🗳\0\u001f\u007f\u0080"));
    }

    [Fact]
    public void Every_character_is_read_back_as_it_was_written()
    {
        var all = string.Concat(Enumerable.Range(0, 0x3000).Select(c => (char)c)) + "🗳\U0010FFFF";
        Assert.Equal(all, Read(Written(all)));
    }

    [Theory]
    [InlineData("\"\\/\"")]
    [InlineData("\"\\u0041\"")]
    [InlineData("\"\\u000a\"")]
    [InlineData("\"\\u001F\"")]
    [InlineData("\"\\u00e9\"")]
    [InlineData("\"\\ud83d\\uddf3\"")]
    [InlineData("\"\u0001\"")]
    [InlineData("\"\u007f\"")]
    [InlineData("\"\t\"")]
    [InlineData("\"open")]
    [InlineData("\"\\")]
    [InlineData("text\"")]
    [InlineData("")]
    public void Other_spellings_of_texts_are_refused(string text) => Assert.Throws<ProtocolFormatException>(() => Read(text));

    [Theory]
    [InlineData(new byte[] { 0x22, 0xc3, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xc0, 0x80, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xed, 0xa0, 0x80, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xff, 0x22 })]
    public void Bytes_that_are_not_UTF8_are_refused(byte[] text) => Assert.Throws<ProtocolFormatException>(() => ReadBytes(text));

    [Fact]
    public void Half_a_surrogate_pair_is_not_written() => Assert.Throws<EncoderFallbackException>(() => Written("\ud83d"));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1_073_741_823, "1073741823")]
    [InlineData(1_073_741_824, "\"1073741824\"")]
    [InlineData(long.MaxValue, "\"9223372036854775807\"")]
    public void Weights_stand_in_quotes_from_two_to_the_thirtieth(long weight, string text)
    {
        Assert.Equal(text, Encoding.UTF8.GetString(new CanonicalWriter().Weight(weight).ToArray()));
        Assert.Equal(weight, ReadWeight(text));
    }

    [Theory]
    [InlineData("1073741824")]
    [InlineData("\"1073741823\"")]
    [InlineData("\"01073741824\"")]
    [InlineData("\"9223372036854775808\"")]
    [InlineData("01")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("\"\"")]
    [InlineData("\"1073741824")]
    [InlineData("")]
    public void Other_spellings_of_weights_are_refused(string text) => Assert.Throws<ProtocolFormatException>(() => ReadWeight(text));

    [Fact]
    public void A_document_longer_than_its_bound_is_refused_unread() =>
        Assert.Contains("at most 4", Assert.Throws<ProtocolFormatException>(() => new CanonicalReader("12345"u8, "note", 4).End()).Message, StringComparison.Ordinal);

    [Fact]
    public void Errors_say_what_where_and_what_was_expected()
    {
        var error = Assert.Throws<ProtocolFormatException>(() => Election.Read("{\"version\":1,\"name\":\"x\"}"u8.ToArray()));
        Assert.Equal("election, byte 0: found «{\"version\":1,\"name\":\"x\"}», expected {\"version\":1,\"description\":", error.Message);
        Assert.Equal((FormatRule.Canonical, "election", 0L), (error.Rule, error.Document, error.Offset));
    }

    [Theory]
    [InlineData("a-small-ed25519")]
    [InlineData("b-threshold-legacy-belenios2048")]
    [InlineData("b-threshold-ed25519")]
    public void Election_and_trustees_files_of_the_reference_tool_are_written_back_byte_for_byte(string name)
    {
        var fixture = FixtureElection.Open(name);
        var election = fixture.Election;
        var draft = new ElectionDraft(election.Name, election.Description, election.Group, election.PublicKey, election.Questions, election.Uuid) { Administrator = election.Administrator, CredentialAuthority = election.CredentialAuthority };
        Assert.Equal(election.Bytes.ToArray(), draft.Fix().Bytes.ToArray());
        Assert.Equal(fixture.Trustees.Bytes.ToArray(), ActiveCitizens.Voting.Trustees.TrusteeSet.Of(election.Group, fixture.Trustees.Entries).Bytes.ToArray());
    }

    [Fact]
    public void Every_form_of_question_and_hint_is_read_back_as_it_was_written()
    {
        Question[] questions =
        [
            new HomomorphicQuestion("a\"\\", ["x"], Blank: true, 0, 1),
            new NonHomomorphicQuestion("b", ["x", "y"], null),
            new NonHomomorphicQuestion("c", ["x", "y"], new CountingHint.Schulze(Blank: false)),
            new NonHomomorphicQuestion("d", ["x", "y"], new CountingHint.MajorityJudgment(Blank: true, ["Good", "Poor"])),
            new NonHomomorphicQuestion("e", ["x", "y"], new CountingHint.Stv(Blank: true, Seats: 2)),
        ];
        var group = Group.Find("Ed25519")!;
        var read = new ElectionDraft("n", "d", group, group.Generator, questions, "11111111111111").Fix().Questions;
        Assert.Equal(["x"], read[0].Answers);
        Assert.Equal(new CountingHint.Schulze(Blank: false), Assert.IsType<NonHomomorphicQuestion>(read[2]).Hint);
        Assert.Equal(["Good", "Poor"], Assert.IsType<CountingHint.MajorityJudgment>(Assert.IsType<NonHomomorphicQuestion>(read[3]).Hint).Grades);
        Assert.Equal(new CountingHint.Stv(Blank: true, Seats: 2), Assert.IsType<NonHomomorphicQuestion>(read[4]).Hint);
        Assert.Null(Assert.IsType<NonHomomorphicQuestion>(read[1]).Hint);
        Assert.True(Assert.IsType<HomomorphicQuestion>(read[0]).Blank);
    }

    [Fact]
    public void A_draft_that_is_no_election_is_refused_with_the_reason()
    {
        var group = Group.Find("BELENIOS-2048")!;
        var draft = new ElectionDraft("n", "d", group, group.Generator, [new NonHomomorphicQuestion("b", ["x"], null)], "11111111111111");
        Assert.Contains("ranked answers cannot be encrypted", Assert.Throws<InvalidOperationException>(() => draft.Fix()).Message, StringComparison.Ordinal);
    }

    private static string Written(string text) => Encoding.UTF8.GetString(new CanonicalWriter().String(text).ToArray());

    private static string Read(string text) => ReadBytes(Encoding.UTF8.GetBytes(text));

    private static string ReadBytes(byte[] bytes)
    {
        var reader = new CanonicalReader(bytes, "text", 1 << 20);
        var text = reader.String(1 << 20);
        reader.End();
        return text;
    }

    private static long ReadWeight(string text)
    {
        var reader = new CanonicalReader(Encoding.UTF8.GetBytes(text), "weight", 100);
        var weight = reader.Weight();
        reader.End();
        return weight;
    }
}
