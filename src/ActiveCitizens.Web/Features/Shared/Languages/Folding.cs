using System.Globalization;
using System.Text;

namespace ActiveCitizens.Web.Features.Shared.Languages;

/// <summary>Text as people search for it: without accents, ligatures and capitals ("Éléonore Cœur" → "eleonore coeur").</summary>
public static class Folding
{
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var character in text.Normalize(NormalizationForm.FormD))
        {
            switch (char.ToLowerInvariant(character))
            {
                case 'œ':
                    folded.Append("oe");
                    break;
                case 'æ':
                    folded.Append("ae");
                    break;
                case var lower when CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark:
                    folded.Append(lower);
                    break;
            }
        }

        return folded.ToString();
    }
}
