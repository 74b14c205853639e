using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.MunicipalCouncil.ListDeliberations;

/// <summary>The public register: every posted deliberation, the latest first.</summary>
[OutputCache(PolicyName = PublicPage.Policy, Tags = [MunicipalCouncilModule.CacheTag])]
public sealed class ListDeliberationsModel(Deliberations deliberations) : PageModel
{
    private const int PageSize = 25;

    public IReadOnlyList<Deliberation> Found { get; private set; } = [];
    public int Count { get; private set; }
    public int Pages { get; private set; }
    public bool IsEmpty { get; private set; }
    public IReadOnlyList<SelectListItem> Years { get; private set; } = [];

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    [Display(Name = "Year")]
    public int? Year { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        ModelState.Clear();
        P = Math.Max(P, 1);
        var years = await deliberations.YearsAsync(cancel);
        IsEmpty = years.Count == 0;
        Years = [.. years.Select(year => year.ToString(CultureInfo.InvariantCulture)).Select(year => new SelectListItem(year, year))];
        var found = deliberations.Posted;
        if (Year is { } wanted)
        {
            found = found.Where(act => act.Year == wanted);
        }

        foreach (var word in Folding.Fold(Q ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(8))
        {
            found = found.Where(act => act.SearchText.Contains(word));
        }

        Count = await found.CountAsync(cancel);
        Pages = (Count + PageSize - 1) / PageSize;
        Found = await found.Skip((P - 1) * PageSize).Take(PageSize).ToListAsync(cancel);
    }
}
