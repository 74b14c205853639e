namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>Multiples of points computed in advance.</summary>
internal static class CurveTables
{
    /// <summary>1, 2, … <paramref name="count"/> times the point (powers, in the language of the group).</summary>
    public static CachedPoint[] Multiples(in CurvePoint point, int count)
    {
        var multiples = new CachedPoint[count];
        CachedPoint.From(out multiples[0], point);
        var multiple = point;
        for (var i = 1; i < count; i++)
        {
            CurvePoint.Add(out multiple, multiple, multiples[0]);
            CachedPoint.From(out multiples[i], multiple);
        }

        return multiples;
    }

    /// <summary>2^(window i) times the point, i = 0 … count - 1: all the doublings of its multiples.</summary>
    public static CachedPoint[] Doublings(in CurvePoint point, int window, int count)
    {
        var doublings = new CachedPoint[count];
        var doubled = point;
        CachedPoint.From(out doublings[0], point);
        for (var i = 1; i < count; i++)
        {
            CurvePoint.Double(out doubled, doubled, window);
            CachedPoint.From(out doublings[i], doubled);
        }

        return doublings;
    }

    /// <summary>d 2^(window i) times the point for d = 1 … 2^(window-1), row after row, for i = 0 … rows - 1.</summary>
    public static AffinePoint[] Rows(in CurvePoint point, int window, int rows)
    {
        var size = 1 << (window - 1);
        var multiples = new CurvePoint[rows * size];
        var first = point;
        for (var row = 0; row < rows; row++)
        {
            CachedPoint.From(out var cached, first);
            multiples[row * size] = first;
            for (var i = 1; i < size; i++)
            {
                CurvePoint.Add(out multiples[(row * size) + i], multiples[(row * size) + i - 1], cached);
            }

            CurvePoint.Double(out first, multiples[(row * size) + size - 1]);
        }

        return AffinePoint.From(multiples);
    }
}
