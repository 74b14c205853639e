using ActiveCitizens.Voting.Counting;

namespace ActiveCitizens.Voting.Tests.Counting;

/// <summary>Worked examples that others published.</summary>
public sealed class PublishedCountsTests
{
    [Fact] // M. Schulze's example of 45 voters, as told in the English Wikipedia article "Schulze method": E > A > C > B > D.
    public void Schulze_with_five_candidates_and_no_Condorcet_winner()
    {
        int[][] ballots =
        [
            .. Ranked(5, "ACBED"), .. Ranked(5, "ADECB"), .. Ranked(8, "BEDAC"), .. Ranked(3, "CABED"), .. Ranked(7, "CAEBD"), .. Ranked(2, "CBADE"), .. Ranked(7, "DCEBA"), .. Ranked(8, "EBADC"),
        ];
        var outcome = Schulze.Count(ballots, 5, blankAllowed: false);
        Assert.Null(outcome.CondorcetWinner);
        Assert.Equal("EACBD", string.Concat(outcome.Ranking.Select(g => "ABCDE"[Assert.Single(g)])));
        Assert.Equal(20, outcome.Raw[0][1]);
        Assert.Equal(28, outcome.BeatPaths[0][1].Won);
        Assert.Equal("ADCB", string.Concat(outcome.StrongestPath(0, 1).Select(i => "ABCDE"[i])));
    }

    [Fact] // M. Balinski, R. Laraki, "Election by Majority Judgement: Experimental Evidence", 2007: Orsay, 22 April 2007. Thousandths of 1,733 ballots, no answer counted as the worst grade.
    public void Majority_Judgment_in_Orsay()
    {
        int[] bayrou = [136, 307, 251, 148, 84, 45, 29], royal = [167, 227, 191, 168, 122, 108, 17], sarkozy = [191, 198, 143, 115, 71, 265, 17];
        var columns = new[] { sarkozy, royal, bayrou }.Select(counts => counts.SelectMany((count, grade) => Enumerable.Repeat(grade + 1, count)).ToArray()).ToArray();
        var outcome = MajorityJudgment.Count(Enumerable.Range(0, 1000).Select(i => new[] { columns[0][i], columns[1][i], columns[2][i] }), 3, 7, blankAllowed: false);
        Assert.Equal([2, 1, 0], outcome.Ranking.Select(g => Assert.Single(g)));
        Assert.Equal(new GradeStanding(3, 443, 306), outcome.Standings[2]);
        Assert.All(outcome.Standings, s => Assert.Equal(3, s!.MajorityGrade));
    }

    private static IEnumerable<int[]> Ranked(int count, string preferences) =>
        Enumerable.Repeat("ABCDE".Select(c => preferences.IndexOf(c, StringComparison.Ordinal) + 1).ToArray(), count);
}
