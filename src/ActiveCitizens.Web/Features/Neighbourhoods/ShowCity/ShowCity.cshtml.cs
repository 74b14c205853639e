using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Operations;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ShowCity;

[OutputCache(PolicyName = PublicPage.Policy, Tags = [NeighbourhoodsModule.CacheTag])]
public sealed class ShowCityModel(CityDbContext db, NeighbourhoodDirectory directory, City city, TimeProvider clock) : PageModel
{
    public City City => city;

    /// <summary>Figures of one subject stand together, in the order of the profile.</summary>
    public IReadOnlyList<CityFigure> Figures { get; private set; } = [];

    /// <summary>From the municipality up to the State.</summary>
    public IReadOnlyList<TerritorialLevel> Levels { get; private set; } = [];

    public TerritoryMap Map { get; private set; } = TerritoryMap.Empty;

    public CouncilThresholds? Law { get; private set; }

    /// <summary>The latest official population, which decides the legal status; a stated one when there is no other.</summary>
    public CityFigure? Population { get; private set; }

    /// <summary>Other figures of the population, with the status each would give.</summary>
    public IEnumerable<CityFigure> OtherPopulations => Figures.Where(figure => figure.Subject == CityFigureSubject.Population && figure != Population);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var figures = await db.Set<CityFigure>().AsNoTracking().OrderBy(figure => figure.Position).ToListAsync(cancel);
        Figures = [.. figures.GroupBy(figure => figure.Subject).SelectMany(group => group)];
        Levels = [.. (await db.Set<TerritorialLevel>().AsNoTracking().ToListAsync(cancel)).OrderBy(level => level.Kind)];
        Map = await directory.MapAsync(cancel);
        Law = CouncilLaw.On(DateOnly.FromDateTime(city.Local(clock.GetUtcNow()).DateTime));
        Population = figures.Where(figure => figure is { Subject: CityFigureSubject.Population, Number: not null }).OrderByDescending(figure => figure.IsOfficial).ThenByDescending(figure => figure.Year).FirstOrDefault();
    }
}
