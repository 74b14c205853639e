using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>Doublings of up to eight points at once, and the membership test that is nearly free beside them.</summary>
internal static class VectorPreparation
{
    private static readonly FieldVector D = FieldVector.Broadcast(CurveConstants.D);
    private static readonly FieldVector SquareRootOfMinusOne = FieldVector.Broadcast(CurveConstants.SquareRootOfMinusOne);
    private static readonly short[] OrderDigits = DigitsOfOrder();

    /// <summary>Gives each base its doublings.</summary>
    /// <param name="bases">At most eight.</param>
    public static void Prepare(ReadOnlySpan<VectorBase> bases)
    {
        Span<CurvePoint> points = stackalloc CurvePoint[bases.Length];
        for (var lane = 0; lane < bases.Length; lane++)
        {
            points[lane] = bases[lane].Element.Point;
        }

        var tables = NewTables(bases.Length);
        WriteDoublings(PointVector.From(points), tables);
        for (var lane = 0; lane < bases.Length; lane++)
        {
            bases[lane].Doublings = tables[lane];
        }
    }

    /// <summary>Decodes z as <see cref="CurveText.TryRecover(ReadOnlySpan{ulong}, out CurvePoint)"/> does and keeps the members of the group of order q.</summary>
    /// <param name="ys">At most eight, below P.</param>
    /// <param name="odd">The sign bits.</param>
    /// <param name="decoded">Null where there is no such element.</param>
    public static void Decode(ReadOnlySpan<FieldElement> ys, ReadOnlySpan<bool> odd, Span<VectorBase?> decoded)
    {
        Span<bool> valid = stackalloc bool[ys.Length];
        var point = Recover(FieldVector.From(ys), odd, valid);
        var tables = NewTables(ys.Length);
        WriteDoublings(point, tables);
        var product = TimesOrder(tables);

        Span<CurvePoint> points = stackalloc CurvePoint[ys.Length];
        Span<CurvePoint> products = stackalloc CurvePoint[ys.Length];
        PointVector.Store(point, points);
        PointVector.Store(product, products);
        for (var lane = 0; lane < ys.Length; lane++)
        {
            var isMember = valid[lane] && FieldElement.IsZero(products[lane].X) && FieldElement.AreEqual(products[lane].Y, products[lane].Z);
            decoded[lane] = isMember ? new VectorBase(new CurveElement(points[lane]), tables[lane]) : null;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteDoublings(PointVector point, double[][] tables)
    {
        Span<int> offsets = stackalloc int[Lanes.Count];
        for (var i = 0; i < VectorBase.DoublingCount; i++)
        {
            if (i > 0)
            {
                PointVector.Double(ref point, VectorBase.Window);
            }

            CachedVector.From(out var cached, point);
            offsets.Fill(i * Lanes.PointSize);
            Lanes.StoreCached(cached, tables, offsets);
        }
    }

    /// <summary>q times each point, by buckets as in <see cref="CurveBuckets"/>: the digits are those of q in all lanes.</summary>
    /// <remarks>After all doublings rather than between them: the code of both at once is too long for the processor's first cache.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static PointVector TimesOrder(double[][] tables)
    {
        var buckets = new PointVector[(1 << (VectorBase.Window - 1)) + 1];
        Array.Fill(buckets, PointVector.Identity);
        Span<int> offsets = stackalloc int[Lanes.Count];
        for (var i = 0; i < VectorBase.DoublingCount; i++)
        {
            var digit = (int)OrderDigits[i];
            if (digit != 0)
            {
                offsets.Fill(i * Lanes.PointSize);
                PointVector.Add(ref buckets[Math.Abs(digit)], Lanes.LoadCached(tables, offsets), digit < 0 ? Vector512.Create(-0.0) : default);
            }
        }

        var running = buckets[^1];
        var total = running;
        for (var digit = buckets.Length - 2; digit >= 1; digit--)
        {
            PointVector.Add(ref running, buckets[digit]);
            PointVector.Add(ref total, running);
        }

        return total;
    }

    /// <summary>As <see cref="CurveText.TryRecover(in FieldElement, bool, out CurvePoint)"/>; a lane without a root holds no point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static PointVector Recover(in FieldVector y, ReadOnlySpan<bool> odd, Span<bool> valid)
    {
        FieldVector.Square(out var square, y);
        var u = FieldSum.Reduce(FieldSum.From(square - FieldVector.One));
        FieldVector.Multiply(out var v, square, D);
        v = FieldSum.Reduce(FieldSum.From(v + FieldVector.One));
        FieldVector.Square(out var v3, v);
        FieldVector.Multiply(out v3, v3, v);
        FieldVector.Square(out var power, v3);
        FieldVector.Multiply(out power, power, v);
        FieldVector.Multiply(out power, power, u);
        PowerForRoot(out power, power);
        FieldVector.Multiply(out var x, power, v3);
        FieldVector.Multiply(out x, x, u);
        FieldVector.Square(out var check, x);
        FieldVector.Multiply(out check, check, v);
        FieldVector.Multiply(out var other, x, SquareRootOfMinusOne);

        var lanes = odd.Length;
        Span<FieldElement> checks = stackalloc FieldElement[lanes];
        Span<FieldElement> us = stackalloc FieldElement[lanes];
        Span<long> masks = stackalloc long[Lanes.Count];
        masks.Clear();
        FieldVector.Store(check, checks);
        FieldVector.Store(u, us);
        for (var lane = 0; lane < lanes; lane++)
        {
            var isRoot = FieldElement.AreEqual(checks[lane], us[lane]);
            FieldElement.Negate(out var negated, us[lane]);
            valid[lane] = isRoot || FieldElement.AreEqual(checks[lane], negated);
            masks[lane] = isRoot ? -1 : 0;
        }

        x = FieldVector.Select(Vector512.Create<long>(masks).AsDouble(), x, other);
        masks.Clear();
        Span<FieldElement> xs = stackalloc FieldElement[lanes];
        FieldVector.Store(x, xs);
        for (var lane = 0; lane < lanes; lane++)
        {
            if (FieldElement.IsOdd(xs[lane]) != odd[lane])
            {
                valid[lane] &= !FieldElement.IsZero(xs[lane]);
                masks[lane] = long.MinValue;
            }
        }

        x = FieldVector.NegateWhere(Vector512.Create<long>(masks).AsDouble(), x);
        FieldVector.Multiply(out var t, x, y);
        return new() { X = x, Y = y, Z = FieldVector.One, T = t };
    }

    /// <summary>As <see cref="FieldElement.PowerForRoot"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PowerForRoot(out FieldVector result, in FieldVector value)
    {
        FieldVector.Square(out var other, value);
        FieldVector.Square(out var ninth, other, 2);
        FieldVector.Multiply(out ninth, ninth, value);
        FieldVector.Multiply(out other, ninth, other);
        FieldVector.Square(out other, other);
        FieldVector.Multiply(out var ones5, other, ninth); // 2^5 - 1
        FieldVector.Square(out other, ones5, 5);
        FieldVector.Multiply(out var ones10, other, ones5);
        FieldVector.Square(out other, ones10, 10);
        FieldVector.Multiply(out var ones20, other, ones10);
        FieldVector.Square(out other, ones20, 20);
        FieldVector.Multiply(out other, other, ones20);
        FieldVector.Square(out other, other, 10);
        FieldVector.Multiply(out var ones50, other, ones10);
        FieldVector.Square(out other, ones50, 50);
        FieldVector.Multiply(out var ones100, other, ones50);
        FieldVector.Square(out other, ones100, 100);
        FieldVector.Multiply(out other, other, ones100);
        FieldVector.Square(out other, other, 50);
        FieldVector.Multiply(out other, other, ones50);
        FieldVector.Square(out other, other, 2);
        FieldVector.Multiply(out result, other, value);
    }

    /// <summary>One table per lane in use; the other lanes write where nobody reads.</summary>
    private static double[][] NewTables(int used)
    {
        var tables = new double[Lanes.Count][];
        for (var lane = 0; lane < tables.Length; lane++)
        {
            tables[lane] = lane <= used ? VectorBase.NewDoublings() : tables[used];
        }

        return tables;
    }

    private static short[] DigitsOfOrder()
    {
        var digits = new short[VectorBase.DoublingCount];
        SignedDigits.Write(Numbers.Limbs.Of(CurveConstants.Order, 4), VectorBase.Window, digits);
        return digits;
    }
}
