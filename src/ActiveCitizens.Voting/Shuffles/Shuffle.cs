using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Proofs;
using ActiveCitizens.Voting.Tallies;

namespace ActiveCitizens.Voting.Shuffles;

/// <summary>A verifiable shuffle of the ranked answers, as received: PROTOCOL.md section 11.</summary>
public sealed class Shuffle
{
    private readonly IReadOnlyList<ShuffleProof> _proofs;

    private Shuffle(IReadOnlyList<IReadOnlyList<Ciphertext>> ciphertexts, IReadOnlyList<ShuffleProof> proofs)
    {
        Ciphertexts = ciphertexts;
        _proofs = proofs;
    }

    /// <summary>The output: one list per ranked question.</summary>
    public IReadOnlyList<IReadOnlyList<Ciphertext>> Ciphertexts { get; }

    /// <summary>The lists of the ranked questions: the input of the first shuffle.</summary>
    public static IReadOnlyList<IReadOnlyList<Ciphertext>> Input(Election election, EncryptedTally tally)
    {
        ArgumentNullException.ThrowIfNull(election);
        ArgumentNullException.ThrowIfNull(tally);
        return [.. tally.Ciphertexts.Where((_, i) => election.Questions[i] is NonHomomorphicQuestion)];
    }

    /// <summary>The largest document for that many kept ballots.</summary>
    public static int MaxBytes(Election election, int numTallied)
    {
        ArgumentNullException.ThrowIfNull(election);
        var lengths = CiphertextLists.RankedLengths(election, numTallied);
        return (int)Math.Min(Array.MaxLength, CiphertextLists.MaxBytes(election, lengths) + lengths.Sum(length => ShuffleProof.MaxBytes(election.Group, length)) + 256);
    }

    /// <summary>Reads a document of exactly the election's shape.</summary>
    /// <param name="numTallied">Kept ballots: the length of every list.</param>
    /// <exception cref="ProtocolFormatException">Not the canonical form, or an element outside the group.</exception>
    public static Shuffle Read(Election election, int numTallied, ReadOnlySpan<byte> bytes)
    {
        var lengths = CiphertextLists.RankedLengths(election, numTallied);
        var reader = new CanonicalReader(bytes, "shuffle", MaxBytes(election, numTallied));
        reader.Expect("{\"ciphertexts\":"u8);
        var ciphertexts = CiphertextLists.Read(ref reader, election.Group, lengths);
        reader.Expect(",\"proofs\":"u8);
        var proofs = new List<ShuffleProof>();
        foreach (var length in lengths)
        {
            reader.Expect(proofs.Count == 0 ? "["u8 : ","u8);
            proofs.Add(ShuffleProof.Read(ref reader, election.Group, length));
        }

        reader.Expect("]}"u8);
        reader.End();
        return new(ciphertexts, proofs);
    }

    internal static byte[] Write(Group group, IReadOnlyList<IReadOnlyList<Ciphertext>> ciphertexts, IReadOnlyList<ShuffleProof> proofs)
    {
        var writer = new CanonicalWriter();
        writer.Raw("{\"ciphertexts\":"u8);
        CiphertextLists.Write(writer, group, ciphertexts);
        return writer.Raw(",\"proofs\":"u8).List(proofs, proof => proof.Write(writer, group)).Raw("}"u8).ToArray();
    }

    /// <summary>Checks that the output is the input, reordered and encrypted anew. About 11 powers per ciphertext.</summary>
    /// <param name="input">The lists of the encrypted tally, or the output of the shuffle before.</param>
    /// <returns>What does not hold, for a person; null when all proofs hold.</returns>
    public string? FindFailure(Election election, IReadOnlyList<IReadOnlyList<Ciphertext>> input)
    {
        ArgumentNullException.ThrowIfNull(election);
        ArgumentNullException.ThrowIfNull(input);
        for (var i = 0; i < _proofs.Count; i++)
        {
            if (new ShuffleChecks(election, input[i], Ciphertexts[i], _proofs[i]).FindFailure() is { } failure)
            {
                return FormattableString.Invariant($"ranked question {i + 1}: the equation of {failure} does not hold");
            }
        }

        return null;
    }
}
