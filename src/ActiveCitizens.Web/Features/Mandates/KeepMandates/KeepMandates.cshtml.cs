using ActiveCitizens.Web.Features.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActiveCitizens.Web.Features.Mandates.KeepMandates;

[Authorize(Policy = Policies.Administrator)]
public sealed class KeepMandatesModel(MandateDirectory directory, MandateHandler handler) : PageModel
{
    public IReadOnlyList<Mandate> Mandates { get; private set; } = [];
    public DateOnly Today => handler.Today;

    public async Task OnGetAsync(CancellationToken cancel) => Mandates = await directory.ListAsync(User, cancel);
}
