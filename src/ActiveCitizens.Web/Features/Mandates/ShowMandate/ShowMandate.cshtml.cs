using ActiveCitizens.Web.Features.MunicipalCouncil;
using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;

namespace ActiveCitizens.Web.Features.Mandates.ShowMandate;

/// <summary>One mandate: its dates and deliberations, powers and limits, competences, and the matrix of who does what.</summary>
[OutputCache(PolicyName = PublicPage.Policy, Tags = [MandatesModule.CacheTag, MunicipalCouncilModule.CacheTag])]
public sealed class ShowMandateModel(MandateDirectory directory, Deliberations deliberations, MandateHandler handler) : PageModel
{
    public Mandate Mandate { get; private set; } = null!;
    public MandateState State { get; private set; }
    public IReadOnlyList<DelegatedSubject> Subjects { get; private set; } = [];
    public DeliberationLink? OpenedBy { get; private set; }
    public DeliberationLink? ClosedBy { get; private set; }
    public Mandate? Before { get; private set; }
    public Mandate? After { get; private set; }

    public async Task<IActionResult> OnGetAsync(int year, CancellationToken cancel)
    {
        if (await directory.FindAsync(year, User, cancel) is not { } mandate)
        {
            return NotFound();
        }

        (Mandate, State) = (mandate, mandate.StateOn(handler.Today));
        Subjects = await directory.SubjectsAsync(mandate, cancel);
        var acts = await deliberations.LinksAsync(new[] { mandate.OpenedById, mandate.ClosedById }.OfType<Guid>(), cancel);
        (OpenedBy, ClosedBy) = (acts.GetValueOrDefault(mandate.OpenedById ?? Guid.Empty), acts.GetValueOrDefault(mandate.ClosedById ?? Guid.Empty));
        var all = await directory.ListAsync(User, cancel);
        (Before, After) = (all.LastOrDefault(other => other.StartsOn < mandate.StartsOn), all.FirstOrDefault(other => other.StartsOn > mandate.StartsOn));
        return Page();
    }
}
