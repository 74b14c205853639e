using ActiveCitizens.Voting.Json;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>What was fixed of a contest at the sealing, as fingerprints; both null where nobody votes.</summary>
public sealed record ContestFingerprints(string NeighbourhoodCode, string Name, int Electors, string? Roll, string? Election)
{
    /// <summary>Empty before the sealing.</summary>
    public static async Task<IReadOnlyList<ContestFingerprints>> OfAsync(CityDbContext db, Guid electionId, CancellationToken cancel) =>
        [.. (await db.Set<Contest>().Where(contest => contest.ElectionId == electionId && contest.Box != BoxState.Preparing).OrderBy(contest => contest.Number)
            .Select(contest => new { contest.NeighbourhoodCode, contest.Name, contest.ElectorCount, contest.RollFingerprint, contest.ElectionDocument }).ToListAsync(cancel))
            .Select(one => new ContestFingerprints(one.NeighbourhoodCode, one.Name, one.ElectorCount, one.RollFingerprint, one.ElectionDocument is null ? null : Digest.Of(one.ElectionDocument).Base64))];
}
