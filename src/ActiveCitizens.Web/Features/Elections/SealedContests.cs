using System.Collections.Concurrent;
using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Trustees;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using ProtocolElection = ActiveCitizens.Voting.Elections.Election;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>What was fixed of a contest when it was sealed: it never changes, and its tables are worth keeping.</summary>
public sealed record SealedContest(Guid Id, ProtocolElection Election, TrusteeSet Trustees, PublicCredentials Credentials)
{
    /// <summary>Safe for several threads.</summary>
    public BallotVerifier Verifier { get; } = new(Election, Credentials);
}

/// <summary>The sealed contests of each city, kept between requests: about 200 bytes per elector.</summary>
public sealed class SealedContestCache
{
    private readonly ConcurrentDictionary<(string City, Guid Contest), SealedContest> _kept = new();

    internal SealedContest? Find(City city, Guid id) => _kept.GetValueOrDefault((city.Id, id));

    internal SealedContest Keep(City city, SealedContest contest) => _kept.GetOrAdd((city.Id, contest.Id), contest);
}

/// <summary>How handlers come by a sealed contest.</summary>
public sealed class SealedContests(CityDbContext db, City city, SealedContestCache cache)
{
    /// <summary>Null when there is no such contest, or it is not sealed.</summary>
    public async Task<SealedContest?> FindAsync(Guid id, CancellationToken cancel)
    {
        if (cache.Find(city, id) is { } kept)
        {
            return kept;
        }

        var documents = await db.Set<Contest>().Where(contest => contest.Id == id && contest.ElectionDocument != null)
            .Join(db.Set<Election>(), contest => contest.ElectionId, election => election.Id, (contest, election) => new { contest.ElectionDocument, contest.CredentialsDocument, election.TrusteesDocument })
            .SingleOrDefaultAsync(cancel);
        if (documents is null)
        {
            return null;
        }

        var election = ProtocolElection.Read(documents.ElectionDocument);
        return cache.Keep(city, new(id, election, TrusteeSet.Read(documents.TrusteesDocument, election.Group), PublicCredentials.Read(documents.CredentialsDocument, election.Group)));
    }
}
