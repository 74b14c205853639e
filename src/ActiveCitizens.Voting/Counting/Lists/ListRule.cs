using System.Numerics;

namespace ActiveCitizens.Voting.Counting.Lists;

/// <summary>How seats are divided in proportion to votes.</summary>
public enum ListMethod
{
    /// <summary>Highest averages with divisors 1, 2, 3…: d'Hondt, Jefferson, "plus forte moyenne".</summary>
    DHondt,

    /// <summary>Highest averages with divisors 1, 3, 5…: Sainte-Laguë, Webster.</summary>
    SainteLague,

    /// <summary>Largest remainder with the quota votes/seats, an exact fraction: Hare, Hamilton, "plus fort reste".</summary>
    LargestRemainderHare,

    /// <summary>Largest remainder with the quota floor(votes/(seats+1))+1: Droop.</summary>
    LargestRemainderDroop,
}

/// <summary>Everything that decides who takes the seats of an election by lists.</summary>
/// <param name="Method">How seats are divided.</param>
/// <param name="Seats">At least 1.</param>
public sealed record ListRule(ListMethod Method, int Seats)
{
    /// <summary>Share of all votes below which a list takes no seat, 0 to 1: a list with exactly this share is admitted.</summary>
    public Fraction Threshold { get; init; }

    /// <summary>Seats for the leading list before the others are divided; null for none.</summary>
    public MajorityBonus? Bonus { get; init; }

    /// <summary>Between lists equal for the last seats.</summary>
    public TieRule Ties { get; init; } = TieRule.Unresolved;

    /// <summary>The rule of French municipal elections (Code électoral, article L. 262) as a value.</summary>
    /// <param name="seats">Members of the council, at least 1. The bonus is half of them, rounded up above four seats and down below.</param>
    /// <param name="firstRound">Whether the bonus needs more than half of the votes; otherwise the leading list has it.</param>
    /// <remarks>
    /// Lists under 5 % take part in nothing. The rest is divided by the highest average, bonus seats not counted. A last seat goes to the list with
    /// more votes, then to the older of the next candidates; an equal lead to the list whose candidates are older on average.
    /// </remarks>
    public static ListRule FrenchMunicipal(int seats, bool firstRound) => new(ListMethod.DHondt, seats)
    {
        Threshold = Fraction.Of(5, 100),
        Bonus = new(Fraction.Of(1, 2)) { RoundsUp = seats > 4, NeedsAbsoluteMajority = firstRound, Ties = TieRule.Older },
        Ties = new([new TieCriterion.MoreVotes(), new TieCriterion.Older()]),
    };
}

/// <summary>Seats that the leading list takes first.</summary>
/// <param name="Share">Part of all seats, above 0 and at most 1.</param>
public sealed record MajorityBonus(Fraction Share)
{
    /// <summary>Whether half a seat counts as one.</summary>
    public bool RoundsUp { get; init; } = true;

    /// <summary>Whether the leading list needs more than half of the votes. When no list has them, nobody is elected and a second round is needed.</summary>
    public bool NeedsAbsoluteMajority { get; init; }

    /// <summary>Between lists that lead with equally many votes.</summary>
    public TieRule Ties { get; init; } = TieRule.Unresolved;

    internal int SeatsOf(int seats)
    {
        var exact = Fraction.Multiply(Share, Fraction.Of(new BigInteger(seats)));
        return (int)(RoundsUp ? exact.Ceiling() : exact.Floor());
    }
}
