using System.Globalization;
using ActiveCitizens.Web.Features.Neighbourhoods.FindMyNeighbourhood;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Neighbourhoods;

/// <summary>The city's addresses, for another area that asks about many lines at once.</summary>
public sealed class KnownAddresses
{
    private readonly HashSet<string> _keys;
    private readonly string _city;

    private KnownAddresses(HashSet<string> keys, string city) => (_keys, _city) = (keys, city);

    /// <summary>True when the city has imported no addresses: then nothing can be said about a line.</summary>
    public bool IsEmpty => _keys.Count == 0;

    public static async Task<KnownAddresses> LoadAsync(CityDbContext db, City city, CancellationToken cancel)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var address in db.Set<Address>().Select(address => new { address.Number, address.Suffix, address.SearchText }).AsAsyncEnumerable().WithCancellation(cancel))
        {
            keys.Add(Key(address.Number, AddressLine.FoldSuffix(address.Suffix), address.SearchText));
        }

        return new(keys, city.Name);
    }

    /// <param name="line">House number and street, such as <c>12 bis rue des Pruniers</c>.</param>
    public bool Holds(string line) =>
        AddressLine.Parse(line, _city) is { Number: { } number } parsed && _keys.Contains(Key(number, parsed.Suffix, string.Concat(parsed.Words.Select(word => $" {word}"))));

    private static string Key(int number, string suffix, string street) => string.Create(CultureInfo.InvariantCulture, $"{number}{suffix}|{street}");
}
