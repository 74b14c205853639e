using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Mandates;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Features.Shared.Components;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.CreateElection;

[Authorize(Policy = Policies.ElectionOffice)]
public sealed class CreateElectionModel(NeighbourhoodDirectory neighbourhoods, MandateDirectory mandates, ElectionDirectory directory, SetUpElectionHandler handler, Format format, IStringLocalizer<ElectionsText> text) : PageModel
{
    [BindProperty]
    public InputModel Input { get; set; } = new();

    public IReadOnlyList<Neighbourhood> Neighbourhoods { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Mandates { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        Input.Codes = [.. Neighbourhoods.Select(one => one.Code)];
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (ModelState.IsValid)
        {
            switch (await handler.CreateAsync(Input.Slug.Trim(), Input.Name, Input.MandateId!.Value, Input.Codes, Input.IsRehearsal, cancel))
            {
                case CreateElectionResult.SlugTaken:
                    ModelState.AddModelError("Input.Slug", text["Another election has this address. Choose another one"]);
                    break;
                case CreateElectionResult.NoNeighbourhood:
                    ModelState.AddModelError("Input.Codes", text["Choose at least one neighbourhood"]);
                    break;
                case CreateElectionResult.UnknownMandate:
                    ModelState.AddModelError("Input.MandateId", text["Choose a mandate that is not over"]);
                    break;
                default:
                    TempData["Note"] = text["The draft is made. Now fix its rules and hours."].Value;
                    return RedirectToPage("/Elections/ManageElection/ManageElection", new { id = (await directory.FindAsync(Input.Slug.Trim(), User, cancel))!.Id });
            }
        }

        await LoadAsync(cancel);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        Neighbourhoods = (await neighbourhoods.MapAsync(cancel)).Neighbourhoods;
        Mandates = [.. (await mandates.ElectableAsync(handler.Today, cancel)).Select(mandate => new SelectListItem(
            text["Mandate of {0}, from {1} to {2}", mandate.Year.ToString(CultureInfo.InvariantCulture), format.Date(mandate.StartsOn), format.Date(mandate.OverOn)], mandate.Id.ToString()))];
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Enter a name for the election")]
        [StringLength(Election.NameMaxLength, ErrorMessage = "A name has at most {1} characters")]
        [Display(Name = "Name of the election")]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Enter the last part of the address")]
        [StringLength(Election.SlugMaxLength, ErrorMessage = "The last part of the address has at most {1} characters")]
        [RegularExpression(" *[a-z0-9]+(-[a-z0-9]+)* *", ErrorMessage = "Use small letters, digits and hyphens, such as 2026 or repetition-2026")]
        [Display(Name = "Address")]
        public string Slug { get; set; } = "";

        [Required(ErrorMessage = "Choose a mandate that is not over")]
        [Display(Name = "Mandate")]
        public Guid? MandateId { get; set; }

        [Display(Name = "This is a rehearsal")]
        public bool IsRehearsal { get; set; }

        public List<string> Codes { get; set; } = [];
    }
}
