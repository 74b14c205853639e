using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Shared.Languages;

/// <summary>Every area has one class <c>{Area}Text</c> that carries its texts; the key of a text is the English sentence.</summary>
public static class AreaText
{
    private const string Root = "ActiveCitizens.Web.Features.";
    private static readonly ConcurrentDictionary<string, Type> ByArea = new(StringComparer.Ordinal);

    /// <summary>The text class of the area in which a page model or form lives.</summary>
    public static Type Of(Type type)
    {
        var name = type.Namespace ?? "";
        var area = name.StartsWith(Root, StringComparison.Ordinal) ? name[Root.Length..].Split('.')[0] : "Shared";
        return ByArea.GetOrAdd(area, static area => typeof(AreaText).Assembly.GetType($"{Root}{area}.{area}Text") ?? typeof(SharedText));
    }

    /// <summary>
    /// The text for a number of things. The key holds both English forms, <c>"{0} ballot|{0} ballots"</c>, and its
    /// translation as many forms as <see cref="PluralForm"/> of that language tells apart.
    /// </summary>
    public static string Plural(this IStringLocalizer text, long count, string forms, params object[] more)
    {
        ReadOnlySpan<char> variants = text[forms].Value;
        for (var left = PluralForm(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, count); left > 0 && variants.IndexOf('|') is >= 0 and var bar; left--)
        {
            variants = variants[(bar + 1)..];
        }

        var form = variants.IndexOf('|') is >= 0 and var end ? variants[..end] : variants;
        return string.Format(CultureInfo.CurrentCulture, form.ToString(), [count, .. more]);
    }

    /// <summary>Index of the plural form (Unicode CLDR 47, cardinal rules for integers): French counts 0 as singular, English does not.</summary>
    public static int PluralForm(string language, long count) => language switch
    {
        "fr" or "pt" => Math.Abs(count) < 2 ? 0 : 1,
        "cs" => count == 1 ? 0 : count is >= 2 and <= 4 ? 1 : 2,
        "ro" => count == 1 ? 0 : count == 0 || (count % 100 is >= 1 and <= 19) ? 1 : 2,
        _ => count == 1 ? 0 : 1,
    };
}
