using System.Globalization;
using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Features.Shared.Components;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.Look;

public sealed class FormatTests : IDisposable
{
    private readonly LookSite _site = new();
    private readonly (CultureInfo, CultureInfo) _before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);

    [Theory]
    [InlineData("fr-FR", "23 novembre 2026 à 17\u00A0h\u00A030")]
    [InlineData("en-GB", "23 November 2026 at 17:30")]
    public void An_instant_is_shown_on_the_clock_of_the_city(string culture, string expected) =>
        Assert.Equal(expected, In(culture).DateAndTime(new DateTimeOffset(2026, 11, 23, 16, 30, 0, TimeSpan.Zero)));

    [Fact]
    public void An_evening_in_London_may_be_the_next_day_in_the_city() =>
        Assert.Equal("24 novembre 2026", In("fr-FR").Date(new DateTimeOffset(2026, 11, 23, 23, 30, 0, TimeSpan.Zero)));

    [Fact]
    public void French_writes_the_first_of_a_month_as_an_ordinal() => Assert.Equal("1er décembre 2026", In("fr-FR").Date(new DateOnly(2026, 12, 1)));

    [Theory]
    [InlineData("fr-FR", 375_000_00, "375\u202F000\u00A0€")]
    [InlineData("fr-FR", 12_50, "12,50\u00A0€")]
    [InlineData("fr-FR", -5_00, "-5\u00A0€")]
    [InlineData("en-GB", 375_000_00, "€375,000")]
    [InlineData("en-GB", -12_50, "−€12.50")]
    public void Money_is_written_as_the_language_writes_it(string culture, long cents, string expected) => Assert.Equal(expected, In(culture).Euros(cents));

    [Theory]
    [InlineData("fr-FR", "42,5\u202F%", "12,4\u00A0Mo", "33\u202F012")]
    [InlineData("en-GB", "42.5%", "12.4\u00A0MB", "33,012")]
    public void Numbers_shares_and_sizes_follow_too(string culture, string share, string size, string number)
    {
        var format = In(culture);
        Assert.Equal((share, size, number), (format.Percent(0.425, 1), format.FileSize(12_400_000), format.Number(33_012)));
    }

    public void Dispose()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = _before;
        _site.Dispose();
    }

    private Format In(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        var scope = _site.Services.CreateCityScope(_site.Services.GetRequiredService<CityDirectory>().All[0]);
        return scope.ServiceProvider.GetRequiredService<Format>();
    }
}
