using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Features.Shared.Protection;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Budgets.ShowNeeded;

[OutputCache(PolicyName = PublicPage.Policy, Tags = [BudgetsModule.CacheTag])]
[EnableRateLimiting(ProtectionModule.Recounts)]
public sealed class ShowNeededModel(BudgetRounds rounds, FindNeededHandler handler, CityDbContext db) : PageModel
{
    public BudgetRound Round { get; private set; } = null!;
    public BudgetProject Project { get; private set; } = null!;
    public string Rule { get; private set; } = "";
    public NeededAnswers? Answers { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, int number, string rule, CancellationToken cancel)
    {
        if (await rounds.FindAsync(slug, User, cancel) is not { } round
            || await db.Set<BudgetProject>().AsNoTracking().SingleOrDefaultAsync(project => project.RoundId == round.Id && project.Number == number, cancel) is not { } project
            || !await db.Set<BudgetCount>().AnyAsync(count => count.RoundId == round.Id && count.Rule == rule, cancel))
        {
            return NotFound();
        }

        (Round, Project, Rule) = (round, project, rule);
        Answers = await handler.HandleAsync(round, rule, number, cancel);
        return Page();
    }
}
