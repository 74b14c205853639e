using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Proofs;

namespace ActiveCitizens.Voting.Ballots;

/// <summary>Makes ballots: PROTOCOL.md section 8. Secrets take part in constant-time operations only, and every choice costs the same.</summary>
public static class BallotMaker
{
    /// <summary>What is wrong with a voter's choices; null when they can be cast.</summary>
    /// <param name="choices">One list per question. Homomorphic: 0 or 1 per answer, with the blank bit first where the question allows blank. Ranked: 0 to 255 per answer.</param>
    public static string? FindProblem(Election election, IReadOnlyList<IReadOnlyList<int>> choices)
    {
        ArgumentNullException.ThrowIfNull(election);
        ArgumentNullException.ThrowIfNull(choices);
        if (choices.Count != election.Questions.Count)
        {
            return FormattableString.Invariant($"{choices.Count} lists of choices for {election.Questions.Count} questions");
        }

        for (var i = 0; i < choices.Count; i++)
        {
            if (FindProblem(election.Group, election.Questions[i], choices[i]) is { } problem)
            {
                return FormattableString.Invariant($"question {i + 1}: {problem}");
            }
        }

        return null;
    }

    /// <summary>Encrypts, proves and signs.</summary>
    /// <param name="credential">Whoever holds it votes; whether it is on the public list is not looked at.</param>
    /// <param name="choices">As for <see cref="FindProblem(Election, IReadOnlyList{IReadOnlyList{int}})"/>.</param>
    /// <returns>The ballot's bytes; B64 of their hash is the tracker.</returns>
    /// <remarks>About 7N + 3k powers per homomorphic question of N ciphertexts and k possible sums (PROTOCOL.md section 18).</remarks>
    /// <exception cref="ArgumentException">The choices cannot be cast.</exception>
    public static byte[] Make(Election election, PrivateCredential credential, IReadOnlyList<IReadOnlyList<int>> choices, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(election);
        ArgumentNullException.ThrowIfNull(credential);
        return Make(election, credential.Derive(election.Group, election.Uuid), choices, random);
    }

    internal static byte[] Make(Election election, Scalar secret, IReadOnlyList<IReadOnlyList<int>> choices, RandomNumberGenerator random)
    {
        if (FindProblem(election, choices) is { } problem)
        {
            throw new ArgumentException(problem, nameof(choices));
        }

        var group = election.Group;
        var credential = group.Encode(group.GeneratorPower(secret))[0];
        var context = $"{election.Fingerprint}|{credential}";
        var writer = new CanonicalWriter();
        writer.Raw("{\"election_uuid\":"u8).Quoted(election.Uuid).Raw(",\"election_hash\":"u8).Quoted(election.Fingerprint)
            .Raw(",\"credential\":"u8).Quoted(credential).Raw(",\"answers\":"u8)
            .List([.. Enumerable.Range(0, choices.Count)], i =>
            {
                if (election.Questions[i] is HomomorphicQuestion homomorphic)
                {
                    new HomomorphicProver(election, context, random).Write(writer, homomorphic, choices[i]);
                }
                else
                {
                    WriteRanked(writer, election, context, choices[i], random);
                }
            });
        return Sign(group, writer, secret, random);
    }

    /// <summary>Adds the signature member to an unsigned ballot that lacks its closing brace.</summary>
    internal static byte[] Sign(Group group, CanonicalWriter writer, Scalar secret, RandomNumberGenerator random)
    {
        var hash = Digest.Of([.. writer.Written, (byte)'}']).Base64;
        var proof = Schnorr.Prove(group, secret, Encoding.ASCII.GetBytes($"sig|{hash}|"), random);
        return writer.Raw(",\"signature\":{\"hash\":"u8).Quoted(hash).Raw(",\"proof\":"u8).Proof(group, proof).Raw("}}"u8).ToArray();
    }

    private static void WriteRanked(CanonicalWriter writer, Election election, string context, IReadOnlyList<int> values, RandomNumberGenerator random)
    {
        var group = election.Group;
        var r = group.Scalars.Random(random);
        var texts = group.Encode(group.GeneratorPower(r), group.Multiply(group.Power(election.PublicKey, r), group.Embed([.. values])));
        var nonce = group.Scalars.Random(random);
        var prefix = Encoding.ASCII.GetBytes($"raweg|{context}|{election.PublicKeyText},{texts[0]},{texts[1]}|");
        var challenge = Challenge.Of(group, prefix, group.GeneratorPower(nonce));
        var proof = new Proof(challenge, group.Scalars.Subtract(nonce, group.Scalars.Multiply(r, challenge)));
        writer.Raw("{\"choices\":"u8).Ciphertext(texts[0], texts[1]).Raw(",\"proof\":"u8).Proof(group, proof).Raw("}"u8);
    }

    private static string? FindProblem(Group group, Question question, IReadOnlyList<int> values)
    {
        if (question is not HomomorphicQuestion homomorphic)
        {
            return values.Count != question.Answers.Count ? FormattableString.Invariant($"{values.Count} values for {question.Answers.Count} answers")
                : values.Any(v => v < 0 || v >> group.Embedding!.BitsPerInteger != 0) ? "a value is not in 0 to 255"
                : null;
        }

        if (values.Count != homomorphic.CiphertextCount)
        {
            return FormattableString.Invariant($"{values.Count} values, {homomorphic.CiphertextCount} expected{(homomorphic.Blank ? ", the blank one first" : "")}");
        }

        if (values.Any(v => v is not (0 or 1)))
        {
            return "a value is neither 0 nor 1";
        }

        var sum = values.Skip(homomorphic.Blank ? 1 : 0).Sum();
        return homomorphic.Blank && values[0] == 1
            ? sum == 0 ? null : "a blank vote chooses something"
            : sum >= homomorphic.Min && sum <= homomorphic.Max ? null : FormattableString.Invariant($"{sum} chosen, {homomorphic.Min} to {homomorphic.Max} expected");
    }
}
