using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Components;
using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.KeepRoll;

public sealed record BureauCount(ContestLine Contest, int Electors);

public sealed record FoundElector(Guid Id, string LastName, string FirstNames, DateOnly BornOn, string Bureau, int Number);

[Authorize(Policy = Policies.ElectionOffice)]
[RequestSizeLimit(ReceivedBytes), RequestFormLimits(MultipartBodyLengthLimit = ReceivedBytes)]
public sealed class KeepRollModel(CityDbContext db, ElectionDirectory directory, ImportRollHandler imports, RollHandler roll, Format format, IStringLocalizer<ElectionsText> text) : PageModel
{
    // More than is accepted, so that a file that is too large gets an answer instead of a broken connection.
    public const long ReceivedBytes = 4 * RollFileReader.MaxFileBytes;
    public const int MaxFound = 30;
    private const int RowsShown = 20;

    public Election Election { get; private set; } = null!;
    public IReadOnlyList<BureauCount> Bureaus { get; private set; } = [];
    public IReadOnlyList<RollImport> Imports { get; private set; } = [];
    public IReadOnlyList<RollCorrection> Corrections { get; private set; } = [];
    public IReadOnlyList<FoundElector> Found { get; private set; } = [];

    [BindProperty(SupportsGet = true)]
    [Display(Name = "Surname or first names")]
    public string? Q { get; set; }

    public SentInput Sent { get; set; } = new();
    public InventionInput Invention { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostImportAsync(Guid id, [Bind(Prefix = nameof(Sent))] SentInput sent, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        if (sent.File is { Length: > RollFileReader.MaxFileBytes } large)
        {
            ModelState.AddModelError("Sent.File", text["The file has {0}; at most {1} are accepted", format.FileSize(large.Length), format.FileSize(RollFileReader.MaxFileBytes)]);
            Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        await using var file = sent.File!.OpenReadStream();
        var (result, importId) = await imports.RequestAsync(id, User.AccountId(), Path.GetFileName(sent.File.FileName), file, cancel);
        switch (result)
        {
            case RequestRollImportResult.RollSealed:
                TempData["Note"] = text["The roll cannot be changed now; nothing was imported."].Value;
                return RedirectToPage(new { id });
            case RequestRollImportResult.AnotherIsWaiting:
                TempData["Note"] = text["Another import is already waiting; yours was not added."].Value;
                break;
        }

        return RedirectToPage("ShowRollImport", new { id, importId });
    }

    public async Task<IActionResult> OnPostInventAsync(Guid id, [Bind(Prefix = nameof(Invention))] InventionInput sent, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        Invention = sent;
        if (!ModelState.IsValid)
        {
            return Page();
        }

        TempData["Note"] = await roll.InventAsync(id, sent.Count!.Value, cancel) switch
        {
            InventElectorsResult.Invented => text["The invented electors are on the roll."].Value,
            InventElectorsResult.NotARehearsal => text["Only a rehearsal has invented electors; nothing was changed."].Value,
            _ => text["The roll cannot be changed now; nothing was imported."].Value,
        };
        return RedirectToPage(new { id });
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<Election>().AsNoTracking().SingleOrDefaultAsync(election => election.Id == id, cancel) is not { } election)
        {
            return false;
        }

        Election = election;
        var counts = await db.Set<Elector>().Where(elector => elector.ElectionId == id).GroupBy(elector => elector.ContestId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
        Bureaus = [.. (await directory.ContestsAsync(id, cancel)).Select(contest => new BureauCount(contest, counts.GetValueOrDefault(contest.Id)))];
        Imports = await db.Set<RollImport>().AsNoTracking().Where(import => import.ElectionId == id).OrderByDescending(import => import.RequestedAt).Take(RowsShown).ToListAsync(cancel);
        Corrections = await db.Set<RollCorrection>().AsNoTracking().Where(correction => correction.ElectionId == id).OrderByDescending(correction => correction.At).Take(RowsShown).ToListAsync(cancel);
        if (Q is { Length: > 0 })
        {
            var words = Folding.Fold(Q.Trim());
            Found = await db.Set<Elector>().Where(elector => elector.ElectionId == id && elector.SearchText.Contains(words)).OrderBy(elector => elector.SearchText).ThenBy(elector => elector.Number).Take(MaxFound)
                .Join(db.Set<Contest>(), elector => elector.ContestId, contest => contest.Id, (elector, contest) => new FoundElector(elector.Id, elector.LastName, elector.FirstNames, elector.BornOn, contest.PollingBureau, elector.Number)).ToListAsync(cancel);
        }

        return true;
    }

    public sealed class SentInput
    {
        [Required(ErrorMessage = "Choose the file of the roll")]
        [Display(Name = "Roll (CSV)")]
        public IFormFile? File { get; set; }
    }

    public sealed class InventionInput
    {
        [Required(ErrorMessage = "Enter how many electors to invent")]
        [Range(1, RollHandler.MaxInvented, ErrorMessage = "Enter a number between {1} and {2}")]
        [Display(Name = "Number of electors")]
        public int? Count { get; set; }
    }
}
