using ActiveCitizens.Web.Features.MunicipalCouncil;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.ShowElection;

[OutputCache(PolicyName = PublicPage.Policy, Tags = [ElectionsModule.CacheTag])]
public sealed class ShowElectionModel(CityDbContext db, ElectionDirectory directory, ElectionCalendar calendar, Deliberations deliberations, TimeProvider clock) : PageModel
{
    private Dictionary<Guid, int> _standing = [];

    public Election Election { get; private set; } = null!;
    public IReadOnlyList<ContestLine> Contests { get; private set; } = [];
    public IReadOnlyList<CalendarStep> Steps { get; private set; } = [];
    public IReadOnlyList<ContestFingerprints> Fingerprints { get; private set; } = [];
    public bool IsOpen => Election.IsOpenAt(clock.GetUtcNow());
    public DeliberationLink? CalledBy { get; private set; }

    /// <summary>Corrections of the roll since it was imported.</summary>
    public int Corrections { get; private set; }

    /// <summary>How many candidates or lists were admitted.</summary>
    public int Standing(ContestLine contest) => _standing.GetValueOrDefault(contest.Id);

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await directory.FindAsync(slug, User, cancel) is not { } election)
        {
            return NotFound();
        }

        Election = election;
        Contests = await directory.ContestsAsync(election.Id, cancel);
        Steps = await calendar.StepsAsync(election.Id, cancel);
        Fingerprints = await ContestFingerprints.OfAsync(db, election.Id, cancel);
        Corrections = await db.Set<RollCorrection>().CountAsync(correction => correction.ElectionId == election.Id, cancel);
        CalledBy = election.DeliberationId is { } act ? (await deliberations.LinksAsync([act], cancel)).GetValueOrDefault(act) : null;
        var admitted = db.Set<Candidate>().Where(candidate => candidate.State == CandidacyState.Eligible)
            .Join(db.Set<Contest>().Where(contest => contest.ElectionId == election.Id), candidate => candidate.ContestId, contest => contest.Id, (candidate, _) => new { candidate.ContestId, One = candidate.ListId ?? candidate.Id });
        _standing = await admitted.Distinct().GroupBy(one => one.ContestId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
        return Page();
    }
}
