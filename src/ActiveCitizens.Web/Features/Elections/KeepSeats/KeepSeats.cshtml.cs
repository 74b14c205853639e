using System.ComponentModel.DataAnnotations;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.KeepSeats;

/// <summary>A seat with its holder and council, for the office.</summary>
public sealed record KeptSeat(Seat Seat, Contest Contest, string? Name, bool HasAccount);

/// <summary>The office writes down who accepts, refuses or gives up a seat.</summary>
[Authorize(Policy = Policies.ElectionOffice)]
public sealed class KeepSeatsModel(CityDbContext db, SeatHandler handler, IStringLocalizer<ElectionsText> text) : PageModel
{
    public Election Election { get; private set; } = null!;
    public IReadOnlyList<KeptSeat> Seats { get; private set; } = [];
    public LeavingInput Leaving { get; set; } = new();
    public IReadOnlyList<SelectListItem> Holders => [.. Seats.Where(seat => seat.Seat.State is SeatState.Elected or SeatState.Accepted).Select(seat => new SelectListItem($"{seat.Contest.Name} – {seat.Name}", seat.Seat.Id.ToString()))];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel) => await LoadAsync(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAcceptAsync(Guid id, Guid seatId, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel) || Seats.FirstOrDefault(one => one.Seat.Id == seatId) is not { } seat)
        {
            return NotFound();
        }

        return await handler.AcceptAsync(seatId, cancel) switch
        {
            SeatResult.Accepted(true) => Done(text["{0} accepts the seat and has the councillor’s rights.", seat.Name!]),
            SeatResult.Accepted => Done(text["{0} accepts the seat. Without an account there are no rights on the site to give.", seat.Name!]),
            _ => Done(text["This seat was changed meanwhile: nothing was done."]),
        };
    }

    public async Task<IActionResult> OnPostLeaveAsync(Guid id, [Bind(Prefix = nameof(Leaving))] LeavingInput sent, CancellationToken cancel)
    {
        Leaving = sent;
        if (!await LoadAsync(id, cancel))
        {
            return NotFound();
        }

        if (ModelState.IsValid && Holders.All(holder => holder.Value != sent.SeatId.ToString()))
        {
            ModelState.AddModelError("Leaving.SeatId", text["Choose who leaves the seat"]);
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        return await handler.LeaveAsync(sent.SeatId!.Value, sent.Reason, cancel) switch
        {
            SeatResult.Left({ } next) => Done(text["It is recorded. {0} is called to the seat.", next]),
            SeatResult.Left => Done(text["It is recorded. Nobody is left to be called: the seat is vacant, and a by-election may fill it."]),
            _ => Done(text["This seat was changed meanwhile: nothing was done."]),
        };
    }

    private RedirectToPageResult Done(string note)
    {
        TempData["Note"] = note;
        return RedirectToPage(pageName: null, pageHandler: null, new { id = Election.Id });
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (await db.Set<Election>().AsNoTracking().SingleOrDefaultAsync(election => election.Id == id, cancel) is not { } election)
        {
            return false;
        }

        Election = election;
        Seats =
        [
            .. (await (from seat in db.Set<Seat>().AsNoTracking()
                       join contest in db.Set<Contest>() on seat.ContestId equals contest.Id
                       where contest.ElectionId == id && seat.State != SeatState.Refused && seat.State != SeatState.Resigned
                       join candidate in db.Set<Candidate>() on seat.CandidateId equals candidate.Id into candidates
                       from candidate in candidates.DefaultIfEmpty()
                       orderby contest.Number, seat.Number
                       select new { Seat = seat, Contest = contest, candidate.FirstNames, candidate.LastName, candidate.AccountId }).ToListAsync(cancel))
                .Select(one => new KeptSeat(one.Seat, one.Contest, one.Seat.CandidateId is null ? null : $"{one.FirstNames} {one.LastName}", one.AccountId is not null)),
        ];
        return true;
    }

    public sealed class LeavingInput
    {
        [Required(ErrorMessage = "Choose who leaves the seat")]
        [Display(Name = "Who does not take the seat, or gives it up?")]
        public Guid? SeatId { get; set; }

        [Required(ErrorMessage = "Write the reason, such as the date of the letter")]
        [StringLength(Seat.ReasonMaxLength, ErrorMessage = "A text has at most {1} characters")]
        [Display(Name = "Reason")]
        public string Reason { get; set; } = "";
    }
}
