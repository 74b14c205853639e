using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.MakeCodes;

public abstract record KeepListsResult
{
    private KeepListsResult() { }

    /// <param name="AllThere">Every neighbourhood has its list now.</param>
    public sealed record Kept(int Lists, bool AllThere) : KeepListsResult;
    public sealed record NotNow : KeepListsResult;

    /// <summary>No list of this post was kept.</summary>
    /// <param name="Expected">Electors on the roll, where the number is what is wrong.</param>
    public sealed record Unacceptable(string NeighbourhoodCode, string Reason, int? Expected, int? Found) : KeepListsResult;
}

/// <summary>Takes the public credential lists, of some neighbourhoods or all: every list of a post, or none. The private codes never come here.</summary>
public sealed class CredentialListsHandler(CityDbContext db, ElectionCalendar calendar, AuditTrail audit)
{
    /// <param name="lists">By the code of the neighbourhood in addresses, such as <c>q14</c>.</param>
    public async Task<KeepListsResult> KeepAsync(Guid electionId, IReadOnlyDictionary<string, byte[]> lists, CancellationToken cancel)
    {
        await using var transaction = await db.BeginDurableAsync(cancel);
        await db.LockRowAsync<Election>(electionId, cancel);
        var state = await db.Set<Election>().Where(one => one.Id == electionId).Select(one => one.State).SingleAsync(cancel);
        if (state != ElectionState.Called || lists.Count == 0)
        {
            return new KeepListsResult.NotNow();
        }

        var contests = await db.Set<Contest>().Where(one => one.ElectionId == electionId).ToListAsync(cancel);
        foreach (var (code, document) in lists)
        {
            if (contests.Find(one => VotingPlace.CodeOf(one.NeighbourhoodCode) == code) is not { } contest)
            {
                return new KeepListsResult.Unacceptable(code, "no neighbourhood of this election", null, null);
            }

            var content = document is [.., (byte)'\n'] ? document[..^1] : document;
            var electors = await db.Set<Elector>().CountAsync(one => one.ContestId == contest.Id, cancel);
            if (FindProblem(contest.NeighbourhoodCode, content, electors) is { } problem)
            {
                return problem;
            }

            contest.KeepCredentials(content);
            audit.Record("election.credentials-handed-in", $"contest:{contest.Id}", new { credentials = electors, list = Digest.Of(content).Hex });
        }

        var allThere = contests.TrueForAll(one => one.CredentialsDocument is not null);
        if (allThere)
        {
            await calendar.FinishAsync(electionId, ElectionStep.CredentialsMade, cancel);
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return new KeepListsResult.Kept(lists.Count, allThere);
    }

    private static KeepListsResult.Unacceptable? FindProblem(string code, byte[] document, int electors)
    {
        try
        {
            var list = PublicCredentials.Read(document, Group.Ed25519);
            return list.Count != electors ? new(code, "number", electors, list.Count)
                : list.IsWeighted ? new(code, "weights, where every elector counts once", null, null)
                : list.FindForeignKey(Group.Ed25519, 1) is { } place ? new(code, FormattableString.Invariant($"entry {place + 1} is no element of the group"), null, null)
                : null;
        }
        catch (ProtocolFormatException e)
        {
            return new(code, e.Message, null, null);
        }
    }
}
