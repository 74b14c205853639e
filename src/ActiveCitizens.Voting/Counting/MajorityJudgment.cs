namespace ActiveCitizens.Voting.Counting;

/// <summary>Majority Judgment: each elector grades every candidate, and the best middle grade wins.</summary>
/// <remarks>Source: M. Balinski, R. Laraki, "Majority Judgment", MIT Press 2010; PROTOCOL.md section 14.</remarks>
public static class MajorityJudgment
{
    /// <summary>Ranks the candidates.</summary>
    /// <param name="ballots">n ballots, each a grade per candidate, 1 best to <paramref name="grades"/> worst; in any order.</param>
    /// <param name="candidates">How many candidates stand: the length of every ballot.</param>
    /// <param name="grades">How many grades there are, at least 1.</param>
    /// <param name="blankAllowed">Whether a ballot of zeros is blank; otherwise it is invalid like any with a number that is no grade.</param>
    /// <exception cref="ArgumentException">A ballot has another length, or there is no grade.</exception>
    /// <remarks>O(n·m log m) for m candidates. Equal candidates stay in one group: they got each grade equally often.</remarks>
    public static MajorityJudgmentOutcome Count(IEnumerable<IReadOnlyList<int>> ballots, int candidates, int grades, bool blankAllowed)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        ArgumentOutOfRangeException.ThrowIfLessThan(grades, 1);
        var raw = new long[candidates][];
        for (var i = 0; i < candidates; i++)
        {
            raw[i] = new long[grades];
        }

        var (valid, blank) = (0L, 0L);
        var invalid = new List<IReadOnlyList<int>>();
        foreach (var ballot in ballots)
        {
            RankedBallots.RequireLength(ballot, candidates);
            if (blankAllowed && RankedBallots.IsAllZero(ballot))
            {
                blank++;
            }
            else if (ballot.Any(v => v < 1 || v > grades))
            {
                invalid.Add(ballot);
            }
            else
            {
                valid++;
                for (var i = 0; i < candidates; i++)
                {
                    raw[i][ballot[i] - 1]++;
                }
            }
        }

        var sequences = raw.Select(MiddleGrades).ToArray();
        List<int> order = [.. Enumerable.Range(0, candidates)];
        order.Sort((a, b) => sequences[a].AsSpan().SequenceCompareTo(sequences[b]) is var c && c != 0 ? c : a.CompareTo(b));
        var (ranking, separations) = Group(order, sequences);
        return new()
        {
            Raw = raw,
            Valid = valid,
            Blank = blankAllowed ? blank : null,
            Invalid = invalid,
            Ranking = ranking,
            Separations = separations,
            Standings = [.. Enumerable.Range(0, candidates).Select(i => StandingOf(raw[i], sequences[i]))],
        };
    }

    /// <summary>The grades in the order in which removing the middle one again and again takes them out.</summary>
    /// <remarks>Of n sorted grades the middle one stands at floor((n+1)/2)-1; once it is out, the next ones stand alternately on either side: below while an even number is left, above while an odd one is.</remarks>
    internal static int[] MiddleGrades(IReadOnlyList<long> counts)
    {
        var sorted = counts.SelectMany((count, grade) => Enumerable.Repeat(grade + 1, checked((int)count))).ToArray();
        var sequence = new int[sorted.Length];
        var (below, above) = ((sorted.Length / 2) - 1, sorted.Length / 2);
        for (var i = 0; i < sequence.Length; i++)
        {
            sequence[i] = (sorted.Length - i) % 2 == 0 ? sorted[below--] : sorted[above++];
        }

        return sequence;
    }

    private static (List<IReadOnlyList<int>> Ranking, List<GradeSeparation> Separations) Group(List<int> order, int[][] sequences)
    {
        var ranking = new List<IReadOnlyList<int>>();
        var separations = new List<GradeSeparation>();
        foreach (var candidate in order)
        {
            if (ranking is [.., List<int> last])
            {
                var (better, worse) = (sequences[last[0]], sequences[candidate]);
                var equal = better.AsSpan().CommonPrefixLength(worse);
                if (equal == better.Length)
                {
                    last.Add(candidate);
                    continue;
                }

                separations.Add(new(equal, better[equal], worse[equal]));
            }

            ranking.Add(new List<int> { candidate });
        }

        return (ranking, separations);
    }

    private static GradeStanding? StandingOf(long[] counts, int[] sequence) =>
        sequence is [var middle, ..] ? new(middle, counts.Take(middle - 1).Sum(), counts.Skip(middle).Sum()) : null;
}

/// <summary>Result of a Majority Judgment.</summary>
public sealed record MajorityJudgmentOutcome
{
    /// <summary>For each candidate, how often each grade was given, best grade first.</summary>
    public required IReadOnlyList<IReadOnlyList<long>> Raw { get; init; }

    public required long Valid { get; init; }

    /// <summary>Blank ballots; null when they are not allowed.</summary>
    public required long? Blank { get; init; }

    public required IReadOnlyList<IReadOnlyList<int>> Invalid { get; init; }

    /// <summary>Groups of equal candidates from best to worst, indices ascending inside a group.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Ranking { get; init; }

    /// <summary>Why each group stands before the next: one entry fewer than groups.</summary>
    public required IReadOnlyList<GradeSeparation> Separations { get; init; }

    /// <summary>For each candidate, what a chart shows; null when no ballot is valid.</summary>
    public required IReadOnlyList<GradeStanding?> Standings { get; init; }
}

/// <summary>A candidate's majority grade, with the ballots that gave a better and a worse one.</summary>
public sealed record GradeStanding(int MajorityGrade, long Better, long Worse);

/// <summary>After so many equal middle grades were taken out, the next ones differ.</summary>
public sealed record GradeSeparation(int EqualMiddleGrades, int BetterGrade, int WorseGrade);
