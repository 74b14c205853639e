using ActiveCitizens.Web.Features.Mandates;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.MunicipalCouncil.ShowDeliberation;

/// <summary>One deliberation: its vote, its text, its dates, and what rests on it. A draft only for those who keep the register.</summary>
[OutputCache(PolicyName = PublicPage.Policy, Tags = [MunicipalCouncilModule.CacheTag, MandatesModule.CacheTag])]
public sealed class ShowDeliberationModel(CityDbContext db, Deliberations deliberations, SigningAuthorisations signing, MandateDirectory mandates, RegisterHandler register) : PageModel
{
    public Deliberation Act { get; private set; } = null!;
    public Deliberation? Changes { get; private set; }
    public IReadOnlyList<Deliberation> ChangedBy { get; private set; } = [];
    public IReadOnlyList<SigningAuthorisation> Authorisations { get; private set; } = [];
    public IReadOnlyList<MandateAct> Mandates { get; private set; } = [];
    public bool IsLate { get; private set; }

    public async Task<IActionResult> OnGetAsync(int year, int number, CancellationToken cancel)
    {
        if (await deliberations.FindAsync(year, number, User, cancel) is not { } act)
        {
            return NotFound();
        }

        (Act, IsLate) = (act, act.IsLateOn(register.Today));
        Changes = act.AmendsId is { } amended ? await db.Set<Deliberation>().AsNoTracking().SingleAsync(other => other.Id == amended, cancel) : null;
        ChangedBy = await deliberations.Posted.Where(other => other.AmendsId == act.Id).ToListAsync(cancel);
        Authorisations = await signing.GivenByAsync(act.Id, cancel);
        Mandates = await mandates.ActsOfAsync(act.Id, cancel);
        return Page();
    }
}
