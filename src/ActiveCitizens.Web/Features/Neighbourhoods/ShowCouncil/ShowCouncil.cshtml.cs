using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ShowCouncil;

/// <summary>A council as an association, as everybody may read it: without its member register.</summary>
[OutputCache(PolicyName = PublicPage.Policy, Tags = [NeighbourhoodsModule.CacheTag])]
public sealed class ShowCouncilModel(NeighbourhoodDirectory directory, CouncilDirectory councils, Councillors councillors) : PageModel
{
    public Neighbourhood Shown { get; private set; } = null!;
    public PublicCouncil? Council { get; private set; }

    /// <summary>Those elected, and seats that are vacant.</summary>
    public IReadOnlyList<CouncilSeat> Seats { get; private set; } = [];
    public bool Keeps => CouncilDirectory.Keeps(User, Shown.Code);

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await directory.FindWithMapAsync(slug.Split('-')[0], cancel) is not var (_, shown, _))
        {
            return NotFound();
        }

        if (slug != shown.Slug)
        {
            return RedirectToPagePermanent(pageName: null, new { slug = shown.Slug });
        }

        Shown = shown;
        Council = await councils.ReadAsync(shown.Code, cancel);
        Seats = await councillors.OfAsync(shown.Code, cancel);
        return Page();
    }
}
