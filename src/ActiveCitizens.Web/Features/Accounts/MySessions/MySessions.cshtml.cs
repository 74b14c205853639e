using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Accounts.MySessions;

[Authorize(Policy = Policies.SignedIn)]
public sealed class MySessionsModel(CityDbContext db, SignInHandler signIn, TimeProvider clock, IStringLocalizer<AccountsText> text) : PageModel
{
    public IReadOnlyList<SignInSession> Sessions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var (now, id) = (clock.GetUtcNow(), User.AccountId());
        Sessions = await db.Set<SignInSession>().AsNoTracking().Where(session => session.AccountId == id && session.EndedAt == null && session.ExpiresAt > now)
            .OrderByDescending(session => session.LastSeenAt).ToListAsync(cancel);
    }

    public async Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken cancel)
    {
        await signIn.EndSessionAsync(User.AccountId()!.Value, id, cancel);
        TempData["Note"] = text["The session is ended."].Value;
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEndAllAsync(CancellationToken cancel)
    {
        await signIn.EndAllAsync(User.AccountId()!.Value, except: null, cancel);
        await signIn.SignOutAsync(cancel);
        return LocalRedirect(Url.Content("~/"));
    }
}
