using System.Text;
using System.Text.Json;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Elections.MakeKeys;
using ActiveCitizens.Web.Features.Elections.SitOnBoard;
using ActiveCitizens.Web.Features.Shared.Protection;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.DecryptTally;

/// <summary>Where a trustee decrypts: the page downloads each box, verifies it whole on the device, and only then uses the private key.</summary>
[StartsWorkers]
[Authorize(Policy = Policies.SignedIn)]
public sealed class DecryptTallyModel(BoardDoor door, DecryptTallyHandler handler, CityDbContext db, IStringLocalizer<ElectionsText> text) : PageModel
{
    /// <param name="IsClosed">The encrypted tally is there.</param>
    public sealed record Row(Guid Id, string NeighbourhoodCode, string Name, string? LastEvent, bool IsClosed, bool IsDecrypted, bool HasMine)
    {
        public string Code => VotingPlace.CodeOf(NeighbourhoodCode);
        public bool Waits => IsClosed && !IsDecrypted && !HasMine;
    }

    public BoardSeat Seat { get; private set; } = null!;
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>What the script works through.</summary>
    public string Work => JsonSerializer.Serialize(Rows.Where(row => row.Waits).Select(row => new { code = row.Code, name = $"{row.NeighbourhoodCode} {row.Name}", lastEvent = row.LastEvent }), JsonSerializerOptions.Web);

    /// <summary>The ceremony's public documents, with which the script makes the private key from a member's secret; null without a ceremony.</summary>
    public string? Ceremony { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel) => await LoadAsync(slug, cancel) ? Page() : Forbid();

    /// <summary>One partial decryption, as a file of the command or as text of the script, which asks for JSON.</summary>
    public async Task<IActionResult> OnPostAsync(string slug, string code, string? document, IFormFile? file, CancellationToken cancel)
    {
        if (!await LoadAsync(slug, cancel))
        {
            return Forbid();
        }

        if (Rows.FirstOrDefault(row => row.Code == code) is not { } contest)
        {
            return NotFound();
        }

        using var content = new MemoryStream();
        if (file is not null)
        {
            await file.CopyToAsync(content, cancel);
        }

        var bytes = content.Length > 0 ? content.ToArray() : Encoding.UTF8.GetBytes(document ?? "");
        bytes = bytes is [.., (byte)'\n'] ? bytes[..^1] : bytes;
        var result = await handler.KeepAsync(contest.Id, Seat.Member.TrusteeNumber!.Value, bytes, cancel);
        var said = result switch
        {
            DecryptTallyResult.Kept { IsComplete: true } => text["{0}: the result is in the box for everybody to see.", contest.NeighbourhoodCode].Value,
            DecryptTallyResult.Kept => text["{0}: your part is handed in; others are still needed.", contest.NeighbourhoodCode].Value,
            DecryptTallyResult.NotNeeded => text["{0}: your part is there already, or is not needed any more.", contest.NeighbourhoodCode].Value,
            DecryptTallyResult.NotYet => text["{0}: the box is not closed yet.", contest.NeighbourhoodCode].Value,
            DecryptTallyResult.Unacceptable bad => text["{0}: this is not your part of the decryption ({1}). Nothing was kept.", contest.NeighbourhoodCode, bad.Reason].Value,
            _ => throw new InvalidOperationException($"{result} has no words."),
        };
        var holds = result is DecryptTallyResult.Kept or DecryptTallyResult.NotNeeded;
        if (Request.Headers.Accept.Contains("application/json", StringComparer.OrdinalIgnoreCase))
        {
            return new JsonResult(new { holds, text = said }) { StatusCode = holds ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
        }

        if (holds)
        {
            TempData["Note"] = said;
            return RedirectToPage(new { slug });
        }

        ModelState.AddModelError($"file-{code}", said);
        return Page();
    }

    private async Task<bool> LoadAsync(string slug, CancellationToken cancel)
    {
        if (await door.FindAsync(slug, User, cancel) is not { Member.TrusteeNumber: { } number } seat)
        {
            return false;
        }

        Seat = seat;
        Rows = await db.Set<Contest>().AsNoTracking().Where(contest => contest.ElectionId == seat.Election.Id && contest.ElectionDocument != null).OrderBy(contest => contest.Number).Select(contest => new Row(
            contest.Id, contest.NeighbourhoodCode, contest.Name, contest.LastEvent, db.Set<BoxEvent>().Any(one => one.ContestId == contest.Id && one.Type == ArchiveEventType.EncryptedTally),
            contest.Box == BoxState.Decrypted, db.Set<BoxEvent>().Any(one => one.ContestId == contest.Id && one.Owner == number))).ToListAsync(cancel);
        if (seat.Election.TrusteeThreshold is not null)
        {
            var trustees = await db.Set<BoardMember>().CountAsync(one => one.ElectionId == seat.Election.Id && one.TrusteeNumber != null, cancel);
            Ceremony = CeremonyWork.Of(seat.Election, seat.Member, trustees, await db.Set<CeremonyMessage>().AsNoTracking().Where(one => one.ElectionId == seat.Election.Id).ToListAsync(cancel));
        }

        return true;
    }
}
