using System.Globalization;
using System.Net;
using System.Text;
using ActiveCitizens.Cli.Files;
using QRCoder;

namespace ActiveCitizens.Cli.IssueCredentials;

/// <summary>What differs from letter to letter.</summary>
/// <param name="Code">Number and credential, as the booth takes them.</param>
/// <param name="Link">Opens the booth with the code; it stands behind the #, which browsers do not send.</param>
internal sealed record Letter(IReadOnlyList<string> Address, string Code, string Link)
{
    public static Letter Of(CsvRow row, string credential, LetterTexts texts) => new(
        [row.Required("name"), .. row.Text("address").Split([", ", "\n"], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), $"{row.Text("postcode")} {row.Text("town")}".Trim()],
        CodeOf(row, credential), LinkOf(row, credential, texts));

    public static string CodeOf(CsvRow row, string credential) => $"{row.Text("id")} {credential}";

    public static string LinkOf(CsvRow row, string credential, LetterTexts texts) => $"{texts.Booth}#{Uri.EscapeDataString(row.Text("id"))}_{credential}";
}

/// <summary>The letters as one HTML document, a page each, with the address where French DL envelopes have their window.</summary>
internal static class LetterDocument
{
    private const string Style = """
        @page { size: A4; margin: 0; }
        * { box-sizing: border-box; }
        body { margin: 0; color: #000; background: #fff; font: 13pt/1.4 "Atkinson Hyperlegible", Arial, "Liberation Sans", "DejaVu Sans", sans-serif; }
        article { position: relative; width: 210mm; height: 296.9mm; padding: 92mm 20mm 12mm; overflow: hidden; break-after: page; break-inside: avoid; }
        .sender { position: absolute; top: 15mm; left: 20mm; width: 75mm; margin: 0; font-size: 11pt; white-space: pre-line; }
        .to { position: absolute; top: 47mm; left: 105mm; width: 88mm; max-height: 36mm; font-style: normal; font-size: 12pt; line-height: 1.3; }
        .reference { position: absolute; top: 82mm; left: 20mm; margin: 0; font-size: 10pt; }
        .rehearsal { margin: 0 0 3mm; font-weight: bold; }
        h1 { margin: 0 0 3mm; font-size: 18pt; line-height: 1.2; }
        h2 { margin: 4mm 0 2mm; font-size: 13pt; }
        p { margin: 0 0 3mm; }
        .code { display: inline-block; margin: 0 0 3mm; padding: 3mm 5mm; border: .6mm solid #000; font: bold 17pt/1.2 "DejaVu Sans Mono", "Liberation Mono", monospace; white-space: nowrap; }
        .number { margin-right: 5mm; }
        .how { display: flex; gap: 8mm; }
        ol { flex: 1; margin: 0 0 3mm; padding-left: 7mm; }
        li { margin-bottom: 2mm; overflow-wrap: anywhere; }
        svg { flex: none; width: 38mm; height: 38mm; }
        .small { font-size: 11pt; }
        """;

    public static byte[] Write(LetterTexts texts, IEnumerable<Letter> letters)
    {
        var page = new StringBuilder(1 << 20);
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"{Text(texts.Language)}\"><head><meta charset=\"utf-8\"><title>{Text(texts.Subject)}</title>\n<style>{Style}</style></head><body><main>\n");
        foreach (var letter in letters)
        {
            Append(page, texts, letter);
        }

        return Encoding.UTF8.GetBytes(page.Append("</main></body></html>\n").ToString());
    }

    private static void Append(StringBuilder page, LetterTexts texts, Letter letter)
    {
        var split = letter.Code.IndexOf(' ', StringComparison.Ordinal);
        page.Append(CultureInfo.InvariantCulture, $"<article><p class=\"sender\">{Text(texts.Sender)}</p><address class=\"to\">{string.Join("<br>", letter.Address.Select(Text))}</address><p class=\"reference\">{Text(texts.Reference)}</p>");
        if (texts.Rehearsal is { Length: > 0 } rehearsal)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"rehearsal\">{Text(rehearsal)}</p>");
        }

        page.Append(CultureInfo.InvariantCulture, $"<h1>{Text(texts.Subject)}</h1><p>{Text(texts.Opening)}</p><h2>{Text(texts.CodeTitle)}</h2><p class=\"code\"><span class=\"number\">{Text(letter.Code[..split])}</span> {Text(letter.Code[(split + 1)..])}</p><div class=\"how\"><ol>");
        foreach (var (step, index) in texts.Steps.Select((step, index) => (step, index)))
        {
            page.Append(CultureInfo.InvariantCulture, $"<li>{Text(step)}{(index == 0 ? $" <strong>{Text(texts.Booth)}</strong>" : "")}</li>");
        }

        page.Append("</ol>");
        AppendQr(page, letter.Link, texts.QrAlternative);
        page.Append(CultureInfo.InvariantCulture, $"</div><p>{Text(texts.Without)}</p><p><strong>{Text(texts.Help)}</strong></p><p class=\"small\">{Text(texts.Secrecy)}</p></article>\n");
    }

    /// <summary>One path of horizontal runs: thousands of small squares would make the print slow.</summary>
    private static void AppendQr(StringBuilder page, string content, string alternative)
    {
        using var code = QRCodeGenerator.GenerateQrCode(content, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        page.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {rows.Count} {rows.Count}\" role=\"img\" aria-label=\"{Text(alternative)}\" shape-rendering=\"crispEdges\"><path d=\"");
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                var from = x;
                while (x < rows.Count && rows[y][x])
                {
                    x++;
                }

                if (x > from)
                {
                    page.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z");
                }
            }
        }

        page.Append("\"/></svg>");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
