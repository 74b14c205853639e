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
    public IReadOnlyList<CountedResult> All { get; private set; } = [];
    public IReadOnlyDictionary<int, BudgetProject> Projects { get; private set; } = new Dictionary<int, BudgetProject>();

    /// <summary>Projects that some rules fund and others do not.</summary>
    public IReadOnlyList<BudgetProject> Disputed { get; private set; } = [];
    public bool HasMoney => Result.Endowment is not null;

    public bool Funds(CountedResult result, int project) => result.Winners.Contains(project);

    public decimal ChoicesPerVoter(CountedResult result) =>
        Round.VoterCount == 0 ? 0 : result.VotersByWinners.Index().Sum(pair => (decimal)pair.Index * pair.Item) / Round.VoterCount;

    public async Task<IActionResult> OnGetAsync(string slug, string? rule, CancellationToken cancel)
    {
        if (await rounds.FindAsync(slug, User, cancel) is not { } round)
        {
            return NotFound();
        }

        Round = round;
        All = await rounds.ResultsAsync(round, cancel);
        if (All.FirstOrDefault(result => result.Rule == (rule ?? round.DecidingRule)) is not { } chosen)
        {
            return NotFound();
        }

        Result = chosen;
        Projects = (await rounds.ProjectsAsync(round, cancel)).ToDictionary(project => project.Number);
        Disputed = [.. Projects.Values.Where(project => All.Select(result => Funds(result, project.Number)).Distinct().Count() > 1).OrderByDescending(project => project.Votes).ThenBy(project => project.Number)];
        return Page();
    }
}
