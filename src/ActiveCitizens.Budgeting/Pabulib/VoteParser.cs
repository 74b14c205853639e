using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ActiveCitizens.Budgeting.Pabulib;

/// <summary>What META says about the ballots; null where it says nothing.</summary>
internal sealed record BallotLimits(long? MinLength, long? MaxLength, Rational? MaxSumPoints);

/// <summary>Reads the rows under VOTES and merges equal ballots.</summary>
internal sealed class VoteParser(
    RowScanner scanner, PabulibFindings findings, ByteTable idTable, byte[] ids, int projectCount, VoteType voteType, BallotLimits limits,
    IProgress<PabulibProgress>? progress, CancellationToken cancel)
{
    private const int RowsBetweenReports = 10_000;
    private const long MaxPoints = 1_000_000;

    private readonly bool _withPoints = voteType is VoteType.Cumulative or VoteType.Scoring;
    private readonly ByteTable _voters = new();
    private readonly int[] _seenInRow = new int[projectCount];
    private readonly int[] _positionInRow = new int[projectCount];
    private int[] _ballot = new int[16];
    private long[] _points = new long[16];
    private byte[] _unquoted = [];

    public long Rows { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Profile Read(List<string> columns)
    {
        int Column(string name) => columns.FindIndex(c => string.Equals(c, name, StringComparison.OrdinalIgnoreCase));
        var (voter, vote, points) = (Column("voter_id"), Column("vote"), Column("points"));
        if (vote < 0 || (_withPoints && points < 0))
        {
            throw scanner.Problem(PabulibError.ColumnMissing, scanner.RowStart, "", vote < 0 ? "a column vote in the header of VOTES" : $"a column points, because vote_type is {(voteType == VoteType.Scoring ? "scoring" : "cumulative")}", "Add the column, or correct vote_type under META.");
        }

        if (!_withPoints && points >= 0)
        {
            findings.Note(PabulibOddity.PointsIgnored, scanner.Line);
        }

        var profile = new Profile.Builder(projectCount, voteType == VoteType.Ordinal, _withPoints);
        while (scanner.Read())
        {
            if (scanner.IsBlank)
            {
                continue;
            }

            Rows++;
            ReadVoter(voter);
            var length = ReadVote(vote);
            if (_withPoints)
            {
                ReadPoints(points, length);
            }

            var distinct = KeepLast(length);
            CheckLength(vote, length, distinct);
            profile.Add(_ballot.AsSpan(0, distinct), _withPoints ? _points.AsSpan(0, distinct) : []);
            if (Rows % RowsBetweenReports == 0)
            {
                progress?.Report(new(scanner.Position, Rows));
                cancel.ThrowIfCancellationRequested();
            }
        }

        progress?.Report(new(scanner.Position, Rows));
        return profile.Build();
    }

    private void ReadVoter(int column)
    {
        if (column >= scanner.Count || scanner[column].Start == scanner[column].End)
        {
            findings.Refuse(PabulibError.VoterIdMissing, scanner.RowStart, "", "a voter_id", "Give every ballot an id.");
        }
        else if (!_voters.Add(scanner[column].Start, scanner[column].End - scanner[column].Start, scanner.Data))
        {
            findings.Refuse(PabulibError.VoterIdTwice, scanner[column].Start, scanner.String(column), "each voter_id once", "A ballot stands twice in the file: remove one.");
        }
    }

    /// <summary>Fills <see cref="_ballot"/> with the listed projects, repeated ones included; −1 for unknown ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ReadVote(int column)
    {
        var list = ListCell(column, out var offset);
        if (list.IsEmpty)
        {
            findings.Note(PabulibOddity.EmptyBallot, scanner.Line);
            return 0;
        }

        var length = 0;
        for (var at = 0; at <= list.Length;)
        {
            var comma = list[at..].IndexOf((byte)',');
            var end = comma < 0 ? list.Length : at + comma;
            var item = Trim(list[at..end]);
            var project = idTable.Find(item, ids);
            if (project < 0)
            {
                findings.Refuse(PabulibError.UnknownProject, offset + at, Encoding.UTF8.GetString(item), "the id of a project listed under PROJECTS", "Correct the vote, or add the project. Ids are compared letter by letter: 01 is not 1.");
            }

            Grow(length);
            _ballot[length++] = project;
            at = end + 1;
        }

        return length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadPoints(int column, int length)
    {
        var list = ListCell(column, out var offset);
        var count = 0;
        var sum = 0L;
        for (var at = 0; !list.IsEmpty && at <= list.Length;)
        {
            var comma = list[at..].IndexOf((byte)',');
            var end = comma < 0 ? list.Length : at + comma;
            var item = Trim(list[at..end]);
            if (!TryParsePoints(item, out var points))
            {
                findings.Refuse(PabulibError.NumberExpected, offset + at, Encoding.UTF8.GetString(item), "points: a number of at most a million with at most six decimals", "Correct the points.");
            }
            else if (points == 0)
            {
                findings.Note(PabulibOddity.ZeroPoints, scanner.Line);
            }

            Grow(count);
            _points[count++] = points;
            sum += points;
            at = end + 1;
        }

        if (count != length)
        {
            findings.Refuse(count == 0 ? PabulibError.PointsMissing : PabulibError.PointsDoNotMatch, offset, string.Create(CultureInfo.InvariantCulture, $"{count} points"), string.Create(CultureInfo.InvariantCulture, $"{length} points, one for each project of the vote"), "Give points for every project of the vote, in the same order.");
            Grow(length);
            _points.AsSpan(0, length).Clear();
        }
        else if (limits.MaxSumPoints is { } most && Rational.Of(sum, Profile.Builder.FinestPoint) < most)
        {
            findings.Note(PabulibOddity.FewerPointsThanAllowed, scanner.Line);
        }
    }

    /// <summary>Keeps each project once, at its first place and with its last points, as the references count; returns how many are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int KeepLast(int length)
    {
        var kept = 0;
        var twice = false;
        for (var i = 0; i < length; i++)
        {
            var project = _ballot[i];
            if (project < 0)
            {
                continue;
            }

            var row = (int)(Rows & int.MaxValue);
            if (_seenInRow[project] == row)
            {
                twice = true;
                _points[_positionInRow[project]] = _points[i];
                continue;
            }

            _seenInRow[project] = row;
            _positionInRow[project] = kept;
            (_ballot[kept], _points[kept]) = (project, _points[i]);
            kept++;
        }

        if (twice)
        {
            findings.Note(PabulibOddity.ProjectTwiceOnBallot, scanner.Line);
        }

        return kept;
    }

    private void CheckLength(int column, int listed, int distinct)
    {
        if (listed < limits.MinLength || distinct > limits.MaxLength)
        {
            findings.Refuse(PabulibError.BallotLength, column < scanner.Count ? scanner[column].Start : scanner.RowEnd, string.Create(CultureInfo.InvariantCulture, $"{distinct} projects"), string.Create(CultureInfo.InvariantCulture, $"{(limits.MinLength is { } min ? $"at least {min}" : "")}{(limits.MinLength is not null && limits.MaxLength is not null ? " and " : "")}{(limits.MaxLength is { } max ? $"at most {max}" : "")} projects on a ballot (min_length, max_length)"), "Correct the ballot, or the limits under META.");
        }
    }

    private void Grow(int length)
    {
        if (length >= _ballot.Length)
        {
            Array.Resize(ref _ballot, 2 * length);
            Array.Resize(ref _points, 2 * length);
        }
    }

    private ReadOnlySpan<byte> ListCell(int column, out int offset)
    {
        offset = column < scanner.Count ? scanner[column].Start : scanner.RowEnd;
        if (column >= scanner.Count)
        {
            return [];
        }

        if (scanner[column].Quoted)
        {
            findings.Note(PabulibOddity.QuotedCell, scanner.Line);
            if (scanner[column].HasDoubledQuotes)
            {
                _unquoted = Encoding.UTF8.GetBytes(scanner.String(column));
                return _unquoted;
            }
        }

        var content = scanner.Content(column);
        return Ascii.EqualsIgnoreCase(content, "none"u8) && idTable.Find(content, ids) < 0 ? [] : content;
    }

    private ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> item)
    {
        if (item.IsEmpty || (item[0] != (byte)' ' && item[^1] != (byte)' '))
        {
            return item;
        }

        findings.Note(PabulibOddity.BlanksAroundListItem, scanner.Line);
        return item.Trim((byte)' ');
    }

    private static bool TryParsePoints(ReadOnlySpan<byte> text, out long points)
    {
        points = 0;
        var negative = text.StartsWith("-"u8);
        var digits = negative ? text[1..] : text;
        var decimals = -1;
        var any = false;
        foreach (var c in digits)
        {
            if (c == (byte)'.' && decimals < 0)
            {
                decimals = 0;
            }
            else if (c is >= (byte)'0' and <= (byte)'9' && decimals < 6 && points <= MaxPoints * Profile.Builder.FinestPoint)
            {
                points = 10 * points + c - '0';
                decimals += decimals >= 0 ? 1 : 0;
                any = true;
            }
            else
            {
                points = 0;
                return false;
            }
        }

        for (decimals = Math.Max(decimals, 0); decimals < 6; decimals++)
        {
            points *= 10;
            if (points > MaxPoints * Profile.Builder.FinestPoint)
            {
                points = 0;
                return false;
            }
        }

        points = negative ? -points : points;
        return any && Math.Abs(points) <= MaxPoints * Profile.Builder.FinestPoint;
    }
}
