using System.Text.RegularExpressions;
using ActiveCitizens.Web.Tests.Harness;

namespace ActiveCitizens.Web.Tests.Look;

public sealed partial class TableTests
{
    [Fact] // A screen reader then says the right header with each cell.
    public void Every_header_cell_says_whether_it_heads_its_column_or_its_row()
    {
        var cells = (from file in Directory.EnumerateFiles(Path.Combine(Sources.Web, "Features"), "*.cshtml", SearchOption.AllDirectories)
            from Match cell in HeaderCell().Matches(File.ReadAllText(file))
            select (File: Path.GetFileName(file), Cell: cell.Value)).ToList();
        Assert.NotEmpty(cells);
        Assert.All(cells, cell => Assert.Matches("scope=\"(col|row)\"", cell.Cell));
    }

    [GeneratedRegex("<th(?: [^>]*)?>")]
    private static partial Regex HeaderCell();
}
