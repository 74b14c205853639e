using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.ShowContest;

/// <summary>A choice on the ballot: a list with its members, or one person.</summary>
public sealed record StandingChoice(string? List, int? Order, IReadOnlyList<StandingPerson> Members);

public sealed record StandingPerson(Guid Id, string FullName, string SortName, int? Rank);

[OutputCache(PolicyName = PublicPage.Policy, Tags = [ElectionsModule.CacheTag])]
public sealed class ShowContestModel(CityDbContext db, ElectionDirectory directory, ElectionCalendar calendar, TimeProvider clock) : PageModel
{
    public Election Election { get; private set; } = null!;
    public ContestLine Contest { get; private set; } = null!;
    public ContestFingerprints? Fingerprints { get; private set; }

    /// <summary>Those admitted, in the order drawn, or by name before.</summary>
    public IReadOnlyList<StandingChoice> Standing { get; private set; } = [];
    public bool IsOrdered => Standing.All(choice => choice.Order is not null);
    public bool CanVote => Contest.Box == BoxState.Open && Election.IsOpenAt(clock.GetUtcNow());
    public bool CanStand { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, string code, CancellationToken cancel)
    {
        if (await directory.FindAsync(slug, User, cancel) is not { } election || await directory.FindContestAsync(election.Id, code, cancel) is not { } contest)
        {
            return NotFound();
        }

        (Election, Contest) = (election, contest);
        Fingerprints = (await ContestFingerprints.OfAsync(db, election.Id, cancel)).FirstOrDefault(one => one.NeighbourhoodCode == contest.NeighbourhoodCode && one.Election is not null);
        var steps = (await calendar.StepsAsync(election.Id, cancel)).ToDictionary(step => step.Step);
        CanStand = election.State == ElectionState.Called && steps.GetValueOrDefault(ElectionStep.CandidaciesOpened) is { IsOver: true } && steps.GetValueOrDefault(ElectionStep.CandidaciesClosed) is { IsOver: false };
        var admitted = await db.Set<Candidate>().Where(candidate => candidate.ContestId == contest.Id && candidate.State == CandidacyState.Eligible)
            .Select(candidate => new { candidate.Id, candidate.FirstNames, candidate.LastName, candidate.ListId, candidate.ListRank, candidate.BallotOrder }).ToListAsync(cancel);
        var lists = await db.Set<CandidateList>().AsNoTracking().Where(list => list.ContestId == contest.Id).ToDictionaryAsync(list => list.Id, cancel);
        Standing =
        [
            .. admitted.GroupBy(candidate => candidate.ListId ?? candidate.Id).Select(group => new StandingChoice(
                    lists.GetValueOrDefault(group.Key)?.Name,
                    lists.TryGetValue(group.Key, out var list) ? list.BallotOrder : group.First().BallotOrder,
                    [.. group.OrderBy(one => one.ListRank).Select(one => new StandingPerson(one.Id, $"{one.FirstNames} {one.LastName}", $"{one.LastName} {one.FirstNames}", one.ListRank))]))
                .OrderBy(choice => choice.Order ?? int.MaxValue).ThenBy(choice => choice.List ?? choice.Members[0].SortName, StringComparer.CurrentCulture),
        ];
        return Page();
    }
}
