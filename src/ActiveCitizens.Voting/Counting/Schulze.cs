using System.Runtime.InteropServices;

namespace ActiveCitizens.Voting.Counting;

/// <summary>The Schulze method: candidates are compared two by two, along the strongest chains of victories.</summary>
/// <remarks>Source: M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election method",
/// Social Choice and Welfare 36 (2011), with winning votes; PROTOCOL.md section 14.</remarks>
public static class Schulze
{
    /// <summary>Ranks the candidates.</summary>
    /// <param name="ballots">n ballots, each a rank per candidate: smaller is better, equal ranks tie, 0 is not ranked and below all that are; in any order.</param>
    /// <param name="candidates">How many candidates stand: the length of every ballot.</param>
    /// <param name="blankAllowed">Whether a ballot of zeros is set aside as blank; otherwise it counts as valid and prefers nobody.</param>
    /// <exception cref="ArgumentException">A ballot has another length.</exception>
    /// <remarks>O(n·m² + m³) for m candidates. Candidates that beat none of each other stay in one group.</remarks>
    public static SchulzeOutcome Count(IEnumerable<IReadOnlyList<int>> ballots, int candidates, bool blankAllowed)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        var raw = Square<long>(candidates);
        var (valid, blank) = (0L, 0L);
        foreach (var ballot in ballots)
        {
            RankedBallots.RequireLength(ballot, candidates);
            if (blankAllowed && RankedBallots.IsAllZero(ballot))
            {
                blank++;
                continue;
            }

            valid++;
            AddPreferences(raw, ballot);
        }

        var victories = Victories(raw);
        var paths = StrongestPaths(victories);
        return new(raw, valid, blankAllowed ? blank : null, paths, Rank(paths)) { Victories = victories };
    }

    private static void AddPreferences(long[][] raw, IReadOnlyList<int> ballot)
    {
        for (var i = 0; i < raw.Length; i++)
        {
            // Unranked candidates are never preferred, and every ranked one is preferred to them.
            var rank = ballot[i];
            if (rank == 0)
            {
                continue;
            }

            for (var j = 0; j < raw.Length; j++)
            {
                if (ballot[j] == 0 || rank < ballot[j])
                {
                    raw[i][j]++;
                }
            }
        }
    }

    private static Strength[][] Victories(long[][] raw)
    {
        var victories = Square<Strength>(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            for (var j = 0; j < raw.Length; j++)
            {
                victories[i][j] = raw[i][j] > raw[j][i] ? new(raw[i][j], raw[j][i]) : default;
            }
        }

        return victories;
    }

    private static Strength[][] StrongestPaths(Strength[][] victories)
    {
        Strength[][] paths = [.. victories.Select(row => row.ToArray())];
        for (var k = 0; k < paths.Length; k++)
        {
            for (var i = 0; i < paths.Length; i++)
            {
                for (var j = 0; j < paths.Length; j++)
                {
                    var through = paths[i][k] < paths[k][j] ? paths[i][k] : paths[k][j];
                    if (through > paths[i][j])
                    {
                        paths[i][j] = through;
                    }
                }
            }
        }

        return paths;
    }

    private static List<IReadOnlyList<int>> Rank(Strength[][] paths)
    {
        List<int> left = [.. Enumerable.Range(0, paths.Length)];
        var ranking = new List<IReadOnlyList<int>>();
        while (left.Count > 0)
        {
            var best = left.FindAll(i => !left.Exists(j => paths[j][i] > paths[i][j]));
            ranking.Add(best);
            left.RemoveAll(best.Contains);
        }

        return ranking;
    }

    private static T[][] Square<T>(int size)
    {
        var rows = new T[size][];
        for (var i = 0; i < size; i++)
        {
            rows[i] = new T[size];
        }

        return rows;
    }
}

/// <summary>A victory of one candidate over another, or the weakest victory in a chain of them: stronger with more votes won, then with fewer lost.</summary>
/// <param name="Won">Ballots that prefer the one; 0 when there is no victory.</param>
/// <param name="Lost">Ballots that prefer the other.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Strength(long Won, long Lost) : IComparable<Strength>
{
    public int CompareTo(Strength other) => Won != other.Won ? Won.CompareTo(other.Won) : other.Lost.CompareTo(Lost);

    public static bool operator <(Strength left, Strength right) => left.CompareTo(right) < 0;

    public static bool operator >(Strength left, Strength right) => left.CompareTo(right) > 0;

    public static bool operator <=(Strength left, Strength right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Strength left, Strength right) => left.CompareTo(right) >= 0;
}

/// <summary>Result of the Schulze method.</summary>
/// <param name="Raw">Raw[i][j]: ballots that prefer i to j.</param>
/// <param name="Valid">Ballots that count.</param>
/// <param name="Blank">Blank ballots; null when they are not allowed.</param>
/// <param name="BeatPaths">BeatPaths[i][j]: strength of the strongest chain of victories from i to j; for i = j, of the strongest circle.</param>
/// <param name="Ranking">Groups from best to worst, indices ascending inside a group: no one in a group is beaten by another of it or of a later group.</param>
public sealed record SchulzeOutcome(
    IReadOnlyList<IReadOnlyList<long>> Raw, long Valid, long? Blank, IReadOnlyList<IReadOnlyList<Strength>> BeatPaths, IReadOnlyList<IReadOnlyList<int>> Ranking)
{
    internal Strength[][] Victories { get; init; } = [];

    /// <summary>The candidate whom more ballots prefer to each other one than the reverse; null when there is none.</summary>
    public int? CondorcetWinner
    {
        get
        {
            var all = Enumerable.Range(0, Raw.Count);
            return all.Select(i => (int?)i).FirstOrDefault(i => all.All(j => j == i || Raw[i!.Value][j] > Raw[j][i.Value]));
        }
    }

    /// <summary>A strongest chain of victories with as few links as possible, both ends included; empty when there is none, or no way to go. O(m²).</summary>
    public IReadOnlyList<int> StrongestPath(int from, int to)
    {
        var needed = BeatPaths[from][to];
        if (from == to || needed == default)
        {
            return [];
        }

        var reachedFrom = new Dictionary<int, int> { [from] = from };
        var queue = new Queue<int>([from]);
        while (!reachedFrom.ContainsKey(to))
        {
            var at = queue.Dequeue();
            for (var next = 0; next < Victories.Length; next++)
            {
                if (Victories[at][next] >= needed && reachedFrom.TryAdd(next, at))
                {
                    queue.Enqueue(next);
                }
            }
        }

        var path = new List<int> { to };
        while (path[^1] != from)
        {
            path.Add(reachedFrom[path[^1]]);
        }

        path.Reverse();
        return path;
    }
}
