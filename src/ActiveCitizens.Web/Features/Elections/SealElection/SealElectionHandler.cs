using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Trustees;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using ProtocolGroup = ActiveCitizens.Voting.Groups.Group;

namespace ActiveCitizens.Web.Features.Elections.SealElection;

/// <summary>What still stands in the way of sealing.</summary>
public abstract record SealProblem
{
    private SealProblem() { }

    public sealed record StepMissing(ElectionStep Step) : SealProblem;
    public sealed record NoTrustees : SealProblem;

    /// <param name="Reason">For a technician.</param>
    public sealed record BadTrustees(string Reason) : SealProblem;
    public sealed record NoElectors(string NeighbourhoodCode) : SealProblem;
    public sealed record NoCredentials(string NeighbourhoodCode) : SealProblem;

    /// <summary>There must be exactly one credential per elector.</summary>
    public sealed record CredentialCount(string NeighbourhoodCode, int Electors, int Credentials) : SealProblem;
    public sealed record BadCredentials(string NeighbourhoodCode, string Reason) : SealProblem;
    public sealed record UndecidedCandidacies(string NeighbourhoodCode, int Count) : SealProblem;
    public sealed record OrderNotDrawn(string NeighbourhoodCode) : SealProblem;
}

public abstract record SealElectionResult
{
    private SealElectionResult() { }

    /// <param name="Boxes">How many boxes were opened; the other neighbourhoods are uncontested.</param>
    public sealed record Sealed(int Boxes) : SealElectionResult;
    public sealed record NotCalled : SealElectionResult;
    public sealed record NotReady(IReadOnlyList<SealProblem> Problems) : SealElectionResult;
}

/// <summary>Fixes roll, candidates, keys and credentials of all neighbourhoods at once, and makes the boxes: all of them, or none.</summary>
public sealed class SealElectionHandler(CityDbContext db, City city, ElectionCalendar calendar, AuditTrail audit, PublicPages pages, IStringLocalizer<ElectionsText> texts, TimeProvider clock)
{
    public async Task<SealElectionResult> SealAsync(Guid electionId, CancellationToken cancel)
    {
        var election = await db.Set<Election>().SingleAsync(one => one.Id == electionId, cancel);
        if (election.State != ElectionState.Called)
        {
            return new SealElectionResult.NotCalled();
        }

        var problems = new List<SealProblem>((await calendar.MissingBeforeAsync(electionId, ElectionStep.Sealed, cancel)).Select(step => new SealProblem.StepMissing(step)));
        var trustees = ReadTrustees(election, problems);
        await using var transaction = await db.BeginDurableAsync(cancel);
        await db.LockRowAsync<Election>(electionId, cancel);
        var now = clock.GetUtcNow();
        var boxes = 0;
        var culture = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            // The election file is the same whoever seals it: it speaks the city's first language.
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = LanguageModule.CultureOf(city.DefaultLanguage);
            foreach (var contest in await db.Set<Contest>().Where(contest => contest.ElectionId == electionId).OrderBy(contest => contest.Number).ToListAsync(cancel))
            {
                boxes += await SealAsync(election, contest, trustees, problems, now, cancel) ? 1 : 0;
            }
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = culture;
        }

        if (problems.Count > 0)
        {
            db.ChangeTracker.Clear();
            return new SealElectionResult.NotReady(problems);
        }

