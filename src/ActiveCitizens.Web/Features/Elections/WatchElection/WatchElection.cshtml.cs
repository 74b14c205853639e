using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Elections.CloseVote;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.WatchElection;

/// <summary>A box on the board's screen.</summary>
public sealed record WatchedBox(Contest Contest, BoxCheck? Check, BoxReading? Reading);

/// <summary>Turnout at one time of publication.</summary>
public sealed record TurnoutPoint(DateTimeOffset At, int Online, int Paper);

/// <summary>The board's screen: are the boxes sound, how many have voted, what happened; the president acts from here.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed class WatchElectionModel(CityDbContext db, BoardDoor door, ElectionDirectory contests, WatchHandler handler, CloseVoteHandler closing, TimeProvider clock, IStringLocalizer<ElectionsText> text) : PageModel
{
    private const int MostPoints = 60;

    public Election Election { get; private set; } = null!;
    public BoardMember Member { get; private set; } = null!;
    public bool IsPresident => Member.Duty == BoardDuty.President;
    public IReadOnlyList<WatchedBox> Boxes { get; private set; } = [];
    public IReadOnlyList<TurnoutPoint> Points { get; private set; } = [];
    public IReadOnlyList<JournalEntry> Journal { get; private set; } = [];
    public bool MayClose => Election.MayClose(clock.GetUtcNow());
    public bool MayExtend => Election.State == ElectionState.Sealed && clock.GetUtcNow() < Election.ClosesAt;
    public WatchedBox? Chosen => Boxes.FirstOrDefault(box => string.Equals(box.Contest.NeighbourhoodCode, Bureau, StringComparison.OrdinalIgnoreCase));
    public IReadOnlyList<SelectListItem> Places => [.. Boxes.Select(box => new SelectListItem(box.Contest.Name, box.Contest.Id.ToString()))];
    public IReadOnlyList<SelectListItem> Stoppable => [.. Boxes.Where(box => box.Contest.Box is BoxState.Open or BoxState.Suspended).Select(box => new SelectListItem($"{box.Contest.Name} – {text.WordOf(box.Contest.Box)}", box.Contest.Id.ToString()))];
    public IReadOnlyList<SelectListItem> Lengths => [new(text["15 minutes"], "15"), new(text["30 minutes"], "30"), new(text["1 hour"], "60"), new(text["2 hours"], "120"), new(text["1 day"], "1440")];

    /// <summary>Code of the neighbourhood whose turnout is drawn; all of them without one.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Bureau { get; set; }

    public IncidentInput Incident { get; set; } = new();
    public ExtensionInput Extension { get; set; } = new();
    public StopInput Stop { get; set; } = new();
    public ClosingInput Closing { get; set; } = new();

    public string NameOf(Guid? contestId) => Boxes.FirstOrDefault(box => box.Contest.Id == contestId)?.Contest.Name ?? text["All neighbourhoods"];

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel) => await LoadAsync(slug, cancel) ?? Page();

    public async Task<IActionResult> OnPostIncidentAsync(string slug, [Bind(Prefix = nameof(Incident))] IncidentInput sent, CancellationToken cancel)
    {
        Incident = sent;
        if (await LoadAsync(slug, cancel) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!ModelState.IsValid || (sent.ContestId is { } id && Boxes.All(box => box.Contest.Id != id)))
        {
            return Page();
        }

        await handler.WriteAsync(Election.Id, sent.ContestId, Member.Name, sent.Words, cancel);
        return Done(text["It is in the journal."]);
    }

    public async Task<IActionResult> OnPostExtendAsync(string slug, [Bind(Prefix = nameof(Extension))] ExtensionInput sent, CancellationToken cancel)
    {
        Extension = sent;
        if (await LoadAsPresidentAsync(slug, cancel) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        switch (await handler.ExtendAsync(Election.Id, TimeSpan.FromMinutes(sent.Minutes!.Value), Member.Name, sent.Reason, cancel))
        {
            case ExtendResult.Extended:
                return Done(text["The hours are extended, and everybody can read until when."]);
            case ExtendResult.HoursOver:
                return Refused("Extension.Minutes", text["The hours are over: they cannot be extended any more"]);
            default:
                return Refused("Extension.Minutes", text["Nobody votes now: there are no hours to extend"]);
        }
    }

    public async Task<IActionResult> OnPostStopAsync(string slug, [Bind(Prefix = nameof(Stop))] StopInput sent, CancellationToken cancel)
    {
        Stop = sent;
        if (await LoadAsPresidentAsync(slug, cancel) is { } elsewhere)
        {
            return elsewhere;
        }

        if (Boxes.FirstOrDefault(box => box.Contest.Id == sent.ContestId) is not { } box)
        {
            ModelState.TryAddModelError("Stop.ContestId", text["Choose a neighbourhood"]);
            return Page();
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var stop = box.Contest.Box == BoxState.Open;
        return await handler.StopAsync(box.Contest.Id, stop, Member.Name, sent.Reason, cancel) == StopBoxResult.Changed
            ? Done(stop ? text["The box of {0} is stopped; the others go on.", box.Contest.Name] : text["The box of {0} takes ballots again.", box.Contest.Name])
            : Refused("Stop.ContestId", text["This box was changed meanwhile. Look at its state again."]);
    }

    public async Task<IActionResult> OnPostCloseAsync(string slug, [Bind(Prefix = nameof(Closing))] ClosingInput sent, CancellationToken cancel)
    {
        Closing = sent;
        if (await LoadAsPresidentAsync(slug, cancel) is { } elsewhere)
        {
            return elsewhere;
        }

        if (!sent.Sure)
        {
            return Refused("Closing.Sure", text["Tick the box to close: it cannot be undone"]);
        }

        return await closing.CloseAsync(Election.Id, cancel) switch
        {
            CloseVoteResult.Closed => Done(text["The boxes are closed. The trustees can decrypt now, and the paper ballots can be counted."]),
            CloseVoteResult.StillOpen => Refused("Closing.Sure", text["Voting is still open. The boxes are closed after the hours, not before."]),
            _ => Refused("Closing.Sure", text["There is no box to close"]),
        };
    }

    private RedirectToPageResult Done(string note)
    {
        TempData["Note"] = note;
        return RedirectToPage(pageName: null, pageHandler: null, new { slug = Election.Slug });
    }

    private PageResult Refused(string field, string message)
    {
        ModelState.AddModelError(field, message);
        return Page();
    }

    private async Task<IActionResult?> LoadAsPresidentAsync(string slug, CancellationToken cancel) =>
        await LoadAsync(slug, cancel) ?? (IsPresident ? null : Forbid());

    private async Task<IActionResult?> LoadAsync(string slug, CancellationToken cancel)
    {
        var entry = await door.OpenAsync(slug, User, cancel, Enum.GetValues<BoardDuty>());
        if (entry.Refusal is not null)
        {
            return entry.Refusal;
        }

        (Election, Member) = (entry.Election, entry.Member);
        var checks = await db.Set<BoxCheck>().AsNoTracking().Where(check => db.Set<Contest>().Any(contest => contest.Id == check.ContestId && contest.ElectionId == Election.Id)).ToDictionaryAsync(check => check.ContestId, cancel);
        var readings = await contests.ReadingsAsync(Election.Id, cancel);
        Boxes = [.. (await contests.WholeContestsAsync(Election.Id, cancel)).Where(contest => contest.LastEvent is not null).Select(contest => new WatchedBox(contest, checks.GetValueOrDefault(contest.Id), readings.GetValueOrDefault(contest.Id)))];
        var drawn = Boxes.Where(box => Chosen is null || box == Chosen).Select(box => box.Contest.Id).ToList();
        var points = await db.Set<BoxReading>().Where(reading => drawn.Contains(reading.ContestId)).GroupBy(reading => reading.At).Select(group => new { At = group.Key, Online = group.Sum(reading => reading.Online), Paper = group.Sum(reading => reading.PollingStation + reading.Post) }).OrderBy(point => point.At).ToListAsync(cancel);
        // A week of readings has more points than a screen: every so many, and always the last.
        var step = (points.Count / MostPoints) + 1;
        Points = [.. points.Where((_, index) => (points.Count - 1 - index) % step == 0).Select(point => new TurnoutPoint(point.At, point.Online, point.Paper))];
        Journal = await db.Set<JournalEntry>().AsNoTracking().Where(line => line.ElectionId == Election.Id).OrderByDescending(line => line.At).ToListAsync(cancel);
        return null;
    }

    public sealed class IncidentInput
    {
        [Display(Name = "Neighbourhood")]
        public Guid? ContestId { get; set; }

        [Required(ErrorMessage = "Write what happened")]
        [StringLength(JournalEntry.TextMaxLength, ErrorMessage = "A text has at most {1} characters")]
        [Display(Name = "What happened?")]
        public string Words { get; set; } = "";
    }

    public sealed class ExtensionInput
    {
        [Required(ErrorMessage = "Choose how much longer")]
        [Range(1, 7 * 1440, ErrorMessage = "Choose how much longer")]
        [Display(Name = "How much longer?")]
        public int? Minutes { get; set; }

        [Required(ErrorMessage = "Write the reason: it stands in the official record")]
        [StringLength(1_000, ErrorMessage = "A text has at most {1} characters")]
        [Display(Name = "Reason")]
        public string Reason { get; set; } = "";
    }

    public sealed class StopInput
    {
        [Required(ErrorMessage = "Choose a neighbourhood")]
        [Display(Name = "Box")]
        public Guid? ContestId { get; set; }

        [Required(ErrorMessage = "Write the reason: it stands in the official record")]
        [StringLength(1_000, ErrorMessage = "A text has at most {1} characters")]
        [Display(Name = "Reason")]
        public string Reason { get; set; } = "";
    }

    public sealed class ClosingInput
    {
        [Display(Name = "I close the boxes for good: no ballot comes in after this, and every mark of paper votes is on the roll")]
        public bool Sure { get; set; }
    }
}
