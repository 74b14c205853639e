namespace ActiveCitizens.Voting.Counting.Lists;

/// <summary>A list that electors vote for as a whole.</summary>
/// <param name="Id">Distinct within one election; what a lot is drawn on.</param>
/// <param name="Votes">0 or more.</param>
public sealed record PartyList(string Id, long Votes)
{
    /// <summary>Candidates in the order in which they take the list's seats. Empty: not given, and as many as there are seats.</summary>
    public IReadOnlyList<Candidate> Candidates { get; init; } = [];

    /// <summary>How many seats the list can fill.</summary>
    internal int Capacity => Candidates.Count == 0 ? int.MaxValue : Candidates.Count;
}
