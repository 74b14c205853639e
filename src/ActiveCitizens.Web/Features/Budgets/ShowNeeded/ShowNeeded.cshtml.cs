using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Features.Shared.Protection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.RateLimiting;

namespace ActiveCitizens.Web.Features.Budgets.ShowNeeded;

[OutputCache(PolicyName = PublicPage.Policy, Tags = [BudgetsModule.CacheTag])]
[EnableRateLimiting(ProtectionModule.Recounts)]
public sealed class ShowNeededModel(BudgetRounds rounds, FindNeededHandler handler) : PageModel
{
    public BudgetRound Round { get; private set; } = null!;
    public BudgetProject Project { get; private set; } = null!;
    public string Rule { get; private set; } = "";
    public NeededAnswers? Answers { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, int number, string rule, CancellationToken cancel)
    {
        if (await rounds.FindAsync(slug, User, cancel) is not { } round)
        {
            return NotFound();
        }

        var content = await rounds.ContentAsync(round, cancel);
        if (content.Project(number) is not { } project || content.Result(rule) is null)
        {
            return NotFound();
        }

        (Round, Project, Rule) = (round, project, rule);
        Answers = await handler.HandleAsync(round, rule, number, cancel);
        return Page();
    }
}
