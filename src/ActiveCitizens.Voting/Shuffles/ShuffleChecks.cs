using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Proofs;

namespace ActiveCitizens.Voting.Shuffles;

/// <summary>The equations of PROTOCOL.md section 11, with its names.</summary>
internal sealed class ShuffleChecks(Election election, IReadOnlyList<Ciphertext> input, IReadOnlyList<Ciphertext> output, ShuffleProof proof)
{
    // So many prepared bases share their doublings; more would only take memory.
    private const int ProductLength = 64;
    private readonly Group _group = election.Group;
    private readonly ScalarField _field = election.Group.Scalars;

    /// <returns>The name of the first commitment whose equation does not hold.</returns>
    public string? FindFailure()
    {
        var n = input.Count;
        var hashes = new ShuffleChallenges(election, input, output, proof.C);
        var u = hashes.U;
        var challenge = hashes.Challenge(proof.T, proof.THat, proof.CHat);
        var minus = _field.Negate(challenge);
        var generators = Enumerable.Range(0, n).Select(_group.ShuffleGenerator).ToArray();
        var h = _group.ShuffleGenerator(-1);

        var cBar = _group.Divide(Product(proof.C), Product(generators));
        if (!proof.T[0].Equals(Combine(cBar, minus, _group.FixedGenerator, proof.S[0])))
        {
            return "t1";
        }

        var uProduct = u.Aggregate(_field.One, _field.Multiply);
        var last = n == 0 ? h : proof.CHat[^1];
        var cHatBar = _group.Divide(last, _group.ProductOfPowersVariableTime((_group.Prepare(h), uProduct)));
        if (!proof.T[1].Equals(Combine(cHatBar, minus, _group.FixedGenerator, proof.S[1])))
        {
            return "t2";
        }

        var cTilde = ProductOfPowers(proof.C, u);
        var t3 = _group.Multiply(Combine(cTilde, minus, _group.FixedGenerator, proof.S[2]), ProductOfPowers(generators, proof.SPrime));
        if (!proof.T[2].Equals(t3))
        {
            return "t3";
        }

        var minusS4 = _field.Negate(proof.S[3]);
        var b = ProductOfPowers([.. input.Select(e => e.Beta)], u);
        var t41 = _group.Multiply(Combine(b, minus, election.Key, minusS4), ProductOfPowers([.. output.Select(e => e.Beta)], proof.SPrime));
        if (!proof.T[3].Equals(t41))
        {
            return "t41";
        }

        var a = ProductOfPowers([.. input.Select(e => e.Alpha)], u);
        var t42 = _group.Multiply(Combine(a, minus, _group.FixedGenerator, minusS4), ProductOfPowers([.. output.Select(e => e.Alpha)], proof.SPrime));
        if (!proof.T[4].Equals(t42))
        {
            return "t42";
        }

        return FindChainFailure(h, minus);
    }

    private string? FindChainFailure(Element h, Scalar minus)
    {
        var before = _group.Prepare(h);
        for (var start = 0; start < proof.CHat.Length; start += ProductLength)
        {
            var products = new (PublicBase, Scalar)[Math.Min(ProductLength, proof.CHat.Length - start)][];
            for (var i = 0; i < products.Length; i++)
            {
                var own = _group.Prepare(proof.CHat[start + i]);
                products[i] = [(own, minus), (_group.FixedGenerator, proof.SHat[start + i]), (before, proof.SPrime[start + i])];
                before = own;
            }

            var expected = _group.ProductsOfPowersVariableTime(products);
            for (var i = 0; i < expected.Length; i++)
            {
                if (!proof.THat[start + i].Equals(expected[i]))
                {
                    return FormattableString.Invariant($"that_{start + i + 1}");
                }
            }
        }

        return null;
    }

    private Element Combine(Element value, Scalar exponent, PublicBase fixedBase, Scalar fixedExponent) =>
        _group.ProductOfPowersVariableTime((_group.Prepare(value), exponent), (fixedBase, fixedExponent));

    private Element Product(ReadOnlySpan<Element> elements)
    {
        var product = _group.Identity;
        foreach (var element in elements)
        {
            product = _group.Multiply(product, element);
        }

        return product;
    }

    private Element ProductOfPowers(ReadOnlySpan<Element> bases, ReadOnlySpan<Scalar> exponents)
    {
        var product = _group.Identity;
        var factors = new (PublicBase, Scalar)[Math.Min(bases.Length, ProductLength)];
        for (var start = 0; start < bases.Length; start += ProductLength)
        {
            var count = Math.Min(ProductLength, bases.Length - start);
            for (var i = 0; i < count; i++)
            {
                factors[i] = (_group.Prepare(bases[start + i]), exponents[start + i]);
            }

            product = _group.Multiply(product, _group.ProductOfPowersVariableTime(factors.AsSpan(0, count)));
        }

        return product;
    }
}
