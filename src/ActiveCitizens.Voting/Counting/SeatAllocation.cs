namespace ActiveCitizens.Voting.Counting;

/// <summary>Who takes the seats.</summary>
/// <param name="Seats">Seats to fill.</param>
/// <param name="Elected">Indices of candidates, in the order they were elected; fewer than <paramref name="Seats"/> when a tie is open or too few can be elected.</param>
/// <param name="Ties">Every tie that mattered; only the last one can be open.</param>
public sealed record SeatAllocation(int Seats, IReadOnlyList<int> Elected, IReadOnlyList<Tie> Ties)
{
    /// <summary>The tie at which the count stopped, or null.</summary>
    public Tie? Open => Ties is [.., { Chosen: null } last] ? last : null;

    /// <summary>Seats go to the best groups of equals; a group that does not fit as a whole is a tie. O(m log m) for m candidates.</summary>
    /// <param name="ranking">Groups of candidates' indices, from best to worst.</param>
    /// <param name="candidates">All candidates; ids distinct.</param>
    /// <param name="seats">At least 1.</param>
    /// <param name="ties">What resolves a tie for the last seats.</param>
    /// <exception cref="ArgumentException">Ids repeat, an index has no candidate, or there is no seat.</exception>
    public static SeatAllocation Fill(IEnumerable<IReadOnlyList<int>> ranking, IReadOnlyList<Candidate> candidates, int seats, TieRule ties)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(ties);
        ArgumentOutOfRangeException.ThrowIfLessThan(seats, 1);
        TieBreaker.RequireDistinct(candidates.Select(c => c.Id), nameof(candidates));
        var elected = new List<int>();
        foreach (var group in ranking)
        {
            var left = seats - elected.Count;
            if (left == 0)
            {
                break;
            }

            if (group.Count <= left)
            {
                elected.AddRange(group.Order());
                continue;
            }

            var tie = TieBreaker.Resolve(ties, group.Select(i => new Contender(i, candidates[i].Id) { BirthDay = TieBreaker.BirthDay(candidates[i]) }), left);
            return new(seats, [.. elected, .. tie.Chosen ?? []], [tie]);
        }

        return new(seats, elected, []);
    }
}
