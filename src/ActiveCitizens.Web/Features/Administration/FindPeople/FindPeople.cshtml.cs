using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Administration.FindPeople;

[Authorize(Policy = Policies.Administrator)]
public sealed class FindPeopleModel(CityDbContext db, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;

    public sealed record Person(Guid Id, string Name, string Email, IReadOnlyList<Role> Roles);

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public int Pages { get; private set; }
    public IReadOnlyList<Person> People { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        P = Math.Max(P, 1);
        var accounts = db.Users.AsNoTracking().Where(account => account.DeletedAt == null);
        if (string.IsNullOrWhiteSpace(Q))
        {
            accounts = accounts.Where(account => db.Set<RoleGrant>().Any(grant => grant.AccountId == account.Id && grant.WithdrawnAt == null));
        }
        else
        {
            var (email, name) = (Q.Trim().ToUpperInvariant(), Folding.Fold(Q.Trim()));
            accounts = accounts.Where(account => account.NormalizedEmail!.Contains(email) || account.SearchName!.Contains(name));
        }

        Pages = (await accounts.CountAsync(cancel) + PageSize - 1) / PageSize;
        var found = await accounts.OrderBy(account => account.DisplayName).ThenBy(account => account.Id).Skip((P - 1) * PageSize).Take(PageSize)
            .Select(account => new { account.Id, account.DisplayName, account.Email, Grants = db.Set<RoleGrant>().Where(grant => grant.AccountId == account.Id && grant.WithdrawnAt == null).ToList() })
            .ToListAsync(cancel);
        People = [.. found.Select(person => new Person(person.Id, person.DisplayName ?? "", person.Email ?? "", [.. person.Grants.Where(grant => grant.HoldsAt(now)).Select(grant => grant.Role).Distinct()]))];
    }
}
