using System.Diagnostics.CodeAnalysis;

namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>An element of <see cref="Ed25519Group"/>.</summary>
internal sealed class CurveElement(CurvePoint point) : Element
{
    private readonly CurvePoint _point = point;

    public ref readonly CurvePoint Point => ref _point;

    public override bool Equals([NotNullWhen(true)] Element? other) => other is CurveElement element && CurvePoint.AreEqual(_point, element._point);

    public override int GetHashCode()
    {
        var z = CurveText.Write([_point]);
        return HashCode.Combine(z[0], z[1], z[2], z[3]);
    }
}

/// <summary>An element with its doublings, made once: at decoding, whose membership test needs them, or at the first power.</summary>
internal sealed class CurveBase(CurveElement element, CachedPoint[]? doublings) : PublicBase
{
    /// <summary>Bits of a digit.</summary>
    public const int Window = 4;

    private CachedPoint[]? _doublings = doublings;

    public override CurveElement Element => element;

    /// <summary>2^(4 i) times the point.</summary>
    public CachedPoint[] Doublings => _doublings ??= CurveTables.Doublings(element.Point, Window, SignedDigits.Count(Window));
}

/// <summary>An element with 128 multiples at each of 32 positions: half a megabyte.</summary>
internal sealed class FixedCurveBase(CurveElement element) : PublicBase
{
    /// <summary>Bits of a digit.</summary>
    public const int Window = 8;

    private readonly AffinePoint[] _rows = CurveTables.Rows(element.Point, Window, SignedDigits.Count(Window));

    public override CurveElement Element => element;

    /// <summary>The multiple for a digit from 1 to 128 at a position.</summary>
    public ref readonly AffinePoint Multiple(int position, int digit) => ref _rows[(position << (Window - 1)) + digit - 1];
}
