using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace ActiveCitizens.Web.Features.Elections.WriteRecord;

/// <summary>The official record as a file that offices edit, sign and archive: real headings, header rows that repeat, a box for each signature.</summary>
public static class RecordDocx
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static byte[] Write(OfficialRecord record, string language)
    {
        using var buffer = new MemoryStream();
        using (var file = WordprocessingDocument.Create(buffer, WordprocessingDocumentType.Document))
        {
            file.PackageProperties.Title = record.Title;
            file.PackageProperties.Language = language;
            var main = file.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>().Styles = Styles(language);
            var body = new Body(Words(record.Title, "Title"), Words(record.Subtitle, "Subtitle"));
            foreach (var section in record.Sections)
            {
                body.Append(Words(section.Title, $"Heading{section.Level - 1}"));
                body.Append(section.Lines.Select(line => Words(line, "Normal")));
                foreach (var table in section.Tables)
                {
                    body.Append(Words(table.Caption, "Caption"), TableOf(table));
                }
            }

            body.Append(Words(record.SignaturesTitle, "Heading1"), Signatures(record.Signers));
            // A4, margins of 2 cm, in twentieths of a point.
            body.Append(new SectionProperties(new PageSize { Width = 11906, Height = 16838 }, new PageMargin { Top = 1134, Bottom = 1134, Left = 1134U, Right = 1134U, Header = 567U, Footer = 567U, Gutter = 0U }));
            main.Document = new Document(body);
        }

        return buffer.ToArray();
    }

    private static Paragraph Words(string words, string style) => new(new ParagraphProperties(new ParagraphStyleId { Val = style }), new Run(new Text(words) { Space = SpaceProcessingModeValues.Preserve }));

    private static Table TableOf(RecordTable table) => new(
    [
        Properties(), Grid(table.Header.Count),
        new TableRow([new TableRowProperties(new CantSplit(), new TableHeader()), .. table.Header.Select(cell => new TableCell(Words(cell, "TableHead")))]),
        .. table.Rows.Select(row => new TableRow([new TableRowProperties(new CantSplit()), .. row.Select(cell => new TableCell(Words(cell, "TableText")))])),
    ]);

    private static Table Signatures(IReadOnlyList<string> signers) => new(
    [
        Properties(), Grid(2),
        .. signers.Select(signer => new TableRow(new TableRowProperties(new CantSplit(), new TableRowHeight { Val = 1134U, HeightType = HeightRuleValues.AtLeast }), new TableCell(Words(signer, "TableText")), new TableCell(Words("", "TableText")))),
    ]);

    private static TableProperties Properties() => new(
        new TableWidth { Type = TableWidthUnitValues.Pct, Width = "5000" },
        new TableBorders(
            new TopBorder { Val = BorderValues.Single, Size = 4U }, new LeftBorder { Val = BorderValues.Single, Size = 4U }, new BottomBorder { Val = BorderValues.Single, Size = 4U },
            new RightBorder { Val = BorderValues.Single, Size = 4U }, new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4U }, new InsideVerticalBorder { Val = BorderValues.Single, Size = 4U }));

    private static TableGrid Grid(int columns) => new(Enumerable.Range(0, columns).Select(_ => new GridColumn()));

    private static Styles Styles(string language) => new(
        new DocDefaults(new RunPropertiesDefault(new RunPropertiesBaseStyle(new RunFonts { Ascii = "Liberation Sans", HighAnsi = "Liberation Sans" }, new FontSize { Val = "21" }, new Languages { Val = language })), new ParagraphPropertiesDefault()),
        StyleOf("Normal", "Normal", 21, bold: false, after: "120", level: null),
        StyleOf("Title", "Title", 40, bold: true, after: "60", level: null),
        StyleOf("Subtitle", "Subtitle", 26, bold: false, after: "360", level: null),
        StyleOf("Heading1", "heading 1", 30, bold: true, after: "120", level: 0),
        StyleOf("Heading2", "heading 2", 24, bold: true, after: "80", level: 1),
        StyleOf("Caption", "caption", 21, bold: true, after: "40", level: null),
        StyleOf("TableHead", "Table Head", 19, bold: true, after: "20", level: null),
        StyleOf("TableText", "Table Text", 19, bold: false, after: "20", level: null));

    private static Style StyleOf(string id, string name, int halfPoints, bool bold, string after, int? level)
    {
        var paragraph = new StyleParagraphProperties();
        if (level is not null)
        {
            paragraph.Append(new KeepNext());
        }

        paragraph.Append(new SpacingBetweenLines { Before = level is null ? "0" : "240", After = after });
        if (level is { } outline)
        {
            paragraph.Append(new OutlineLevel { Val = outline });
        }

        var run = new StyleRunProperties();
        if (bold)
        {
            run.Append(new Bold());
        }

        run.Append(new FontSize { Val = halfPoints.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        return new Style(new StyleName { Val = name }, new PrimaryStyle(), paragraph, run) { Type = StyleValues.Paragraph, StyleId = id, Default = id == "Normal" };
    }
}
