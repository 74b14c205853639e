using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Elections.DrawOrder;

/// <summary>The lot of one candidate or list.</summary>
/// <param name="Order">Number on the ballot; one that is missing belonged to somebody who withdrew.</param>
/// <param name="HasLeft">A list on which nobody stands any more.</param>
public sealed record DrawnLot(Guid Id, string Name, int Order, string Lot, bool HasLeft);

public sealed record DrawnPlace(StandingPlace Place, IReadOnlyList<DrawnLot> Lots);

/// <summary>The seed, its source and every lot, so that anybody can draw again.</summary>
[OutputCache(PolicyName = PublicPage.Policy, Tags = [ElectionsModule.CacheTag])]
public sealed class ShowOrderModel(CityDbContext db, ElectionDirectory directory, CandidacyReader candidacies) : PageModel
{
    public Election Election { get; private set; } = null!;
    public BallotOrderDraw? Draw { get; private set; }
    public DateOnly? PlannedOn { get; private set; }
    public IReadOnlyList<DrawnPlace> Places { get; private set; } = [];

    public string SampleId => (Places.SelectMany(place => place.Lots).FirstOrDefault()?.Id ?? Guid.Empty).ToString("N");

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await directory.FindAsync(slug, cancel) is not { } election)
        {
            return NotFound();
        }

        (Election, Draw) = (election, await candidacies.DrawAsync(election.Id, cancel));
        PlannedOn = await candidacies.PlannedIfAheadAsync(election.Id, ElectionStep.OrderDrawn, cancel);
        if (Draw is { } draw)
        {
            var places = new List<DrawnPlace>();
            foreach (var place in await candidacies.PlacesAsync(election, cancel))
            {
                places.Add(new(place, [.. (await StandingAsync(place, cancel)).Select(one => new DrawnLot(one.Id, one.Name, one.Order, BallotOrderDraw.LotOf(draw.Seed, one.Id), one.HasLeft)).OrderBy(lot => lot.Lot, StringComparer.Ordinal)]));
            }

            Places = places;
        }

        return Page();
    }

    // None is accepted after the lot; a person who withdraws leaves a gap, and is no longer named.
    private async Task<IReadOnlyList<(Guid Id, string Name, int Order, bool HasLeft)>> StandingAsync(StandingPlace place, CancellationToken cancel)
    {
        if (place.Election.Rules.IsByLists)
        {
            var standing = (await candidacies.EligibleListsAsync(place.ContestId, cancel)).Select(list => list.Id).ToHashSet();
            return [.. (await db.Set<CandidateList>().AsNoTracking().Where(list => list.ContestId == place.ContestId && list.BallotOrder != null).ToListAsync(cancel)).Select(list => (list.Id, list.Name, list.BallotOrder ?? 0, !standing.Contains(list.Id)))];
        }

        return [.. (await candidacies.EligibleAsync(place.ContestId, cancel)).Select(candidate => (candidate.Id, candidate.FullName, candidate.BallotOrder ?? 0, false))];
    }
}
