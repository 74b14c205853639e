using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>What the office should know before it decides; the decision is a person’s.</summary>
/// <param name="RollNumber">The number on the roll of this neighbourhood of an elector with this name and date of birth; null when there is none.</param>
/// <param name="RollElsewhere">The neighbourhood on whose roll such an elector stands instead.</param>
/// <param name="AgeWhenVoting">Years on the first day of the vote.</param>
/// <param name="LeastAge">Years that the rules ask of electors.</param>
/// <param name="StandsElsewhere">Neighbourhoods where somebody of this name and date of birth stands too.</param>
public sealed record CandidacyFindings(int? RollNumber, string? RollElsewhere, int AgeWhenVoting, int LeastAge, IReadOnlyList<string> StandsElsewhere)
{
    public bool IsOldEnough => AgeWhenVoting >= LeastAge;
}

/// <summary>Compares a candidacy with the roll and with the other candidacies.</summary>
public sealed class CandidacyChecks(CityDbContext db, City city)
{
    public async Task<CandidacyFindings> FindAsync(StandingPlace place, CandidacyLine candidate, CancellationToken cancel)
    {
        var (last, first) = (Folding.Fold(candidate.LastName), FirstOf(candidate.FirstNames));
        var electors = (await db.Set<Elector>().AsNoTracking().Where(elector => elector.ElectionId == place.Election.Id && elector.BornOn == candidate.BornOn)
            .Select(elector => new { elector.ContestId, elector.Number, elector.LastName, elector.UsualName, elector.FirstNames }).ToListAsync(cancel))
            .Where(elector => FirstOf(elector.FirstNames) == first && (Folding.Fold(elector.LastName) == last || Folding.Fold(elector.UsualName ?? "") == last)).ToList();
        var others = await db.Set<Candidate>().AsNoTracking().Where(other => other.Id != candidate.Id && other.ContestId != place.ContestId && other.BornOn == candidate.BornOn && (other.State == CandidacyState.Submitted || other.State == CandidacyState.Eligible))
            .Join(db.Set<Contest>().Where(contest => contest.ElectionId == place.Election.Id), other => other.ContestId, contest => contest.Id, (other, contest) => new { other.FirstNames, other.LastName, contest.Name }).ToListAsync(cancel);
        var elsewhere = electors.Find(elector => elector.ContestId != place.ContestId)?.ContestId;
        return new(
            electors.Find(elector => elector.ContestId == place.ContestId)?.Number,
            elsewhere is null ? null : await db.Set<Contest>().Where(contest => contest.Id == elsewhere).Select(contest => contest.Name).SingleAsync(cancel),
            AgeOn(candidate.BornOn, DateOnly.FromDateTime(city.Local(place.Election.OpensAt).DateTime)),
            place.Election.Rules.Franchise == Franchise.Electors ? 18 : 16,
            [.. others.Where(other => Folding.Fold(other.LastName) == last && FirstOf(other.FirstNames) == first).Select(other => other.Name)]);
    }

    // A roll has all first names, a candidacy often one.
    private static string FirstOf(string names) => Folding.Fold(names).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";

    private static int AgeOn(DateOnly born, DateOnly day) => day.Year - born.Year - (day < born.AddYears(day.Year - born.Year) ? 1 : 0);
}
