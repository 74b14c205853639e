using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Budgets.ShowRound;

public enum ProjectOrder { Votes, Cost, Name }

[OutputCache(PolicyName = PublicPage.Policy, Tags = [BudgetsModule.CacheTag])]
public sealed class ShowRoundModel(BudgetRounds rounds, CityDbContext db, IStringLocalizer<BudgetsText> text) : PageModel
{
    private const int PageSize = 100;

    public BudgetRound Round { get; private set; } = null!;
    public CountedResult? Result { get; private set; }
    public IReadOnlySet<int> Funded { get; private set; } = new HashSet<int>();
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
        Result = await rounds.ResultAsync(round, round.DecidingRule, cancel);
        Funded = Result?.Winners.ToHashSet() ?? [];
        var all = db.Set<BudgetProject>().AsNoTracking().Where(project => project.RoundId == round.Id);
        Categories = Choices(await all.Select(project => project.Category).Distinct().ToListAsync(cancel), text["All categories"]);
        Places = Choices(await all.Select(project => project.Place).Distinct().ToListAsync(cancel), text["All places"]);
        IsOnMap = await all.AnyAsync(project => project.Latitude != null, cancel);

        var found = all;
        foreach (var word in Folding.Fold(Q ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(10))
        {
            found = found.Where(project => project.SearchText.Contains(word));
        }

        found = string.IsNullOrEmpty(Category) ? found : found.Where(project => project.Category == Category);
        found = string.IsNullOrEmpty(Place) ? found : found.Where(project => project.Place == Place);
        FoundCount = await found.CountAsync(cancel);
        Pages = (FoundCount + PageSize - 1) / PageSize;
        P = Math.Clamp(P, 1, Math.Max(Pages, 1));
        var ordered = Sort switch
        {
            ProjectOrder.Cost => found.OrderByDescending(project => project.CostCents),
            ProjectOrder.Name => found.OrderBy(project => project.SearchText),
            _ => found.OrderByDescending(project => project.Votes),
        };
        Shown = await ordered.ThenBy(project => project.Number).Skip((P - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
        return Page();
    }

    private static List<SelectListItem> Choices(List<string> values, string all) =>
        [new(all, ""), .. values.Where(value => value.Length > 0).Order(StringComparer.CurrentCulture).Select(value => new SelectListItem(value, value))];
}
