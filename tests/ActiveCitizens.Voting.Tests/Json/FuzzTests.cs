using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Shuffles;
using ActiveCitizens.Voting.Tallies;
using ActiveCitizens.Voting.Tests.Support;
using ActiveCitizens.Voting.Tests.Verification.Tampering;
using ActiveCitizens.Voting.Trustees;
using ActiveCitizens.Voting.Trustees.Ceremony;
using ActiveCitizens.Voting.Verification;

namespace ActiveCitizens.Voting.Tests.Json;

/// <summary>Every reader gets documents with pieces cut out, doubled, exchanged or replaced. It may refuse them with the documented exception, and do nothing else.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 1500;

    private static readonly string[] Pieces =
        ["\"", "\\", "{", "}", "[", "]", ",", ":", "0", "-1", "99999999999999999999999999", "null", "true", "1e9", "\\u0000", "\ud83d\uddf3", "\0", " ", "\"alpha\":", "[[[[[[[[", "\"\"", "\n"];

    private static Forgery Plain { get; } = Forgery.Plain;

    private static Forgery Ranked { get; } = Forgery.Ranked;

    [Fact]
    public void Election_files() => Fuzz(Plain.Events[0].Documents[0], bytes => Election.Read(bytes));

    [Fact]
    public void Trustees_files() => Fuzz(Plain.Events[0].Documents[1], bytes => TrusteeSet.Read(bytes, Plain.Group).PublicKey());

    [Fact]
    public void Credential_lists() => Fuzz(Plain.Events[0].Documents[2], bytes => PublicCredentials.Read(bytes, Plain.Group));

    [Fact]
    public void Ballots() => Fuzz(Plain.Events[1].Documents[0], bytes => Ballot.Read(Plain.Election, bytes));

    [Fact]
    public void Ranked_ballots() => Fuzz(Ranked.Events[1].Documents[0], bytes => Ballot.Read(Ranked.Election, bytes));

    [Fact]
    public void Ballots_before_a_verifier_end_in_a_verdict()
    {
        var verifier = new BallotVerifier(Plain.Election, PublicCredentials.Read(Plain.Made.Issued.PublicList, Plain.Group));
        var genuine = Plain.Events[1].Documents[0];
        Fuzz(genuine, bytes => Assert.True(bytes.AsSpan().SequenceEqual(genuine) || verifier.Verify(bytes) is BallotVerdict.Refused), rounds: 400);
    }

    [Fact]
    public void Tallies() => Fuzz(Plain.Events[8].Documents[0], bytes => EncryptedTally.Read(Plain.Election, bytes, 5, 8));

    [Fact]
    public void Shuffles() => Fuzz(Ranked.Events[6].Documents[0], bytes => Shuffle.Read(Ranked.Election, 3, bytes));

    [Fact]
    public void Decryptions()
    {
        var tally = EncryptedTally.Read(Plain.Election, Plain.Events[8].Documents[0], 5, 8);
        Fuzz(Plain.Events[9].Documents[0], bytes => PartialDecryption.Read(Plain.Election, tally.Ciphertexts, bytes));
    }

    [Fact]
    public void Results() => Fuzz(Ranked.Events[11].Documents[0], bytes => ElectionResult.Read(Ranked.Election, 3, bytes));

    [Fact]
    public void Keys() => Fuzz(TrusteeKey.Prove(Plain.Group, Plain.Group.Scalars.One, "Nom", Plain.Random).ToDocument(Plain.Group), bytes => TrusteeKey.Read(bytes, Plain.Group));

    [Fact]
    public void Private_keys() => Fuzz(TrusteePrivateKey.Write(Plain.Group, Plain.Group.Scalars.One), bytes => TrusteePrivateKey.Read(bytes, Plain.Group));

    [Fact]
    public void Ceremony_documents()
    {
        // Here what is refused is a value, not an exception.
        using var random = new SeededRandom(9);
        var setting = new CeremonySetting(Plain.Group, 2, 2);
        CeremonyMember[] members = [new(setting, 1, ThresholdSeed.Generate(random)), new(setting, 2, ThresholdSeed.Generate(random))];
        var certificateDocuments = MadeElection.Documents(members, m => m.MakeCertificate(random));
        var certificates = MadeElection.Done(CertificateSet.Read(setting, certificateDocuments));
        var commitmentDocuments = MadeElection.Documents(members, m => MadeElection.Done(m.MakeCommitment(certificates, random)));
        var commitments = MadeElection.Done(CommitmentSet.Read(certificates, commitmentDocuments));
        var revealDocuments = MadeElection.Documents(members, m => MadeElection.Done(m.MakeReveal(commitments, random)));
        Fuzz(certificateDocuments[0].ToArray(), bytes => CertificateSet.Read(setting, [bytes, certificateDocuments[1]]), rounds: 300);
        Fuzz(commitmentDocuments[0].ToArray(), bytes => CommitmentSet.Read(certificates, [bytes, commitmentDocuments[1]]), rounds: 300);
        Fuzz(revealDocuments[0].ToArray(), bytes => RevealSet.Read(commitments, [bytes, revealDocuments[1]]), rounds: 300);
    }

    [Fact]
    public void Archives() => Fuzz(Plain.Made.Archive, bytes =>
    {
        var reader = new EventReader(new MemoryStream(bytes));
        while (reader.Read() is not null)
        {
        }
    }, rounds: 600);

    [Fact]
    public void Archives_before_a_verifier_end_in_a_report() =>
        Fuzz(Ranked.Made.Archive, bytes => Assert.True(bytes.AsSpan().SequenceEqual(Ranked.Made.Archive) || Verifier.Verify(new MemoryStream(bytes)).Verdict != VerificationVerdict.Valid), rounds: 300);

    [Fact]
    public void Rechained_archives_of_broken_documents_end_in_a_report()
    {
        using var random = new SeededRandom(10);
        for (var round = 0; round < 150; round++)
        {
            var forgery = Forgery.Ranked;
            var part = forgery.Events[random.Next(forgery.Events.Count)];
            if (part.Documents.Count > 0)
            {
                var which = random.Next(part.Documents.Count);
                var before = part.Documents[which];
                part.Documents[which] = Broken(before, random);
                var verdict = Verifier.Verify(new MemoryStream(forgery.Parts.Write())).Verdict;
                Assert.True(before.AsSpan().SequenceEqual(part.Documents[which]) || verdict == VerificationVerdict.Invalid);
            }
        }
    }

    private static void Fuzz(byte[] valid, Action<byte[]> read, int rounds = Rounds)
    {
        read(valid);
        using var random = new SeededRandom(valid.Length);
        for (var round = 0; round < rounds; round++)
        {
            var broken = Broken(valid, random);
            try
            {
                read(broken);
            }
            catch (ProtocolFormatException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }

        try
        {
            read([]);
        }
        catch (ProtocolFormatException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }

    private static byte[] Broken(byte[] valid, SeededRandom random)
    {
        var bytes = valid;
        for (var changes = 1 + random.Next(3); changes > 0; changes--)
        {
            var at = random.Next(bytes.Length + 1);
            var length = Math.Min(random.Next(random.Next(4) == 0 ? 2000 : 12), bytes.Length - at);
            bytes = random.Next(6) switch
            {
                0 => [.. bytes[..at], .. bytes[(at + length)..]],
                1 => [.. bytes[..(at + length)], .. bytes[at..]],
                2 => [.. bytes[..at], .. System.Text.Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]), .. bytes[(at + length)..]],
                3 => bytes[..at],
                4 => [.. bytes[..at], .. Enumerable.Range(0, length).Select(_ => (byte)random.Next(256)), .. bytes[(at + length)..]],
                _ => [.. bytes[at..], .. bytes[..at]],
            };
        }

        return bytes;
    }
}
