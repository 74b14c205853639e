using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ActiveCitizens.Budgeting;

/// <summary>
/// The ballots of a vote with equal ones merged: B distinct ballots, each with a weight (how many voters cast it). Stored flat:
/// <c>Weight</c> B integers, projects and points side by side in cast order for ordinal ballots, in index order otherwise.
/// </summary>
public sealed class Profile
{
    private readonly int[] _starts;
    private readonly int[] _projects;
    private readonly long[] _points;
    private readonly int[] _weights;

    private Profile(int projectCount, int[] starts, int[] projects, long[] points, int[] weights, long pointsScale)
    {
        (ProjectCount, _starts, _projects, _points, _weights, PointsScale) = (projectCount, starts, projects, points, weights, pointsScale);
        foreach (var weight in weights)
        {
            VoterCount += weight;
        }
    }

    /// <summary>m: how many projects the ballots may name.</summary>
    public int ProjectCount { get; }

    /// <summary>B: number of distinct ballots, the empty one included when somebody cast it.</summary>
    public int Count => _weights.Length;

    /// <summary>n: the sum of the weights.</summary>
    public long VoterCount { get; }

    /// <summary>Whether ballots carry points.</summary>
    public bool HasPoints => _points.Length > 0;

    /// <summary>Points are stored as whole numbers of 1/<see cref="PointsScale"/>.</summary>
    public long PointsScale { get; }

    /// <summary>How many voters cast ballot <paramref name="ballot"/>; at least 1.</summary>
    public int Weight(int ballot) => _weights[ballot];

    /// <summary>Weights of all ballots.</summary>
    public ReadOnlySpan<int> Weights => _weights;

    /// <summary>Project indices on a ballot, each once: best first on an ordinal ballot, ascending otherwise.</summary>
    public ReadOnlySpan<int> Projects(int ballot) => _projects.AsSpan(_starts[ballot].._starts[ballot + 1]);

    /// <summary>Points beside <see cref="Projects"/>, in units of 1/<see cref="PointsScale"/>; empty when <see cref="HasPoints"/> is false.</summary>
    public ReadOnlySpan<long> Points(int ballot) => HasPoints ? _points.AsSpan(_starts[ballot].._starts[ballot + 1]) : [];

    /// <summary>For each project the number of voters who have it on their ballot. O(entries).</summary>
    public long[] CountVotes()
    {
        var votes = new long[ProjectCount];
        for (var ballot = 0; ballot < Count; ballot++)
        {
            foreach (var project in Projects(ballot))
            {
                votes[project] += _weights[ballot];
            }
        }

        return votes;
    }

    /// <summary>Collects ballots and merges equal ones as they come. Not safe for threads.</summary>
    public sealed class Builder(int projectCount, bool ordinal, bool withPoints)
    {
        /// <summary>Points are read to this many parts of a point.</summary>
        public const long FinestPoint = 1_000_000;

        private readonly List<int> _starts = [0];
        private readonly List<int> _projects = [];
        private readonly List<long> _points = [];
        private readonly List<int> _weights = [];
        private int[] _table = new int[1024];

        /// <summary>Adds one ballot cast by <paramref name="weight"/> voters.</summary>
        /// <param name="projects">Project indices, each once, in cast order; sorted in place unless the ballots are ordinal.</param>
        /// <param name="points">As many as <paramref name="projects"/>, in millionths of a point; empty when the ballots have none.</param>
        /// <param name="weight">At least 1.</param>
        /// <returns>Index of the merged ballot.</returns>
        /// <exception cref="ArgumentException">A project index is out of range, or points are missing or not wanted.</exception>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public int Add(Span<int> projects, Span<long> points, int weight = 1)
        {
            if (points.Length != (withPoints ? projects.Length : 0))
            {
                throw new ArgumentException("Points and projects differ in number.", nameof(points));
            }

            ArgumentOutOfRangeException.ThrowIfLessThan(weight, 1);
            if (!ordinal && withPoints)
            {
                projects.Sort(points);
            }
            else if (!ordinal)
            {
                projects.Sort();
            }

            foreach (var project in projects)
            {
                if ((uint)project >= (uint)projectCount)
                {
                    throw new ArgumentException($"There is no project {project}.", nameof(projects));
                }
            }

            var hash = Hash(projects, points);
            for (var slot = (int)(hash & (ulong)(_table.Length - 1)); ; slot = (slot + 1) & (_table.Length - 1))
            {
                var ballot = _table[slot] - 1;
                if (ballot < 0)
                {
                    return Append(slot, projects, points, weight);
                }

                if (Same(ballot, projects, points))
                {
                    _weights[ballot] = checked(_weights[ballot] + weight);
                    return ballot;
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static ulong Hash(ReadOnlySpan<int> projects, ReadOnlySpan<long> points)
        {
            var hash = 17UL;
            foreach (var project in projects)
            {
                hash = (hash ^ (uint)project) * 0x9E3779B97F4A7C15;
                hash ^= hash >> 29;
            }

            foreach (var point in points)
            {
                hash = (hash ^ (ulong)point) * 0x9E3779B97F4A7C15;
                hash ^= hash >> 29;
            }

            return hash;
        }

        private bool Same(int ballot, ReadOnlySpan<int> projects, ReadOnlySpan<long> points)
        {
            var (start, end) = (_starts[ballot], _starts[ballot + 1]);
            return projects.SequenceEqual(CollectionsMarshal.AsSpan(_projects)[start..end])
                && (!withPoints || points.SequenceEqual(CollectionsMarshal.AsSpan(_points)[start..end]));
        }

        private int Append(int slot, ReadOnlySpan<int> projects, ReadOnlySpan<long> points, int weight)
        {
            var ballot = _weights.Count;
            _table[slot] = ballot + 1;
            _projects.AddRange(projects);
            _points.AddRange(points);
            _starts.Add(_projects.Count);
            _weights.Add(weight);
            if (2 * _weights.Count > _table.Length)
            {
                Grow();
            }

            return ballot;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Grow()
        {
            _table = new int[2 * _table.Length];
            for (var ballot = 0; ballot < _weights.Count; ballot++)
            {
                var entries = _starts[ballot].._starts[ballot + 1];
                var hash = Hash(CollectionsMarshal.AsSpan(_projects)[entries], withPoints ? CollectionsMarshal.AsSpan(_points)[entries] : []);
                var slot = (int)(hash & (ulong)(_table.Length - 1));
                while (_table[slot] != 0)
                {
                    slot = (slot + 1) & (_table.Length - 1);
                }

                _table[slot] = ballot + 1;
            }
        }

        /// <summary>The merged ballots, in the order in which each was first cast.</summary>
        public Profile Build()
        {
            var scale = FinestPoint;
            foreach (var point in _points)
            {
                scale = (long)System.Numerics.BigInteger.GreatestCommonDivisor(scale, point);
                if (scale == 1)
                {
                    break;
                }
            }

            var points = _points.ToArray();
            foreach (ref var point in points.AsSpan())
            {
                point /= scale;
            }

            return new(projectCount, [.. _starts], [.. _projects], points, [.. _weights], FinestPoint / scale);
        }
    }
}
