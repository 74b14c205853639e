using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Budgets.ListRounds;

[OutputCache(PolicyName = PublicPage.Policy, Tags = [BudgetsModule.CacheTag])]
public sealed class ListRoundsModel(CityDbContext db) : PageModel
{
    public IReadOnlyList<BudgetRound> Rounds { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) =>
        Rounds = await db.Set<BudgetRound>().AsNoTracking().Where(round => round.PublishedAt != null).OrderByDescending(round => round.Edition).ThenBy(round => round.Title).ToListAsync(cancel);
}
