using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Localization;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ListNeighbourhoods;

public enum NeighbourhoodOrder { Number, Name, Population, Area }

[OutputCache(PolicyName = PublicPage.Policy, Tags = [NeighbourhoodsModule.CacheTag])]
public sealed class ListNeighbourhoodsModel(NeighbourhoodDirectory directory, IStringLocalizer<NeighbourhoodsText> text) : PageModel
{
    public TerritoryMap Map { get; private set; } = TerritoryMap.Empty;

    public IReadOnlyList<Neighbourhood> Found { get; private set; } = [];

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    [Display(Name = "Sort by")]
    public NeighbourhoodOrder Sort { get; set; }

    public IReadOnlyList<SelectListItem> Orders =>
    [
        new(text["Number"], nameof(NeighbourhoodOrder.Number)),
        new(text["Name"], nameof(NeighbourhoodOrder.Name)),
        new(text["Population"], nameof(NeighbourhoodOrder.Population)),
        new(text["Area"], nameof(NeighbourhoodOrder.Area)),
    ];

    public IReadOnlyList<Neighbourhood> OfUnusualSize => [.. Map.Neighbourhoods.Where(one => TerritorySize.IsUnusual(one.Population))];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Map = await directory.MapAsync(cancel);
        var asked = Folding.Fold(Q?.Trim() ?? "");
        var found = Map.Neighbourhoods.Where(one => asked.Length == 0 || IsAsked(one, asked));
        Found = Sort switch
        {
            NeighbourhoodOrder.Name => [.. found.OrderBy(one => one.Name, StringComparer.Create(CultureInfo.CurrentCulture, ignoreCase: true))],
            NeighbourhoodOrder.Population => [.. found.OrderByDescending(one => one.Population)],
            NeighbourhoodOrder.Area => [.. found.OrderByDescending(one => one.AreaSquareMetres)],
            _ => [.. found],
        };
    }

    // A number means the neighbourhood of that number, not every name or code in which the digits occur.
    private static bool IsAsked(Neighbourhood one, string asked) =>
        int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? one.Number == number
            : Folding.Fold(one.Name).Contains(asked, StringComparison.Ordinal) || string.Equals(one.Code, asked, StringComparison.OrdinalIgnoreCase);
}
