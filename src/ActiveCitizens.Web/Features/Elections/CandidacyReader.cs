using System.Linq.Expressions;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>The neighbourhood for which somebody stands, without the documents of its box.</summary>
public sealed record StandingPlace(Election Election, Guid ContestId, string NeighbourhoodCode, int Number, string Name, int Seats)
{
    /// <summary>In addresses, such as <c>q14</c>.</summary>
    public string Code => NeighbourhoodCode.ToLowerInvariant();

    public string Path => $"/elections/{Election.Slug}/{Code}";

    public bool CanWithdraw => Election.State == ElectionState.Called;
}

/// <summary>A candidacy as lists show it, without its files.</summary>
public sealed record CandidacyLine(
    Guid Id, Guid ContestId, Guid? AccountId, string FirstNames, string LastName, Sex? Sex, DateOnly BornOn, string Email, string? Phone, string Statement, bool HasPhoto, bool HasPdf, CandidacyState State,
    string? RefusalReason, DateTimeOffset? SubmittedAt, int? BallotOrder, Guid? ListId, int? ListRank)
{
    public string FullName => $"{FirstNames} {LastName}";

    /// <summary>The profession of faith; an empty line begins a new paragraph.</summary>
    public IEnumerable<string> Paragraphs => Statement.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal static readonly Expression<Func<Candidate, CandidacyLine>> Of = candidate => new CandidacyLine(
        candidate.Id, candidate.ContestId, candidate.AccountId, candidate.FirstNames, candidate.LastName, candidate.Sex, candidate.BornOn, candidate.Email, candidate.Phone, candidate.Statement, candidate.Photo != null,
        candidate.StatementPdf != null, candidate.State, candidate.RefusalReason, candidate.SubmittedAt, candidate.BallotOrder, candidate.ListId, candidate.ListRank);
}

/// <summary>A list with those who stand on it, by rank.</summary>
public sealed record ListLine(Guid Id, Guid ContestId, string Name, int? BallotOrder, IReadOnlyList<CandidacyLine> Members);

/// <summary>How pages come by candidacies; an election that is not called yet has no public page.</summary>
public sealed class CandidacyReader(CityDbContext db, ElectionDirectory directory, ElectionCalendar calendar)
{
    /// <param name="code">Code of the neighbourhood in lower case.</param>
    public async Task<StandingPlace?> FindAsync(string slug, string code, CancellationToken cancel)
    {
        var asked = code.ToUpperInvariant();
        return await directory.FindAsync(slug, cancel) is { } election
            && (await PlacesAsync(election, cancel)).FirstOrDefault(place => place.NeighbourhoodCode == asked) is { } found && found.Code == code ? found : null;
    }

    public async Task<Election?> FindElectionAsync(Guid id, CancellationToken cancel) => await db.Set<Election>().AsNoTracking().SingleOrDefaultAsync(election => election.Id == id, cancel);

    public async Task<IReadOnlyList<StandingPlace>> PlacesAsync(Election election, CancellationToken cancel) =>
        [.. (await db.Set<Contest>().AsNoTracking().Where(contest => contest.ElectionId == election.Id).OrderBy(contest => contest.Number)
            .Select(contest => new { contest.Id, contest.NeighbourhoodCode, contest.Number, contest.Name, contest.Seats }).ToListAsync(cancel))
            .Select(contest => new StandingPlace(election, contest.Id, contest.NeighbourhoodCode, contest.Number, contest.Name, contest.Seats))];

    /// <summary>Whether somebody may hand in a candidacy online.</summary>
    public async Task<bool> IsOpenAsync(Election election, CancellationToken cancel)
    {
        if (election.State != ElectionState.Called)
        {
            return false;
        }

        var steps = await calendar.StepsAsync(election.Id, cancel);
        return steps.All(step => step.Step != ElectionStep.CandidaciesOpened || step.IsOver)
            && steps.All(step => step.Step is not (ElectionStep.CandidaciesClosed or ElectionStep.CandidaciesDecided or ElectionStep.OrderDrawn) || !step.IsOver);
    }

    /// <summary>Whether the office may still enter candidacies that came in on paper in time.</summary>
    public async Task<bool> TakesPaperAsync(Election election, CancellationToken cancel) =>
        election.State == ElectionState.Called && !(await calendar.StepsAsync(election.Id, cancel)).Any(step => step.Step is ElectionStep.CandidaciesDecided or ElectionStep.OrderDrawn && step.IsOver);

