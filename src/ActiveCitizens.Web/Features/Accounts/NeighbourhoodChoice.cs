using ActiveCitizens.Web.Features.Neighbourhoods;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace ActiveCitizens.Web.Features.Accounts;

public static class NeighbourhoodChoice
{
    /// <summary>The neighbourhoods as the choices of a form, in the order of their numbers.</summary>
    public static async Task<IReadOnlyList<SelectListItem>> ChoicesAsync(this NeighbourhoodDirectory directory, CancellationToken cancel) =>
        [.. (await directory.MapAsync(cancel)).Neighbourhoods.Select(neighbourhood => new SelectListItem($"{neighbourhood.Number} – {neighbourhood.Name}", neighbourhood.Code))];
}
