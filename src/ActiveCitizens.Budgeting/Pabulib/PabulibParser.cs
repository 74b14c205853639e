using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ActiveCitizens.Budgeting.Pabulib;

/// <summary>Gives meaning to the rows of one <c>.pb</c> file: META, then PROJECTS; <see cref="VoteParser"/> reads VOTES.</summary>
internal sealed class PabulibParser(RowScanner scanner, int length, PabulibReadOptions options, IProgress<PabulibProgress>? progress, CancellationToken cancel)
{
    private readonly PabulibFindings _findings = new(scanner, options);
    private readonly List<PabulibFile.Line> _lines = [];
    private readonly List<KeyValuePair<string, string>> _meta = [];
    private readonly Dictionary<string, (string Value, int Offset)> _metaByKey = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Project> _projects = [];
    private readonly ByteTable _idTable = new();
    private readonly List<byte> _ids = [];
    private Rational _budget;

    public PabulibFile Parse()
    {
        var mark = scanner.Text.StartsWith(Encoding.UTF8.Preamble);
        if (mark)
        {
            scanner.Position = Encoding.UTF8.Preamble.Length;
            _findings.Note(PabulibOddity.ByteOrderMark, 0);
        }

        ExpectSection("META");
        ReadMeta();
        var voteType = ReadVoteType();
        _budget = ReadAmount("budget");
        var projectColumns = ReadHeader("PROJECTS", "project_id");
        ReadProjects(projectColumns);
        CheckCount("num_projects", _projects.Count);
        var voteColumns = ReadHeader("VOTES", "voter_id");
        var votesStart = scanner.Position;
        var limits = new BallotLimits(ReadWhole("min_length"), ReadWhole("max_length"), ReadNumber("max_sum_points"));
        var votes = new VoteParser(scanner, _findings, _idTable, [.. _ids], _projects.Count, voteType, limits, progress, cancel);
        var profile = votes.Read(voteColumns);
        CheckCount("num_votes", votes.Rows);
        NoteWholeFile();
        _findings.ThrowIfAny();
        return new()
        {
            Instance = new(_budget, voteType, _projects, profile)
            {
                MaxLength = (int?)limits.MaxLength,
                MinProjectScoreThreshold = ReadNumber("min_project_score_threshold"),
                PublishedRule = Value("rule"),
                Currency = Value("currency"),
            },
            Meta = _meta,
            ProjectColumns = projectColumns,
            VoteColumns = voteColumns,
            Warnings = _findings.Warnings(),
            HasByteOrderMark = mark,
            Lines = _lines,
            VoteRows = scanner.Data.AsMemory(votesStart..length),
        };
    }

    private bool NextRow()
    {
        while (scanner.Read())
        {
            var lexemes = new string[scanner.Count];
            for (var cell = 0; cell < lexemes.Length; cell++)
            {
                lexemes[cell] = scanner.Lexeme(cell);
                _findings.NoteCell(cell);
            }

            _lines.Add(new(lexemes, scanner.LineEnd));
            if (!scanner.IsBlank)
            {
                return true;
            }
        }

        return false;
    }

    private bool AtSection(string name) => scanner.Count == 1 && string.Equals(scanner.String(0), name, StringComparison.OrdinalIgnoreCase);

    private void ExpectSection(string name)
    {
        if (!NextRow() || !AtSection(name))
        {
            throw scanner.Problem(PabulibError.SectionExpected, scanner.RowStart, scanner.Count > 0 ? scanner.String(0) : "", $"a line {name}", "A Pabulib file has the sections META, PROJECTS and VOTES, in this order, each begun by a line with its name.");
        }
    }

    private void ReadMeta()
    {
        if (!NextRow() || !string.Equals(scanner.String(0), "key", StringComparison.OrdinalIgnoreCase))
        {
            throw scanner.Problem(PabulibError.HeaderMissing, scanner.RowStart, scanner.Count > 0 ? scanner.String(0) : "", "the header key;value", "Write key;value on the line after META.");
        }

        while (NextRow())
        {
            if (AtSection("PROJECTS"))
            {
                foreach (var key in PabulibWriter.RequiredKeys.Where(key => !_metaByKey.ContainsKey(key)))
                {
                    _findings.Note(PabulibOddity.RequiredKeyMissing, 0, key);
                }

                return;
            }

            var name = scanner.String(0);
            var value = string.Join(';', Enumerable.Range(1, Math.Max(1, scanner.Count - 1)).Select(scanner.String));
            if (!_metaByKey.TryAdd(name, (value, scanner.Count > 1 ? scanner[1].Start : scanner.RowEnd)))
            {
                _findings.Refuse(PabulibError.KeyTwice, scanner[0].Start, name, "each key once", "Remove one of the two lines.");
            }

            _meta.Add(new(name, value));
        }

        throw scanner.Problem(PabulibError.SectionMissing, length, "", "a line PROJECTS", "The file ends before its projects: it may have been cut off. Get it again.");
    }

