using System.ComponentModel.DataAnnotations;
using System.Globalization;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.KeepDesk;

/// <summary>An elector as the desk sees one.</summary>
public sealed record DeskElector(int Number, string Name, DateOnly BornOn, string Address, VotingWay? Way);

/// <summary>The roll at the polling station. Whoever keeps it is an assessor or the president; an assessor of one neighbourhood sees that one only.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class KeepDeskModel(CityDbContext db, BoardDoor door, ElectionDirectory contests, MarkVoterHandler handler, IStringLocalizer<ElectionsText> text) : PageModel
{
    private const int Most = 30;

    public Election Election { get; private set; } = null!;
    public IReadOnlyList<Contest> Boxes { get; private set; } = [];
    public Contest? Contest { get; private set; }
    public IReadOnlyList<DeskElector> Found { get; private set; } = [];
    public bool HasMore { get; private set; }
    public int OnPaper { get; private set; }
    public int Online { get; private set; }
    public IReadOnlyList<SelectListItem> Ways => [new(text["At the polling station"], nameof(VotingWay.PollingStation)), new(text["By post"], nameof(VotingWay.Post))];

    /// <summary>Code of the neighbourhood whose roll is open.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Bureau { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    public MarkInput Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await LoadAsync(slug, cancel) is { } elsewhere)
        {
            return elsewhere;
        }

        await SearchAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string slug, [Bind(Prefix = nameof(Input))] MarkInput sent, CancellationToken cancel)
    {
        Input = sent;
        if (await LoadAsync(slug, cancel) is { } elsewhere)
        {
            return elsewhere;
        }

        if (Contest is null)
        {
            return NotFound();
        }

        var wantsJson = Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal);
        if (!ModelState.IsValid || sent.Way is not (VotingWay.PollingStation or VotingWay.Post))
        {
            return wantsJson ? BadRequest() : await AgainAsync(null, null, cancel);
        }

        var (result, message) = await MarkAsync(sent, cancel);
        if (wantsJson)
        {
            return new JsonResult(new { number = sent.Number, result, message });
        }

        if (result != "marked")
        {
            return await AgainAsync("Input.Number", message, cancel);
        }

        TempData["Note"] = message;
        return RedirectToPage(new { slug, bureau = Contest.Path });
    }

    private async Task<(string Result, string Message)> MarkAsync(MarkInput sent, CancellationToken cancel)
    {
        var number = sent.Number!.Value;
        return await handler.MarkAsync(Contest!.Id, number, sent.Way!.Value, cancel) switch
        {
            MarkVoterResult.Marked => ("marked", text["Number {0} is marked: voted {1}.", number, text.WordOf(sent.Way.Value)]),
            // An answer that was lost on the way, not a second vote.
            MarkVoterResult.VotedBefore(var way) when way == sent.Way && sent.Retry => ("marked", text["Number {0} is marked: voted {1}.", number, text.WordOf(way)]),
            MarkVoterResult.VotedBefore(VotingWay.Online) => ("refused", text["Number {0} has voted online: do not hand out or accept a paper ballot. If one is in an envelope, set the envelope aside unopened.", number]),
            MarkVoterResult.VotedBefore(var way) => ("refused", text["Number {0} was marked before: voted {1}. A person votes once; a mark is never taken back.", number, text.WordOf(way)]),
            MarkVoterResult.NotOpen => ("refused", text["The roll takes no mark for number {0} now: voting has not begun, or the boxes are closed.", number]),
            _ => ("refused", text["There is no number {0} on this roll. Look the name up.", number]),
        };
    }

    private async Task<PageResult> AgainAsync(string? field, string? message, CancellationToken cancel)
    {
        if (field is not null)
        {
            ModelState.AddModelError(field, message!);
        }

        await SearchAsync(cancel);
        return Page();
    }

    private async Task<IActionResult?> LoadAsync(string slug, CancellationToken cancel)
    {
        var entry = await door.OpenAsync(slug, User, cancel, BoardDuty.Assessor, BoardDuty.President);
        if (entry.Refusal is not null)
        {
            return entry.Refusal;
        }

        Election = entry.Election;
        Boxes = [.. (await contests.WholeContestsAsync(Election.Id, cancel)).Where(contest => contest.LastEvent is not null && (entry.Member.ContestId is null || entry.Member.ContestId == contest.Id))];
        Contest = Boxes.Count == 1 ? Boxes[0] : Boxes.FirstOrDefault(contest => string.Equals(contest.NeighbourhoodCode, Bureau, StringComparison.OrdinalIgnoreCase));
        return null;
    }

    private async Task SearchAsync(CancellationToken cancel)
    {
        if (Contest is not { } contest)
        {
            return;
        }

        var marks = db.Set<RollMark>().Where(mark => mark.ContestId == contest.Id);
        OnPaper = await marks.CountAsync(mark => mark.Way != VotingWay.Online, cancel);
        Online = await marks.CountAsync(mark => mark.Way == VotingWay.Online, cancel);
        if (string.IsNullOrWhiteSpace(Q))
        {
            return;
        }

        var electors = db.Set<Elector>().AsNoTracking().Where(elector => elector.ContestId == contest.Id);
        if (int.TryParse(Q.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            electors = electors.Where(elector => elector.Number == number);
        }
        else
        {
            foreach (var word in Folding.Fold(Q).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(5))
            {
                electors = electors.Where(elector => elector.SearchText.Contains(word));
            }
        }

        var found = await electors.OrderBy(elector => elector.SearchText).ThenBy(elector => elector.Number).Take(Most + 1)
            .Select(elector => new { Elector = elector, Way = db.Set<RollMark>().Where(mark => mark.ElectorId == elector.Id).Select(mark => (VotingWay?)mark.Way).FirstOrDefault() }).ToListAsync(cancel);
        HasMore = found.Count > Most;
        Found = [.. found.Take(Most).Select(one => new DeskElector(one.Elector.Number, one.Elector.FullName, one.Elector.BornOn, one.Elector.AddressLines.ReplaceLineEndings(", "), one.Way))];
    }

    public sealed class MarkInput
    {
        [Required(ErrorMessage = "Enter the elector’s number")]
        [Range(1, 100_000, ErrorMessage = "Enter the elector’s number")]
        [Display(Name = "Elector’s number")]
        public int? Number { get; set; }

        [Required(ErrorMessage = "Choose how the person voted")]
        [Display(Name = "How did the person vote?")]
        public VotingWay? Way { get; set; }

        /// <summary>Sent again because the answer to the first try was lost.</summary>
        public bool Retry { get; set; }
    }
}
