using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>How pages come by elections and contests from their addresses; an election that was not called yet is not public.</summary>
public sealed class ContestFinder(CityDbContext db)
{
    public async Task<Election?> FindAsync(string slug, CancellationToken cancel) =>
        await db.Set<Election>().AsNoTracking().SingleOrDefaultAsync(election => election.Slug == slug && election.State != ElectionState.Draft, cancel);

    public async Task<(Election Election, Contest Contest)?> FindAsync(string slug, string code, CancellationToken cancel)
    {
        var asked = code.ToUpperInvariant();
        return await FindAsync(slug, cancel) is { } election && await db.Set<Contest>().AsNoTracking().SingleOrDefaultAsync(contest => contest.ElectionId == election.Id && contest.NeighbourhoodCode == asked, cancel) is { } contest
            ? (election, contest)
            : null;
    }

    public async Task<IReadOnlyList<Contest>> ContestsAsync(Guid electionId, CancellationToken cancel) =>
        await db.Set<Contest>().AsNoTracking().Where(contest => contest.ElectionId == electionId).OrderBy(contest => contest.Number).ToListAsync(cancel);

    /// <summary>The newest published reading of every box.</summary>
    public async Task<IReadOnlyDictionary<Guid, BoxReading>> ReadingsAsync(Guid electionId, CancellationToken cancel) =>
        await db.Set<BoxReading>().AsNoTracking().Where(reading => db.Set<Contest>().Any(contest => contest.Id == reading.ContestId && contest.ElectionId == electionId)
            && !db.Set<BoxReading>().Any(later => later.ContestId == reading.ContestId && later.At > reading.At)).ToDictionaryAsync(reading => reading.ContestId, cancel);

    /// <summary>Name of a contest in addresses, such as <c>q14</c>.</summary>
    public static string CodeInAddress(Contest contest) => contest.NeighbourhoodCode.ToLowerInvariant();
}
