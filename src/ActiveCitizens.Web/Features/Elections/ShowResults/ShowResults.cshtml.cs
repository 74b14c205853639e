using ActiveCitizens.Web.Features.Elections.CountSeats;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.ShowResults;

/// <summary>A neighbourhood in the table of results.</summary>
public sealed record ResultLine(Contest Contest, Turnout Turnout, int Filled, int Accepted);

[OutputCache(PolicyName = PublicPage.Policy, Tags = [ElectionsModule.CacheTag])]
public sealed class ShowResultsModel(CityDbContext db, ElectionDirectory contests, StatisticsReader statistics) : PageModel
{
    public Election Election { get; private set; } = null!;
    public IReadOnlyList<ResultLine> Lines { get; private set; } = [];
    public ElectionStatistics? Statistics { get; private set; }
    public DestructionRecord? Destroyed { get; private set; }
    public bool IsProclaimed => Election.State is ElectionState.Proclaimed or ElectionState.Final;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await contests.FindAsync(slug, cancel) is not { } election)
        {
            return NotFound();
        }

        Election = election;
        var readings = await contests.ReadingsAsync(election.Id, cancel);
        var seats = (await db.Set<Seat>().AsNoTracking().Where(seat => db.Set<Contest>().Any(contest => contest.Id == seat.ContestId && contest.ElectionId == election.Id)).Select(seat => new { seat.ContestId, seat.State }).ToListAsync(cancel)).ToLookup(seat => seat.ContestId, seat => seat.State);
        Lines = [.. (await contests.WholeContestsAsync(election.Id, cancel)).Select(contest => new ResultLine(contest, contest.Turnout ?? readings.GetValueOrDefault(contest.Id)?.Turnout ?? Turnout.None, seats[contest.Id].Count(state => state is SeatState.Elected or SeatState.Accepted), seats[contest.Id].Count(state => state == SeatState.Accepted)))];
        Statistics = await statistics.FindKeptAsync(election.Id, cancel);
        Destroyed = await db.Set<DestructionRecord>().AsNoTracking().SingleOrDefaultAsync(record => record.ElectionId == election.Id, cancel);
        return Page();
    }
}
