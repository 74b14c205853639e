using System.Globalization;
using ActiveCitizens.Web.Features.Shared;
using ActiveCitizens.Web.Features.Shared.Languages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Tests.Look;

public sealed class PluralTests
{
    [Theory] // Unicode CLDR 47, cardinal plural rules, examples of its table.
    [InlineData("fr", 0, 0)]
    [InlineData("fr", 1, 0)]
    [InlineData("fr", 2, 1)]
    [InlineData("en", 0, 1)]
    [InlineData("en", 1, 0)]
    [InlineData("en", 2, 1)]
    [InlineData("it", 1, 0)]
    [InlineData("de", 0, 1)]
    [InlineData("et", 2, 1)]
    [InlineData("pt", 0, 0)]
    [InlineData("cs", 1, 0)]
    [InlineData("cs", 3, 1)]
    [InlineData("cs", 5, 2)]
    [InlineData("cs", 0, 2)]
    [InlineData("ro", 1, 0)]
    [InlineData("ro", 0, 1)]
    [InlineData("ro", 19, 1)]
    [InlineData("ro", 20, 2)]
    [InlineData("ro", 101, 1)]
    public void A_number_takes_the_form_of_its_language(string language, long count, int form) => Assert.Equal(form, AreaText.PluralForm(language, count));

    [Theory]
    [InlineData("fr-FR", 1, "Corrigez 1 point pour continuer")]
    [InlineData("fr-FR", 3, "Corrigez 3 points pour continuer")]
    [InlineData("en-GB", 1, "Correct 1 thing to go on")]
    [InlineData("en-GB", 3, "Correct 3 things to go on")]
    public void A_text_counts_in_its_language(string culture, int count, string expected)
    {
        using var site = new LookSite();
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            var text = site.Services.GetRequiredService<IStringLocalizer<SharedText>>();
            Assert.Equal(expected, text.Plural(count, "Correct {0} thing to go on|Correct {0} things to go on"));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }
}
