namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>One point after the other: any processor.</summary>
internal sealed class ScalarCurveEngine : CurveEngine
{
    private static readonly ulong[] Order = Numbers.Limbs.Of(CurveConstants.Order, 4);

    public override PublicBase Prepare(CurveElement element) => new CurveBase(element, doublings: null);

    public override PublicBase PrepareFixed(CurveElement element) => new FixedCurveBase(element);

    public override void Decode(ReadOnlySpan<ulong> zs, Span<PublicBase?> decoded)
    {
        for (var i = 0; i < decoded.Length; i++)
        {
            decoded[i] = Decode(zs.Slice(4 * i, 4));
        }
    }

    public override Element[] ProductsOfPowers(ReadOnlySpan<(PublicBase Base, Scalar Exponent)[]> products)
    {
        var results = new Element[products.Length];
        for (var i = 0; i < results.Length; i++)
        {
            var buckets = new CurveBuckets();
            foreach (var (factor, exponent) in products[i])
            {
                var limbs = ((LimbScalar)exponent).Limbs;
                if (factor is FixedCurveBase table)
                {
                    buckets.Add(table, limbs);
                }
                else
                {
                    buckets.Add(((CurveBase)factor).Doublings, limbs);
                }
            }

            results[i] = new CurveElement(buckets.Sum());
        }

        return results;
    }

    /// <summary>The element that z stands for, with the doublings that q e = identity took.</summary>
    private static CurveBase? Decode(ReadOnlySpan<ulong> z)
    {
        if (!CurveText.TryRecover(z, out var point))
        {
            return null;
        }

        var doublings = CurveTables.Doublings(point, CurveBase.Window, SignedDigits.Count(CurveBase.Window));
        var buckets = new CurveBuckets();
        buckets.Add(doublings, Order);
        return CurvePoint.AreEqual(buckets.Sum(), CurvePoint.Identity) ? new CurveBase(new CurveElement(point), doublings) : null;
    }
}
