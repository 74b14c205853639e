using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Proofs;

namespace ActiveCitizens.Voting.Ballots;

/// <summary>The answer to one question: PROTOCOL.md sections 8.1 and 8.2.</summary>
public abstract record BallotAnswer
{
    private BallotAnswer()
    {
    }

    /// <summary>As many ciphertexts and proofs as the question calls for.</summary>
    internal sealed record Homomorphic(BallotCiphertext[] Choices, Proof[][] IndividualProofs, Proof[] OverallProof, Proof[]? BlankProof) : BallotAnswer;

    internal sealed record NonHomomorphic(BallotCiphertext Choices, Proof Proof) : BallotAnswer;

    internal static BallotAnswer Read(ref CanonicalReader reader, Group group, Question question, ReadOnlyMemory<byte> bytes) => question is HomomorphicQuestion homomorphic
        ? ReadHomomorphic(ref reader, group, homomorphic, bytes)
        : ReadNonHomomorphic(ref reader, group, bytes);

    private static Homomorphic ReadHomomorphic(ref CanonicalReader reader, Group group, HomomorphicQuestion question, ReadOnlyMemory<byte> bytes)
    {
        reader.Expect("{\"choices\":"u8);
        var choices = new BallotCiphertext[question.CiphertextCount];
        for (var i = 0; i < choices.Length; i++)
        {
            reader.Expect(i == 0 ? "["u8 : ","u8);
            choices[i] = BallotCiphertext.Read(ref reader, group, bytes);
        }

        reader.Expect("],\"individual_proofs\":"u8);
        var individual = new Proof[choices.Length][];
        for (var i = 0; i < choices.Length; i++)
        {
            reader.Expect(i == 0 ? "["u8 : ","u8);
            individual[i] = reader.Proofs(group, 2);
        }

        reader.Expect("],\"overall_proof\":"u8);
        var overall = reader.Proofs(group, question.OverallProofCount);
        Proof[]? blank = null;
        if (question.Blank)
        {
            reader.Expect(",\"blank_proof\":"u8);
            blank = reader.Proofs(group, 2);
        }

        reader.Expect("}"u8);
        return new(choices, individual, overall, blank);
    }

    private static NonHomomorphic ReadNonHomomorphic(ref CanonicalReader reader, Group group, ReadOnlyMemory<byte> bytes)
    {
        reader.Expect("{\"choices\":"u8);
        var choices = BallotCiphertext.Read(ref reader, group, bytes);
        reader.Expect(",\"proof\":"u8);
        var proof = reader.Proof(group);
        reader.Expect("}"u8);
        return new(choices, proof);
    }
}

/// <summary>A ciphertext of a ballot, decoded once and prepared for all its proofs, with its texts as they stand in the ballot.</summary>
internal sealed record BallotCiphertext(PublicBase Alpha, PublicBase Beta, ReadOnlyMemory<byte> AlphaText, ReadOnlyMemory<byte> BetaText)
{
    public Ciphertext Ciphertext => new(Alpha.Element, Beta.Element);

    public static BallotCiphertext Read(ref CanonicalReader reader, Group group, ReadOnlyMemory<byte> bytes)
    {
        reader.Expect("{\"alpha\":"u8);
        var alpha = reader.Base(group, out var alphaText);
        reader.Expect(",\"beta\":"u8);
        var beta = reader.Base(group, out var betaText);
        reader.Expect("}"u8);
        return new(alpha, beta, bytes[alphaText], bytes[betaText]);
    }
}