    private string? Value(string key) =>
        _metaByKey.TryGetValue(key, out var entry) && entry.Value.Length > 0 && !PabulibFindings.SaysNone(entry.Value) ? entry.Value : null;

    private VoteType ReadVoteType()
    {
        var text = Value("vote_type");
        VoteType? type = text?.ToUpperInvariant() switch
        {
            "APPROVAL" => VoteType.Approval,
            "CHOOSE-1" => VoteType.ChooseOne,
            "CUMULATIVE" => VoteType.Cumulative,
            "SCORING" => VoteType.Scoring,
            "ORDINAL" => VoteType.Ordinal,
            _ => null,
        };
        return type ?? throw scanner.Problem(text is null ? PabulibError.KeyMissing : PabulibError.UnknownVoteType, OffsetOf("vote_type"), text ?? "", "vote_type approval, choose-1, cumulative, scoring or ordinal", "Add or correct the line vote_type under META.");
    }

    private int OffsetOf(string key) => _metaByKey.TryGetValue(key, out var entry) ? entry.Offset : 0;

    private Rational ReadAmount(string key)
    {
        var text = Value(key);
        if (text is null || !Rational.TryParse(text, out var amount) || amount.Sign < 0)
        {
            throw scanner.Problem(text is null ? PabulibError.KeyMissing : PabulibError.NumberExpected, OffsetOf(key), text ?? "", $"{key}: an amount of zero or more, in digits with a point", $"Add or correct the line {key} under META.");
        }

        _findings.NoteAmount(text, amount, PabulibOddity.BudgetWithDecimals, scanner.Text[..OffsetOf(key)].Count((byte)'\n') + 1);
        return amount;
    }

    private Rational? ReadNumber(string key)
    {
        if (Value(key) is not { } text)
        {
            return null;
        }

        if (!Rational.TryParse(text, out var number))
        {
            _findings.Refuse(PabulibError.NumberExpected, OffsetOf(key), text, $"{key}: a number", $"Correct or remove the line {key} under META.");
        }

        return number;
    }

    private long? ReadWhole(string key)
    {
        if (ReadNumber(key) is not { } number)
        {
            return null;
        }

        if (!number.IsInteger || number.Sign < 0 || number > int.MaxValue)
        {
            _findings.Refuse(PabulibError.NumberExpected, OffsetOf(key), Value(key) ?? "", $"{key}: a whole number", $"Correct or remove the line {key} under META.");
            return null;
        }

        return (long)number.Numerator;
    }

    private void CheckCount(string key, long actual)
    {
        if (ReadWhole(key) is { } stated && stated != actual)
        {
            _findings.Refuse(PabulibError.WrongNumber, OffsetOf(key), stated.ToString(CultureInfo.InvariantCulture), actual.ToString(CultureInfo.InvariantCulture), "The file may have been cut off or edited. Get it again, or correct the number.");
        }
    }

    private List<string> ReadHeader(string section, string first)
    {
        if (!NextRow())
        {
            throw scanner.Problem(PabulibError.HeaderMissing, length, "", $"the header of {section}, beginning with {first}", "The file may have been cut off. Get it again.");
        }

        List<string> columns = [.. Enumerable.Range(0, scanner.Count).Select(scanner.String)];
        if (!columns.Contains(first, StringComparer.OrdinalIgnoreCase))
        {
            throw scanner.Problem(PabulibError.ColumnMissing, scanner.RowStart, columns[0], $"a column {first} in the header of {section}", $"Write the column names on the line after {section}.");
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var column = 0; column < columns.Count; column++)
        {
            if (columns[column].Length > 0 && !seen.Add(columns[column]))
            {
                throw scanner.Problem(PabulibError.ColumnTwice, scanner[column].Start, columns[column], "each column once", "Remove or rename one of the two columns.");
            }
        }

        return columns;
    }

    private void ReadProjects(List<string> columns)
    {
        var cost = columns.FindIndex(c => string.Equals(c, "cost", StringComparison.OrdinalIgnoreCase));
        if (cost < 0)
        {
            throw scanner.Problem(PabulibError.ColumnMissing, scanner.RowStart, "", "a column cost in the header of PROJECTS", "Add the cost of every project.");
        }

        while (NextRow())
        {
            if (AtSection("VOTES"))
            {
                return;
            }

            ReadProject(columns, cost);
            if ((_projects.Count & 0xFFF) == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }
        }

        throw scanner.Problem(PabulibError.SectionMissing, length, "", "a line VOTES", "The file ends before its votes: it may have been cut off. Get it again.");
    }

