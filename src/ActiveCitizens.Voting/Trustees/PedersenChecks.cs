using System.Text;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Trustees;

/// <summary>What PROTOCOL.md section 7 has a verifier check of a threshold set.</summary>
internal static class PedersenChecks
{
    /// <param name="first">Trustee number of the first member.</param>
    public static string? FindProblem(Group group, Trustee.Pedersen set, int first)
    {
        var size = set.Count;
        if (set.Threshold > size)
        {
            return FormattableString.Invariant($"trustees {first} to {first + size - 1}: a threshold of {set.Threshold} among {size} members");
        }

        var polynomials = new Element[size][];
        for (var i = 0; i < size; i++)
        {
            if (FindMemberProblem(group, set, i, out polynomials[i]) is { } problem)
            {
                return FormattableString.Invariant($"trustee {first + i}, member {i + 1} of {size}: {problem}");
            }
        }

        var sum = SumOf(group, polynomials);
        for (var j = 0; j < size; j++)
        {
            if (!set.VerificationKeys[j].Key.Equals(Polynomial.At(group, sum, j + 1)))
            {
                return FormattableString.Invariant($"trustee {first + j}, member {j + 1} of {size}: its verification key is not the one that the polynomials give");
            }
        }

        return null;
    }

    /// <summary>The public polynomial of the shared key: the product of the members' coefficients, degree by degree.</summary>
    public static Element[] SumOf(Group group, IReadOnlyList<Element[]> polynomials)
    {
        var sum = Enumerable.Repeat(group.Identity, polynomials[0].Length).ToArray();
        foreach (var polynomial in polynomials)
        {
            for (var k = 0; k < sum.Length; k++)
            {
                sum[k] = group.Multiply(sum[k], polynomial[k]);
            }
        }

        return sum;
    }

    private static string? FindMemberProblem(Group group, Trustee.Pedersen set, int i, out Element[] polynomial)
    {
        polynomial = [];
        try
        {
            var certificate = Certificate.Read(set.Certs[i].Message.Span, group, "certificate");
            polynomial = Polynomial.Read(set.Coefexps[i].Message.Span, group, set.Threshold, "polynomial");
            var expected = set.IsLegacy ? null : new CertificateContext(group.Name, set.Count, set.Threshold, i + 1);
            var key = set.VerificationKeys[i];
            return certificate.Context != expected ? set.IsLegacy ? "its certificate has a context, which the legacy form has not" : "its certificate is for another set or place"
                : !set.Certs[i].IsSignedBy(group, certificate.Verification) ? "the signature of its certificate does not hold"
                : !set.Coefexps[i].IsSignedBy(group, certificate.Verification) ? "the signature of its polynomial does not hold"
                : set.Signatures is { } signatures && !SignedMessage.Holds(group, certificate.Verification, Polynomial.ToSignedText(group, set.Certs, polynomial), signatures[i]) ? "its signature over all certificates does not hold"
                : !key.ProofHolds(group) ? "the proof of its verification key does not hold"
                : key.Signature is { } signature && !SignedMessage.Holds(group, certificate.Verification, Encoding.ASCII.GetBytes(key.Text), signature) ? "the signature of its verification key does not hold"
                : null;
        }
        catch (ProtocolFormatException e)
        {
            return e.Message;
        }
    }
}
