using ActiveCitizens.Web.Features.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ActiveCitizens.Web.Features.Elections.KeepElections;

[Authorize(Policy = Policies.ElectionOffice)]
public sealed class KeepElectionsModel(ElectionDirectory directory) : PageModel
{
    public IReadOnlyList<Election> Elections { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Elections = await directory.ListAsync(User, cancel);
}
