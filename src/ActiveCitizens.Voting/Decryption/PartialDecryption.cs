using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Proofs;
using ActiveCitizens.Voting.Trustees;

namespace ActiveCitizens.Voting.Decryption;

/// <summary>One trustee's share of the decryption: PROTOCOL.md section 12.</summary>
public sealed class PartialDecryption
{
    // So many proofs are checked together: more would only take memory.
    private const int BatchLength = 256;
    private readonly IReadOnlyList<IReadOnlyList<(Element Factor, Proof Proof)>> _entries;

    private PartialDecryption(IReadOnlyList<IReadOnlyList<(Element Factor, Proof Proof)>> entries) => _entries = entries;

    /// <summary>F = alpha^x, in the shape of the tally.</summary>
    public IReadOnlyList<IReadOnlyList<Element>> Factors => [.. _entries.Select(list => list.Select(entry => entry.Factor).ToList())];

    /// <summary>Decrypts with one trustee's key. First compare the tally with the one recomputed from the box: whatever is given here gets decrypted.</summary>
    /// <param name="ciphertexts">The tally, with ranked lists replaced by the last shuffle's output.</param>
    /// <param name="privateKey">x, of a mandatory trustee or a threshold member.</param>
    /// <returns>The document's bytes.</returns>
    public static byte[] Make(Election election, IReadOnlyList<IReadOnlyList<Ciphertext>> ciphertexts, Scalar privateKey, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(election);
        ArgumentNullException.ThrowIfNull(ciphertexts);
        var group = election.Group;
        var field = group.Scalars;
        var prefix = Prefix(election, group.Encode(group.GeneratorPower(privateKey))[0]);
        var alphas = ciphertexts.SelectMany(list => list).Select(c => c.Alpha).ToArray();
        var factors = group.Encode([.. alphas.Select(alpha => group.Power(alpha, privateKey))]);
        var proofs = alphas.Select(alpha =>
        {
            var nonce = field.Random(random);
            var challenge = Challenge.Of(group, prefix, group.GeneratorPower(nonce), group.Power(alpha, nonce));
            return new Proof(challenge, field.Subtract(nonce, field.Multiply(privateKey, challenge)));
        }).ToArray();
        var writer = new CanonicalWriter();
        var next = 0;
        writer.Raw("{\"decryption_factors\":"u8).List(ciphertexts, list => writer.List(list, _ => writer.Quoted(factors[next++])));
        next = 0;
        return writer.Raw(",\"decryption_proofs\":"u8).List(ciphertexts, list => writer.List(list, _ => writer.Proof(group, proofs[next++]))).Raw("}"u8).ToArray();
    }

    /// <summary>The largest document for a tally with that many ciphertexts by question.</summary>
    internal static int MaxBytes(Election election, IReadOnlyList<int> lengths) =>
        (int)Math.Min(Array.MaxLength, 256 + lengths.Sum(length => 16L + (length * (64L + election.Group.MaxTextLength + (2 * election.Group.Scalars.MaxTextLength)))));

    /// <summary>Reads a document of exactly the tally's shape.</summary>
    /// <exception cref="ProtocolFormatException">Not the canonical form, or a factor outside the group.</exception>
    public static PartialDecryption Read(Election election, IReadOnlyList<IReadOnlyList<Ciphertext>> ciphertexts, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(election);
        ArgumentNullException.ThrowIfNull(ciphertexts);
        var group = election.Group;
        var reader = new CanonicalReader(bytes, "partial decryption", MaxBytes(election, [.. ciphertexts.Select(list => list.Count)]));
        reader.Expect("{\"decryption_factors\":["u8);
        var factors = new List<List<Element>>();
        foreach (var list in ciphertexts)
        {
            reader.Expect(factors.Count == 0 ? "["u8 : ",["u8);
            var own = new List<Element>();
            for (var i = 0; i < list.Count; i++)
            {
                if (i > 0)
                {
                    reader.Expect(","u8);
                }

                own.Add(reader.Element(group));
            }

            reader.Expect("]"u8);
            factors.Add(own);
        }

        reader.Expect("],\"decryption_proofs\":["u8);
        var entries = new List<IReadOnlyList<(Element, Proof)>>();
        foreach (var own in factors)
        {
            if (entries.Count > 0)
            {
                reader.Expect(","u8);
            }

            entries.Add([.. own.Zip(reader.Proofs(group, own.Count))]);
        }

        reader.Expect("]}"u8);
        reader.End();
        return new(entries);
    }

    /// <summary>Checks the proof of every factor: four powers per ciphertext.</summary>
    /// <param name="key">Public key number <c>owner</c> of the trustees.</param>
    /// <returns>The first ciphertext whose proof does not hold, as question and place from 1; null when all hold.</returns>
    public (int Question, int Place)? FindFailure(Election election, IReadOnlyList<IReadOnlyList<Ciphertext>> ciphertexts, TrusteeKey key)
    {
        ArgumentNullException.ThrowIfNull(election);
        ArgumentNullException.ThrowIfNull(ciphertexts);
        ArgumentNullException.ThrowIfNull(key);
        var group = election.Group;
        var prefix = Prefix(election, key.Text);
        var prepared = group.PrepareFixed(key.Key);
        foreach (var slice in ciphertexts.SelectMany((list, i) => list.Select((ciphertext, k) => (ciphertext, i, k))).Chunk(BatchLength))
        {
            var batch = new ChallengeBatch<(int, int)>(group);
            foreach (var (ciphertext, i, k) in slice)
            {
                var (factor, proof) = _entries[i][k];
                batch.Begin((i + 1, k + 1), proof.Challenge);
                batch.Prefix(prefix);
                batch.CommitSchnorr(prepared, proof);
                batch.Commit((group.Prepare(ciphertext.Alpha), proof.Response), (group.Prepare(factor), proof.Challenge));
            }

            if (batch.FindFailure() is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private static byte[] Prefix(Election election, string key) => Encoding.ASCII.GetBytes($"decrypt|{election.Fingerprint}|{key}|");
}
