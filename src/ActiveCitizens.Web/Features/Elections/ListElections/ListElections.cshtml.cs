using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;

namespace ActiveCitizens.Web.Features.Elections.ListElections;

[OutputCache(PolicyName = PublicPage.Policy, Tags = [ElectionsModule.CacheTag])]
public sealed class ListElectionsModel(ElectionDirectory directory) : PageModel
{
    public IReadOnlyList<Election> Elections { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Elections = await directory.ListAsync(User, cancel);
}
