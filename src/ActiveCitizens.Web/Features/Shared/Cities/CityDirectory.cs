using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;

namespace ActiveCitizens.Web.Features.Shared.Cities;

/// <summary>The cities of this installation, found by host name.</summary>
public sealed class CityDirectory
{
    private readonly FrozenDictionary<string, City> _byHost;

    /// <exception cref="ValidationException">No city, a city that is incomplete, or a host or id given twice.</exception>
    public CityDirectory(IReadOnlyList<City> cities)
    {
        if (cities.Count == 0)
        {
            throw new ValidationException("Configure at least one city under \"Cities\".");
        }

        foreach (var city in cities)
        {
            Validator.ValidateObject(city, new ValidationContext(city), validateAllProperties: true);
            Validator.ValidateObject(city.Theme, new ValidationContext(city.Theme), validateAllProperties: true);
            Validator.ValidateObject(city.Database, new ValidationContext(city.Database), validateAllProperties: true);
            _ = city.TimeZone;
            if (city.Languages.Count == 0)
            {
                throw new ValidationException($"City \"{city.Id}\" needs at least one language.");
            }
        }

        if (cities.Select(city => city.Id).Distinct(StringComparer.Ordinal).Count() < cities.Count)
        {
            throw new ValidationException("Two cities have the same Id.");
        }

        if (cities.Count > 1 && cities.FirstOrDefault(city => city.Hosts.Count == 0) is { } hostless)
        {
            throw new ValidationException($"City \"{hostless.Id}\" needs Hosts: this installation serves {cities.Count} cities.");
        }

        var hosts = cities.SelectMany(city => city.Hosts.Select(host => (host, city))).ToList();
        if (hosts.GroupBy(pair => pair.host, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ValidationException($"Host \"{twice.Key}\" leads to more than one city.");
        }

        All = cities;
        _byHost = hosts.ToFrozenDictionary(pair => pair.host, pair => pair.city, StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlyList<City> All { get; }

    /// <summary>The city of a host name; a lone city serves every host.</summary>
    public City? Find(string host) => All.Count == 1 ? All[0] : _byHost.GetValueOrDefault(host);

    public City Get(string id) => All.First(city => city.Id == id);
}
