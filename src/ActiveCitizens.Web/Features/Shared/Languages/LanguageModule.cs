using System.Globalization;
using ActiveCitizens.Web.Features.Shared.Cities;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Shared.Languages;

/// <summary>
/// A page has one address per language: the city's first language at <c>/…</c>, the others at <c>/en/…</c>.
/// The prefix becomes the path base, so every generated link stays in the language, without a cookie.
/// </summary>
public static class LanguageModule
{
    /// <summary>The culture whose formats a language uses: en is en-GB, day before month as everywhere in the network.</summary>
    public static CultureInfo CultureOf(string language) => CultureInfo.GetCultureInfo(language switch
    {
        "fr" => "fr-FR",
        "en" => "en-GB",
        _ => language,
    });

    /// <summary>The language's name in itself: « Français », "English".</summary>
    public static string NameOf(string language) => CultureInfo.GetCultureInfo(language).NativeName is var name ? char.ToUpperInvariant(name[0]) + name[1..] : "";

    public static void AddLanguages(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IStringLocalizerFactory, TextsInMemory>();
        builder.Services.AddLocalization();
    }

    public static void UseLanguage(this WebApplication app) => app.Use(static (context, next) =>
    {
        if (context.RequestServices.GetRequiredService<CurrentCity>() is { IsChosen: true, City: var city })
        {
            var language = city.DefaultLanguage;
            foreach (var candidate in city.Languages.Skip(1))
            {
                if (context.Request.Path.StartsWithSegments($"/{candidate}", StringComparison.Ordinal, out var rest))
                {
                    language = candidate;
                    context.Request.PathBase = context.Request.PathBase.Add($"/{candidate}");
                    context.Request.Path = rest.HasValue ? rest : "/";
                    break;
                }
            }

            var culture = CultureOf(language);
            CultureInfo.CurrentCulture = culture;
            CultureInfo.CurrentUICulture = culture;
        }

        return next(context);
    });
}
