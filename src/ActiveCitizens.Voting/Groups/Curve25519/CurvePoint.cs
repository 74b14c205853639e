using System.Runtime.InteropServices;

namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>A point (X/Z, Y/Z) of -x^2 + y^2 = 1 + d x^2 y^2 with T = XY/Z. Additions are complete: no pair of points is an exception.</summary>
/// <remarks>H. Hisil, K. Wong, G. Carter, E. Dawson, "Twisted Edwards curves revisited", 2008, sections 3.1 and 3.3.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct CurvePoint
{
    public FieldElement X;
    public FieldElement Y;
    public FieldElement Z;
    public FieldElement T;

    public static CurvePoint Identity => new() { X = FieldElement.Zero, Y = FieldElement.One, Z = FieldElement.One, T = FieldElement.Zero };

    public static void Add(out CurvePoint sum, in CurvePoint left, in CachedPoint right)
    {
        FieldElement.Multiply(out var d, left.Z, right.Z2);
        Add(out sum, left, right.YPlusX, right.YMinusX, right.TD2, d);
    }

    public static void Add(out CurvePoint sum, in CurvePoint left, in AffinePoint right)
    {
        FieldElement.Add(out var d, left.Z, left.Z);
        Add(out sum, left, right.YPlusX, right.YMinusX, right.TD2, d);
    }

    public static void Subtract(out CurvePoint difference, in CurvePoint left, in CachedPoint right)
    {
        FieldElement.Multiply(out var d, left.Z, right.Z2);
        FieldElement.Negate(out var t, right.TD2);
        Add(out difference, left, right.YMinusX, right.YPlusX, t, d);
    }

    public static void Subtract(out CurvePoint difference, in CurvePoint left, in AffinePoint right)
    {
        FieldElement.Add(out var d, left.Z, left.Z);
        FieldElement.Negate(out var t, right.TD2);
        Add(out difference, left, right.YMinusX, right.YPlusX, t, d);
    }

    public static void Add(out CurvePoint sum, in CurvePoint left, in CurvePoint right)
    {
        CachedPoint.From(out var cached, right);
        Add(out sum, left, cached);
    }

    public static void Double(out CurvePoint doubled, in CurvePoint point)
    {
        FieldElement.Square(out var a, point.X);
        FieldElement.Square(out var b, point.Y);
        FieldElement.Square(out var c, point.Z);
        FieldElement.Add(out c, c, c);
        FieldElement.Add(out var e, point.X, point.Y);
        FieldElement.Square(out e, e);
        FieldElement.Add(out var h, a, b);
        FieldElement.Subtract(out e, h, e);
        FieldElement.Subtract(out var g, a, b);
        FieldElement.Add(out var f, c, g);
        Complete(out doubled, e, f, g, h);
    }

    public static void Double(out CurvePoint doubled, in CurvePoint point, int times)
    {
        Double(out doubled, point);
        for (var i = 1; i < times; i++)
        {
            Double(out doubled, doubled);
        }
    }

    public static void Negate(out CurvePoint negated, in CurvePoint point)
    {
        negated = point;
        FieldElement.Negate(out negated.X, point.X);
        FieldElement.Negate(out negated.T, point.T);
    }

    public static bool AreEqual(in CurvePoint left, in CurvePoint right)
    {
        FieldElement.Multiply(out var leftX, left.X, right.Z);
        FieldElement.Multiply(out var rightX, right.X, left.Z);
        FieldElement.Multiply(out var leftY, left.Y, right.Z);
        FieldElement.Multiply(out var rightY, right.Y, left.Z);
        return FieldElement.AreEqual(leftX, rightX) & FieldElement.AreEqual(leftY, rightY);
    }

    private static void Add(
        out CurvePoint sum, in CurvePoint left, in FieldElement yPlusX, in FieldElement yMinusX, in FieldElement td2, in FieldElement d)
    {
        FieldElement.Subtract(out var a, left.Y, left.X);
        FieldElement.Multiply(out a, a, yMinusX);
        FieldElement.Add(out var b, left.Y, left.X);
        FieldElement.Multiply(out b, b, yPlusX);
        FieldElement.Multiply(out var c, left.T, td2);
        FieldElement.Subtract(out var e, b, a);
        FieldElement.Subtract(out var f, d, c);
        FieldElement.Add(out var g, d, c);
        FieldElement.Add(out var h, b, a);
        Complete(out sum, e, f, g, h);
    }

    private static void Complete(out CurvePoint point, in FieldElement e, in FieldElement f, in FieldElement g, in FieldElement h)
    {
        FieldElement.Multiply(out point.X, e, f);
        FieldElement.Multiply(out point.Y, g, h);
        FieldElement.Multiply(out point.Z, f, g);
        FieldElement.Multiply(out point.T, e, h);
    }
}

