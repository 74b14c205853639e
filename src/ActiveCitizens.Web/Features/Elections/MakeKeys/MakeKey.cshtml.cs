using System.ComponentModel.DataAnnotations;
using System.Text;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Trustees;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Elections.SitOnBoard;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.MakeKeys;

/// <summary>Where a trustee makes a key: in the browser, or with the command, of which the public part is handed in.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class MakeKeyModel(BoardDoor door, KeyHandler handler, CityDbContext db, IStringLocalizer<ElectionsText> text) : PageModel
{
    private static readonly string[] Names = ["certificate", "commitment", "reveal", "verification"];

    public BoardSeat Seat { get; private set; } = null!;
    public int Trustees { get; private set; }

    /// <summary>In a ceremony: the round that waits for documents, and who has handed theirs in.</summary>
    public int Round { get; private set; }
    public IReadOnlyList<CeremonyMessage> Messages { get; private set; } = [];

    public InputModel Input { get; set; } = new();

    public int Number => Seat.Member.TrusteeNumber!.Value;
    public bool IsCeremony => Seat.Election.TrusteeThreshold is not null;
    public bool HasSent => Messages.Any(one => one.Round == Round && one.Author == Number);

    /// <summary>Enough people for the threshold: a ceremony with too few would be made in vain.</summary>
    public bool AreEnough => Trustees >= Math.Max(2, Seat.Election.TrusteeThreshold ?? 2);

    /// <summary>What the script works with in a ceremony.</summary>
    public string? Work => CeremonyWork.Of(Seat.Election, Seat.Member, Trustees, Messages);

    /// <summary>What trustees compare aloud.</summary>
    public string? Checksum => Seat.Member.PublicKey is { } key ? TrusteeKey.Read(key, Group.Ed25519).Checksum.Hex : null;

    public string Command => Round switch
    {
        1 => $"activecitizens trustee threshold start --size {Trustees} --needed {Seat.Election.TrusteeThreshold} --member {Number} --name \"{Seat.Member.Name}\" --key member-{Number}.seed --folder ceremony/",
        2 => $"activecitizens trustee threshold commit --key member-{Number}.seed --folder ceremony/",
        3 => $"activecitizens trustee threshold reveal --key member-{Number}.seed --folder ceremony/",
        _ => $"activecitizens trustee threshold finish --key member-{Number}.seed --folder ceremony/ --private-key member-{Number}.privkey",
    };

    /// <summary>The name under which the command looks for a document.</summary>
    public static string FileOf(int round, int author) => FormattableString.Invariant($"{Names[round - 1]}-{author}.json");

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel) => await LoadAsync(slug, cancel) ? Page() : Forbid();

    public async Task<IActionResult> OnGetDocumentAsync(string slug, int round, int author, CancellationToken cancel) =>
        !await LoadAsync(slug, cancel) ? Forbid()
        : Messages.FirstOrDefault(one => one.Round == round && one.Author == author) is { } message ? File(message.Content, "application/json", FileOf(round, author)) : NotFound();

    public async Task<IActionResult> OnPostAsync(string slug, CancellationToken cancel)
    {
        if (!await LoadAsync(slug, cancel))
        {
            return Forbid();
        }

        await TryUpdateModelAsync(Input, nameof(Input));
        using var content = new MemoryStream();
        if (Input.File is { } file)
        {
            await file.CopyToAsync(content, cancel);
        }

        var document = content.Length > 0 ? content.ToArray() : Encoding.UTF8.GetBytes(Input.Document?.Trim() ?? "");
        if (document.Length == 0)
        {
            ModelState.AddModelError("Input.File", text["Choose the file to hand in"]);
            return Page();
        }

        switch (await handler.KeepAsync(Seat.Election.Id, Seat.Member.Id, document, cancel))
        {
            case KeepKeyResult.Kept kept:
                TempData["Note"] = kept.AllMade ? text["All keys are made. Compare the fingerprints with the other trustees."].Value : text["It is handed in. The others see it now."].Value;
                return RedirectToPage(new { slug });
            case KeepKeyResult.AlreadyMade:
                ModelState.AddModelError("", text["It was handed in before, and is not replaced. If it is lost, the election office names you again."]);
                break;
            case KeepKeyResult.Unacceptable bad:
                ModelState.AddModelError("Input.File", text["This file cannot be used ({0}). Nothing was kept: make it again.", bad.Reason]);
                break;
            default:
                ModelState.AddModelError("", text["Keys are made between the call of the election and its sealing"]);
                break;
        }

        return Page();
    }

    private async Task<bool> LoadAsync(string slug, CancellationToken cancel)
    {
        if (await door.FindAsync(slug, User, cancel) is not { Member.TrusteeNumber: not null } seat)
        {
            return false;
        }

        Seat = seat;
        Trustees = await db.Set<BoardMember>().CountAsync(one => one.ElectionId == seat.Election.Id && one.TrusteeNumber != null, cancel);
        Messages = await db.Set<CeremonyMessage>().AsNoTracking().Where(one => one.ElectionId == seat.Election.Id).OrderBy(one => one.Round).ThenBy(one => one.Author).ToListAsync(cancel);
        Round = KeyHandler.RoundOf(Messages, Trustees);
        return true;
    }

    public sealed class InputModel
    {
        [Display(Name = "File to hand in")]
        public IFormFile? File { get; set; }

        /// <summary>Filled in by the script that made the key.</summary>
        public string? Document { get; set; }
    }
}
