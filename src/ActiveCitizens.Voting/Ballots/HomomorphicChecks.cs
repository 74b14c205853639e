using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Proofs;

namespace ActiveCitizens.Voting.Ballots;

/// <summary>Recomputes the commitments of the proofs of one homomorphic answer: PROTOCOL.md section 8.1.</summary>
/// <param name="context">S0: fingerprint, bar, credential.</param>
/// <param name="question">From 0.</param>
internal readonly ref struct HomomorphicChecks(Election election, ChallengeBatch<ProofLabel> batch, ReadOnlySpan<byte> context, int question)
{
    private readonly Group _group = election.Group;
    private readonly ReadOnlySpan<byte> _context = context;

    public void Add(HomomorphicQuestion asked, BallotAnswer.Homomorphic answer)
    {
        for (var i = 0; i < answer.Choices.Length; i++)
        {
            var choice = answer.Choices[i];
            var proofs = answer.IndividualProofs[i];
            batch.Begin(new(BallotRule.IndividualProof, question + 1, i + 1), Sum(proofs));
            batch.Prefix("prove|"u8);
            batch.Prefix(_context);
            batch.Prefix("|"u8);
            batch.Prefix(choice.AlphaText.Span);
            batch.Prefix(","u8);
            batch.Prefix(choice.BetaText.Span);
            batch.Prefix("|"u8);
            Commit(choice.Alpha, choice.Beta, proofs[0]);
            Commit(choice.Alpha, Without(choice.Beta.Element, 1), proofs[1]);
        }

        if (answer.BlankProof is { } blankProof)
        {
            AddWithBlank(asked, answer, blankProof);
        }
        else
        {
            AddOverall(asked, answer);
        }
    }

    private void AddOverall(HomomorphicQuestion asked, BallotAnswer.Homomorphic answer)
    {
        var product = Product(answer.Choices);
        var texts = _group.Encode(product.Alpha, product.Beta);
        batch.Begin(new(BallotRule.OverallProof, question + 1, 0), Sum(answer.OverallProof));
        AddStatement("prove|"u8, answer.Choices);
        batch.Prefix(System.Text.Encoding.ASCII.GetBytes(texts[0]));
        batch.Prefix(","u8);
        batch.Prefix(System.Text.Encoding.ASCII.GetBytes(texts[1]));
        batch.Prefix("|"u8);
        var alpha = _group.Prepare(product.Alpha);
        for (var j = 0; j < answer.OverallProof.Length; j++)
        {
            Commit(alpha, Without(product.Beta, asked.Min + j), answer.OverallProof[j]);
        }
    }

    private void AddWithBlank(HomomorphicQuestion asked, BallotAnswer.Homomorphic answer, Proof[] blankProof)
    {
        var blank = answer.Choices[0];
        var product = Product(answer.Choices.AsSpan(1));
        var alpha = _group.Prepare(product.Alpha);

        batch.Begin(new(BallotRule.BlankProof, question + 1, 0), Sum(blankProof));
        AddStatement("bproof0|"u8, answer.Choices);
        Commit(blank.Alpha, blank.Beta, blankProof[0]);
        Commit(alpha, _group.Prepare(product.Beta), blankProof[1]);

        batch.Begin(new(BallotRule.OverallProof, question + 1, 0), Sum(answer.OverallProof));
        AddStatement("bproof1|"u8, answer.Choices);
        Commit(blank.Alpha, Without(blank.Beta.Element, 1), answer.OverallProof[0]);
        for (var j = 1; j < answer.OverallProof.Length; j++)
        {
            Commit(alpha, Without(product.Beta, asked.Min + j - 1), answer.OverallProof[j]);
        }
    }

    /// <summary>tag S0 | alpha_1,beta_1,… |</summary>
    private void AddStatement(ReadOnlySpan<byte> tag, BallotCiphertext[] choices)
    {
        batch.Prefix(tag);
        batch.Prefix(_context);
        for (var i = 0; i < choices.Length; i++)
        {
            batch.Prefix(i == 0 ? "|"u8 : ","u8);
            batch.Prefix(choices[i].AlphaText.Span);
            batch.Prefix(","u8);
            batch.Prefix(choices[i].BetaText.Span);
        }

        batch.Prefix("|"u8);
    }

    /// <summary>A = g^response * alpha^challenge and B = y^response * beta^challenge, where beta was divided by the value claimed.</summary>
    private void Commit(PublicBase alpha, PublicBase beta, Proof proof)
    {
        batch.Commit((_group.FixedGenerator, proof.Response), (alpha, proof.Challenge));
        batch.Commit((election.Key, proof.Response), (beta, proof.Challenge));
    }

    private PublicBase Without(Element beta, int value) => _group.Prepare(_group.Multiply(beta, election.InversePowers[value]));

    private Ciphertext Product(ReadOnlySpan<BallotCiphertext> choices)
    {
        var alpha = _group.Identity;
        var beta = _group.Identity;
        foreach (var choice in choices)
        {
            alpha = _group.Multiply(alpha, choice.Alpha.Element);
            beta = _group.Multiply(beta, choice.Beta.Element);
        }

        return new(alpha, beta);
    }

    private Scalar Sum(Proof[] proofs)
    {
        var sum = _group.Scalars.Zero;
        foreach (var proof in proofs)
        {
            sum = _group.Scalars.Add(sum, proof.Challenge);
        }

        return sum;
    }
}
