using CsCheck;

namespace ActiveCitizens.Voting.Tests.Counting;

/// <summary>Random lists of ballots: small, with many ties, blanks and numbers that mean nothing.</summary>
internal static class RankedVotes
{
    public sealed record Vote(int Candidates, int[][] Ballots)
    {
        /// <summary>The same vote with candidate i called renamed[i].</summary>
        public Vote Renamed(int[] renamed) => new(Candidates, [.. Ballots.Select(ballot =>
        {
            var moved = new int[ballot.Length];
            for (var i = 0; i < ballot.Length; i++)
            {
                moved[renamed[i]] = ballot[i];
            }

            return moved;
        })]);

        public override string ToString() => $"[{string.Join(',', Ballots.Select(b => $"[{string.Join(',', b)}]"))}]";
    }

    /// <summary>Any numbers from 0 to a little more than there are candidates.</summary>
    public static Gen<Vote> Any { get; } =
        from candidates in Gen.Int[1, 6]
        from ballots in Gen.Int[0, candidates + 1].Array[candidates].Array[0, 14]
        select new Vote(candidates, ballots);

    /// <summary>Mostly valid rankings of some of the candidates, as STV wants them.</summary>
    public static Gen<Vote> Rankings { get; } =
        from candidates in Gen.Int[1, 6]
        from ballots in Ranking(candidates).Array[0, 16]
        select new Vote(candidates, ballots);

    public static Gen<(Vote Vote, int[] Names)> WithNames(Gen<Vote> votes) =>
        from vote in votes
        from names in Gen.Shuffle(Enumerable.Range(0, vote.Candidates).ToArray())
        select (vote, names);

    private static Gen<int[]> Ranking(int candidates) =>
        from order in Gen.Shuffle(Enumerable.Range(0, candidates).ToArray())
        from length in Gen.Int[0, candidates]
        from spoilt in Gen.Int[0, 15]
        select Spoil(order, length, spoilt);

    private static int[] Spoil(int[] order, int length, int spoilt)
    {
        var ballot = new int[order.Length];
        for (var rank = 0; rank < length; rank++)
        {
            ballot[order[rank]] = rank + 1;
        }

        ballot[0] += spoilt == 0 ? 1 : 0;
        return ballot;
    }
}
