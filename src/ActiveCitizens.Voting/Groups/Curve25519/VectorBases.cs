namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>As <see cref="CurveBase"/>, with doublings as <see cref="Lanes"/> reads them; made by <see cref="VectorPreparation"/> at the latest for the first power.</summary>
internal sealed class VectorBase(CurveElement element, double[]? doublings) : PublicBase
{
    public const int Window = CurveBase.Window;

    /// <summary>Doublings of an element: digits of an exponent.</summary>
    public static readonly int DoublingCount = SignedDigits.Count(Window);

    public override CurveElement Element => element;

    /// <summary>2^(4 i) times the point, prepared to be added; null until somebody has needed them.</summary>
    public double[]? Doublings { get; set; } = doublings;

    /// <summary>Room for the doublings of one element.</summary>
    public static double[] NewDoublings() => GC.AllocateUninitializedArray<double>(DoublingCount * Lanes.PointSize);
}

/// <summary>As <see cref="FixedCurveBase"/>, with a multiple for digit 0 too: lanes cannot leave out an addition.</summary>
internal sealed class VectorFixedBase : PublicBase
{
    public const int Window = FixedCurveBase.Window;
    private const int RowLength = (1 << (Window - 1)) + 1;

    public VectorFixedBase(CurveElement element)
    {
        Element = element;
        var multiples = CurveTables.Rows(element.Point, Window, SignedDigits.Count(Window));
        Table = GC.AllocateArray<double>((SignedDigits.Count(Window) * RowLength * Lanes.AffineSize) + Lanes.Alignment, pinned: true);
        Start = Lanes.AlignedStart(Table);
        for (var row = 0; row < SignedDigits.Count(Window); row++)
        {
            Write(new AffinePoint { YPlusX = FieldElement.One, YMinusX = FieldElement.One }, Table.AsSpan(Start + Offset(row, 0)));
            for (var digit = 1; digit < RowLength; digit++)
            {
                Write(multiples[(row * (RowLength - 1)) + digit - 1], Table.AsSpan(Start + Offset(row, digit)));
            }
        }
    }

    public override CurveElement Element { get; }

    public double[] Table { get; }

    /// <summary>Where the first multiple begins: each then takes two cache lines and no third.</summary>
    public int Start { get; }

    /// <summary>Where the multiple for a digit from 0 to 128 at a position begins, from <see cref="Start"/>.</summary>
    public static int Offset(int position, int digit) => ((position * RowLength) + digit) * Lanes.AffineSize;

    private static void Write(in AffinePoint point, Span<double> entry)
    {
        Write(point.YPlusX, entry);
        Write(point.YMinusX, entry[FieldVector.LimbCount..]);
        Write(point.TD2, entry[(2 * FieldVector.LimbCount)..]);
    }

    /// <summary>Limbs near zero, as vectors want them.</summary>
    private static void Write(in FieldElement value, Span<double> limbs)
    {
        Span<ulong> reduced = stackalloc ulong[4];
        FieldElement.ToLimbs(value, reduced);
        var element = FieldElement.FromLimbs(reduced);
        ReadOnlySpan<ulong> unsigned = [element.L0, element.L1, element.L2, element.L3, element.L4];
        var carry = 0L;
        for (var i = 0; i < unsigned.Length; i++)
        {
            var limb = (long)unsigned[i] + carry;
            carry = limb >> 50;
            carry = (carry + 1) >> 1;
            limbs[i] = limb - (carry << 51);
        }

        limbs[0] += 19 * carry;
    }
}
