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

    /// <summary>Null when there is none that is called.</summary>
    public async Task<Election?> FindAsync(string slug, CancellationToken cancel) =>
        await db.Set<Election>().AsNoTracking().SingleOrDefaultAsync(election => election.Slug == slug && election.State != ElectionState.Draft, cancel);

    /// <summary>A called election and one of its contests, with its documents.</summary>
    public async Task<(Election Election, Contest Contest)?> FindAsync(string slug, string code, CancellationToken cancel)
    {
        var asked = code.ToUpperInvariant();
        return await FindAsync(slug, cancel) is { } election && await db.Set<Contest>().AsNoTracking().SingleOrDefaultAsync(contest => contest.ElectionId == election.Id && contest.NeighbourhoodCode == asked, cancel) is { } contest
            ? (election, contest)
            : null;
    }

    /// <summary>What a voting page shows; null while the election is a draft.</summary>
    /// <param name="code">Code of the neighbourhood in lower case.</param>
    public async Task<VotingPlace?> FindVotingPlaceAsync(string slug, string code, CancellationToken cancel)
    {
        var neighbourhood = code.ToUpperInvariant();
        return VotingPlace.CodeOf(neighbourhood) != code ? null : await db.Set<Contest>().Where(contest => contest.NeighbourhoodCode == neighbourhood)
            .Join(db.Set<Election>().Where(election => election.Slug == slug && election.State != ElectionState.Draft), contest => contest.ElectionId, election => election.Id, (contest, election) => new VotingPlace(
                contest.Id, election.Id, election.Slug, election.Name, election.IsRehearsal, election.State, election.OpensAt, election.ClosesAt, election.HelpLine, election.Rules.Method != ElectionMethod.IndividualPlurality, election.Rules.SecondSecret,
                contest.NeighbourhoodCode, contest.Number, contest.Name, contest.PollingBureau, contest.Seats, contest.Box))
            .SingleOrDefaultAsync(cancel);
    }

    /// <summary>Every contest of an election with its documents; lists do with <see cref="ContestsAsync"/>.</summary>
    public async Task<IReadOnlyList<Contest>> WholeContestsAsync(Guid electionId, CancellationToken cancel) =>
        await db.Set<Contest>().AsNoTracking().Where(contest => contest.ElectionId == electionId).OrderBy(contest => contest.Number).ToListAsync(cancel);

    /// <summary>The newest published reading of every box.</summary>
    public async Task<IReadOnlyDictionary<Guid, BoxReading>> ReadingsAsync(Guid electionId, CancellationToken cancel) =>
        await db.Set<BoxReading>().AsNoTracking().Where(reading => db.Set<Contest>().Any(contest => contest.Id == reading.ContestId && contest.ElectionId == electionId)
            && !db.Set<BoxReading>().Any(later => later.ContestId == reading.ContestId && later.At > reading.At)).ToDictionaryAsync(reading => reading.ContestId, cancel);

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
