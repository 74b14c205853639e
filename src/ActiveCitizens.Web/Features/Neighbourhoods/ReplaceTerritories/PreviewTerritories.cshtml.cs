using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Neighbourhoods.DownloadNeighbourhoods;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;

/// <summary>A checked draft beside what is in force; only its owner sees it and can apply it.</summary>
[Authorize(Policy = Policies.Administrator)]
public sealed class PreviewTerritoriesModel(ReplaceTerritoriesHandler handler, NeighbourhoodDirectory directory, IStringLocalizer<NeighbourhoodsText> text) : PageModel
{
    public TerritoryDraft Draft { get; private set; } = null!;

    public TerritoryPlan Plan { get; private set; } = null!;

    public IReadOnlyList<TerritoryChange> Changes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (await handler.FindDraftAsync(id, User.AccountId()!.Value, cancel) is not { } draft)
        {
            return NotFound();
        }

        var current = await directory.MapAsync(cancel);
        if (handler.PlanOf(draft, current) is not { } plan)
        {
            return Overtaken();
        }

        (Draft, Plan, Changes) = (draft, plan, plan.ComparedWith(current));
        return Page();
    }

    /// <summary>The draft's shapes, for the map.</summary>
    public async Task<IActionResult> OnGetMapAsync(Guid id, CancellationToken cancel) =>
        await handler.FindDraftAsync(id, User.AccountId()!.Value, cancel) is { } draft && handler.PlanOf(draft, await directory.MapAsync(cancel)) is { } plan
            ? File(NeighbourhoodFiles.GeoJson(TerritoryMap.Empty, plan.Neighbourhoods, Request.PathBase), NeighbourhoodFiles.GeoJsonType)
            : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancel)
    {
        switch (await handler.ApplyAsync(id, User.AccountId()!.Value, cancel))
        {
            case ApplyTerritoriesResult.Applied:
                TempData["Note"] = text["The new territories are in force."].Value;
                return RedirectToPage("ReplaceTerritories");
            case ApplyTerritoriesResult.Overtaken:
                return Overtaken();
            default:
                return NotFound();
        }
    }

    private RedirectToPageResult Overtaken() => RedirectToPage("ReplaceTerritories", new { overtaken = true });
}
