using System.Text.RegularExpressions;

namespace ActiveCitizens.Web.Tests.Look;

/// <summary>The rules of the Imprimerie nationale that the site keeps.</summary>
public sealed partial class FrenchTypographyTests
{
    public static TheoryData<string> Areas => [.. TextKeys.Areas];

    [Theory, MemberData(nameof(Areas))]
    public void French_texts_keep_French_typography(string area) =>
        Assert.Empty(TextKeys.Of(area).Values.SelectMany(Mistakes));

    [Theory]
    [InlineData("Attention : danger")]
    [InlineData("Attention: danger")]
    [InlineData("Vraiment?")]
    [InlineData("« mot »")]
    [InlineData("l'eau")]
    [InlineData("dire \"oui\"")]
    [InlineData("et ainsi de suite...")]
    [InlineData("400 %")]
    public void A_mistake_is_found(string text) => Assert.NotEmpty(Mistakes(text));

    [Theory]
    [InlineData("Attention\u202F: à 17\u00A0h\u00A030, voir https://exemple.fr/?p=1")]
    [InlineData("«\u00A0l’eau\u00A0»\u202F; 400\u00A0%…")]
    public void Good_typography_passes(string text) => Assert.Empty(Mistakes(text));

    private static IEnumerable<string> Mistakes(string text)
    {
        if (WrongSpace().IsMatch(text))
        {
            yield return $"A narrow no-break space (U+202F) stands before ; : ! ? in “{text}”";
        }

        if (Guillemets().IsMatch(text))
        {
            yield return $"A no-break space (U+00A0) stands inside guillemets in “{text}”";
        }

        if (text.Contains('\'', StringComparison.Ordinal) || text.Contains('"', StringComparison.Ordinal))
        {
            yield return $"Apostrophes are ’ and quotation marks « » in “{text}”";
        }

        if (text.Contains("...", StringComparison.Ordinal))
        {
            yield return $"An ellipsis is one sign (…) in “{text}”";
        }

        if (Units().IsMatch(text))
        {
            yield return $"A number and its unit stay together (U+00A0) in “{text}”";
        }
    }

    // A sign inside an address (https://…?p=1) or an hour is not punctuation, so only a sign before a space or the end counts.
    [GeneratedRegex(@"[^\u202F\s;:!?][;:!?]+(?=\s|$)|[ \u00A0][;:!?]")]
    private static partial Regex WrongSpace();

    [GeneratedRegex("«[^\u00A0]|[^\u00A0]»")]
    private static partial Regex Guillemets();

    [GeneratedRegex(@"\d [%€]")]
    private static partial Regex Units();
}
