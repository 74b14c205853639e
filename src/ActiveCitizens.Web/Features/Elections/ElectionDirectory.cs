using System.Security.Claims;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>A contest as lists show it, without its documents.</summary>
public sealed record ContestLine(Guid Id, string NeighbourhoodCode, int Number, string Name, string PollingBureau, int Seats, BoxState Box, int ElectorCount, string? RollFingerprint)
{
    /// <summary>The code as addresses have it, such as <c>q14</c>.</summary>
    public string Path => NeighbourhoodCode.ToLowerInvariant();
}

/// <summary>How pages and other areas learn of elections; drafts are for the election office.</summary>
public sealed class ElectionDirectory(CityDbContext db)
{
    public static bool IsOffice(ClaimsPrincipal reader) => reader.Holds(Role.Officer) || reader.Holds(Role.Administrator);

    /// <summary>The elections this reader may see, the latest vote first.</summary>
    public async Task<IReadOnlyList<Election>> ListAsync(ClaimsPrincipal reader, CancellationToken cancel)
    {
        var drafts = IsOffice(reader);
        return await db.Set<Election>().AsNoTracking().Where(election => drafts || election.State != ElectionState.Draft).OrderByDescending(election => election.OpensAt).ToListAsync(cancel);
    }

    /// <summary>Null when there is none, or none that this reader may see.</summary>
    public async Task<Election?> FindAsync(string slug, ClaimsPrincipal reader, CancellationToken cancel) =>
        await db.Set<Election>().AsNoTracking().SingleOrDefaultAsync(election => election.Slug == slug, cancel) is { } found && (found.State != ElectionState.Draft || IsOffice(reader)) ? found : null;

    public async Task<IReadOnlyList<ContestLine>> ContestsAsync(Guid electionId, CancellationToken cancel) =>
        await Lines(db.Set<Contest>().Where(contest => contest.ElectionId == electionId)).ToListAsync(cancel);

    /// <param name="code">Code of the neighbourhood in any case, as addresses have it.</param>
    public async Task<ContestLine?> FindContestAsync(Guid electionId, string code, CancellationToken cancel)
    {
        var wanted = code.ToUpperInvariant();
        return await Lines(db.Set<Contest>().Where(contest => contest.ElectionId == electionId && contest.NeighbourhoodCode == wanted)).SingleOrDefaultAsync(cancel);
    }

    private static IQueryable<ContestLine> Lines(IQueryable<Contest> contests) => contests.AsNoTracking().OrderBy(contest => contest.Number)
        .Select(contest => new ContestLine(contest.Id, contest.NeighbourhoodCode, contest.Number, contest.Name, contest.PollingBureau, contest.Seats, contest.Box, contest.ElectorCount, contest.RollFingerprint));
}
