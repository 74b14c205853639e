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
    private IReadOnlyList<BudgetProject> _projects = [];
    private List<BudgetProject>? _found;

    public BudgetRound Round { get; private set; } = null!;
    public CountedResult? Result { get; private set; }

    /// <summary>Nothing is searched: what the page then says of the round never changes.</summary>
    public bool IsPlain => ModelState.IsValid && P >= 1 && P <= (_projects.Count + PageSize - 1) / PageSize && Request.Query.Keys.All(key => key is nameof(Sort) or nameof(P));
    public IReadOnlyList<BudgetProject> Found => _found ??= Find();
    public int Pages => (Found.Count + PageSize - 1) / PageSize;
    public int Shown => Math.Clamp(P, 1, Math.Max(Pages, 1));
    public IEnumerable<BudgetProject> OnPage => Found.Skip((Shown - 1) * PageSize).Take(PageSize);
    public bool IsOnMap => _projects.Any(project => project.Latitude is not null);
    public IReadOnlyList<SelectListItem> Categories => Choices(_projects.Select(project => project.Category), text["All categories"]);
    public IReadOnlyList<SelectListItem> Places => Choices(_projects.Select(project => project.Place), text["All places"]);

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
        (_projects, Result) = (content.Projects, content.Result(round.DecidingRule));
        return Page();
    }

    // Asked for by what the page writes: nothing is searched when that was written before.
    private List<BudgetProject> Find()
    {
        var words = Folding.Fold(Q ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var found = _projects.Where(project => (string.IsNullOrEmpty(Category) || project.Category == Category)
            && (string.IsNullOrEmpty(Place) || project.Place == Place)
            && Array.TrueForAll(words, word => project.SearchText.Contains(word, StringComparison.Ordinal)));
        var ordered = Sort switch
        {
            ProjectOrder.Cost => found.OrderByDescending(project => project.CostCents),
            ProjectOrder.Name => found.OrderBy(project => project.Name, StringComparer.CurrentCulture),
            _ => found.OrderByDescending(project => project.Votes),
        };
        return [.. ordered.ThenBy(project => project.Number)];
    }

    private static List<SelectListItem> Choices(IEnumerable<string> values, string all) =>
        [new(all, ""), .. values.Where(value => value.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.CurrentCulture).Select(value => new SelectListItem(value, value))];
}
