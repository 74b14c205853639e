using System.Text.Json;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Elections.SitOnBoard;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Features.Shared.Protection;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.MakeCodes;

/// <summary>Where the credential authority makes the electors' codes: on the own device, of which only the public lists are handed in.</summary>
[StartsWorkers]
[Authorize(Policy = Policies.SignedIn)]
[RequestSizeLimit(MaxBytes), RequestFormLimits(MultipartBodyLengthLimit = MaxBytes)]
public sealed class MakeCodesModel(BoardDoor door, CredentialListsHandler handler, LetterFacts letters, CityDbContext db, City city, IStringLocalizer<ElectionsText> text) : PageModel
{
    /// <summary>A hundred bytes per elector of a large city.</summary>
    public const long MaxBytes = 128L << 20;

    /// <summary>A neighbourhood as the page's table and script need it.</summary>
    public sealed record Row(Contest Contest, int Electors)
    {
        public string Code => VotingPlace.CodeOf(Contest.NeighbourhoodCode);
    }

    public BoardSeat Seat { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public bool CanHandIn => Seat.Election.State == ElectionState.Called;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel) => await LoadAsync(slug, cancel) ? Page() : Forbid();

    /// <summary>The electors' numbers of a neighbourhood, in their order.</summary>
    public async Task<IActionResult> OnGetNumbersAsync(string slug, string code, CancellationToken cancel) =>
        !await LoadAsync(slug, cancel) ? Forbid()
        : Rows.FirstOrDefault(row => row.Code == code) is { } row ? new JsonResult(await db.Set<Elector>().Where(one => one.ContestId == row.Contest.Id).OrderBy(one => one.Number).Select(one => one.Number).ToListAsync(cancel)) : NotFound();

    public async Task<IActionResult> OnGetRollAsync(string slug, string code, CancellationToken cancel) =>
        !await LoadAsync(slug, cancel) ? Forbid()
        : Rows.FirstOrDefault(row => row.Code == code) is { } row ? File(await letters.RollAsync(row.Contest.Id, cancel), "text/csv; charset=utf-8", $"roll-{code}.csv") : NotFound();

    public async Task<IActionResult> OnGetLettersAsync(string slug, string code, CancellationToken cancel) =>
        !await LoadAsync(slug, cancel) ? Forbid()
        : Rows.FirstOrDefault(row => row.Code == code) is { } row
            ? File(letters.Texts(Seat.Election, row.Contest, BoothOf(row)), "application/json", $"letters-{code}.json") : NotFound();

    /// <summary>What the page's script puts around the codes of a neighbourhood.</summary>
    public async Task<IActionResult> OnGetLetterFactsAsync(string slug, string code, CancellationToken cancel) =>
        !await LoadAsync(slug, cancel) ? Forbid()
        : Rows.FirstOrDefault(row => row.Code == code) is { } row ? File(await letters.WithElectorsAsync(Seat.Election, row.Contest, BoothOf(row), cancel), "application/json") : NotFound();

    public async Task<IActionResult> OnPostAsync(string slug, CancellationToken cancel)
    {
        if (!await LoadAsync(slug, cancel))
        {
            return Forbid();
        }

        var lists = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var file in Request.Form.Files.Where(file => file.Length > 0))
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content, cancel);
            lists[file.Name] = content.ToArray();
        }

        if (lists.Count == 0)
        {
            ModelState.AddModelError("", text["Choose the public list of at least one neighbourhood"]);
            return Page();
        }

        switch (await handler.KeepAsync(Seat.Election.Id, lists, cancel))
        {
            case KeepListsResult.Kept kept:
                TempData["Note"] = text.Plural(kept.Lists, "{0} public list is handed in.|{0} public lists are handed in.") + (kept.AllThere ? " " + text["Every neighbourhood has its list: the letters can be printed."] : "");
                return RedirectToPage(new { slug });
            case KeepListsResult.Unacceptable { Expected: { } expected, Found: { } found } wrong:
                ModelState.AddModelError(wrong.NeighbourhoodCode.ToLowerInvariant(), text["{0}: the roll has {1} electors and this list {2} codes. Make the codes again from the roll of today; nothing was kept.", wrong.NeighbourhoodCode, expected, found]);
                break;
            case KeepListsResult.Unacceptable bad:
                ModelState.AddModelError(bad.NeighbourhoodCode.ToLowerInvariant(), text["{0}: this is not a public list ({1}). Nothing was kept.", bad.NeighbourhoodCode, bad.Reason]);
                break;
            default:
                ModelState.AddModelError("", text["Codes are made between the call of the election and its sealing"]);
                break;
        }

        return Page();
    }

    /// <summary>What the script works through.</summary>
    public string Work => JsonSerializer.Serialize(Rows.Where(row => row.Electors > 0).Select(row => new { code = row.Code, uuid = row.Contest.Uuid, name = $"{row.Contest.NeighbourhoodCode} {row.Contest.Name}", electors = row.Electors }), JsonSerializerOptions.Web);

    private string BoothOf(Row row) => $"{ReturnPath.SiteAddress(city, Request).AbsoluteUri.TrimEnd('/')}/vote/{Seat.Election.Slug}/{row.Code}";

    private async Task<bool> LoadAsync(string slug, CancellationToken cancel)
    {
        if (await door.FindAsync(slug, User, cancel) is not { Member.Duty: BoardDuty.CredentialAuthority } seat)
        {
            return false;
        }

        Seat = seat;
        var electors = await db.Set<Elector>().Where(one => one.ElectionId == seat.Election.Id).GroupBy(one => one.ContestId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
        Rows = [.. (await db.Set<Contest>().AsNoTracking().Where(one => one.ElectionId == seat.Election.Id).OrderBy(one => one.Number).ToListAsync(cancel)).Select(contest => new Row(contest, electors.GetValueOrDefault(contest.Id)))];
        return true;
    }
}
