using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace ActiveCitizens.Cli.Files;

/// <summary>A table with a header line, separated by commas, semicolons or tabs, in UTF-8.</summary>
internal sealed class CsvFile
{
    private static readonly string[] Delimiters = [",", ";", "\t"];
    private readonly Dictionary<string, int> _columns;

    private CsvFile(InputFile file, Dictionary<string, int> columns, List<CsvRow> rows) => (File, _columns, Rows) = (file, columns, rows);

    public InputFile File { get; }

    public IReadOnlyList<CsvRow> Rows { get; }

    /// <summary>Names of the columns, in their order.</summary>
    public IEnumerable<string> Columns => _columns.OrderBy(c => c.Value).Select(c => c.Key);

    public bool Has(string column) => _columns.ContainsKey(column);

    /// <param name="path">The file.</param>
    /// <param name="needed">Columns that must be there; names are compared without case.</param>
    /// <param name="optional">Columns that may be there; any other one is refused, for it is probably misspelt.</param>
    /// <exception cref="BadInputException">The file cannot be read, is not UTF-8, or its header is not as expected.</exception>
    public static CsvFile Read(FileInfo path, IReadOnlyList<string> needed, params string[] optional) => Read(path, needed, optional, open: false);

    /// <summary>As <see cref="Read(FileInfo, IReadOnlyList{string}, string[])"/>, but any other column is welcome.</summary>
    /// <exception cref="BadInputException">As there.</exception>
    public static CsvFile ReadOpen(FileInfo path, IReadOnlyList<string> needed) => Read(path, needed, [], open: true);

    private static CsvFile Read(FileInfo path, IReadOnlyList<string> needed, string[] optional, bool open)
    {
        var file = InputFile.Read(path);
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file.Bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new BadInputException($"{file.Name} is not UTF-8 text. Save it again as CSV UTF-8.", e);
        }

        var header = text.Split('\n', 2)[0];
        var delimiter = Delimiters.MaxBy(d => header.Split(d).Length)!;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, TrimOptions = TrimOptions.Trim, BadDataFound = bad => throw new BadInputException($"{file.Name}, line {bad.Context.Parser?.RawRow}: a quotation mark is missing or stands in the wrong place.") };
        using var parser = new CsvParser(new StringReader(text), configuration);
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var expected = $"expected a header with {string.Join(", ", needed)}{(optional.Length > 0 ? $" and perhaps {string.Join(", ", optional)}" : "")}";
        if (parser.Read())
        {
            foreach (var name in parser.Record!)
            {
                if ((!open && !needed.Concat(optional).Contains(name, StringComparer.OrdinalIgnoreCase)) || !columns.TryAdd(name, columns.Count))
                {
                    throw new BadInputException($"{file.Name}, line 1: there is a column \"{name}\" that is unknown or repeated; {expected}.");
                }
            }
        }

        if (needed.FirstOrDefault(n => !columns.ContainsKey(n)) is { } missing)
        {
            throw new BadInputException($"{file.Name}, line 1: there is no column \"{missing}\"; {expected}.");
        }

        var rows = new List<CsvRow>();
        while (parser.Read())
        {
            if (parser.Record!.Length != columns.Count)
            {
                throw new BadInputException($"{file.Name}, line {parser.RawRow}: {parser.Record.Length} fields, expected {columns.Count} as in the header.");
            }

            rows.Add(new($"{file.Name}, line {parser.RawRow}", columns, parser.Record));
        }

        return new(file, columns, rows);
    }
}

/// <summary>One line of a <see cref="CsvFile"/>.</summary>
/// <param name="Place">File and line, to begin a message with.</param>
/// <param name="Columns">Where each column stands.</param>
/// <param name="Fields">One field per column.</param>
internal sealed record CsvRow(string Place, Dictionary<string, int> Columns, string[] Fields)
{
    /// <summary>The field, or "" when the file has no such column.</summary>
    public string Text(string column) => Columns.TryGetValue(column, out var at) ? Fields[at] : "";

    /// <exception cref="BadInputException">The field is empty.</exception>
    public string Required(string column) =>
        Text(column) is { Length: > 0 } text ? text : throw new BadInputException($"{Place}: {column} is empty; expected a value.");

    /// <exception cref="BadInputException">The field is no whole number from 0 on.</exception>
    public long Number(string column) =>
        long.TryParse(Text(column), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new BadInputException($"{Place}: {column} is \"{Text(column)}\"; expected a whole number, 0 or more.");

    /// <summary>A date as 1961-02-03; null when the field is empty or missing.</summary>
    /// <exception cref="BadInputException">The field is something else.</exception>
    public DateOnly? Date(string column) => Text(column) switch
    {
        "" => null,
        var text when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => date,
        var text => throw new BadInputException($"{Place}: {column} is \"{text}\"; expected a date such as 1961-02-03."),
    };
}
