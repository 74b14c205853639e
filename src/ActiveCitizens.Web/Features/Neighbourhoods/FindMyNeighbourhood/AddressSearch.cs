using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Features.Neighbourhoods.FindMyNeighbourhood;

/// <summary>What is known of an address line.</summary>
public abstract record AddressAnswer
{
    private AddressAnswer() { }

    /// <summary>The line has no word of a street.</summary>
    public sealed record NotAnAddress : AddressAnswer;

    /// <summary>No address was imported yet.</summary>
    public sealed record NoAddressFile : AddressAnswer;

    public sealed record Found(Address Address) : AddressAnswer;

    /// <summary>The street is known; the house number was not given, or is not in the file. Its addresses in the order of their numbers.</summary>
    public sealed record StreetOnly(string Street, int? UnknownNumber, IReadOnlyList<Address> Addresses) : AddressAnswer;

    /// <summary>Several streets fit.</summary>
    public sealed record SeveralStreets(IReadOnlyList<string> Streets) : AddressAnswer;

    /// <summary>No street fits; those spelt most alike, possibly none.</summary>
    public sealed record UnknownStreet(IReadOnlyList<string> Similar) : AddressAnswer;
}

/// <summary>Searches the imported addresses. What was searched for is neither kept nor logged.</summary>
public sealed class AddressSearch(CityDbContext db, City city)
{
    private const int MaxStreets = 12;
    private const int MaxSimilar = 5;

    public async Task<AddressAnswer> FindAsync(string line, CancellationToken cancel)
    {
        var asked = AddressLine.Parse(line, city.Name);
        if (asked.Words.Count == 0)
        {
            return new AddressAnswer.NotAnAddress();
        }

        var matches = db.Set<Address>().AsNoTracking();
        foreach (var word in asked.Words)
        {
            // A word stands after a space; letters and digits only, so nothing in it is a pattern.
            var start = $" {word}";
            matches = matches.Where(address => address.SearchText.Contains(start));
        }

        var streets = await matches.Select(address => new { address.Street, address.SearchText }).Distinct().OrderBy(street => street.Street).Take(MaxStreets + 1).ToListAsync(cancel);
        if (streets.Count == 0)
        {
            return await db.Set<Address>().AnyAsync(cancel) ? new AddressAnswer.UnknownStreet(await SimilarAsync(asked.Words, cancel)) : new AddressAnswer.NoAddressFile();
        }

        // "rue des Prés" is also the start of "rue des Prés-Verts": the street that has no further word is meant.
        var whole = string.Concat(asked.Words.Select(word => $" {word}"));
        if (streets.Count > 1 && streets.Where(street => street.SearchText == whole).ToList() is [var exact])
        {
            streets = [exact];
        }

        return streets.Count > 1
            ? new AddressAnswer.SeveralStreets([.. streets.Take(MaxStreets).Select(street => street.Street)])
            : await InStreetAsync(streets[0].Street, asked, cancel);
    }

    private async Task<AddressAnswer> InStreetAsync(string street, AddressLine asked, CancellationToken cancel)
    {
        var addresses = await db.Set<Address>().AsNoTracking().Where(address => address.Street == street).OrderBy(address => address.Number).ThenBy(address => address.Suffix).ToListAsync(cancel);
        var sameNumber = addresses.Where(address => address.Number == asked.Number).ToList();
        var address = sameNumber.Find(address => AddressLine.FoldSuffix(address.Suffix) == asked.Suffix) ?? sameNumber.FirstOrDefault();
        return address is not null ? new AddressAnswer.Found(address) : new AddressAnswer.StreetOnly(street, asked.Number, addresses);
    }

    private async Task<IReadOnlyList<string>> SimilarAsync(IReadOnlyList<string> words, CancellationToken cancel)
    {
        var asked = string.Join(' ', words);
        // A third of the letters may differ, which spares "Lilas" for "Lila" and not "Gare" for "Mairie".
        var maxDistance = Math.Max(1, asked.Length / 3);
        var streets = await db.Set<Address>().AsNoTracking().Select(address => new { address.Street, address.SearchText }).Distinct().ToListAsync(cancel);
        return [.. streets.Select(street => (street.Street, Distance: EditDistance(asked, street.SearchText.TrimStart())))
            .Where(street => street.Distance <= maxDistance)
            .OrderBy(street => street.Distance).ThenBy(street => street.Street, StringComparer.Ordinal)
            .Select(street => street.Street).Take(MaxSimilar)];
    }

    /// <summary>Levenshtein distance: insertions, deletions and substitutions of one character. O(n·m) time, O(m) memory.</summary>
    public static int EditDistance(string first, string second)
    {
        Span<int> row = stackalloc int[Math.Min(second.Length, 2 * Address.StreetMaxLength) + 1];
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 0; i < first.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 1; j < row.Length; j++)
            {
                var substituted = diagonal + (first[i] == second[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
