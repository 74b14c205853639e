using System.Text;

namespace ActiveCitizens.Budgeting.Pabulib;

/// <summary>Writes the <c>.pb</c> format.</summary>
public static class PabulibWriter
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a file back byte for byte: line ends, blanks, quotes, number spellings and unknown keys included.</summary>
    /// <param name="keepVoteColumn">
    /// When given, only the columns of VOTES whose names it accepts are written, to leave out what files tell about voters;
    /// everything else stays as it was.
    /// </param>
    public static void Write(PabulibFile file, Stream stream, Func<string, bool>? keepVoteColumn = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(stream);
        if (file.HasByteOrderMark)
        {
            stream.Write(Encoding.UTF8.Preamble);
        }

        var kept = Enumerable.Range(0, file.VoteColumns.Count).Where(c => keepVoteColumn?.Invoke(file.VoteColumns[c]) ?? true).ToHashSet();
        for (var line = 0; line < file.Lines.Count; line++)
        {
            var (lexemes, end) = file.Lines[line];
            var voteHeader = line == file.Lines.Count - 1;
            stream.Write(Utf8.GetBytes(string.Join(';', lexemes.Where((_, cell) => !voteHeader || kept.Contains(cell))) + end));
        }

        if (kept.Count == file.VoteColumns.Count)
        {
            stream.Write(file.VoteRows.Span);
            return;
        }

        var scanner = new RowScanner(file.VoteRows.ToArray(), file.VoteRows.Length, new());
        while (scanner.Read())
        {
            var first = true;
            for (var cell = 0; cell < scanner.Count; cell++)
            {
                if (kept.Contains(cell))
                {
                    stream.Write(first ? [] : ";"u8);
                    stream.Write(scanner.Data, scanner[cell].RawStart, scanner[cell].RawEnd - scanner[cell].RawStart);
                    first = false;
                }
            }

            stream.Write(Utf8.GetBytes(scanner.LineEnd));
        }
    }

    /// <summary>Writes a new file: UTF-8 without mark, LF, quotes only where needed, mandatory META keys first in the order of the format.</summary>
    /// <param name="meta">Keys and values; <c>num_projects</c> and <c>num_votes</c> are for the caller to give.</param>
    /// <param name="projectColumns">The first must be <c>project_id</c>.</param>
    /// <param name="projects">Rows as wide as <paramref name="projectColumns"/>.</param>
    /// <param name="voteColumns">The first must be <c>voter_id</c>.</param>
    /// <param name="votes">Rows as wide as <paramref name="voteColumns"/>; written as they come, none is held.</param>
    /// <exception cref="ArgumentException">A first column is not what the format demands, or a row has another width.</exception>
    public static void Write(
        Stream stream,
        IEnumerable<KeyValuePair<string, string>> meta,
        IReadOnlyList<string> projectColumns,
        IEnumerable<IReadOnlyList<string>> projects,
        IReadOnlyList<string> voteColumns,
        IEnumerable<IReadOnlyList<string>> votes)
    {
        ArgumentNullException.ThrowIfNull(projectColumns);
        ArgumentNullException.ThrowIfNull(voteColumns);
        if (projectColumns is not ["project_id", ..] || voteColumns is not ["voter_id", ..])
        {
            throw new ArgumentException("The first columns must be project_id and voter_id.", nameof(projectColumns));
        }

        using var writer = new StreamWriter(stream, Utf8, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("META");
        writer.WriteLine("key;value");
        foreach (var (key, value) in meta.OrderBy(entry => Array.IndexOf(RequiredKeys, entry.Key) is var place && place < 0 ? RequiredKeys.Length : place))
        {
            WriteRow(writer, [key, value], 2);
        }

        WriteTable(writer, "PROJECTS", projectColumns, projects);
        WriteTable(writer, "VOTES", voteColumns, votes);
    }

    /// <summary>META keys that every file should have, in the order in which they are written.</summary>
    internal static readonly string[] RequiredKeys =
        ["description", "country", "unit", "instance", "num_projects", "num_votes", "budget", "vote_type", "rule", "date_begin", "date_end"];

    private static void WriteTable(StreamWriter writer, string name, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        writer.WriteLine(name);
        WriteRow(writer, columns, columns.Count);
        foreach (var row in rows)
        {
            WriteRow(writer, row, columns.Count);
        }
    }

    private static void WriteRow(StreamWriter writer, IReadOnlyList<string> cells, int width)
    {
        if (cells.Count != width)
        {
            throw new ArgumentException($"A row has {cells.Count} cells instead of {width}.", nameof(cells));
        }

        for (var i = 0; i < width; i++)
        {
            writer.Write(i == 0 ? "" : ";");
            writer.Write(cells[i].AsSpan().IndexOfAny(";\"\r\n") < 0 ? cells[i] : $"\"{cells[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        }

        writer.WriteLine();
    }
}
