using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;

namespace ActiveCitizens.Web.Features.MunicipalCouncil.ListAuthorisations;

/// <summary>Who may sign for the city today, and by which deliberation.</summary>
[OutputCache(PolicyName = PublicPage.Policy, Tags = [MunicipalCouncilModule.CacheTag])]
public sealed class ListAuthorisationsModel(SigningAuthorisations signing, Deliberations deliberations, RegisterHandler register) : PageModel
{
    public IReadOnlyList<SigningAuthorisation> Holding { get; private set; } = [];
    public IReadOnlyDictionary<Guid, DeliberationLink> GivenBy { get; private set; } = new Dictionary<Guid, DeliberationLink>();

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Holding = await signing.FindAsync(register.Today, cancel);
        GivenBy = await deliberations.LinksAsync(Holding.Select(given => given.DeliberationId), cancel);
    }
}
