using System.Text;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Proofs;

namespace ActiveCitizens.Voting.Ballots;

/// <summary>A ballot of a given election, as received and decoded: PROTOCOL.md section 8. Its proofs are <see cref="BallotVerifier"/>'s work.</summary>
public sealed class Ballot
{
    private readonly BallotElements _elements;
    private readonly int _credential;

    private Ballot(ReadOnlyMemory<byte> bytes, BallotElements elements, int credential, IReadOnlyList<BallotAnswer> answers, int signedLength, Digest signedHash, Proof signature)
    {
        Bytes = bytes;
        Digest = Digest.Of(bytes.Span);
        _elements = elements;
        _credential = credential;
        Answers = answers;
        SignedLength = signedLength;
        SignedHash = signedHash;
        Signature = signature;
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    public Digest Digest { get; }

    /// <summary>What the voter keeps: B64 of the hash of the bytes.</summary>
    public string Tracker => Digest.Base64;

    /// <summary>str(C).</summary>
    public string Credential => Encoding.ASCII.GetString(CredentialText);

    /// <summary>By question.</summary>
    public IReadOnlyList<BallotAnswer> Answers { get; }

    internal ReadOnlySpan<byte> CredentialText => _elements.Text(_credential).Span;

    internal PublicBase CredentialBase => _elements[_credential];

    /// <summary>Bytes before the signature member.</summary>
    internal int SignedLength { get; }

    /// <summary>h, as the ballot states it.</summary>
    internal Digest SignedHash { get; }

    internal Proof Signature { get; }

    /// <summary>The largest ballot that the election's questions allow, in bytes.</summary>
    public static int MaxBytes(Election election)
    {
        ArgumentNullException.ThrowIfNull(election);
        var element = election.Group.MaxTextLength + 16;
        var proof = (2 * election.Group.Scalars.MaxTextLength) + 48;
        var length = 512 + election.Uuid.Length + element + proof;
        foreach (var question in election.Questions)
        {
            length += question is HomomorphicQuestion homomorphic
                ? 256 + (homomorphic.CiphertextCount * 2 * (element + proof)) + ((homomorphic.OverallProofCount + 2) * proof)
                : 256 + (2 * element) + proof;
        }

        return length;
    }

    /// <summary>Reads the exact shape that the election's questions call for; decodes all elements together (two membership tests per ciphertext).</summary>
    /// <exception cref="ProtocolFormatException">Not the canonical form, another election's, a scalar out of range or an element outside the group.</exception>
    public static Ballot Read(Election election, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(election);
        var group = election.Group;
        var reader = new CanonicalReader(bytes.Span, "ballot", MaxBytes(election));
        ExpectElection(ref reader, election);
        reader.Expect(",\"credential\":"u8);
        var elements = new BallotElements(bytes);
        var credential = elements.Read(ref reader, group);
        reader.Expect(",\"answers\":"u8);
        var answers = new BallotAnswer[election.Questions.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            reader.Expect(i == 0 ? "["u8 : ","u8);
            answers[i] = BallotAnswer.Read(ref reader, group, election.Questions[i], elements);
        }

        reader.Expect("]"u8);
        var signedLength = reader.Position;
        reader.Expect(",\"signature\":{\"hash\":"u8);
        var start = reader.Position;
        if (!Digest.TryParseBase64(reader.Token(Digest.Base64Length, "a hash in base64"), out var signedHash))
        {
            throw reader.ErrorAt(start, FormatRule.Canonical, "43 characters of base64");
        }

        reader.Expect(",\"proof\":"u8);
        var signature = reader.Proof(group);
        reader.Expect("}}"u8);
        reader.End();
        elements.Decode(ref reader, group);
        return new(bytes, elements, credential, answers, signedLength, signedHash, signature);
    }

    /// <summary>The credential of a ballot of the election, without decoding the rest.</summary>
    /// <exception cref="ProtocolFormatException">Another election's, or not the canonical form as far as the credential.</exception>
    internal static Digest ReadCredential(Election election, ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes, "ballot", MaxBytes(election));
        ExpectElection(ref reader, election);
        reader.Expect(",\"credential\":"u8);
        return Digest.Of(reader.Token(election.Group.MaxTextLength, "a credential in quotes"));
    }

    private static void ExpectElection(ref CanonicalReader reader, Election election)
    {
        reader.Expect("{\"election_uuid\":"u8);
        ExpectValue(ref reader, election.Uuid, "the election's uuid");
        reader.Expect(",\"election_hash\":"u8);
        ExpectValue(ref reader, election.Fingerprint, "the election's fingerprint");
    }

    private static void ExpectValue(ref CanonicalReader reader, string value, string what)
    {
        var start = reader.Position;
        var token = reader.Token(128, what);
        if (!token.SequenceEqual(Encoding.ASCII.GetBytes(value)))
        {
            throw reader.ErrorAt(start, FormatRule.Election, $"{what}, {value}");
        }
    }
}
