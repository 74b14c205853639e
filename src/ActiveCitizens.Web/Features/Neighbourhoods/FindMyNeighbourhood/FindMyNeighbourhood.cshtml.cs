using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Operations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Neighbourhoods.FindMyNeighbourhood;

/// <summary>
/// "My neighbourhood" by address or by point. Both are sent by POST: in an address of a page, where somebody lives would end in logs,
/// histories and referrers. What was sent is neither kept nor logged, and the answer is not cached.
/// </summary>
/// <remarks>
/// The forms carry no token against forgery: they change nothing, and the token would need a cookie on a page that sets none before sign-in.
/// </remarks>
[IgnoreAntiforgeryToken]
[OutputCache(PolicyName = PublicPage.Policy, Tags = [NeighbourhoodsModule.CacheTag])]
public sealed class FindMyNeighbourhoodModel(NeighbourhoodDirectory directory, AddressSearch search, City city, IStringLocalizer<NeighbourhoodsText> text) : PageModel
{
    [BindProperty]
    public AddressInput Where { get; set; } = new();

    [BindProperty]
    public PointInput Point { get; set; } = new();

    public City City => city;

    public TerritoryMap Map { get; private set; } = TerritoryMap.Empty;

    public AddressAnswer? Answer { get; private set; }

    /// <summary>True when a place was found, inside the municipality or outside.</summary>
    public bool HasPlace { get; private set; }

    /// <summary>The neighbourhood of the place found; null outside the municipality.</summary>
    public Neighbourhood? Found { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        ModelState.Clear();
        Map = await directory.MapAsync(cancel);
    }

    public async Task<IActionResult> OnPostAddressAsync(CancellationToken cancel)
    {
        await StartAsync(except: nameof(Where), cancel);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        Answer = await search.FindAsync(Where.Address, cancel);
        switch (Answer)
        {
            case AddressAnswer.NotAnAddress:
                ModelState.AddModelError("Where.Address", text["Enter a street, with the number if you can"]);
                break;
            case AddressAnswer.NoAddressFile:
                ModelState.AddModelError("Where.Address", text["The city has not imported its addresses yet. Choose a point on the map instead."]);
                break;
            case AddressAnswer.UnknownStreet { Similar.Count: 0 }:
                ModelState.AddModelError("Where.Address", text["No street of {0} has this name. Check the spelling, or choose a point on the map.", city.Name]);
                break;
            case AddressAnswer.Found { Address: var address }:
                Show(Map.Locate(address.Longitude, address.Latitude));
                break;
            case AddressAnswer.StreetOnly { UnknownNumber: null } street when NeighbourhoodsOf(street) is [var only]:
                Show(only);
                break;
        }

        return Page();
    }

    public async Task<IActionResult> OnPostPointAsync(CancellationToken cancel)
    {
        await StartAsync(except: nameof(Point), cancel);
        var latitude = Degrees(Point.Latitude, 90, "Point.Latitude", text["Enter a latitude such as {0}", "44.2033"]);
        var longitude = Degrees(Point.Longitude, 180, "Point.Longitude", text["Enter a longitude such as {0}", "0.6189"]);
        if (ModelState.IsValid)
        {
            Show(Map.Locate(longitude, latitude));
        }

        return Page();
    }

    /// <summary>The neighbourhoods a street runs through, in the order of their numbers.</summary>
    public IReadOnlyList<Neighbourhood?> NeighbourhoodsOf(AddressAnswer.StreetOnly street) =>
        [.. street.Addresses.Select(address => Map.Locate(address.Longitude, address.Latitude)).Distinct().OrderBy(one => one?.Number ?? int.MaxValue)];

    /// <summary>The house numbers of a street that lie in one neighbourhood, as the file writes them.</summary>
    public string NumbersIn(AddressAnswer.StreetOnly street, Neighbourhood? neighbourhood) =>
        string.Join(", ", street.Addresses.Where(address => Map.Locate(address.Longitude, address.Latitude) == neighbourhood).Select(address => $"{address.Number}{(address.Suffix.Length > 0 ? "\u00A0" : "")}{address.Suffix}"));

    /// <summary>What was typed with another street in its place.</summary>
    public IEnumerable<string> LinesIn(IEnumerable<string> streets)
    {
        var asked = AddressLine.Parse(Where.Address, city.Name);
        return streets.Select(street => asked.Number is { } number ? $"{number}{asked.Suffix} {street}" : street);
    }

    private async Task StartAsync(string except, CancellationToken cancel)
    {
        Response.Headers.CacheControl = "no-store";
        Map = await directory.MapAsync(cancel);
        // Two forms, one post: what the other form lacks is no error.
        foreach (var key in ModelState.Keys.Where(key => !key.StartsWith($"{except}.", StringComparison.Ordinal)).ToList())
        {
            ModelState.Remove(key);
        }
    }

    private void Show(Neighbourhood? found) => (HasPlace, Found) = (true, found);

    private double Degrees(string? typed, double max, string key, string error)
    {
        // A comma or a point: people paste what their map shows, in either notation.
        if (double.TryParse(typed?.Trim().Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= max)
        {
            return degrees;
        }

        if (ModelState[key]?.Errors is not { Count: > 0 })
        {
            ModelState.AddModelError(key, error);
        }

        return double.NaN;
    }

    public sealed class AddressInput
    {
        [Required(ErrorMessage = "Enter a street, with the number if you can")]
        [StringLength(AddressLine.MaxLength, ErrorMessage = "An address has at most {1} characters")]
        [Display(Name = "Address")]
        public string Address { get; set; } = "";
    }

    public sealed class PointInput
    {
        [Required(ErrorMessage = "Enter a latitude, or choose a point on the map")]
        [Display(Name = "Latitude")]
        public string Latitude { get; set; } = "";

        [Required(ErrorMessage = "Enter a longitude, or choose a point on the map")]
        [Display(Name = "Longitude")]
        public string Longitude { get; set; } = "";
    }
}