    /// <summary>The day for which a step is planned; null when it is over or the calendar does not have it.</summary>
    public async Task<DateOnly?> PlannedIfAheadAsync(Guid electionId, ElectionStep step, CancellationToken cancel) =>
        (await calendar.StepsAsync(electionId, cancel)).SingleOrDefault(one => one.Step == step && !one.IsOver)?.PlannedOn;

    /// <summary>The candidacy this account makes or made here: the one under way, else the last one that ended.</summary>
    public async Task<CandidacyLine?> OfAccountAsync(Guid contestId, Guid accountId, CancellationToken cancel) =>
        await db.Set<Candidate>().AsNoTracking().Where(candidate => candidate.ContestId == contestId && candidate.AccountId == accountId)
            .OrderBy(candidate => candidate.State == CandidacyState.Withdrawn || candidate.State == CandidacyState.Refused).ThenByDescending(candidate => candidate.Id).Select(CandidacyLine.Of).FirstOrDefaultAsync(cancel);

    /// <summary>Those whom people can elect, in the order of the ballot; before the lot in the order of their names.</summary>
    public async Task<IReadOnlyList<CandidacyLine>> EligibleAsync(Guid contestId, CancellationToken cancel) =>
        [.. (await db.Set<Candidate>().AsNoTracking().Where(candidate => candidate.ContestId == contestId && candidate.State == CandidacyState.Eligible).Select(CandidacyLine.Of).ToListAsync(cancel))
            .OrderBy(candidate => candidate.BallotOrder ?? int.MaxValue).ThenBy(candidate => candidate.LastName, StringComparer.CurrentCulture).ThenBy(candidate => candidate.FirstNames, StringComparer.CurrentCulture)];

    /// <summary>Lists on which somebody can be elected, in the order of the ballot.</summary>
    public async Task<IReadOnlyList<ListLine>> EligibleListsAsync(Guid contestId, CancellationToken cancel)
    {
        var members = (await EligibleAsync(contestId, cancel)).ToLookup(candidate => candidate.ListId);
        return [.. (await db.Set<CandidateList>().AsNoTracking().Where(list => list.ContestId == contestId).ToListAsync(cancel)).Where(list => members.Contains(list.Id))
            .Select(list => new ListLine(list.Id, list.ContestId, list.Name, list.BallotOrder, [.. members[list.Id].OrderBy(member => member.ListRank)]))
            .OrderBy(list => list.BallotOrder ?? int.MaxValue).ThenBy(list => list.Name, StringComparer.CurrentCulture)];
    }

    /// <summary>Every candidacy handed in, for the office; drafts are their authors’ alone.</summary>
    public async Task<IReadOnlyList<CandidacyLine>> HandedInAsync(Guid electionId, CancellationToken cancel) =>
        await db.Set<Candidate>().AsNoTracking().Where(candidate => candidate.SubmittedAt != null && db.Set<Contest>().Any(contest => contest.Id == candidate.ContestId && contest.ElectionId == electionId))
            .OrderBy(candidate => candidate.ListRank).ThenBy(candidate => candidate.LastName).ThenBy(candidate => candidate.FirstNames).Select(CandidacyLine.Of).ToListAsync(cancel);

    public async Task<IReadOnlyList<CandidateList>> ListsAsync(Guid electionId, CancellationToken cancel) =>
        await db.Set<CandidateList>().AsNoTracking().Where(list => db.Set<Contest>().Any(contest => contest.Id == list.ContestId && contest.ElectionId == electionId)).OrderBy(list => list.Name).ToListAsync(cancel);

    public async Task<BallotOrderDraw?> DrawAsync(Guid electionId, CancellationToken cancel) => await db.Set<BallotOrderDraw>().AsNoTracking().SingleOrDefaultAsync(draw => draw.ElectionId == electionId, cancel);

    public async Task<byte[]?> PhotoAsync(Guid candidateId, CancellationToken cancel) => await db.Set<Candidate>().Where(candidate => candidate.Id == candidateId).Select(candidate => candidate.Photo).SingleOrDefaultAsync(cancel);

    public async Task<byte[]?> PdfAsync(Guid candidateId, CancellationToken cancel) => await db.Set<Candidate>().Where(candidate => candidate.Id == candidateId).Select(candidate => candidate.StatementPdf).SingleOrDefaultAsync(cancel);
}
