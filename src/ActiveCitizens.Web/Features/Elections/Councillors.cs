using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>A councillor, or a seat that is not taken (yet).</summary>
/// <param name="Name">Null for a vacant seat.</param>
public sealed record CouncilSeat(int Number, string? Name, SeatState State, DateTimeOffset Since, string ElectionSlug, string ElectionName)
{
    public bool IsAccepted => State == SeatState.Accepted;
}

/// <summary>How other areas learn who sits in a neighbourhood council: the elected of its latest mandate. Rehearsals seat nobody.</summary>
public sealed class Councillors(CityDbContext db)
{
    public async Task<IReadOnlyList<CouncilSeat>> OfAsync(string neighbourhoodCode, CancellationToken cancel)
    {
        var held = db.Set<Contest>().Where(contest => contest.NeighbourhoodCode == neighbourhoodCode)
            .Join(db.Set<Election>().Where(election => !election.IsRehearsal && (election.State == ElectionState.Proclaimed || election.State == ElectionState.Final)), contest => contest.ElectionId, election => election.Id, (contest, election) => new { contest, election });
        if (await held.OrderByDescending(one => one.election.ClosesAt).Select(one => (Guid?)one.election.MandateId).FirstOrDefaultAsync(cancel) is not { } mandateId)
        {
            return [];
        }

        var seats = await (
            from one in held
            where one.election.MandateId == mandateId
            join seat in db.Set<Seat>() on one.contest.Id equals seat.ContestId
            where seat.State == SeatState.Elected || seat.State == SeatState.Accepted || seat.State == SeatState.Vacant
            join candidate in db.Set<Candidate>() on seat.CandidateId equals candidate.Id into candidates
            from candidate in candidates.DefaultIfEmpty()
            select new { seat.Number, candidate.FirstNames, candidate.LastName, seat.State, seat.GivenAt, seat.DecidedAt, one.election.Slug, one.election.Name, one.election.ClosesAt }).ToListAsync(cancel);
        // The first election of the mandate had all seats; a by-election fills those that became vacant since.
        var all = await held.Where(one => one.election.MandateId == mandateId).OrderBy(one => one.election.ClosesAt).Select(one => one.contest.Seats).FirstAsync(cancel);
        var vacant = all - seats.Count(seat => seat.State != SeatState.Vacant);
        return
        [
            .. seats.Where(seat => seat.State != SeatState.Vacant).OrderBy(seat => seat.ClosesAt).ThenBy(seat => seat.Number).Select(seat => new CouncilSeat(seat.Number, $"{seat.FirstNames} {seat.LastName}", seat.State, seat.DecidedAt ?? seat.GivenAt, seat.Slug, seat.Name)),
            .. seats.Where(seat => seat.State == SeatState.Vacant).OrderByDescending(seat => seat.ClosesAt).ThenBy(seat => seat.Number).Take(Math.Max(0, vacant)).Select(seat => new CouncilSeat(seat.Number, null, seat.State, seat.GivenAt, seat.Slug, seat.Name)),
        ];
    }
}
