using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;

namespace ActiveCitizens.Web.Features.Budgets.ShowResult;

[OutputCache(PolicyName = PublicPage.Policy, Tags = [BudgetsModule.CacheTag])]
public sealed class ShowResultModel(BudgetRounds rounds) : PageModel
{
    public BudgetRound Round { get; private set; } = null!;
    public CountedResult Result { get; private set; } = null!;
    public RoundContent Counted { get; private set; } = null!;
    public bool HasMoney => Result.Endowment is not null;

    public decimal ChoicesPerVoter(CountedResult result) =>
        Round.VoterCount == 0 ? 0 : result.VotersByWinners.Index().Sum(pair => (decimal)pair.Index * pair.Item) / Round.VoterCount;

    public async Task<IActionResult> OnGetAsync(string slug, string? rule, CancellationToken cancel)
    {
        if (await rounds.FindAsync(slug, User, cancel) is not { } round)
        {
            return NotFound();
        }

        Round = round;
        Counted = await rounds.ContentAsync(round, cancel);
        if (Counted.Result(rule ?? round.DecidingRule) is not { } chosen)
        {
            return NotFound();
        }

        Result = chosen;
        return Page();
    }
}
