using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Proofs;
using ActiveCitizens.Voting.Trustees;

namespace ActiveCitizens.Voting.Decryption;

/// <summary>Puts partial decryptions together: PROTOCOL.md section 13.</summary>
public static class Combination
{
    /// <summary>Which decryptions are still needed.</summary>
    /// <param name="owners">Trustee numbers that decrypted.</param>
    /// <returns>What is missing, for a person; null when there are enough.</returns>
    public static string? FindMissing(TrusteeSet trustees, IReadOnlySet<int> owners)
    {
        ArgumentNullException.ThrowIfNull(trustees);
        ArgumentNullException.ThrowIfNull(owners);
        var first = 1;
        foreach (var entry in trustees.Entries)
        {
            var present = Enumerable.Range(first, entry.Count).Count(owners.Contains);
            if (entry is Trustee.Mandatory && present == 0)
            {
                return FormattableString.Invariant($"the decryption of trustee {first}, who is mandatory");
            }

            if (entry is Trustee.Pedersen pedersen && present < pedersen.Threshold)
            {
                return FormattableString.Invariant($"{pedersen.Threshold - present} more decryptions of trustees {first} to {first + entry.Count - 1}, of whom {pedersen.Threshold} are needed");
            }

            first += entry.Count;
        }

        return null;
    }

    /// <summary>The product of the factors per ciphertext, with Lagrange's coefficients in threshold sets.</summary>
    /// <param name="decryptions">By trustee number; enough of them (<see cref="FindMissing"/>).</param>
    /// <returns>beta divided by the combined factor, in the shape of the tally.</returns>
    internal static Element[][] Plaintexts(Election election, TrusteeSet trustees, IReadOnlyList<IReadOnlyList<Ciphertext>> ciphertexts, IReadOnlyDictionary<int, PartialDecryption> decryptions)
    {
        var group = election.Group;
        var contributions = Coefficients(group.Scalars, trustees, decryptions.Keys)
            .Select(c => (Factors: decryptions[c.Owner].Factors, c.Coefficient)).ToList();
        return [.. ciphertexts.Select((list, i) => list.Select((ciphertext, k) =>
        {
            var combined = group.Identity;
            foreach (var (factors, coefficient) in contributions)
            {
                var factor = factors[i][k];
                combined = group.Multiply(combined, coefficient is null ? factor : group.ProductOfPowersVariableTime((group.Prepare(factor), coefficient)));
            }

            return group.Divide(ciphertext.Beta, combined);
        }).ToArray())];
    }

    /// <summary>lambda_j for the t lowest members present of each set; null for a mandatory trustee.</summary>
    private static IEnumerable<(int Owner, Scalar? Coefficient)> Coefficients(ScalarField field, TrusteeSet trustees, IEnumerable<int> owners)
    {
        var present = owners.ToHashSet();
        var first = 1;
        foreach (var entry in trustees.Entries)
        {
            if (entry is Trustee.Pedersen pedersen)
            {
                var members = Enumerable.Range(1, entry.Count).Where(j => present.Contains(first + j - 1)).Take(pedersen.Threshold).ToList();
                foreach (var j in members)
                {
                    yield return (first + j - 1, Lagrange(field, members, j));
                }
            }
            else
            {
                yield return (first, null);
            }

            first += entry.Count;
        }
    }

    private static Scalar Lagrange(ScalarField field, List<int> members, int j)
    {
        var numerator = field.One;
        var denominator = field.One;
        foreach (var k in members.Where(k => k != j))
        {
            numerator = field.Multiply(numerator, field.Of(k));
            denominator = field.Multiply(denominator, field.Of(k - j));
        }

        return field.Multiply(numerator, field.Invert(denominator));
    }
}
