namespace ActiveCitizens.Web.Features.Elections;

/// <summary>What a list lacks to keep the parity rule.</summary>
public enum ParityFault
{
    /// <summary>Of somebody on the list it is not known whether she or he counts as a woman or a man.</summary>
    SexMissing,
    NotBalanced,
    NotAlternating,
}

public static class Parity
{
    /// <param name="inOrder">Those who stand on one list, by rank.</param>
    /// <returns>Null when the list keeps the rule.</returns>
    public static ParityFault? FaultOf(ParityRule rule, IReadOnlyList<Sex?> inOrder)
    {
        if (rule == ParityRule.None)
        {
            return null;
        }

        if (inOrder.Contains(null))
        {
            return ParityFault.SexMissing;
        }

        if (rule == ParityRule.Alternating)
        {
            return inOrder.Zip(inOrder.Skip(1)).Any(pair => pair.First == pair.Second) ? ParityFault.NotAlternating : null;
        }

        return Math.Abs(inOrder.Count(sex => sex == Sex.Female) - inOrder.Count(sex => sex == Sex.Male)) > 1 ? ParityFault.NotBalanced : null;
    }
}
