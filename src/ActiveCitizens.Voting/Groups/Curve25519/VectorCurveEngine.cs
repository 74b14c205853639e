using System.Runtime.InteropServices;

namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>Eight points at once: processors with AVX-512.</summary>
internal sealed class VectorCurveEngine : CurveEngine
{
    public override PublicBase Prepare(CurveElement element) => new VectorBase(element, doublings: null);

    public override PublicBase PrepareFixed(CurveElement element) => new VectorFixedBase(element);

    public override void Decode(ReadOnlySpan<ulong> zs, Span<PublicBase?> decoded)
    {
        Span<FieldElement> ys = stackalloc FieldElement[Lanes.Count];
        Span<bool> odd = stackalloc bool[Lanes.Count];
        Span<int> places = stackalloc int[Lanes.Count];
        var bases = new VectorBase?[Lanes.Count];
        var pending = 0;
        for (var i = 0; i < decoded.Length; i++)
        {
            if (CurveText.TryReadY(zs.Slice(4 * i, 4), out ys[pending], out odd[pending]))
            {
                places[pending++] = i;
            }

            if (pending == Lanes.Count || (pending > 0 && i == decoded.Length - 1))
            {
                VectorPreparation.Decode(ys[..pending], odd[..pending], bases);
                for (var lane = 0; lane < pending; lane++)
                {
                    decoded[places[lane]] = bases[lane];
                }

                pending = 0;
            }
        }
    }

    public override Element[] ProductsOfPowers(ReadOnlySpan<(PublicBase Base, Scalar Exponent)[]> products)
    {
        Prepare(products);
        var results = new Element[products.Length];

        // Few products leave lanes free: each is then split into as many parts as there is room for.
        var parts = products.IsEmpty ? 1 : Math.Max(1, Lanes.Count / products.Length);
        var order = SortByShape(products);
        var lanes = new List<List<(PublicBase Base, LimbScalar Exponent)>>(Lanes.Count);
        Span<CurvePoint> points = stackalloc CurvePoint[Lanes.Count];
        var perRun = Lanes.Count / parts;
        for (var start = 0; start < order.Length; start += perRun)
        {
            var run = order.AsSpan(start, Math.Min(perRun, order.Length - start));
            lanes.Clear();
            foreach (var index in run)
            {
                AddParts(products[index], parts, lanes);
            }

            VectorProducts.Compute(CollectionsMarshal.AsSpan(lanes), points[..lanes.Count]);
            for (var i = 0; i < run.Length; i++)
            {
                var product = points[i * parts];
                for (var part = 1; part < parts; part++)
                {
                    CurvePoint.Add(out product, product, points[(i * parts) + part]);
                }

                results[run[i]] = new CurveElement(product);
            }
        }

        return results;
    }

    /// <summary>Does the doublings that are missing, eight bases at a time.</summary>
    private static void Prepare(ReadOnlySpan<(PublicBase Base, Scalar Exponent)[]> products)
    {
        HashSet<VectorBase>? missing = null;
        foreach (var product in products)
        {
            foreach (var (factor, _) in product)
            {
                if (factor is VectorBase { Doublings: null } unprepared)
                {
                    (missing ??= []).Add(unprepared);
                }
            }
        }

        foreach (var bases in missing?.Chunk(Lanes.Count) ?? [])
        {
            VectorPreparation.Prepare(bases);
        }
    }

    /// <summary>Products of like shape side by side: all eight lanes wait for the longest.</summary>
    private static int[] SortByShape(ReadOnlySpan<(PublicBase Base, Scalar Exponent)[]> products)
    {
        var order = new int[products.Length];
        var shapes = new int[products.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            foreach (var (factor, _) in products[i])
            {
                shapes[i] += factor is VectorFixedBase ? 1 : 1 << 10;
            }
        }

        Array.Sort(shapes, order);
        return order;
    }

    private static void AddParts((PublicBase Base, Scalar Exponent)[] product, int parts, List<List<(PublicBase Base, LimbScalar Exponent)>> lanes)
    {
        var first = lanes.Count;
        for (var part = 0; part < parts; part++)
        {
            lanes.Add(new(product.Length));
        }

        var (nextFixed, nextPrepared) = (0, 0);
        foreach (var (factor, exponent) in product)
        {
            var part = factor is VectorFixedBase ? nextFixed++ : nextPrepared++;
            lanes[first + (part % parts)].Add((factor, (LimbScalar)exponent));
        }
    }
}
