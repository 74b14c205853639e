using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Mail;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace ActiveCitizens.Web.Features.Administration.KeptMessages;

[Authorize(Policy = Policies.Administrator)]
public sealed class KeptMessagesModel(CityDbContext db, IOptions<MailOptions> mail, AuditTrail audit, TimeProvider clock, IStringLocalizer<AdministrationText> text) : PageModel
{
    private const int PageSize = 30;

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public int Pages { get; private set; }
    public bool Sends => mail.Value.Sends;
    public IReadOnlyList<OutboxMessage> Messages { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        P = Math.Max(P, 1);
        Response.Headers.CacheControl = "no-store";
        var since = clock.GetUtcNow() - TimeSpan.FromDays(30);
        var messages = db.Set<OutboxMessage>().AsNoTracking().Where(message => message.CreatedAt > since);
        Pages = (await messages.CountAsync(cancel) + PageSize - 1) / PageSize;
        Messages = await messages.OrderByDescending(message => message.CreatedAt).Skip((P - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
    }

    public async Task<IActionResult> OnPostTryAgainAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<OutboxMessage>().SingleOrDefaultAsync(message => message.Id == id && message.GivenUpAt != null, cancel) is not { } message)
        {
            return NotFound();
        }

        message.TryAgain(clock.GetUtcNow());
        audit.Record("message.tried-again", $"message:{id}", new { });
        await db.SaveChangesAsync(cancel);
        TempData["Note"] = text["The message will be sent again."].Value;
        return RedirectToPage();
    }
}
