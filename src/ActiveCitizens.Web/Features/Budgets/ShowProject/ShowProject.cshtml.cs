using ActiveCitizens.Budgeting.Explanations;
using ActiveCitizens.Web.Features.Shared.Components;
using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Budgets.ShowProject;

/// <summary>What one rule decided about one project, in sentences made from the count.</summary>
public sealed record ProjectVerdict(CountedResult Result, int? Position, IReadOnlyList<string> Sentences, IReadOnlyList<PayerGroup> Payers, int SmallerGroups, IReadOnlyList<(BudgetProject Project, double Paid)> SpentOn);

[OutputCache(PolicyName = PublicPage.Policy, Tags = [BudgetsModule.CacheTag])]
public sealed class ShowProjectModel(BudgetRounds rounds, Format format, IStringLocalizer<BudgetsText> text) : PageModel
{
    private const int GroupsShown = 12;

    public BudgetRound Round { get; private set; } = null!;
    public BudgetProject Project { get; private set; } = null!;
    public IReadOnlyList<ProjectVerdict> Verdicts { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string slug, int number, CancellationToken cancel)
    {
        if (await rounds.FindAsync(slug, User, cancel) is not { } round)
        {
            return NotFound();
        }

        var content = await rounds.ContentAsync(round, cancel);
        if (content.Project(number) is not { } project)
        {
            return NotFound();
        }

        (Round, Project) = (round, project);
        Verdicts = [.. content.Results.Select(result => Explain(content, result))];
        return Page();
    }

    private ProjectVerdict Explain(RoundContent content, CountedResult result)
    {
        var counted = result.Projects[Project.Number - 1];
        return new ProjectVerdict(result, counted.Position, [.. Why(result, counted)], [.. counted.Payers.Take(GroupsShown)], Math.Max(0, counted.Payers.Count - GroupsShown),
            [.. counted.SpentOn.Select(spent => (content.Project(spent.Project)!, spent.Paid))]);
    }

    private IEnumerable<string> Why(CountedResult result, CountedProject counted)
    {
        var (available, missing) = (Money(counted.Available), Money(counted.Missing));
        if (counted.Position is { } position)
        {
            yield return text["Taken as number {0} of {1}.", position, result.Rounds.Count];
        }

        yield return counted.Verdict switch
        {
            nameof(Verdict.BoughtInRound) => text["Its supporters could pay for it together, and no other project had more effective votes then."],
            nameof(Verdict.LoadedInRound) => text["Of all projects, it burdened its supporters least."],
            nameof(Verdict.FundedByTailRule) => text["Its supporters could not pay for it alone; it was funded by votes from the {0} that remained.", available],
            nameof(Verdict.GreedyFunded) => text["When its turn came, {0} were left: enough.", available],
            nameof(Verdict.GreedySkipped) => text["When its turn came, only {0} were left; {1} were missing.", available, missing],
            nameof(Verdict.StoppedTheCount) => text["It no longer fitted into what was left, and the rule ends there."],
            nameof(Verdict.NotReached) => text["The count ended before its turn came."],
            nameof(Verdict.NoLongerFits) => text["It came to cost more than what was left: {0} were missing.", missing],
            nameof(Verdict.DoesNotFit) => text["It costs {0} more than the whole budget.", missing],
            nameof(Verdict.NeverEnoughMoney) => text["All its supporters together had {0} from the start; {1} were missing.", available, missing],
            nameof(Verdict.SupportersSpentElsewhere) => text["Its supporters had spent part of their share on other projects: {0} were left to them together, {1} were missing.", available, missing],
            nameof(Verdict.TooFewVotes) => text["It has fewer votes than the published threshold."],
            nameof(Verdict.NoVotes) => text["Nobody voted for it."],
            nameof(Verdict.Withdrawn) => text["It was withdrawn."],
            _ => text["Equal to other projects: a lot must decide."],
        };
    }

    private string Money(double? units) => units is { } amount ? format.Payment(Round, amount) : "";
}
