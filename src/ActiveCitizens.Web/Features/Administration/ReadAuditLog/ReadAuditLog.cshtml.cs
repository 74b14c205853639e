using System.Text.Json;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Administration.ReadAuditLog;

[Authorize(Policy = Policies.Administrator)]
public sealed class ReadAuditLogModel(CityDbContext db, IStringLocalizer<AdministrationText> text) : PageModel
{
    private const int PageSize = 100;
    private Dictionary<Guid, string?> _names = [];

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public int Pages { get; private set; }
    public IReadOnlyList<AuditEntry> Entries { get; private set; } = [];
    public AuditVerdict? Verdict { get; private set; }

    public string NameOf(Guid? actorId) => actorId is not { } id ? text["The system"] : _names.GetValueOrDefault(id) ?? text["A deleted account"];

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task OnPostVerifyAsync(CancellationToken cancel)
    {
        Verdict = await AuditChain.VerifyAsync(db, cancel);
        await LoadAsync(cancel);
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        P = Math.Max(P, 1);
        var entries = db.Set<AuditEntry>().AsNoTracking();
        if (!string.IsNullOrWhiteSpace(Q))
        {
            var words = Q.Trim();
            entries = entries.Where(entry => entry.Action.Contains(words) || entry.Subject.Contains(words));
        }

        Pages = (await entries.CountAsync(cancel) + PageSize - 1) / PageSize;
        Entries = await entries.OrderByDescending(entry => entry.Sequence).Skip((P - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        var actors = Entries.Select(entry => entry.ActorId).OfType<Guid>().ToHashSet();
        _names = await db.Users.AsNoTracking().Where(account => actors.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => account.DisplayName, cancel);
    }
}

/// <summary>The whole log, one JSON object a line, as an auditor's own program can check it (docs/security-model.md).</summary>
public static class DownloadAuditLog
{
    public static void MapAuditDownload(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/administration/audit/download", (CityDbContext db, City city, HttpContext context) => Results.Stream(async stream =>
        {
            await foreach (var entry in db.Set<AuditEntry>().AsNoTracking().OrderBy(entry => entry.Sequence).AsAsyncEnumerable().WithCancellation(context.RequestAborted))
            {
                await JsonSerializer.SerializeAsync(stream, entry, JsonSerializerOptions.Web, context.RequestAborted);
                await stream.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
            }
        }, "application/x-ndjson", $"{city.Id}-audit.ndjson")).RequireAuthorization(Policies.Administrator);
}
