using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>Eight points at once, each operation on all of them; formulas as for <see cref="CurvePoint"/>. All coordinates are reduced.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PointVector
{
    public FieldVector X;
    public FieldVector Y;
    public FieldVector Z;
    public FieldVector T;

    public static PointVector Identity => new() { Y = FieldVector.One, Z = FieldVector.One };

    /// <summary>The points of the first lanes; the identity in the others.</summary>
    public static PointVector From(ReadOnlySpan<CurvePoint> points)
    {
        Span<FieldElement> x = stackalloc FieldElement[FieldVector.Lanes];
        Span<FieldElement> y = stackalloc FieldElement[FieldVector.Lanes];
        Span<FieldElement> z = stackalloc FieldElement[FieldVector.Lanes];
        Span<FieldElement> t = stackalloc FieldElement[FieldVector.Lanes];
        for (var lane = 0; lane < FieldVector.Lanes; lane++)
        {
            var point = lane < points.Length ? points[lane] : CurvePoint.Identity;
            (x[lane], y[lane], z[lane], t[lane]) = (point.X, point.Y, point.Z, point.T);
        }

        return new() { X = FieldVector.From(x), Y = FieldVector.From(y), Z = FieldVector.From(z), T = FieldVector.From(t) };
    }

    /// <summary>The points of the first lanes.</summary>
    public static void Store(in PointVector vector, Span<CurvePoint> points)
    {
        Span<FieldElement> values = stackalloc FieldElement[4 * points.Length];
        FieldVector.Store(vector.X, values[..points.Length]);
        FieldVector.Store(vector.Y, values.Slice(points.Length, points.Length));
        FieldVector.Store(vector.Z, values.Slice(2 * points.Length, points.Length));
        FieldVector.Store(vector.T, values.Slice(3 * points.Length, points.Length));
        for (var lane = 0; lane < points.Length; lane++)
        {
            points[lane] = new()
            {
                X = values[lane],
                Y = values[points.Length + lane],
                Z = values[(2 * points.Length) + lane],
                T = values[(3 * points.Length) + lane],
            };
        }
    }

    /// <summary>Doubles several times; only the last needs T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Double(ref PointVector point, int times)
    {
        for (var i = 1; i <= times; i++)
        {
            var a = FieldSum.Square(point.X);
            var b = FieldSum.Square(point.Y);
            var c = FieldSum.Square(point.Z);
            var xy = FieldSum.Product(point.X, point.Y);
            var difference = b - a;
            var e = FieldSum.Reduce(xy + xy);
            var f = FieldSum.Reduce(difference - (c + c));
            var g = FieldSum.Reduce(difference);
            var h = FieldSum.Reduce(default(FieldSum) - (a + b));
            point.X = FieldSum.Reduce(FieldSum.Product(e, f));
            point.Y = FieldSum.Reduce(FieldSum.Product(g, h));
            point.Z = FieldSum.Reduce(FieldSum.Product(f, g));
            if (i == times)
            {
                point.T = FieldSum.Reduce(FieldSum.Product(e, h));
            }
        }
    }

    /// <summary>Adds, or subtracts in the lanes whose sign bits are set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Add(ref PointVector sum, in CachedVector point, Vector512<double> signs)
    {
        var d = FieldSum.Product(sum.Z, point.Z2);
        Add(ref sum, point.YPlusX, point.YMinusX, point.TD2, d, signs);
    }

    /// <summary>Adds points with Z = 1, or subtracts in the lanes whose sign bits are set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Add(ref PointVector sum, in AffineVector point, Vector512<double> signs)
    {
        var d = FieldSum.From(sum.Z + sum.Z);
        Add(ref sum, point.YPlusX, point.YMinusX, point.TD2, d, signs);
    }

    public static void Add(ref PointVector sum, in PointVector point)
    {
        CachedVector.From(out var cached, point);
        Add(ref sum, cached, default);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        ref PointVector sum, in FieldVector yPlusX, in FieldVector yMinusX, in FieldVector td2, in FieldSum d, Vector512<double> signs)
    {
        var negative = Vector512.ShiftRightArithmetic(signs.AsInt64(), 63).AsDouble();
        var a = FieldSum.Product(FieldVector.Select(negative, yPlusX, yMinusX), sum.Y - sum.X);
        var b = FieldSum.Product(FieldVector.Select(negative, yMinusX, yPlusX), sum.Y + sum.X);
        var e = FieldSum.Reduce(b - a);
        var h = FieldSum.Reduce(b + a);
        var c = FieldSum.Product(FieldVector.NegateWhere(signs, td2), sum.T);
        var f = FieldSum.Reduce(d - c);
        var g = FieldSum.Reduce(d + c);
        sum.X = FieldSum.Reduce(FieldSum.Product(e, f));
        sum.Y = FieldSum.Reduce(FieldSum.Product(g, h));
        sum.Z = FieldSum.Reduce(FieldSum.Product(f, g));
        sum.T = FieldSum.Reduce(FieldSum.Product(e, h));
    }
}

/// <summary>Eight points prepared to be added: as <see cref="CachedPoint"/>, all reduced but 2Z.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CachedVector
{
    public FieldVector YPlusX;
    public FieldVector YMinusX;
    public FieldVector TD2;
    public FieldVector Z2;

    private static readonly FieldVector TwoD = FieldVector.IsSupported ? FieldVector.Broadcast(CurveConstants.TwoD) : default;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void From(out CachedVector cached, in PointVector point)
    {
        cached.YPlusX = FieldSum.Reduce(FieldSum.From(point.Y + point.X));
        cached.YMinusX = FieldSum.Reduce(FieldSum.From(point.Y - point.X));
        cached.TD2 = FieldSum.Reduce(FieldSum.Product(point.T, TwoD));
        cached.Z2 = point.Z + point.Z;
    }
}

/// <summary>Eight points with Z = 1 prepared to be added: as <see cref="AffinePoint"/>, all reduced.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AffineVector
{
    public FieldVector YPlusX;
    public FieldVector YMinusX;
    public FieldVector TD2;
}