/// <summary>A point prepared to be added: Y+X, Y-X, 2Z and 2dT.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CachedPoint
{
    public FieldElement YPlusX;
    public FieldElement YMinusX;
    public FieldElement Z2;
    public FieldElement TD2;

    public static void From(out CachedPoint cached, in CurvePoint point)
    {
        FieldElement.Add(out cached.YPlusX, point.Y, point.X);
        FieldElement.Subtract(out cached.YMinusX, point.Y, point.X);
        FieldElement.Add(out cached.Z2, point.Z, point.Z);
        FieldElement.Multiply(out cached.TD2, point.T, CurveConstants.TwoD);
    }

    /// <summary>target = value where <paramref name="condition"/> is 1.</summary>
    public static void CopyIf(ulong condition, in CachedPoint value, ref CachedPoint target)
    {
        FieldElement.CopyIf(condition, value.YPlusX, ref target.YPlusX);
        FieldElement.CopyIf(condition, value.YMinusX, ref target.YMinusX);
        FieldElement.CopyIf(condition, value.Z2, ref target.Z2);
        FieldElement.CopyIf(condition, value.TD2, ref target.TD2);
    }

    /// <summary>point = 1/point where <paramref name="condition"/> is 1.</summary>
    public static void NegateIf(ulong condition, ref CachedPoint point)
    {
        var negated = new CachedPoint { YPlusX = point.YMinusX, YMinusX = point.YPlusX, Z2 = point.Z2 };
        FieldElement.Negate(out negated.TD2, point.TD2);
        CopyIf(condition, negated, ref point);
    }
}

/// <summary>A point with Z = 1 prepared to be added: y+x, y-x and 2dxy.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AffinePoint
{
    public FieldElement YPlusX;
    public FieldElement YMinusX;
    public FieldElement TD2;

    /// <summary>Points by their coordinates, with one inversion for all.</summary>
    public static AffinePoint[] From(ReadOnlySpan<CurvePoint> points)
    {
        var inverses = CurveText.InvertZ(points);
        var affine = new AffinePoint[points.Length];
        for (var i = 0; i < points.Length; i++)
        {
            FieldElement.Multiply(out var x, points[i].X, inverses[i]);
            FieldElement.Multiply(out var y, points[i].Y, inverses[i]);
            FieldElement.Add(out affine[i].YPlusX, y, x);
            FieldElement.Subtract(out affine[i].YMinusX, y, x);
            FieldElement.Multiply(out x, x, y);
            FieldElement.Multiply(out affine[i].TD2, x, CurveConstants.TwoD);
        }

        return affine;
    }

    /// <summary>target = value where <paramref name="condition"/> is 1.</summary>
    public static void CopyIf(ulong condition, in AffinePoint value, ref AffinePoint target)
    {
        FieldElement.CopyIf(condition, value.YPlusX, ref target.YPlusX);
        FieldElement.CopyIf(condition, value.YMinusX, ref target.YMinusX);
        FieldElement.CopyIf(condition, value.TD2, ref target.TD2);
    }

    /// <summary>point = 1/point where <paramref name="condition"/> is 1.</summary>
    public static void NegateIf(ulong condition, ref AffinePoint point)
    {
        var negated = new AffinePoint { YPlusX = point.YMinusX, YMinusX = point.YPlusX };
        FieldElement.Negate(out negated.TD2, point.TD2);
        CopyIf(condition, negated, ref point);
    }
}
