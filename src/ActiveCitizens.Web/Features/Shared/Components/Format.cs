using System.Globalization;
using ActiveCitizens.Web.Features.Shared.Cities;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Shared.Components;

/// <summary>Dates on the city's wall clock, money and numbers, as the language of the request writes them.</summary>
public sealed class Format(City city, IStringLocalizer<SharedText> shared)
{
    private static CultureInfo Culture => CultureInfo.CurrentCulture;

    /// <summary>« 23 novembre 2026 »</summary>
    public string Date(DateTimeOffset instant) => Day(city.Local(instant).DateTime);

    public string Date(DateOnly date) => Day(date.ToDateTime(TimeOnly.MinValue));

    /// <summary>« 23 novembre 2026 à 17 h 30 » in French, "23 November 2026 at 17:30" in English.</summary>
    public string DateAndTime(DateTimeOffset instant)
    {
        var hour = city.Local(instant).ToString(Culture.TwoLetterISOLanguageName == "fr" ? "H'\u00A0h\u00A0'mm" : "HH:mm", Culture);
        return shared["{0} at {1}", Date(instant), hour];
    }

    /// <summary>Whole euros without decimals (« 375 000 € »), others with two (« 12,50 € »).</summary>
    /// <param name="cents">Amount in euro cents.</param>
    public string Euros(long cents)
    {
        var number = (cents / 100m).ToString(cents % 100 == 0 ? "N0" : "N2", Culture);
        return Culture.TwoLetterISOLanguageName == "en" ? (cents < 0 ? $"−€{number[1..]}" : $"€{number}") : $"{number}\u00A0€";
    }

    public string Number(long value) => value.ToString("N0", Culture);

    public string Number(decimal value, int decimals) => value.ToString($"N{decimals}", Culture);

    /// <summary>A share between 0 and 1 as a percentage (« 42,5 % »).</summary>
    public string Percent(double share, int decimals = 0)
    {
        var number = (share * 100).ToString($"N{decimals}", Culture);
        return Culture.TwoLetterISOLanguageName == "en" ? $"{number}%" : $"{number}\u202F%";
    }

    /// <summary>« 12,4 Mo » in French, "12.4 MB" in English.</summary>
    public string FileSize(long bytes)
    {
        var unit = Culture.TwoLetterISOLanguageName == "fr" ? "o" : "B";
        return bytes switch
        {
            < 1_000 => $"{bytes.ToString("N0", Culture)}\u00A0{unit}",
            < 1_000_000 => $"{(bytes / 1_000m).ToString("N0", Culture)}\u00A0k{unit}",
            _ => $"{(bytes / 1_000_000m).ToString("N1", Culture)}\u00A0M{unit}",
        };
    }

    // French writes the first of a month "1er".
    private static string Day(DateTime date) =>
        Culture.TwoLetterISOLanguageName == "fr" && date.Day == 1 ? date.ToString("'1er 'MMMM yyyy", Culture) : date.ToString("d MMMM yyyy", Culture);
}
