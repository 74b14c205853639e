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

    internal static BallotAnswer Read(ref CanonicalReader reader, Group group, Question question, BallotElements elements) => question is HomomorphicQuestion homomorphic
        ? ReadHomomorphic(ref reader, group, homomorphic, elements)
        : ReadNonHomomorphic(ref reader, group, elements);

    private static Homomorphic ReadHomomorphic(ref CanonicalReader reader, Group group, HomomorphicQuestion question, BallotElements elements)
    {
        reader.Expect("{\"choices\":"u8);
        var choices = new BallotCiphertext[question.CiphertextCount];
        for (var i = 0; i < choices.Length; i++)
        {
            reader.Expect(i == 0 ? "["u8 : ","u8);
            choices[i] = BallotCiphertext.Read(ref reader, group, elements);
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

    private static NonHomomorphic ReadNonHomomorphic(ref CanonicalReader reader, Group group, BallotElements elements)
    {
        reader.Expect("{\"choices\":"u8);
        var choices = BallotCiphertext.Read(ref reader, group, elements);
        reader.Expect(",\"proof\":"u8);
        var proof = reader.Proof(group);
        reader.Expect("}"u8);
        return new(choices, proof);
    }
}

/// <summary>A ciphertext of a ballot: two of its elements.</summary>
internal sealed class BallotCiphertext(BallotElements elements, int alpha, int beta)
{
    public PublicBase Alpha => elements[alpha];

    public PublicBase Beta => elements[beta];

    public ReadOnlyMemory<byte> AlphaText => elements.Text(alpha);

    public ReadOnlyMemory<byte> BetaText => elements.Text(beta);

    public Ciphertext Ciphertext => new(Alpha.Element, Beta.Element);

    public static BallotCiphertext Read(ref CanonicalReader reader, Group group, BallotElements elements)
    {
        reader.Expect("{\"alpha\":"u8);
        var alpha = elements.Read(ref reader, group);
        reader.Expect(",\"beta\":"u8);
        var beta = elements.Read(ref reader, group);
        reader.Expect("}"u8);
        return new(elements, alpha, beta);
    }
}

/// <summary>The elements of a ballot with their texts as they stand in it: decoded together and once, prepared for all their proofs.</summary>
internal sealed class BallotElements(ReadOnlyMemory<byte> ballot)
{
    private readonly List<Range> _ranges = [];
    private PublicBase?[] _bases = [];

    public PublicBase this[int index] => _bases[index] ?? throw new InvalidOperationException("The elements are not decoded yet.");

    public ReadOnlyMemory<byte> Text(int index) => ballot[_ranges[index]];

    public int Read(ref CanonicalReader reader, Group group)
    {
        var length = reader.Token(group.MaxTextLength, "an element of the group in quotes").Length;
        _ranges.Add(new(reader.Position - 1 - length, reader.Position - 1));
        return _ranges.Count - 1;
    }

    /// <exception cref="ProtocolFormatException">One of them is no element of the group.</exception>
    public void Decode(ref CanonicalReader reader, Group group)
    {
        _bases = group.DecodeAll([.. _ranges.Select(range => ballot[range])]);
        var wrong = Array.IndexOf(_bases, null);
        if (wrong >= 0)
        {
            throw reader.NotAnElement(_ranges[wrong].Start.Value - 1, group);
        }
    }
}
