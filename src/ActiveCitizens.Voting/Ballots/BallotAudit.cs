using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Proofs;

namespace ActiveCitizens.Voting.Ballots;

/// <summary>What a voter's device reveals of a ballot that is not cast, to show that it encrypts what it was told.</summary>
/// <remarks>
/// Not part of the protocol. In canonical form: <c>{"version":1,"election_hash":phi,"tracker":…,"answers":[{"choices":[0,1,…],"randomness":["r",…]},…]}</c>
/// with one answer per question, and a number and a decimal r per ciphertext, the blank one first where there is one: each ciphertext is
/// (g^r, y^r g^choice). Whoever has the audit can read the ballot, which stays acceptable: it must never be cast.
/// </remarks>
public sealed class BallotAudit
{
    private readonly IReadOnlyList<IReadOnlyList<Scalar>> _randomness;

    private BallotAudit(string election, string tracker, IReadOnlyList<IReadOnlyList<int>> choices, IReadOnlyList<IReadOnlyList<Scalar>> randomness) =>
        (ElectionFingerprint, Tracker, Choices, _randomness) = (election, tracker, choices, randomness);

    /// <summary>phi of the election that the audit is for.</summary>
    public string ElectionFingerprint { get; }

    /// <summary>Of the ballot that the audit is for.</summary>
    public string Tracker { get; }

    /// <summary>By question, 0 or 1 per ciphertext; whether they can be cast is not said by reading them.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Choices { get; }

    /// <summary>Reads an audit of the shape that the election's questions call for.</summary>
    /// <param name="election">All its questions homomorphic.</param>
    /// <exception cref="ProtocolFormatException">Not the canonical form, another shape, or a number out of range.</exception>
    public static BallotAudit Read(Election election, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(election);
        var questions = election.Questions.OfType<HomomorphicQuestion>().ToList();
        if (questions.Count != election.Questions.Count)
        {
            throw new ArgumentException("Ranked answers have no audit.", nameof(election));
        }

        var reader = new CanonicalReader(bytes, "audit", 256 + questions.Sum(q => 64 + (q.CiphertextCount * (8 + election.Group.Scalars.MaxTextLength))));
        reader.Expect("{\"version\":1,\"election_hash\":"u8);
        var fingerprint = ReadDigest(ref reader);
        reader.Expect(",\"tracker\":"u8);
        var tracker = ReadDigest(ref reader);
        reader.Expect(",\"answers\":"u8);
        var choices = new List<IReadOnlyList<int>>();
        var randomness = new List<IReadOnlyList<Scalar>>();
        foreach (var question in questions)
        {
            reader.Expect(choices.Count == 0 ? "[{\"choices\":"u8 : ",{\"choices\":"u8);
            var values = new int[question.CiphertextCount];
            for (var i = 0; i < values.Length; i++)
            {
                reader.Expect(i == 0 ? "["u8 : ","u8);
                values[i] = reader.Integer(0, 1);
            }

            reader.Expect("],\"randomness\":"u8);
            var exponents = new Scalar[values.Length];
            for (var i = 0; i < exponents.Length; i++)
            {
                reader.Expect(i == 0 ? "["u8 : ","u8);
                exponents[i] = reader.Scalar(election.Group);
            }

            reader.Expect("]}"u8);
            choices.Add(values);
            randomness.Add(exponents);
        }

        reader.Expect("]}"u8);
        reader.End();
        return new(fingerprint, tracker, choices, randomness);
    }

    /// <summary>Recomputes every ciphertext of a ballot: three powers each. The ballot's proofs are <see cref="BallotVerifier"/>'s work.</summary>
    /// <param name="election">The one that both were read for.</param>
    public AuditVerdict Check(Election election, Ballot ballot)
    {
        ArgumentNullException.ThrowIfNull(election);
        ArgumentNullException.ThrowIfNull(ballot);
        if (Tracker != ballot.Tracker || ElectionFingerprint != election.Fingerprint)
        {
            return new AuditVerdict.OtherBallot();
        }

        for (var i = 0; i < Choices.Count; i++)
        {
            var stated = ((BallotAnswer.Homomorphic)ballot.Answers[i]).Choices;
            for (var k = 0; k < stated.Length; k++)
            {
                if (!Opens(election, stated[k].Ciphertext, _randomness[i][k], Choices[i][k]))
                {
                    return new AuditVerdict.OtherContent(i + 1, k + 1);
                }
            }
        }

        return BallotMaker.FindProblem(election, Choices) is { } problem ? new AuditVerdict.NotAllowed(problem) : new AuditVerdict.Confirmed(Choices);
    }

    private static bool Opens(Election election, Ciphertext ciphertext, Scalar r, int value)
    {
        var group = election.Group;
        return ciphertext.Alpha.Equals(group.GeneratorPower(r))
            && ciphertext.Beta.Equals(group.Multiply(group.Power(election.PublicKey, r), group.GeneratorPower(group.Scalars.Of(value))));
    }

    private static string ReadDigest(ref CanonicalReader reader)
    {
        var start = reader.Position;
        return Digest.TryParseBase64(reader.Token(Digest.Base64Length, "a hash in base64"), out var digest) ? digest.Base64 : throw reader.ErrorAt(start, FormatRule.Canonical, "43 characters of base64");
    }
}

/// <summary>Whether a ballot holds what its audit says.</summary>
public abstract record AuditVerdict
{
    private AuditVerdict()
    {
    }

    /// <summary>These choices and no others.</summary>
    public sealed record Confirmed(IReadOnlyList<IReadOnlyList<int>> Choices) : AuditVerdict;

    /// <summary>The audit names another ballot or another election.</summary>
    public sealed record OtherBallot : AuditVerdict;

    /// <summary>A ciphertext is not what the audit says.</summary>
    /// <param name="Question">From 1.</param>
    /// <param name="Place">From 1, the blank one included.</param>
    public sealed record OtherContent(int Question, int Place) : AuditVerdict;

    /// <summary>The ciphertexts are as said, but the choices cannot be cast.</summary>
    /// <param name="Problem">For a person.</param>
    public sealed record NotAllowed(string Problem) : AuditVerdict;
}
