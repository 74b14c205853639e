using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Proofs;
using ActiveCitizens.Voting.Trustees;

namespace ActiveCitizens.Voting.Decryption;

/// <summary>What the voters answered to one question.</summary>
public abstract record QuestionResult
{
    private QuestionResult()
    {
    }

    /// <param name="Values">Weighted votes by answer, the blank ones first where the question allows them.</param>
    public sealed record Counts(IReadOnlyList<long> Values) : QuestionResult;

    /// <param name="Ballots">The kept answers in the order of the shuffled list, each with a value of 0 to 255 per answer.</param>
    public sealed record Ranked(IReadOnlyList<IReadOnlyList<int>> Ballots) : QuestionResult;
}

/// <summary>The result: PROTOCOL.md section 13.</summary>
public sealed class ElectionResult
{
    private ElectionResult(IReadOnlyList<QuestionResult> questions) => Questions = questions;

    public IReadOnlyList<QuestionResult> Questions { get; }

    /// <summary>Combines the decryptions and finds the counts: about √W multiplications per answer after as many once, W the total weight; meant for W up to 2^40.</summary>
    /// <param name="ciphertexts">The tally, with ranked lists replaced by the last shuffle's output.</param>
    /// <param name="totalWeight">Of the kept ballots: no count is larger.</param>
    /// <param name="decryptions">By trustee number; verified, and enough (<see cref="Combination.FindMissing"/>).</param>
    /// <exception cref="InvalidOperationException">A value is not in 0 to <paramref name="totalWeight"/>: ballots or decryptions were not verified.</exception>
    public static ElectionResult Compute(Election election, TrusteeSet trustees, IReadOnlyList<IReadOnlyList<Ciphertext>> ciphertexts, long totalWeight, IReadOnlyDictionary<int, PartialDecryption> decryptions)
    {
        ArgumentNullException.ThrowIfNull(election);
        var plaintexts = Combination.Plaintexts(election, trustees, ciphertexts, decryptions);
        var logarithm = new DiscreteLogarithm(election.Group, totalWeight);
        return new([.. plaintexts.Select((list, i) => election.Questions[i] is HomomorphicQuestion
            ? (QuestionResult)new QuestionResult.Counts([.. list.Select((m, k) => logarithm.Find(m)
                ?? throw new InvalidOperationException(FormattableString.Invariant($"Question {i + 1}, answer {k + 1}: no count of 0 to {totalWeight} decrypts from it.")))])
            : new QuestionResult.Ranked([.. list.Select(m => election.Group.Extract(m, election.Questions[i].Answers.Count))]))]);
    }

    /// <summary>Reads a result of exactly the election's shape.</summary>
    /// <param name="numTallied">Kept ballots: the length of a ranked list.</param>
    /// <exception cref="ProtocolFormatException">Not the canonical form.</exception>
    public static ElectionResult Read(Election election, int numTallied, ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes, "result", MaxBytes(election, numTallied));
        var questions = new List<QuestionResult>();
        reader.Expect("{\"result\":["u8);
        foreach (var question in election.Questions)
        {
            reader.Expect(questions.Count == 0 ? "["u8 : ",["u8);
            questions.Add(question is HomomorphicQuestion homomorphic ? ReadCounts(ref reader, homomorphic.CiphertextCount) : ReadRanked(ref reader, election.Group, question.Answers.Count, numTallied));
            reader.Expect("]"u8);
        }

        reader.Expect("]}"u8);
        reader.End();
        return new(questions);
    }

    /// <summary>The largest document for that many kept ballots.</summary>
    public static int MaxBytes(Election election, int numTallied)
    {
        ArgumentNullException.ThrowIfNull(election);
        return (int)Math.Min(Array.MaxLength, 64 + election.Questions.Sum(q => 16L + (q is HomomorphicQuestion h ? 24L * h.CiphertextCount : (long)numTallied * (4 + (4 * q.Answers.Count)))));
    }

    public byte[] ToBytes()
    {
        var writer = new CanonicalWriter();
        return writer.Raw("{\"result\":"u8).List(Questions, question => _ = question switch
        {
            QuestionResult.Counts counts => writer.List(counts.Values, n => writer.Weight(n)),
            QuestionResult.Ranked ranked => writer.List(ranked.Ballots, ballot => writer.List(ballot, v => writer.Integer(v))),
            _ => throw new InvalidOperationException("A result is counts or ranked."),
        }).Raw("}"u8).ToArray();
    }

    /// <summary>Compares every value with the decryptions, without any search.</summary>
    /// <returns>The first wrong value, as question and place from 1; null when all are right.</returns>
    public (int Question, int Place)? FindWrongValue(Election election, TrusteeSet trustees, IReadOnlyList<IReadOnlyList<Ciphertext>> ciphertexts, long totalWeight, IReadOnlyDictionary<int, PartialDecryption> decryptions)
    {
        ArgumentNullException.ThrowIfNull(election);
        var group = election.Group;
        var plaintexts = Combination.Plaintexts(election, trustees, ciphertexts, decryptions);
        for (var i = 0; i < plaintexts.Length; i++)
        {
            for (var k = 0; k < plaintexts[i].Length; k++)
            {
                var right = Questions[i] switch
                {
                    QuestionResult.Counts counts => counts.Values[k] <= totalWeight && group.GeneratorPower(group.Scalars.Of(counts.Values[k])).Equals(plaintexts[i][k]),
                    QuestionResult.Ranked ranked => ranked.Ballots[k].SequenceEqual(group.Extract(plaintexts[i][k], election.Questions[i].Answers.Count)),
                    _ => false,
                };
                if (!right)
                {
                    return (i + 1, k + 1);
                }
            }
        }

        return null;
    }

    private static QuestionResult.Counts ReadCounts(ref CanonicalReader reader, int count)
    {
        var counts = new long[count];
        for (var k = 0; k < count; k++)
        {
            if (k > 0)
            {
                reader.Expect(","u8);
            }

            counts[k] = reader.Weight();
        }

        return new(counts);
    }

    private static QuestionResult.Ranked ReadRanked(ref CanonicalReader reader, Group group, int answers, int numTallied)
    {
        var ballots = new List<IReadOnlyList<int>>();
        for (var n = 0; n < numTallied; n++)
        {
            reader.Expect(n == 0 ? "["u8 : ",["u8);
            var values = new int[answers];
            for (var k = 0; k < answers; k++)
            {
                if (k > 0)
                {
                    reader.Expect(","u8);
                }

                values[k] = reader.Integer(0, (1 << group.Embedding!.BitsPerInteger) - 1);
            }

            reader.Expect("]"u8);
            ballots.Add(values);
        }

        return new(ballots);
    }
}
