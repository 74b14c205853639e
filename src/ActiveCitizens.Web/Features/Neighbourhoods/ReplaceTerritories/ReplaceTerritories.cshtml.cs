using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Components;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;

/// <summary>
/// Sends territories to be checked. Larger files than allowed are received up to <see cref="ReceivedBytes"/>, on disk and from administrators
/// only, so that the answer can say in words what is wrong.
/// </summary>
[Authorize(Policy = Policies.Administrator)]
[RequestSizeLimit(ReceivedBytes), RequestFormLimits(MultipartBodyLengthLimit = ReceivedBytes)]
public sealed class ReplaceTerritoriesModel(ReplaceTerritoriesHandler handler, NeighbourhoodDirectory directory, CityDbContext db, TerritoryProblemText problems, Format format, IStringLocalizer<NeighbourhoodsText> text) : PageModel
{
    public const long ReceivedBytes = 256 * 1024 * 1024;

    /// <summary>True after a draft that no longer fits the territories in force.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Overtaken { get; set; }

    public TerritoryMap Map { get; private set; } = TerritoryMap.Empty;

    public IReadOnlyList<(TerritoryVersion Version, int Neighbourhoods)> Versions { get; private set; } = [];

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var territories = await ReadAsync("Input.Territories", Input.Territories, cancel);
        var outline = Input.Outline is null ? null : await ReadAsync("Input.Outline", Input.Outline, cancel);
        if (ModelState.IsValid)
        {
            switch (await handler.UploadAsync(User.AccountId()!.Value, Path.GetFileName(Input.Territories!.FileName), territories!, outline, Input.Source, cancel))
            {
                case TerritoryUpload.Drafted drafted:
                    return RedirectToPage("PreviewTerritories", new { id = drafted.DraftId });
                case TerritoryUpload.Refused refused:
                    Refuse("Input.Territories", refused.OfTerritories);
                    Refuse("Input.Outline", refused.OfOutline);
                    Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                    break;
            }
        }

        await LoadAsync(cancel);
        return Page();
    }

    private async Task<byte[]?> ReadAsync(string field, IFormFile? file, CancellationToken cancel)
    {
        if (file is null)
        {
            return null;
        }

        if (file.Length > TerritoryFileReader.MaxFileBytes)
        {
            ModelState.AddModelError(field, text["The file has {0}; at most {1} are accepted. Simplify the boundaries: five decimals are precise to a metre.", format.FileSize(file.Length), format.FileSize(TerritoryFileReader.MaxFileBytes)]);
            Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return null;
        }

        var bytes = new byte[file.Length];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }

    private void Refuse(string field, IReadOnlyList<TerritoryProblem> found)
    {
        foreach (var problem in found)
        {
            ModelState.AddModelError(field, problems.Of(problem));
        }
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        Map = await directory.MapAsync(cancel);
        var counts = await db.Set<Neighbourhood>().GroupBy(one => one.VersionId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(pair => pair.Key, pair => pair.Count, cancel);
        Versions = [.. (await db.Set<TerritoryVersion>().AsNoTracking().OrderByDescending(version => version.Number).ToListAsync(cancel)).Select(version => (version, counts.GetValueOrDefault(version.Id)))];
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Choose the GeoJSON file of the territories")]
        [Display(Name = "Territories (GeoJSON)")]
        public IFormFile? Territories { get; set; }

        [Display(Name = "Outline of the municipality (GeoJSON)")]
        public IFormFile? Outline { get; set; }

        [Required(ErrorMessage = "Say who drew these boundaries, and the licence")]
        [StringLength(TerritoryVersion.SourceMaxLength, ErrorMessage = "A source has at most {1} characters")]
        [Display(Name = "Source and licence")]
        public string Source { get; set; } = "";
    }
}
