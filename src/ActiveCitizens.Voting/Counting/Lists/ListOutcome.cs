namespace ActiveCitizens.Voting.Counting.Lists;

/// <summary>How a count of lists ended.</summary>
public enum ListStop
{
    /// <summary>Every seat is filled, or no list can fill another.</summary>
    Complete,

    /// <summary>A tie that the rule does not resolve: the last of <see cref="ListOutcome.Ties"/>.</summary>
    OpenTie,

    /// <summary>No list has the absolute majority that its bonus needs: nobody is elected.</summary>
    SecondRoundNeeded,
}

/// <summary>Result of an election by lists. Lists are named by their index.</summary>
public sealed record ListOutcome
{
    public required ListRule Rule { get; init; }

    /// <summary>Votes of all lists together.</summary>
    public required long Votes { get; init; }

    /// <summary>Lists that reach the threshold with at least one vote, in the order of input.</summary>
    public required IReadOnlyList<int> Admitted { get; init; }

    /// <summary>Seats of each list.</summary>
    public required IReadOnlyList<int> Seats { get; init; }

    /// <summary>Who took the bonus; null without one.</summary>
    public BonusAward? Bonus { get; init; }

    /// <summary>Highest averages: one step per seat divided. Empty for the other methods.</summary>
    public IReadOnlyList<AverageStep> Averages { get; init; } = [];

    /// <summary>Largest remainder: the quota and what each list has beyond; null for the other methods and when nothing was left to divide.</summary>
    public RemainderStep? Remainders { get; init; }

    /// <summary>Every tie that mattered, in the order met; a tie of the bonus is in <see cref="Bonus"/> as well.</summary>
    public required IReadOnlyList<Tie> Ties { get; init; }

    public required ListStop Stop { get; init; }

    /// <summary>Seats that nobody took.</summary>
    public int Vacant => Rule.Seats - Seats.Sum();

    /// <summary>The elected of a list: as many of its candidates as it has seats, in its order. Empty when its candidates were not given.</summary>
    public IEnumerable<Candidate> Elected(int list, IReadOnlyList<PartyList> lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        return lists[list].Candidates.Take(Seats[list]);
    }
}

/// <summary>Seats of the leading list.</summary>
/// <param name="List">The leading list; null when an open tie leaves it unknown.</param>
/// <param name="Seats">How many seats the bonus is.</param>
/// <param name="Tie">The tie for the lead, or null.</param>
public sealed record BonusAward(int? List, int Seats, Tie? Tie);

/// <summary>One seat given to the highest average.</summary>
/// <param name="Averages">For each list, its votes over its next divisor; null for a list that takes no (further) seat.</param>
/// <param name="List">Who took the seat; null when an open tie leaves it unknown.</param>
/// <param name="Tie">Lists with the same highest average, when fewer seats than such lists were left; a tie for several seats is shown with each of them.</param>
public sealed record AverageStep(IReadOnlyList<Fraction?> Averages, int? List, Tie? Tie);

/// <summary>Seats for whole quotas, then for the largest remainders.</summary>
/// <param name="Quota">Votes that are worth a seat.</param>
/// <param name="WholeSeats">For each list, seats for whole quotas.</param>
/// <param name="Remainders">For each list, votes beyond its whole quotas; null for a list that is not admitted.</param>
/// <param name="RemainderSeats">For each list, seats for its remainder.</param>
/// <param name="Tie">The tie for the last of these seats, or null.</param>
public sealed record RemainderStep(
    Fraction Quota, IReadOnlyList<int> WholeSeats, IReadOnlyList<Fraction?> Remainders, IReadOnlyList<int> RemainderSeats, Tie? Tie);