    private void ReadProject(List<string> columns, int costColumn)
    {
        var cells = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var column = 0; column < columns.Count; column++)
        {
            var text = scanner.String(column);
            if (text.Length > 0 && !PabulibFindings.SaysNone(text))
            {
                cells[columns[column]] = text;
            }
            else if (text.Length > 0)
            {
                _findings.Note(PabulibOddity.SaysNone, scanner.Line);
            }
        }

        if (scanner.Count < columns.Count)
        {
            _findings.Note(PabulibOddity.ShortRow, scanner.Line);
        }

        string? Take(string name) => cells.Remove(name, out var text) ? text : null;
        // "none" is a legal id: only a cell says that it is absent.
        var idColumn = columns.FindIndex(c => string.Equals(c, "project_id", StringComparison.OrdinalIgnoreCase));
        cells.Remove("project_id");
        var id = scanner.String(idColumn);
        if (!AddId(id, idColumn))
        {
            return;
        }

        var costText = Take("cost") ?? "";
        var costAt = costColumn < scanner.Count ? scanner[costColumn].Start : scanner.RowEnd;
        if (!Rational.TryParse(costText, out var cost) || cost.Sign < 0)
        {
            _findings.Refuse(PabulibError.NumberExpected, costAt, costText, "a cost of zero or more, in digits with a point", "Correct the cost; write no currency, blank or exponent.");
        }
        else
        {
            _findings.NoteAmount(costText, cost, PabulibOddity.CostWithDecimals, scanner.Line);
            _findings.NoteCost(cost, _budget, id);
        }

        _projects.Add(new()
        {
            Index = _projects.Count,
            Id = id,
            Cost = cost,
            Name = Take("name") ?? id,
            PublishedVotes = long.TryParse(Take("votes"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var votes) ? votes : null,
            PublishedScore = Rational.TryParse(Take("score"), out var score) ? score : null,
            PublishedSelected = int.TryParse(Take("selected"), NumberStyles.None, CultureInfo.InvariantCulture, out var selected) ? selected : null,
            Categories = Items(Take("category")),
            Beneficiaries = Items(Take("beneficiaries") ?? Take("target")),
            Latitude = Degrees(Take("latitude"), 90),
            Longitude = Degrees(Take("longitude"), 180),
            Other = cells,
        });
    }

    private bool AddId(string id, int column)
    {
        if (id.Length == 0)
        {
            _findings.Refuse(PabulibError.ProjectIdMissing, scanner.RowStart, "", "a project_id", "Give every project an id.");
            return false;
        }

        var bytes = Encoding.UTF8.GetBytes(id);
        var start = _ids.Count;
        _ids.AddRange(bytes);
        if (!_idTable.Add(start, bytes.Length, CollectionsMarshal.AsSpan(_ids)))
        {
            _findings.Refuse(PabulibError.ProjectIdTwice, scanner[column].Start, id, "each project_id once", "Remove or renumber one of the two projects.");
            return false;
        }

        if (id.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            _findings.Note(PabulibOddity.NonNumericProjectId, scanner.Line, id);
        }
        else if (id.Length > 1 && id[0] == '0')
        {
            _findings.Note(PabulibOddity.LeadingZeroInProjectId, scanner.Line, id);
        }

        return true;
    }

    private static string[] Items(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static double? Degrees(string? text, double limit) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= limit ? degrees : null;

    private void NoteWholeFile()
    {
        if (scanner.CarriageReturns > 0)
        {
            _findings.Note(scanner.CarriageReturns == scanner.LineFeeds ? PabulibOddity.CarriageReturns : PabulibOddity.MixedLineEnds, 0);
        }

        if (length > 0 && scanner.Data[length - 1] != (byte)'\n')
        {
            _findings.Note(PabulibOddity.NoFinalLineEnd, scanner.Line);
        }

        if (scanner.TextsBegunByQuotes > 0)
        {
            _findings.Note(PabulibOddity.TextBegunByQuotes, 0);
        }

        if (_projects.Aggregate(Rational.Zero, (sum, p) => sum + p.Cost) <= _budget)
        {
            _findings.Note(PabulibOddity.EverythingFits, 0);
        }

        if (Value("default_score") is { } score && (!Rational.TryParse(score, out var value) || value.Sign != 0))
        {
            _findings.Note(PabulibOddity.DefaultScoreIgnored, 0, score);
        }
    }
}