        election.Seal();
        await calendar.FinishAsync(electionId, ElectionStep.Sealed, cancel);
        audit.Record("election.sealed", $"election:{electionId}", new { election.Slug, boxes, trustees = Digest.Of(election.TrusteesDocument).Hex });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        await pages.ChangedAsync(ElectionsModule.CacheTag);
        return new SealElectionResult.Sealed(boxes);
    }

    private static TrusteeSet? ReadTrustees(Election election, List<SealProblem> problems)
    {
        if (election.TrusteesDocument is null)
        {
            problems.Add(new SealProblem.NoTrustees());
            return null;
        }

        try
        {
            var trustees = TrusteeSet.Read(election.TrusteesDocument, ProtocolGroup.Ed25519);
            if (trustees.FindProblem() is { } problem)
            {
                problems.Add(new SealProblem.BadTrustees(problem));
            }

            return trustees;
        }
        catch (ProtocolFormatException e)
        {
            problems.Add(new SealProblem.BadTrustees(e.Message));
            return null;
        }
    }

    /// <returns>Whether there is a box now.</returns>
    private async Task<bool> SealAsync(Election election, Contest contest, TrusteeSet? trustees, List<SealProblem> problems, DateTimeOffset now, CancellationToken cancel)
    {
        var before = problems.Count;
        var answers = await AnswersAsync(election, contest, problems, cancel);
        var (electors, roll) = await RollAsync(contest.Id, cancel);
        if (electors == 0)
        {
            problems.Add(new SealProblem.NoElectors(contest.NeighbourhoodCode));
        }

        if (answers is null)
        {
            contest.LeaveUncontested();
            return false;
        }

        CheckCredentials(contest, electors, problems);
        if (trustees is null || problems.Count > before)
        {
            return false;
        }

        var question = new HomomorphicQuestion(
            election.Rules.IsByLists ? texts["Which list do you choose?"] : texts["Whom do you choose? At most {0}.", contest.Seats],
            answers, Blank: true, Min: 1, Max: election.Rules.IsByLists ? 1 : Math.Min(contest.Seats, answers.Count));
        var file = new ElectionDraft($"{election.Name} – {contest.NeighbourhoodCode} {contest.Name}", texts["{0} seats of the neighbourhood council {1}.", contest.Seats, contest.Name], ProtocolGroup.Ed25519, trustees.PublicKey(), [question], contest.Uuid)
        {
            Administrator = city.Name,
            CredentialAuthority = await db.Set<BoardMember>().Where(member => member.ElectionId == election.Id && member.Duty == BoardDuty.CredentialAuthority).Select(member => member.Name).SingleOrDefaultAsync(cancel),
        }.Fix();
        db.Add(contest.Seal(file, election.TrusteesDocument!, roll, electors, now));
        return true;
    }

    private static void CheckCredentials(Contest contest, int electors, List<SealProblem> problems)
    {
        if (contest.CredentialsDocument is null)
        {
            problems.Add(new SealProblem.NoCredentials(contest.NeighbourhoodCode));
            return;
        }

        try
        {
            var credentials = PublicCredentials.Read(contest.CredentialsDocument, ProtocolGroup.Ed25519);
            if (credentials.Count != electors)
            {
                problems.Add(new SealProblem.CredentialCount(contest.NeighbourhoodCode, electors, credentials.Count));
            }
            else if (credentials.IsWeighted)
            {
                problems.Add(new SealProblem.BadCredentials(contest.NeighbourhoodCode, "weights, where every elector counts once"));
            }
            else if (credentials.FindForeignKey(ProtocolGroup.Ed25519, 1) is { } place)
            {
                problems.Add(new SealProblem.BadCredentials(contest.NeighbourhoodCode, FormattableString.Invariant($"entry {place + 1} is no element of the group")));
            }
        }
        catch (ProtocolFormatException e)
        {
            problems.Add(new SealProblem.BadCredentials(contest.NeighbourhoodCode, e.Message));
        }
    }

    /// <summary>What stands on the ballot, in the order drawn; null when nobody votes here.</summary>
    private async Task<IReadOnlyList<string>?> AnswersAsync(Election election, Contest contest, List<SealProblem> problems, CancellationToken cancel)
    {
        // Pictures and statements are heavy, and are no part of a ballot.
        var candidates = await db.Set<Candidate>().Where(candidate => candidate.ContestId == contest.Id)
            .Select(candidate => new { candidate.State, candidate.ListId, candidate.BallotOrder, FullName = candidate.FirstNames + " " + candidate.LastName }).ToListAsync(cancel);
        if (candidates.Count(candidate => candidate.State == CandidacyState.Submitted) is > 0 and var undecided)
        {
            problems.Add(new SealProblem.UndecidedCandidacies(contest.NeighbourhoodCode, undecided));
        }

        var standing = candidates.Where(candidate => candidate.State == CandidacyState.Eligible).ToList();
        List<(int? Order, string Name)> options = election.Rules.IsByLists
            ? [.. (await db.Set<CandidateList>().AsNoTracking().Where(list => list.ContestId == contest.Id).ToListAsync(cancel)).Where(list => standing.Any(candidate => candidate.ListId == list.Id)).Select(list => (list.BallotOrder, list.Name))]
            : [.. standing.Select(candidate => (candidate.BallotOrder, candidate.FullName))];
        if (options.Count == 0 || (election.Rules.ElectsUnopposed && (election.Rules.IsByLists ? options.Count == 1 : options.Count <= contest.Seats)))
        {
            return null;
        }

        if (options.Exists(option => option.Order is null))
        {
            problems.Add(new SealProblem.OrderNotDrawn(contest.NeighbourhoodCode));
        }

        return [.. options.OrderBy(option => option.Order).Select(option => option.Name)];
    }

    /// <summary>Number of electors, and the fingerprint of the roll: one line per elector, by number.</summary>
    private async Task<(int Electors, string Fingerprint)> RollAsync(Guid contestId, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0;
        await foreach (var elector in db.Set<Elector>().Where(elector => elector.ContestId == contestId).OrderBy(elector => elector.Number)
            .Select(elector => new { elector.Number, elector.LastName, elector.FirstNames, elector.BornOn }).AsAsyncEnumerable().WithCancellation(cancel))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{elector.Number};{elector.LastName};{elector.FirstNames};{elector.BornOn:yyyy-MM-dd}\n")));
            count++;
        }

        return (count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
