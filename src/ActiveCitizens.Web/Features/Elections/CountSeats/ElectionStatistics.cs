using System.Text.Json;
using ActiveCitizens.Web.Features.Shared.Languages;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.CountSeats;

/// <summary>A group of electors; a figure that could point at people is null.</summary>
/// <param name="Group">A key such as <c>Female</c> or <c>18-29</c>.</param>
public sealed record StatisticsLine(string Group, int? Electors, int? Voters);

/// <summary>Who voted, stood and was elected, in groups. Candidates are public, so their numbers are never masked.</summary>
public sealed record ElectionStatistics
{
    /// <summary>Fewer people than this are not shown.</summary>
    public const int Least = 11;

    public required int Electors { get; init; }
    public required int Online { get; init; }
    public required int PollingStation { get; init; }
    public required int Post { get; init; }
    public required IReadOnlyList<StatisticsLine> BySex { get; init; }
    public required IReadOnlyList<StatisticsLine> ByAge { get; init; }
    public required int CandidatesFemale { get; init; }
    public required int CandidatesMale { get; init; }
    public required int ElectedFemale { get; init; }
    public required int ElectedMale { get; init; }

    /// <summary>Elected people who did not sit in the council before; null when the councils before are not known.</summary>
    public required int? NewlyElected { get; init; }
    public required int Elected { get; init; }

    public int Voters => Online + PollingStation + Post;

    /// <summary>
    /// Hides the figures of groups with too few electors, voters or people who stayed at home. The totals are public, so a single hidden line
    /// could be computed from the others: the smallest other line is then hidden as well.
    /// </summary>
    public static IReadOnlyList<StatisticsLine> Mask(IReadOnlyList<(string Group, int Electors, int Voters)> lines)
    {
        var hidden = lines.Select(line => line.Electors < Least || line.Voters < Least || line.Electors - line.Voters < Least).ToArray();
        // Empty groups tell nothing and protect nobody.
        var filled = Enumerable.Range(0, lines.Count).Where(place => lines[place].Electors > 0).ToList();
        if (filled.Count(place => hidden[place]) == 1 && filled.Count > 1)
        {
            hidden[filled.Where(place => !hidden[place]).MinBy(place => lines[place].Electors)] = true;
        }

        return [.. lines.Where(line => line.Electors > 0).Select(line => hidden[lines.ToList().IndexOf(line)] ? new StatisticsLine(line.Group, null, null) : new StatisticsLine(line.Group, line.Electors, line.Voters))];
    }
}

/// <summary>Computes the statistics from the roll while it exists, and reads those that were kept.</summary>
public sealed class StatisticsReader(CityDbContext db)
{
    private static readonly (string Group, int From, int To)[] Bands = [("16-17", 0, 17), ("18-29", 18, 29), ("30-44", 30, 44), ("45-59", 45, 59), ("60-74", 60, 74), ("75+", 75, 200)];

    public async Task<ElectionStatistics?> FindKeptAsync(Guid electionId, CancellationToken cancel) =>
        await db.Set<KeptStatistics>().Where(kept => kept.ElectionId == electionId).Select(kept => kept.Document).SingleOrDefaultAsync(cancel) is { } document ? JsonSerializer.Deserialize<ElectionStatistics>(document) : null;

    public async Task<ElectionStatistics> ComputeAsync(Election election, IReadOnlyCollection<Candidate> elected, CancellationToken cancel)
    {
        var day = DateOnly.FromDateTime(election.ClosesAt.UtcDateTime);
        var electors = await db.Set<Elector>().Where(elector => elector.ElectionId == election.Id)
            .Select(elector => new { elector.Sex, elector.BornOn, Way = db.Set<RollMark>().Where(mark => mark.ElectorId == elector.Id).Select(mark => (VotingWay?)mark.Way).FirstOrDefault() }).ToListAsync(cancel);
        var candidates = await db.Set<Candidate>().AsNoTracking().Where(candidate => candidate.State == CandidacyState.Eligible && db.Set<Contest>().Any(contest => contest.Id == candidate.ContestId && contest.ElectionId == election.Id)).Select(candidate => candidate.Sex).ToListAsync(cancel);
        return new()
        {
            Electors = electors.Count,
            Online = electors.Count(elector => elector.Way == VotingWay.Online),
            PollingStation = electors.Count(elector => elector.Way == VotingWay.PollingStation),
            Post = electors.Count(elector => elector.Way == VotingWay.Post),
            BySex = ElectionStatistics.Mask([.. new (string, Sex?)[] { (nameof(Sex.Female), Sex.Female), (nameof(Sex.Male), Sex.Male), ("", null) }.Select(group => (group.Item1, electors.Count(elector => elector.Sex == group.Item2), electors.Count(elector => elector.Sex == group.Item2 && elector.Way is not null)))]),
            ByAge = ElectionStatistics.Mask([.. Bands.Select(band => (band.Group, electors.Count(elector => In(band, elector.BornOn)), electors.Count(elector => In(band, elector.BornOn) && elector.Way is not null)))]),
            CandidatesFemale = candidates.Count(sex => sex == Sex.Female),
            CandidatesMale = candidates.Count(sex => sex == Sex.Male),
            ElectedFemale = elected.Count(candidate => candidate.Sex == Sex.Female),
            ElectedMale = elected.Count(candidate => candidate.Sex == Sex.Male),
            Elected = elected.Count,
            NewlyElected = await NewlyElectedAsync(election, elected, cancel),
        };

        bool In((string Group, int From, int To) band, DateOnly bornOn)
        {
            var age = day.Year - bornOn.Year - (day < bornOn.AddYears(day.Year - bornOn.Year) ? 1 : 0);
            return band.From <= age && age <= band.To;
        }
    }

    /// <summary>People are known again by name and date of birth, within their neighbourhood.</summary>
    private async Task<int?> NewlyElectedAsync(Election election, IReadOnlyCollection<Candidate> elected, CancellationToken cancel)
    {
        var before = await (
            from seat in db.Set<Seat>()
            join candidate in db.Set<Candidate>() on seat.CandidateId equals candidate.Id
            join contest in db.Set<Contest>() on seat.ContestId equals contest.Id
            join earlier in db.Set<Election>() on contest.ElectionId equals earlier.Id
            where earlier.MandateId != election.MandateId && !earlier.IsRehearsal && earlier.ClosesAt < election.OpensAt && (seat.State == SeatState.Accepted || seat.State == SeatState.Resigned)
            select new { contest.NeighbourhoodCode, candidate.FirstNames, candidate.LastName, candidate.BornOn }).ToListAsync(cancel);
        if (before.Count == 0)
        {
            return null;
        }

        var codes = await db.Set<Contest>().Where(contest => contest.ElectionId == election.Id).ToDictionaryAsync(contest => contest.Id, contest => contest.NeighbourhoodCode, cancel);
        var known = before.Select(one => (one.NeighbourhoodCode, Folding.Fold($"{one.FirstNames} {one.LastName}"), one.BornOn)).ToHashSet();
        return elected.Count(candidate => !known.Contains((codes[candidate.ContestId], Folding.Fold(candidate.FullName), candidate.BornOn)));
    }
}
