using System.Globalization;
using ActiveCitizens.Web.Features.Shared.Components;
using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Budgets.ShowProject;

/// <summary>What one rule decided about one project, in sentences made from the count.</summary>
public sealed record Verdict(CountedResult Result, int? Position, IReadOnlyList<string> Sentences, IReadOnlyList<PayerGroup> Payers, int SmallerGroups, IReadOnlyList<(BudgetProject Project, double Paid)> SpentOn);

[OutputCache(PolicyName = PublicPage.Policy, Tags = [BudgetsModule.CacheTag])]
public sealed class ShowProjectModel(BudgetRounds rounds, Format format, IStringLocalizer<BudgetsText> text) : PageModel
{
    private const int GroupsShown = 12;
    private Dictionary<int, BudgetProject> _projects = [];

    public BudgetRound Round { get; private set; } = null!;
    public BudgetProject Project { get; private set; } = null!;
    public IReadOnlyList<Verdict> Verdicts { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string slug, int number, CancellationToken cancel)
    {
        if (await rounds.FindAsync(slug, User, cancel) is not { } round)
        {
            return NotFound();
        }

        Round = round;
        _projects = (await rounds.ProjectsAsync(round, cancel)).ToDictionary(project => project.Number);
        if (!_projects.TryGetValue(number, out var project))
        {
            return NotFound();
        }

        Project = project;
        Verdicts = [.. (await rounds.ResultsAsync(round, cancel)).Select(Explain)];
        return Page();
    }

    private Verdict Explain(CountedResult result)
    {
        var position = result.Winners.Index().Where(pair => pair.Item == Project.Number).Select(pair => (int?)pair.Index + 1).FirstOrDefault();
        if (position is { } taken)
        {
            var round = result.Rounds[taken - 1];
            return new Verdict(result, taken, [text["Taken as number {0} of {1}: {2}.", taken, result.Rounds.Count, text.PhaseName(round.Phase)]], [.. round.Payers.Take(GroupsShown)], Math.Max(0, round.Payers.Count - GroupsShown), []);
        }

        var loser = result.Losers.First(other => other.Project == Project.Number);
        return new Verdict(result, null, [.. WhyNot(result, loser)], [], 0, [.. loser.SpentOn.Select(spent => (_projects[spent.Project], spent.Paid))]);
    }

    private IEnumerable<string> WhyNot(CountedResult result, CountedLoser loser)
    {
        if (Project.CostCents > Round.BudgetCents)
        {
            yield return text["It costs more than the whole budget."];
            yield break;
        }

        if (Project.Votes == 0)
        {
            yield return text["Nobody voted for it."];
        }

        if (loser.Left is { } left)
        {
            var missing = Project.CostCents / 100.0 - left;
            yield return missing > 0
                ? text["At the end its supporters had {0} left together; {1} were missing.", format.Payment(Round, left), format.Payment(Round, missing)]
                : text["Its supporters still had {0} together, but what was left of the budget did not suffice.", format.Payment(Round, left)];
        }

        var rest = Round.BudgetCents - result.TotalCostCents;
        if (Project.CostCents > rest)
        {
            yield return text["{0} of the budget remained at the end, less than it costs.", format.Money(Round, rest)];
        }
    }
}
