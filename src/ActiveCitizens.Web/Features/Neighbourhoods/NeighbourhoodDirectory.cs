using System.Collections.Concurrent;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Neighbourhoods;

/// <summary>How other areas learn of neighbourhoods: by code, by point, or all of them.</summary>
public sealed class NeighbourhoodDirectory(CityDbContext db, City city, TerritoryMaps maps)
{
    private static readonly CompiledQuery<Func<CityDbContext, CancellationToken, Task<Guid?>>> Current =
        new(() => EF.CompileAsyncQuery((CityDbContext db, CancellationToken cancel) => db.Set<TerritoryVersion>().OrderByDescending(version => version.Number).Select(version => (Guid?)version.Id).FirstOrDefault()));

    /// <summary>The territories in force. One small query says whether the map kept in memory is still theirs, on every node.</summary>
    public async Task<TerritoryMap> MapAsync(CancellationToken cancel)
    {
        if (await Current.For(db)(db, cancel) is not { } versionId)
        {
            return TerritoryMap.Empty;
        }

        if (maps.Find(city, versionId) is { } kept)
        {
            return kept;
        }

        var map = await LoadAsync(versionId, cancel);
        maps.Keep(city, map);
        return map;
    }

    /// <summary>Any version of the territories, also one no longer in force; null when unknown.</summary>
    public async Task<TerritoryMap?> MapAsync(int versionNumber, CancellationToken cancel) =>
        await db.Set<TerritoryVersion>().AsNoTracking().Where(version => version.Number == versionNumber).Select(version => (Guid?)version.Id).SingleOrDefaultAsync(cancel) is { } id
            ? await LoadAsync(id, cancel)
            : null;

    /// <summary>The neighbourhood of a code such as <c>Q14</c>; null when there is none.</summary>
    public async Task<Neighbourhood?> FindAsync(string code, CancellationToken cancel) => (await MapAsync(cancel)).Find(code);

    /// <summary>The one neighbourhood of a point (degrees, WGS 84); null outside the municipality.</summary>
    public async Task<Neighbourhood?> LocateAsync(double longitude, double latitude, CancellationToken cancel) =>
        (await MapAsync(cancel)).Locate(longitude, latitude);

    /// <summary>A neighbourhood of any time, with the territories in force or, when it is no more, the last ones that had it and when they ended.</summary>
    public async Task<(TerritoryMap Map, Neighbourhood Neighbourhood, DateTimeOffset? EndedAt)?> FindWithMapAsync(string code, CancellationToken cancel)
    {
        var map = await MapAsync(cancel);
        if (map.Find(code) is { } current)
        {
            return (map, current, null);
        }

        var wanted = code.ToUpperInvariant();
        var last = await db.Set<Neighbourhood>().Where(one => one.Code == wanted)
            .Join(db.Set<TerritoryVersion>(), one => one.VersionId, version => version.Id, (_, version) => (int?)version.Number).MaxAsync(cancel);
        if (last is not { } number || await MapAsync(number, cancel) is not { } former)
        {
            return null;
        }

        var endedAt = await db.Set<TerritoryVersion>().Where(version => version.Number == number + 1).Select(version => (DateTimeOffset?)version.AppliedAt).SingleOrDefaultAsync(cancel);
        return (former, former.Find(code)!, endedAt);
    }

    private async Task<TerritoryMap> LoadAsync(Guid versionId, CancellationToken cancel) =>
        new(await db.Set<TerritoryVersion>().AsNoTracking().SingleAsync(version => version.Id == versionId, cancel),
            await db.Set<Neighbourhood>().AsNoTracking().Where(neighbourhood => neighbourhood.VersionId == versionId).ToListAsync(cancel));
}

/// <summary>The map in force of each city, kept between requests.</summary>
public sealed class TerritoryMaps
{
    private readonly ConcurrentDictionary<string, TerritoryMap> _byCity = new(StringComparer.Ordinal);

    internal TerritoryMap? Find(City city, Guid versionId) =>
        _byCity.TryGetValue(city.Id, out var map) && map.Version?.Id == versionId ? map : null;

    internal void Keep(City city, TerritoryMap map) => _byCity[city.Id] = map;
}
