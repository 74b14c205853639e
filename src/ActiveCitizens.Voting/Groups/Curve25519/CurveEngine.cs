namespace ActiveCitizens.Voting.Groups.Curve25519;

/// <summary>How verification computes on public points: bases in a form of the engine's own, many operations in one call. Variable time.</summary>
internal abstract class CurveEngine
{
    public abstract PublicBase Prepare(CurveElement element);

    public abstract PublicBase PrepareFixed(CurveElement element);

    /// <param name="zs">Four limbs for each element.</param>
    /// <param name="decoded">As many; an entry that is left null stands for no element.</param>
    public abstract void Decode(ReadOnlySpan<ulong> zs, Span<PublicBase?> decoded);

    public abstract Element[] ProductsOfPowers(ReadOnlySpan<(PublicBase Base, Scalar Exponent)[]> products);
}
