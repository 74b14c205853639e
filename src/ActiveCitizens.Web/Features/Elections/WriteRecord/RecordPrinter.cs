using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Web.Features.Elections.WriteRecord;

/// <summary>
/// Prints the record to a tagged PDF by the Chromium of this machine, when there is one. One print at a time, and each text once: a public address
/// must not start a browser per request.
/// </summary>
public sealed class RecordPrinter : IDisposable
{
    private const int MostKept = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private readonly SemaphoreSlim _one = new(1);
    private readonly ConcurrentDictionary<string, byte[]> _kept = new(StringComparer.Ordinal);

    /// <summary>Null when there is no Chromium, or it failed.</summary>
    public async Task<byte[]?> PrintAsync(OfficialRecord record, string language, CancellationToken cancel)
    {
        if (FindBrowser() is not { } browser)
        {
            return null;
        }

        var page = Page(record, language);
        var key = Digest.Of(page).Hex;
        if (_kept.TryGetValue(key, out var kept))
        {
            return kept;
        }

        await _one.WaitAsync(cancel);
        try
        {
            if (_kept.TryGetValue(key, out kept))
            {
                return kept;
            }

            if (await PrintAsync(browser, page, cancel) is not { } printed)
            {
                return null;
            }

            if (_kept.Count >= MostKept)
            {
                _kept.Clear();
            }

            return _kept[key] = printed;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static string? FindBrowser() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    private static async Task<byte[]?> PrintAsync(string browser, string page, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("record-").FullName;
        try
        {
            var (source, target) = (Path.Combine(folder, "record.html"), Path.Combine(folder, "record.pdf"));
            await File.WriteAllTextAsync(source, page, cancel);
            var start = new ProcessStartInfo(browser) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
            foreach (var argument in (string[])["--headless", "--no-sandbox", "--disable-gpu", "--disable-extensions", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--export-tagged-pdf", "--no-pdf-header-footer",
                $"--user-data-dir={Path.Combine(folder, "profile")}", $"--print-to-pdf={target}", new Uri(source).AbsoluteUri])
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start)!;
            process.OutputDataReceived += static (_, _) => { };
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(Patience);
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancel.ThrowIfCancellationRequested();
                return null;
            }

            return process.ExitCode == 0 && File.Exists(target) ? await File.ReadAllBytesAsync(target, cancel) : null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A page that loads nothing and runs nothing: all its words are encoded.</summary>
    private static string Page(OfficialRecord record, string language)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html><html lang=\"").Append(language).Append("\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"><title>").Append(Safe(record.Title)).Append("</title><style>");
        html.Append("@page{size:A4;margin:18mm 16mm}body{font:10.5pt/1.4 'Atkinson Hyperlegible','Liberation Sans',sans-serif}h1{font-size:20pt;margin:0}h2{font-size:15pt;break-after:avoid}h3{font-size:12pt;break-after:avoid}table{border-collapse:collapse;width:100%;margin:0 0 5mm}caption{text-align:start;font-weight:bold;padding:2mm 0}th,td{border:.3mm solid #555;padding:1mm 2mm;text-align:start;vertical-align:top;font-size:9.5pt;overflow-wrap:anywhere}thead{display:table-header-group}tr{break-inside:avoid}.sign td{height:20mm;width:50%}");
        html.Append("</style></head><body><h1>").Append(Safe(record.Title)).Append("</h1><p>").Append(Safe(record.Subtitle)).Append("</p>");
        foreach (var section in record.Sections)
        {
            html.Append("<h").Append(section.Level).Append('>').Append(Safe(section.Title)).Append("</h").Append(section.Level).Append('>');
            foreach (var line in section.Lines)
            {
                html.Append("<p>").Append(Safe(line)).Append("</p>");
            }

            foreach (var table in section.Tables)
            {
                html.Append("<table><caption>").Append(Safe(table.Caption)).Append("</caption><thead><tr>");
                html.AppendJoin("", table.Header.Select(cell => $"<th scope=\"col\">{Safe(cell)}</th>")).Append("</tr></thead><tbody>");
                foreach (var row in table.Rows)
                {
                    html.Append("<tr><th scope=\"row\">").Append(Safe(row[0])).Append("</th>").AppendJoin("", row.Skip(1).Select(cell => $"<td>{Safe(cell)}</td>")).Append("</tr>");
                }

                html.Append("</tbody></table>");
            }
        }

        html.Append("<h2>").Append(Safe(record.SignaturesTitle)).Append("</h2><table class=\"sign\"><tbody>");
        html.AppendJoin("", record.Signers.Select(signer => $"<tr><td>{Safe(signer)}</td><td></td></tr>")).Append("</tbody></table></body></html>");
        return html.ToString();
    }

    private static string Safe(string words) => WebUtility.HtmlEncode(words);
}
