namespace ActiveCitizens.Voting.Counting;

/// <summary>Individual plurality: each elector chooses up to so many of the candidates, and the seats go to the candidates with most votes.</summary>
public static class Plurality
{
    /// <summary>Adds up ballots of 0 and 1, one number per candidate.</summary>
    /// <param name="ballots">n ballots of the same length as there are candidates, in any order.</param>
    /// <param name="candidates">How many candidates stand.</param>
    /// <param name="min">Least number of choices on a ballot that is not blank.</param>
    /// <param name="max">Greatest number of choices on a ballot.</param>
    /// <param name="blankAllowed">Whether a ballot without any choice is blank instead of being held against <paramref name="min"/>.</param>
    /// <returns>Ballots with another number than 0 and 1, or with too few or too many choices, are <see cref="PluralityTally.Invalid"/> and count for nobody.</returns>
    /// <exception cref="ArgumentException">A ballot has another length than <paramref name="candidates"/>.</exception>
    /// <remarks>O(n·m).</remarks>
    public static PluralityTally Tally(IEnumerable<IReadOnlyList<int>> ballots, int candidates, int min, int max, bool blankAllowed)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        var votes = new long[candidates];
        var (valid, blank) = (0L, 0L);
        var invalid = new List<IReadOnlyList<int>>();
        foreach (var ballot in ballots)
        {
            RankedBallots.RequireLength(ballot, candidates);
            var choices = ballot.Count(v => v == 1);
            if (ballot.Any(v => v is not (0 or 1)) || choices > max || (choices < min && !(blankAllowed && choices == 0)))
            {
                invalid.Add(ballot);
                continue;
            }

            if (blankAllowed && choices == 0)
            {
                blank++;
                continue;
            }

            valid++;
            for (var i = 0; i < candidates; i++)
            {
                votes[i] += ballot[i];
            }
        }

        return new(votes, valid, blank, invalid);
    }

    /// <summary>Gives the seats to the candidates with most votes. A candidate without any vote takes no seat.</summary>
    /// <param name="votes">Votes of each candidate, 0 or more: for a homomorphic question, the result without its first number when it allows blank votes.</param>
    /// <param name="candidates">As many as <paramref name="votes"/>, ids distinct.</param>
    /// <param name="seats">At least 1.</param>
    /// <param name="ties">What resolves a tie for the last seats.</param>
    /// <exception cref="ArgumentException">The sizes differ, ids repeat, a number is negative or there is no seat.</exception>
    /// <remarks>O(m log m) for m candidates.</remarks>
    public static PluralityOutcome Count(IReadOnlyList<long> votes, IReadOnlyList<Candidate> candidates, int seats, TieRule ties)
    {
        ArgumentNullException.ThrowIfNull(votes);
        ArgumentNullException.ThrowIfNull(candidates);
        if (votes.Count != candidates.Count || votes.Any(v => v < 0))
        {
            throw new ArgumentException($"{votes.Count} numbers of votes for {candidates.Count} candidates; one number, 0 or more, is needed for each.", nameof(votes));
        }

        List<IReadOnlyList<int>> ranking = [.. Enumerable.Range(0, votes.Count).GroupBy(i => votes[i]).OrderByDescending(g => g.Key).Select(g => (IReadOnlyList<int>)[.. g])];
        return new([.. votes], ranking, SeatAllocation.Fill(ranking.Where(g => votes[g[0]] > 0), candidates, seats, ties));
    }
}

/// <summary>Ballots of a plurality vote, added up.</summary>
/// <param name="Votes">Votes of each candidate.</param>
/// <param name="Valid">Ballots that count, blank ones left out.</param>
/// <param name="Blank">Ballots without a choice, when that is allowed.</param>
/// <param name="Invalid">Ballots that count for nobody.</param>
public sealed record PluralityTally(IReadOnlyList<long> Votes, long Valid, long Blank, IReadOnlyList<IReadOnlyList<int>> Invalid);

/// <summary>Result of a plurality vote.</summary>
/// <param name="Votes">Votes of each candidate.</param>
/// <param name="Ranking">Groups of candidates with equally many votes, most votes first, indices ascending inside a group.</param>
/// <param name="Seats">Who is elected, and the tie for the last seats if any.</param>
public sealed record PluralityOutcome(IReadOnlyList<long> Votes, IReadOnlyList<IReadOnlyList<int>> Ranking, SeatAllocation Seats);
