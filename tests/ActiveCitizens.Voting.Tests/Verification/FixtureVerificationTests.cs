using System.Text.Json.Nodes;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Tests.Support;
using ActiveCitizens.Voting.Trustees;
using ActiveCitizens.Voting.Verification;

namespace ActiveCitizens.Voting.Tests.Verification;

public sealed class FixtureVerificationTests
{
    public static TheoryData<string> CopiedNames => [.. FixtureElection.CopiedNames];

    public static TheoryData<string> WholeNames => FixtureElection.WholeSet is { } folder
        ? [.. Directory.EnumerateDirectories(folder).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)]
        : ["(absent)"];

    [Theory, MemberData(nameof(CopiedNames))]
    public void Elections_of_the_reference_tool_are_valid_with_all_that_is_known_about_them(string name) => Check(FixtureElection.Open(name));

    [Theory, MemberData(nameof(WholeNames))]
    public void All_elections_of_the_reference_tool_are_valid_with_all_that_is_known_about_them(string name)
    {
        if (FixtureElection.WholeSet is null)
        {
            Assert.Skip("The folder shared/belenios does not lie beside the repository: only the copied elections were verified.");
            return;
        }

        Check(FixtureElection.OpenWhole(name));
    }

    [Theory, InlineData("Ed25519"), InlineData("RFC-3526-2048")]
    public void Ranked_elections_that_the_reference_tool_shuffled_are_valid(string group)
    {
        using var archive = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Data", "ranked", $"ranked-{group}.bel"));
        var report = Verifier.Verify(archive, new() { DegreeOfParallelism = 2 });
        Assert.True(report.Verdict == VerificationVerdict.Valid, report.ToText());
        Assert.Equal(group, report.Facts.Group);
        string Ranked(int question) => string.Join(' ', Assert.IsType<QuestionResult.Ranked>(report.Facts.Result!.Questions[question]).Ballots.Select(b => string.Join(',', b)).Order(StringComparer.Ordinal));
        Assert.Equal("0,0,0 1,2,3 3,2,1", Ranked(0));
        Assert.Equal([2, 2], Assert.IsType<QuestionResult.Counts>(report.Facts.Result!.Questions[1]).Values);
        Assert.Equal("0,1 1,2 2,2", Ranked(2));
    }

    private static void Check(FixtureElection fixture)
    {
        var expected = fixture.Expected;
        var ballots = expected["ballots_in_order"]!.AsArray();
        var lastTracker = (string)ballots[^1]!["tracker"]!;
        var checksums = fixture.Json("checksums.json");
        var options = new VerificationOptions
        {
            DegreeOfParallelism = 2,
            EarlierCopy = new MemoryStream(fixture.Archive, 0, (int)fixture.Events[^3].End),
            Election = Base64(expected["fingerprint"]),
            Credentials = Base64(expected["public_credentials_fingerprint"]),
            LastEvent = Hex(expected["last_event_sha256"]),
            VoterCount = (int)checksums["num_voters"]!,
            TrusteeChecksums = [.. KeyChecksums(checksums)],
            Tracker = Base64(JsonValue.Create(lastTracker)),
        };
        var report = Verifier.Verify(new MemoryStream(fixture.Archive), options);
        Assert.True(report.Verdict == VerificationVerdict.Valid, report.ToText());
        Assert.Equal(VerificationCheck.Always.Count + VerificationCheck.OnRequest.Count, report.Outcomes.Count);
        Assert.Equal((string)expected["uuid"]!, report.Facts.Uuid);
        Assert.Equal((int)expected["nb_ballot_events"]!, report.Facts.BallotCount);
        Assert.Equal(ballots.Select(b => (string)b!["voter"]!).Distinct().Count(), report.Facts.KeptBallotCount);
        Assert.Equal($$"""{"result":{{expected["result"]!.ToJsonString()}}}""", System.Text.Encoding.UTF8.GetString(report.Facts.Result!.ToBytes()));
        Assert.Equal((string)checksums["election"]!, report.Facts.Fingerprint!.Value.Hex);
        Assert.Equal((string)checksums["public_credentials"]!, report.Facts.CredentialsFingerprint!.Value.Hex);
        var tally = (EventData.EncryptedTally)fixture.Events.Single(e => e.Type == ArchiveEventType.EncryptedTally).Data;
        Assert.Equal((string)checksums["encrypted_tally"]!, tally.Tally.Hash.Hex);
        var sets = checksums["trustees_threshold"]!.AsArray();
        var certificates = fixture.Trustees.Entries.OfType<Trustee.Pedersen>().Select(set => set.Certs.Select(cert => cert.Checksum.Hex));
        Assert.Equal(sets.Select(set => set!["trustees"]!.AsArray().Select(t => (string)t!["pki_key"]!)), certificates);
        Assert.Equal(ballots.Select(b => (string)b!["tracker"]!), fixture.Ballots.Select(b => Digest.Of(b.Span).Base64));
    }

    private static IEnumerable<Digest> KeyChecksums(JsonObject checksums) => checksums["trustees"]!.AsArray().Select(t => Hex(t!["checksum"]))
        .Concat(checksums["trustees_threshold"]!.AsArray().SelectMany(set => set!["trustees"]!.AsArray()).Select(t => Hex(t!["verification_key"])));

    private static Digest Base64(JsonNode? node)
    {
        Assert.True(Digest.TryParseBase64(System.Text.Encoding.ASCII.GetBytes((string)node!), out var digest));
        return digest;
    }

    private static Digest Hex(JsonNode? node)
    {
        Assert.True(Digest.TryParseHex(System.Text.Encoding.ASCII.GetBytes((string)node!), out var digest));
        return digest;
    }
}
