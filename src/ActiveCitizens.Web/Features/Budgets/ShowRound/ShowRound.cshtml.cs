using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Budgets.ShowRound;

public enum ProjectOrder { Votes, Cost, Name }

[OutputCache(PolicyName = PublicPage.Policy, Tags = [BudgetsModule.CacheTag])]
public sealed class ShowRoundModel(BudgetRounds rounds, IStringLocalizer<BudgetsText> text) : PageModel
{
    private const int PageSize = 100;

    public BudgetRound Round { get; private set; } = null!;
    public CountedResult? Result { get; private set; }
    public IReadOnlyList<BudgetProject> Shown { get; private set; } = [];
    public int FoundCount { get; private set; }
    public int Pages { get; private set; }
    public bool IsOnMap { get; private set; }
    public IReadOnlyList<SelectListItem> Categories { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Places { get; private set; } = [];

    public IEnumerable<SelectListItem> Orders =>
    [
        new(text["Most votes first"], nameof(ProjectOrder.Votes)),
        new(text["Dearest first"], nameof(ProjectOrder.Cost)),
        new(text["By name"], nameof(ProjectOrder.Name)),
    ];

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    [Display(Name = "Category")]
    public string? Category { get; set; }

    [BindProperty(SupportsGet = true)]
    [Display(Name = "Place")]
    public string? Place { get; set; }

    [BindProperty(SupportsGet = true)]
    [Display(Name = "Order")]
    public ProjectOrder Sort { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await rounds.FindAsync(slug, User, cancel) is not { } round)
        {
            return NotFound();
        }

        Round = round;
        var content = await rounds.ContentAsync(round, cancel);
        Result = content.Result(round.DecidingRule);
        Categories = Choices(content.Projects.Select(project => project.Category), text["All categories"]);
        Places = Choices(content.Projects.Select(project => project.Place), text["All places"]);
        IsOnMap = content.Projects.Any(project => project.Latitude is not null);
        var words = Folding.Fold(Q ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        List<BudgetProject> found =
        [
            .. content.Projects.Where(project => (string.IsNullOrEmpty(Category) || project.Category == Category)
                && (string.IsNullOrEmpty(Place) || project.Place == Place)
                && Array.TrueForAll(words, word => project.SearchText.Contains(word, StringComparison.Ordinal))),
        ];
        FoundCount = found.Count;
        Pages = (FoundCount + PageSize - 1) / PageSize;
        P = Math.Clamp(P, 1, Math.Max(Pages, 1));
        var ordered = Sort switch
        {
            ProjectOrder.Cost => found.OrderByDescending(project => project.CostCents),
            ProjectOrder.Name => found.OrderBy(project => project.Name, StringComparer.CurrentCulture),
            _ => found.OrderByDescending(project => project.Votes),
        };
        Shown = [.. ordered.ThenBy(project => project.Number).Skip((P - 1) * PageSize).Take(PageSize)];
        return Page();
    }

    private static List<SelectListItem> Choices(IEnumerable<string> values, string all) =>
        [new(all, ""), .. values.Where(value => value.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.CurrentCulture).Select(value => new SelectListItem(value, value))];
}
