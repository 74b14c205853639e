using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.MunicipalCouncil.KeepRegister;

/// <summary>Every act, what waits first: those not posted, then the posted ones.</summary>
[Authorize(Policy = Policies.MunicipalRegister)]
public sealed class KeepRegisterModel(CityDbContext db, RegisterHandler register) : PageModel
{
    private const int PageSize = 50;

    public IReadOnlyList<Deliberation> Acts { get; private set; } = [];
    public int Pages { get; private set; }
    public DateOnly Today => register.Today;

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        P = Math.Max(P, 1);
        var acts = db.Set<Deliberation>().AsNoTracking();
        Pages = (await acts.CountAsync(cancel) + PageSize - 1) / PageSize;
        Acts = await acts.OrderBy(act => act.PublishedAt != null && act.TransmittedOn != null).ThenByDescending(act => act.SessionDate).ThenByDescending(act => act.Number).Skip((P - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
    }
}
