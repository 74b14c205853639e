using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Proofs;

namespace ActiveCitizens.Voting.Tallies;

/// <summary>The encrypted tally: PROTOCOL.md section 10.</summary>
public sealed class EncryptedTally
{
    private EncryptedTally(ReadOnlyMemory<byte> bytes, IReadOnlyList<IReadOnlyList<Ciphertext>> ciphertexts, int numTallied, long totalWeight)
    {
        Bytes = bytes;
        Digest = Digest.Of(bytes.Span);
        Ciphertexts = ciphertexts;
        NumTallied = numTallied;
        TotalWeight = totalWeight;
    }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Its hexadecimal form is the published checksum.</summary>
    public Digest Digest { get; }

    /// <summary>By question: one ciphertext per answer (the blank one first), or the sorted list of ranked answers.</summary>
    public IReadOnlyList<IReadOnlyList<Ciphertext>> Ciphertexts { get; }

    /// <summary>Kept ballots.</summary>
    public int NumTallied { get; }

    /// <summary>Of the kept ballots.</summary>
    public long TotalWeight { get; }

    /// <summary>Reads a received tally, as a trustee must before using a key.</summary>
    /// <exception cref="ProtocolFormatException">Not the canonical form of the election's shape, or an element outside the group.</exception>
    public static EncryptedTally Read(Election election, ReadOnlyMemory<byte> bytes, int numTallied, long totalWeight)
    {
        ArgumentNullException.ThrowIfNull(election);
        var lengths = CiphertextLists.Lengths(election, numTallied);
        var reader = new CanonicalReader(bytes.Span, "encrypted tally", CiphertextLists.MaxBytes(election, lengths));
        var lists = CiphertextLists.Read(ref reader, election.Group, lengths);
        reader.End();
        return new(bytes, lists, numTallied, totalWeight);
    }

    internal static EncryptedTally Of(Election election, IReadOnlyList<IReadOnlyList<Ciphertext>> ciphertexts, int numTallied, long totalWeight)
    {
        var writer = new CanonicalWriter();
        CiphertextLists.Write(writer, election.Group, ciphertexts);
        return new(writer.ToArray(), ciphertexts, numTallied, totalWeight);
    }

    /// <summary>What remains to decrypt after a shuffle: ranked lists replaced by its outputs.</summary>
    /// <param name="shuffled">One list per ranked question, in their order.</param>
    public IReadOnlyList<IReadOnlyList<Ciphertext>> With(Election election, IReadOnlyList<IReadOnlyList<Ciphertext>> shuffled)
    {
        ArgumentNullException.ThrowIfNull(election);
        ArgumentNullException.ThrowIfNull(shuffled);
        var next = 0;
        return [.. Ciphertexts.Select((list, i) => election.Questions[i] is NonHomomorphicQuestion ? shuffled[next++] : list)];
    }
}

/// <summary>Arrays of arrays of ciphertexts, as tallies and shuffles write them.</summary>
internal static class CiphertextLists
{
    /// <summary>By question.</summary>
    public static int[] Lengths(Election election, int numTallied) =>
        [.. election.Questions.Select(q => q is HomomorphicQuestion homomorphic ? homomorphic.CiphertextCount : numTallied)];

    /// <summary>Of the ranked questions alone.</summary>
    public static int[] RankedLengths(Election election, int numTallied) =>
        [.. election.Questions.Where(q => q is NonHomomorphicQuestion).Select(_ => numTallied)];

    public static int MaxBytes(Election election, int[] lengths) =>
        (int)Math.Min(Array.MaxLength, lengths.Sum(length => 16L + (length * (32L + (2 * election.Group.MaxTextLength)))));

    public static IReadOnlyList<IReadOnlyList<Ciphertext>> Read(ref CanonicalReader reader, Group group, int[] lengths)
    {
        var lists = new List<IReadOnlyList<Ciphertext>>();
        reader.Expect("["u8);
        foreach (var length in lengths)
        {
            reader.Expect(lists.Count == 0 ? "["u8 : ",["u8);
            // Grows with what is there: a stated number of ballots alone must not take memory.
            var list = new List<Ciphertext>();
            for (var i = 0; i < length; i++)
            {
                if (i > 0)
                {
                    reader.Expect(","u8);
                }

                list.Add(reader.Ciphertext(group));
            }

            reader.Expect("]"u8);
            lists.Add(list);
        }

        reader.Expect("]"u8);
        return lists;
    }

    public static void Write(CanonicalWriter writer, Group group, IReadOnlyList<IReadOnlyList<Ciphertext>> lists)
    {
        var texts = group.Encode([.. lists.SelectMany(list => list).SelectMany(c => new[] { c.Alpha, c.Beta })]);
        var next = 0;
        writer.List(lists, list => writer.List(list, _ => writer.Ciphertext(texts[next++], texts[next++])));
    }
}
