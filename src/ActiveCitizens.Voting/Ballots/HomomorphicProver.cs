using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Proofs;

namespace ActiveCitizens.Voting.Ballots;

/// <summary>Encrypts one homomorphic answer and proves it: PROTOCOL.md section 8.1.</summary>
/// <param name="context">S0: fingerprint, bar, credential.</param>
internal sealed class HomomorphicProver(Election election, string context, RandomNumberGenerator random)
{
    private readonly Group _group = election.Group;
    private readonly ScalarField _field = election.Group.Scalars;

    /// <summary>A ciphertext with the exponent that made it.</summary>
    private sealed record Secret(Ciphertext Ciphertext, Scalar R);

    /// <summary>One claim of a disjunction: that the ciphertext, with beta divided by the value claimed, holds zero.</summary>
    private sealed record Claim(Element Alpha, Element Beta);

    /// <param name="values">Valid for the question.</param>
    public void Write(CanonicalWriter writer, HomomorphicQuestion question, IReadOnlyList<int> values)
    {
        var secrets = values.Select(Encrypt).ToArray();
        var texts = _group.Encode([.. secrets.SelectMany(s => new[] { s.Ciphertext.Alpha, s.Ciphertext.Beta })]);
        var statement = $"{context}|{string.Join(',', texts)}";
        writer.Raw("{\"choices\":"u8).List([.. Enumerable.Range(0, secrets.Length)], i => writer.Ciphertext(texts[2 * i], texts[(2 * i) + 1]))
            .Raw(",\"individual_proofs\":"u8).List([.. Enumerable.Range(0, secrets.Length)], i =>
            {
                var prefix = $"prove|{context}|{texts[2 * i]},{texts[(2 * i) + 1]}|";
                writer.Proofs(_group, Prove(prefix, [Holds(secrets[i].Ciphertext, 0), Holds(secrets[i].Ciphertext, 1)], values[i], secrets[i].R));
            })
            .Raw(",\"overall_proof\":"u8);
        if (question.Blank)
        {
            var (blank, overall) = ProveWithBlank(question, values, secrets, statement);
            writer.Proofs(_group, overall).Raw(",\"blank_proof\":"u8).Proofs(_group, blank);
        }
        else
        {
            writer.Proofs(_group, ProveOverall(question, values, secrets, statement));
        }

        writer.Raw("}"u8);
    }

    private Secret Encrypt(int value)
    {
        var r = _field.Random(random);
        return new(new(_group.GeneratorPower(r), _group.Multiply(_group.Power(election.PublicKey, r), _group.GeneratorPower(_field.Of(value)))), r);
    }

    private Proof[] ProveOverall(HomomorphicQuestion question, IReadOnlyList<int> values, Secret[] secrets, string statement)
    {
        var sum = Product(secrets);
        var texts = _group.Encode(sum.Ciphertext.Alpha, sum.Ciphertext.Beta);
        var claims = Enumerable.Range(question.Min, question.Max - question.Min + 1).Select(m => Holds(sum.Ciphertext, m)).ToArray();
        return Prove($"prove|{statement}|{texts[0]},{texts[1]}|", claims, values.Sum() - question.Min, sum.R);
    }

    private (Proof[] Blank, Proof[] Overall) ProveWithBlank(HomomorphicQuestion question, IReadOnlyList<int> values, Secret[] secrets, string statement)
    {
        var isBlank = values[0] == 1;
        var first = secrets[0];
        var sum = Product(secrets.AsSpan(1));
        var chosen = values.Skip(1).Sum();
        var blank = Prove($"bproof0|{statement}|", [Holds(first.Ciphertext, 0), Holds(sum.Ciphertext, 0)], isBlank ? 1 : 0, isBlank ? sum.R : first.R);
        Claim[] claims = [Holds(first.Ciphertext, 1), .. Enumerable.Range(question.Min, question.Max - question.Min + 1).Select(m => Holds(sum.Ciphertext, m))];
        var overall = Prove($"bproof1|{statement}|", claims, isBlank ? 0 : chosen - question.Min + 1, isBlank ? first.R : sum.R);
        return (blank, overall);
    }

    /// <summary>Simulates every claim but the true one; all cost the same.</summary>
    /// <param name="r">The exponent behind the true claim's ciphertext.</param>
    private Proof[] Prove(string prefix, Claim[] claims, int trueIndex, Scalar r)
    {
        var proofs = new Proof[claims.Length];
        var commitments = new Element[2 * claims.Length];
        var nonce = _field.Random(random);
        var others = _field.Zero;
        for (var j = 0; j < claims.Length; j++)
        {
            var isTrue = j == trueIndex;
            var challenge = isTrue ? _field.Zero : _field.Random(random);
            var response = isTrue ? nonce : _field.Random(random);
            proofs[j] = new(challenge, response);
            others = _field.Add(others, challenge);
            commitments[2 * j] = _group.Multiply(_group.GeneratorPower(response), _group.Power(claims[j].Alpha, challenge));
            commitments[(2 * j) + 1] = _group.Multiply(_group.Power(election.PublicKey, response), _group.Power(claims[j].Beta, challenge));
        }

        var own = _field.Subtract(Challenge.Of(_group, Encoding.ASCII.GetBytes(prefix), commitments), others);
        proofs[trueIndex] = new(own, _field.Subtract(nonce, _field.Multiply(r, own)));
        return proofs;
    }

    private Claim Holds(Ciphertext ciphertext, int value) => new(ciphertext.Alpha, _group.Multiply(ciphertext.Beta, election.InversePowers[value]));

    private Secret Product(ReadOnlySpan<Secret> secrets)
    {
        var alpha = _group.Identity;
        var beta = _group.Identity;
        var r = _field.Zero;
        foreach (var secret in secrets)
        {
            alpha = _group.Multiply(alpha, secret.Ciphertext.Alpha);
            beta = _group.Multiply(beta, secret.Ciphertext.Beta);
            r = _field.Add(r, secret.R);
        }

        return new(new(alpha, beta), r);
    }
}
