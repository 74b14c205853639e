using System.Runtime.CompilerServices;
using System.Text;

namespace ActiveCitizens.Budgeting.Pabulib;

/// <summary>Splits the bytes of a <c>.pb</c> file into rows and cells, keeping where everything stands.</summary>
internal sealed class RowScanner(byte[] data, int length, PabulibReadOptions options)
{
    private Cell[] _cells = new Cell[16];

    /// <summary>One cell: the bytes as written, and the bytes of its content without blanks and quotes.</summary>
    internal struct Cell
    {
        public int RawStart;
        public int RawEnd;
        public int Start;
        public int End;
        public bool Quoted;
        public bool HasDoubledQuotes;
    }

    public byte[] Data => data;

    public ReadOnlySpan<byte> Text => data.AsSpan(0, length);

    /// <summary>Where the next row begins.</summary>
    public int Position { get; set; }

    /// <summary>Line of the next row, from 1.</summary>
    public int NextLine { get; private set; } = 1;

    /// <summary>Line on which the current row begins.</summary>
    public int Line { get; private set; }

    public int RowStart { get; private set; }

    /// <summary>End of the cells of the current row, before its line end.</summary>
    public int RowEnd { get; private set; }

    public int Count { get; private set; }

    public int LineFeeds { get; private set; }

    public int CarriageReturns { get; private set; }

    public int TextsBegunByQuotes { get; private set; }

    public ref readonly Cell this[int index] => ref _cells[index];

    public ReadOnlySpan<byte> Content(int cell) => data.AsSpan(_cells[cell].Start.._cells[cell].End);

    /// <summary>Reads the next row, blank lines included.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="PabulibFormatException">A quote is not closed, or a limit is exceeded.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Read()
    {
        if (Position >= length)
        {
            return false;
        }

        (Line, RowStart, Count) = (NextLine, Position, 0);
        while (true)
        {
            if (Count == _cells.Length)
            {
                Array.Resize(ref _cells, 2 * Count);
            }

            if (Count >= options.MaxCells)
            {
                throw Problem(PabulibError.TooManyCells, Position, "", $"at most {options.MaxCells} cells in a row", "Check that the separator is a semicolon and that line ends are intact.");
            }

            var last = data[Position < length ? Position : length - 1] == (byte)'"' && Position < length ? ReadQuoted() : ReadPlain();
            Count++;
            if (last)
            {
                return true;
            }
        }
    }

    public bool IsBlank => Count == 1 && !_cells[0].Quoted && _cells[0].Start == _cells[0].End;

    /// <summary>The content of a cell as text, quotes resolved.</summary>
    public string String(int cell)
    {
        if (cell >= Count)
        {
            return "";
        }

        var text = Encoding.UTF8.GetString(Content(cell));
        return _cells[cell].HasDoubledQuotes ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }

    /// <summary>The cell exactly as written.</summary>
    public string Lexeme(int cell) => Encoding.UTF8.GetString(data, _cells[cell].RawStart, _cells[cell].RawEnd - _cells[cell].RawStart);

    /// <summary>The line end exactly as written; empty at the end of a file without one.</summary>
    public string LineEnd => Encoding.UTF8.GetString(data, RowEnd, Position - RowEnd);

    public PabulibFormatException Problem(PabulibError error, int offset, string found, string expected, string advice) =>
        new([At(error, offset, found, expected, advice)]);

    /// <summary>Describes an error at a byte; counts its line and column. O(offset), for errors only.</summary>
    public PabulibProblem At(PabulibError error, int offset, string found, string expected, string advice)
    {
        offset = Math.Clamp(offset, 0, length);
        var before = data.AsSpan(0, offset);
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        var characters = before[lineStart..].ToArray().Count(b => (b & 0xC0) != 0x80);
        var mark = lineStart == 0 && before.StartsWith(Encoding.UTF8.Preamble) ? 1 : 0;
        return new(error, before.Count((byte)'\n') + 1, characters - mark + 1, Shorten(found), expected, advice);
    }

