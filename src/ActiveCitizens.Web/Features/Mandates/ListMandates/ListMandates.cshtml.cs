using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;

namespace ActiveCitizens.Web.Features.Mandates.ListMandates;

[OutputCache(PolicyName = PublicPage.Policy, Tags = [MandatesModule.CacheTag])]
public sealed class ListMandatesModel(MandateDirectory directory, MandateHandler handler) : PageModel
{
    public IReadOnlyList<Mandate> Mandates { get; private set; } = [];
    public DateOnly Today => handler.Today;

    public async Task OnGetAsync(CancellationToken cancel) => Mandates = await directory.ListAsync(User, cancel);
}
