namespace ActiveCitizens.Voting.Counting;

/// <summary>Who can be elected. Counts name candidates by their index, from 0, in the order they are given.</summary>
/// <param name="Id">Distinct within one election; what a lot is drawn on.</param>
/// <param name="Born">Date of birth, for ties that the older candidate wins; null when unknown.</param>
public sealed record Candidate(string Id, DateOnly? Born = null)
{
    /// <summary>Candidates that are named by their index alone: "0", "1", …</summary>
    public static IReadOnlyList<Candidate> Numbered(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new Candidate(i.ToString(System.Globalization.CultureInfo.InvariantCulture)))];
}