    /// <summary>The beginning of a text that is too long to repeat in a message.</summary>
    public static string Shorten(string text) => text.Length <= 60 ? text : $"{text[..57]}…";

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool ReadPlain()
    {
        ref var cell = ref _cells[Count];
        var end = Position;
        // Cells are short: a plain loop is faster here than a vectorised search.
        while (end < length && data[end] is not ((byte)';' or (byte)'\n'))
        {
            end++;
        }

        var endsRow = end == length || data[end] == (byte)'\n';
        if (end - Position > options.MaxCellBytes)
        {
            throw Problem(PabulibError.CellTooLong, Position, "", $"at most {options.MaxCellBytes} bytes in a cell", "Check that the separator is a semicolon and that line ends are intact.");
        }

        var next = end + (end < length ? 1 : 0);
        if (endsRow)
        {
            EndLine(ref end, next);
        }

        cell = new() { RawStart = Position, RawEnd = end };
        (cell.Start, cell.End) = Trim(Position, end);
        Position = next;
        return endsRow;
    }

    private bool ReadQuoted()
    {
        ref var cell = ref _cells[Count];
        cell = new() { RawStart = Position, Start = Position + 1, Quoted = true };
        var at = cell.Start;
        while (true)
        {
            var quote = data.AsSpan(at..length).IndexOf((byte)'"');
            if (quote < 0 || at + quote - cell.Start > options.MaxCellBytes)
            {
                throw quote < 0
                    ? Problem(PabulibError.QuoteNotClosed, cell.RawStart, "\"", "a closing quote before the end of the file", "Close the quote; write a quote inside a quoted cell twice.")
                    : Problem(PabulibError.CellTooLong, cell.RawStart, "", $"at most {options.MaxCellBytes} bytes in a cell", "Close the quote.");
            }

            NextLine += data.AsSpan(at, quote).Count((byte)'\n');
            at += quote + 1;
            if (at < length && data[at] == (byte)'"')
            {
                cell.HasDoubledQuotes = true;
                at++;
                continue;
            }

            break;
        }

        (cell.Start, cell.End) = Trim(cell.Start, at - 1);
        while (at < length && data[at] is (byte)' ' or (byte)'\t' or (byte)'\r')
        {
            at++;
        }

        if (at < length && data[at] is not ((byte)';' or (byte)'\n'))
        {
            return ReadTextBegunByQuotes(at);
        }

        var endsRow = at >= length || data[at] == (byte)'\n';
        var (end, next) = (at, at + (at < length ? 1 : 0));
        if (endsRow)
        {
            EndLine(ref end, next);
        }

        cell.RawEnd = end;
        Position = next;
        return endsRow;
    }

    /// <summary>Real files hold names such as <c>"Korona" i most</c>, quotes meant as quotes: the cell is then taken as it stands.</summary>
    private bool ReadTextBegunByQuotes(int afterQuotes)
    {
        var start = _cells[Count].RawStart;
        if (data.AsSpan(start..afterQuotes).Contains((byte)'\n'))
        {
            throw Problem(PabulibError.QuoteNotClosed, start, "\"", "a closing quote before the next semicolon", "Close the quote; write a quote inside a quoted cell twice.");
        }

        TextsBegunByQuotes++;
        Position = afterQuotes;
        var last = ReadPlain();
        ref var cell = ref _cells[Count];
        (cell.RawStart, cell.Start) = (start, start);
        return last;
    }

    private void EndLine(ref int end, int next)
    {
        if (next > end)
        {
            NextLine++;
            LineFeeds++;
            if (end > RowStart && data[end - 1] == (byte)'\r')
            {
                end--;
                CarriageReturns++;
            }
        }

        RowEnd = end;
    }

    private static bool IsPlain(byte b) => b is > (byte)' ' and not 0xC2 and not 0xA0;

    private (int Start, int End) Trim(int start, int end)
    {
        if (start == end || (IsPlain(data[start]) && IsPlain(data[end - 1])))
        {
            return (start, end);
        }

        while (start < end)
        {
            if (data[start] is (byte)' ' or (byte)'\t' or (byte)'\r')
            {
                start++;
            }
            else if (end - start >= 2 && data[start] == 0xC2 && data[start + 1] == 0xA0)
            {
                start += 2;
            }
            else
            {
                break;
            }
        }

        while (start < end)
        {
            if (data[end - 1] is (byte)' ' or (byte)'\t' or (byte)'\r')
            {
                end--;
            }
            else if (end - start >= 2 && data[end - 2] == 0xC2 && data[end - 1] == 0xA0)
            {
                end -= 2;
            }
            else
            {
                break;
            }
        }

        return (start, end);
    }
}
