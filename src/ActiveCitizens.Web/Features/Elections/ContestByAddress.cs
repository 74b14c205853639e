using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>What a voting page shows of a contest without its documents.</summary>
public sealed record VotingPlace(
    Guid ContestId, Guid ElectionId, string ElectionSlug, string ElectionName, bool IsRehearsal, ElectionState State, DateTimeOffset OpensAt, DateTimeOffset ClosesAt, string HelpLine, bool IsByLists, SecondSecret SecondSecret,
    string NeighbourhoodCode, int Number, string Name, string PollingBureau, int Seats, BoxState Box)
{
    /// <summary>The contest in addresses, such as <c>q14</c>.</summary>
    public string Code => CodeOf(NeighbourhoodCode);

    public bool IsOpenAt(DateTimeOffset now) => State == ElectionState.Sealed && Box == BoxState.Open && OpensAt <= now && now < ClosesAt;

    public static string CodeOf(string neighbourhoodCode) => Shared.Languages.Folding.Fold(neighbourhoodCode);
}

/// <summary>Finds contests by their public address; a draft has none.</summary>
public sealed class ContestByAddress(CityDbContext db)
{
    /// <param name="code">Code of the neighbourhood in lower case.</param>
    public async Task<VotingPlace?> FindAsync(string slug, string code, CancellationToken cancel)
    {
        var neighbourhood = code.ToUpperInvariant();
        return VotingPlace.CodeOf(neighbourhood) != code ? null : await db.Set<Contest>().Where(contest => contest.NeighbourhoodCode == neighbourhood)
            .Join(db.Set<Election>().Where(election => election.Slug == slug && election.State != ElectionState.Draft), contest => contest.ElectionId, election => election.Id, (contest, election) => new VotingPlace(
                contest.Id, election.Id, election.Slug, election.Name, election.IsRehearsal, election.State, election.OpensAt, election.ClosesAt, election.HelpLine, election.Rules.Method != ElectionMethod.IndividualPlurality, election.Rules.SecondSecret,
                contest.NeighbourhoodCode, contest.Number, contest.Name, contest.PollingBureau, contest.Seats, contest.Box))
            .SingleOrDefaultAsync(cancel);
    }
}
