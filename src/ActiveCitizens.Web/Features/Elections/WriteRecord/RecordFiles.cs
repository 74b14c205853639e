using System.Globalization;
using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActiveCitizens.Web.Features.Elections.WriteRecord;

/// <summary>The record's second address, that of one neighbourhood, and its files.</summary>
public static class RecordRoutes
{
    public static void AddRecordRoutes(this IServiceCollection services) => services.Configure<RazorPagesOptions>(options =>
        options.Conventions.AddPageRoute("/Elections/WriteRecord/ShowRecord", "/elections/{slug}/{code}/record"));

    public static void MapRecordFiles(this IEndpointRouteBuilder routes)
    {
        var files = routes.MapGroup("/elections/{slug}").CacheOutput(policy => policy.AddPolicy<PublicPage>().Tag(ElectionsModule.CacheTag).Expire(PublicPage.Lifetime));
        files.MapGet("record.docx", (string slug, RecordFiles record, CancellationToken cancel) => record.DocxAsync(slug, null, cancel));
        files.MapGet("{code}/record.docx", (string slug, string code, RecordFiles record, CancellationToken cancel) => record.DocxAsync(slug, code, cancel));
        files.MapGet("record.pdf", (string slug, RecordFiles record, HttpContext http, CancellationToken cancel) => record.PdfAsync(slug, null, http, cancel));
        files.MapGet("{code}/record.pdf", (string slug, string code, RecordFiles record, HttpContext http, CancellationToken cancel) => record.PdfAsync(slug, code, http, cancel));
    }
}

/// <summary>Finds the record of an address and writes it as a file.</summary>
public sealed class RecordFiles(ElectionDirectory contests, RecordWriter writer, RecordPrinter printer)
{
    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    public async Task<IResult> DocxAsync(string slug, string? code, CancellationToken cancel) =>
        await FindAsync(slug, code, cancel) is { } record ? Results.File(RecordDocx.Write(record, Language), RecordDocx.ContentType, $"{Name(slug, code)}.docx") : Results.NotFound();

    /// <summary>Without a Chromium on this machine the print page answers: every browser makes the same PDF from it.</summary>
    public async Task<IResult> PdfAsync(string slug, string? code, HttpContext http, CancellationToken cancel) =>
        await FindAsync(slug, code, cancel) is not { } record ? Results.NotFound()
        : await printer.PrintAsync(record, Language, cancel) is { } pdf ? Results.File(pdf, "application/pdf", $"{Name(slug, code)}.pdf")
        : Results.Redirect($"{http.Request.PathBase}{http.Request.Path.Value![..^4]}");

    private async Task<OfficialRecord?> FindAsync(string slug, string? code, CancellationToken cancel)
    {
        if (code is null)
        {
            return await contests.FindAsync(slug, cancel) is { } election ? await writer.WriteAsync(election, null, cancel) : null;
        }

        return await contests.FindAsync(slug, code, cancel) is var (found, contest) ? await writer.WriteAsync(found, contest, cancel) : null;
    }

    private static string Name(string slug, string? code) => code is null ? $"{slug}-record" : $"{slug}-{code.ToLowerInvariant()}-record";
}
