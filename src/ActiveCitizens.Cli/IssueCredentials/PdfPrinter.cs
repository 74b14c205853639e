using System.Diagnostics;

namespace ActiveCitizens.Cli.IssueCredentials;

/// <summary>Prints an HTML document to a tagged PDF by the Chromium that is installed; nothing leaves this machine.</summary>
internal sealed class PdfPrinter
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];
    private readonly string _program;

    private PdfPrinter(string program) => _program = program;

    /// <exception cref="BadInputException">None is installed.</exception>
    public static PdfPrinter Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var ending = OperatingSystem.IsWindows() ? ".exe" : "";
        return (from name in Names from folder in folders let path = Path.Combine(folder, name + ending) where File.Exists(path) select new PdfPrinter(path)).FirstOrDefault()
            ?? throw new BadInputException($"A PDF needs Chromium, and none of {string.Join(", ", Names)} is installed. Install it, or name an --out that ends with .html and print that file with any browser.");
    }

    /// <exception cref="BadInputException">Chromium made no PDF.</exception>
    public byte[] Print(byte[] document, CancellationToken cancel)
    {
        // Readable by its owner alone, as the letters are secret.
        var folder = Directory.CreateTempSubdirectory("letters-");
        try
        {
            var (page, pdf) = (Path.Combine(folder.FullName, "letters.html"), Path.Combine(folder.FullName, "letters.pdf"));
            File.WriteAllBytes(page, document);
            var start = new ProcessStartInfo(_program,
            [
                "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
                "--no-pdf-header-footer", "--export-tagged-pdf", $"--user-data-dir={Path.Combine(folder.FullName, "profile")}", $"--print-to-pdf={pdf}", new Uri(page).AbsoluteUri,
            ]) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
            if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
            {
                // As root Chromium refuses to start with its sandbox; the document is ours and holds no script.
                start.ArgumentList.Insert(0, "--no-sandbox");
            }

            using var process = Process.Start(start) ?? throw new BadInputException($"{_program} does not start.");
            using var stop = cancel.Register(() => process.Kill(entireProcessTree: true));
            var said = process.StandardError.ReadToEndAsync(cancel);
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            cancel.ThrowIfCancellationRequested();
            return File.Exists(pdf) ? File.ReadAllBytes(pdf) : throw new BadInputException($"{Path.GetFileName(_program)} made no PDF: {said.GetAwaiter().GetResult().Trim()}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
