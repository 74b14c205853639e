using ActiveCitizens.Web.Features.Elections.CountSeats;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.ShowResult;

/// <summary>A row of the council: who was called to a seat, and what became of it.</summary>
public sealed record SeatLine(Seat Seat, string? Name);

[OutputCache(PolicyName = PublicPage.Policy, Tags = [ElectionsModule.CacheTag])]
public sealed class ShowResultModel(CityDbContext db, ElectionDirectory contests, SeatCounter counter, RuleInWords words) : PageModel
{
    public Election Election { get; private set; } = null!;
    public Contest Contest { get; private set; } = null!;
    public ContestOutcome? Outcome { get; private set; }
    public PublicLot? Lot { get; private set; }
    public IReadOnlyList<string> Steps { get; private set; } = [];
    public IReadOnlyList<SeatLine> Seats { get; private set; } = [];
    public string Code => Contest.Path;

    public async Task<IActionResult> OnGetAsync(string slug, string code, CancellationToken cancel)
    {
        if (await contests.FindAsync(slug, code, cancel) is not var (election, contest))
        {
            return NotFound();
        }

        (Election, Contest) = (election, contest);
        Outcome = await counter.CountAsync(election, contest, cancel);
        Steps = Outcome is null ? [] : words.Tell(Outcome);
        Lot = await db.Set<PublicLot>().AsNoTracking().SingleOrDefaultAsync(lot => lot.ElectionId == election.Id, cancel);
        Seats =
        [
            .. (await (from seat in db.Set<Seat>().AsNoTracking()
                       where seat.ContestId == contest.Id
                       join candidate in db.Set<Candidate>() on seat.CandidateId equals candidate.Id into candidates
                       from candidate in candidates.DefaultIfEmpty()
                       orderby seat.Number, seat.Turn
                       select new { Seat = seat, candidate.FirstNames, candidate.LastName }).ToListAsync(cancel)).Select(one => new SeatLine(one.Seat, one.Seat.CandidateId is null ? null : $"{one.FirstNames} {one.LastName}")),
        ];
        return Page();
    }
}
