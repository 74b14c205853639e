namespace ActiveCitizens.Voting.Counting;

/// <summary>What the methods on lists of integers share: PROTOCOL.md sections 8.2 and 14.</summary>
internal static class RankedBallots
{
    /// <exception cref="ArgumentException">The ballot has another length.</exception>
    public static void RequireLength(IReadOnlyList<int> ballot, int candidates)
    {
        if (ballot.Count != candidates)
        {
            throw new ArgumentException($"A ballot holds {ballot.Count} numbers, but there are {candidates} candidates.", nameof(ballot));
        }
    }

    public static bool IsAllZero(IReadOnlyList<int> ballot)
    {
        for (var i = 0; i < ballot.Count; i++)
        {
            if (ballot[i] != 0)
            {
                return false;
            }
        }

        return true;
    }
}
