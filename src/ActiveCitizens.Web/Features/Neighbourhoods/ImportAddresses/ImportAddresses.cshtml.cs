using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Components;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ImportAddresses;

[Authorize(Policy = Policies.Administrator)]
[RequestSizeLimit(ReceivedBytes), RequestFormLimits(MultipartBodyLengthLimit = ReceivedBytes)]
public sealed class ImportAddressesModel(ImportAddressesHandler handler, CityDbContext db, Format format, IStringLocalizer<NeighbourhoodsText> text) : PageModel
{
    public const long ReceivedBytes = 256 * 1024 * 1024;
    private const int ImportsShown = 20;

    public int Addresses { get; private set; }

    public IReadOnlyList<AddressImport> Imports { get; private set; } = [];

    [BindProperty]
    public InputModel Input { get; set; } = new();

    public Task OnGetAsync(CancellationToken cancel) => LoadAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (Input.File is { Length: > AddressFileReader.MaxFileBytes } large)
        {
            ModelState.AddModelError("Input.File", text["The file has {0}; at most {1} are accepted. Send the export of the municipality or of its département.", format.FileSize(large.Length), format.FileSize(AddressFileReader.MaxFileBytes)]);
            Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        }
        else if (Input.File is { Length: 0 })
        {
            ModelState.AddModelError("Input.File", text["The file is empty. Choose the CSV file again."]);
        }

        if (!ModelState.IsValid)
        {
            await LoadAsync(cancel);
            return Page();
        }

        await using var file = Input.File!.OpenReadStream();
        var (result, id) = await handler.RequestAsync(User.AccountId(), Path.GetFileName(Input.File.FileName), file, cancel);
        if (result == RequestImportResult.AnotherIsWaiting)
        {
            TempData["Note"] = text["Another import is already waiting; yours was not added."].Value;
        }

        return RedirectToPage("ShowImport", new { id });
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        Addresses = await db.Set<Address>().CountAsync(cancel);
        Imports = await db.Set<AddressImport>().AsNoTracking().OrderByDescending(import => import.RequestedAt).Take(ImportsShown).ToListAsync(cancel);
    }

    public sealed class InputModel
    {
        [Required(ErrorMessage = "Choose the CSV file of the addresses")]
        [Display(Name = "Addresses (CSV)")]
        public IFormFile? File { get; set; }
    }
}
