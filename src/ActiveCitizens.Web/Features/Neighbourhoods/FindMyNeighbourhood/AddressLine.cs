using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using ActiveCitizens.Web.Features.Shared.Languages;

namespace ActiveCitizens.Web.Features.Neighbourhoods.FindMyNeighbourhood;

/// <summary>An address line as somebody types it, taken apart: house number, its suffix, and the words of the street.</summary>
/// <param name="Words">Folded words of the street (<see cref="Fold"/>), without the linking words.</param>
public sealed record AddressLine(int? Number, string Suffix, IReadOnlyList<string> Words)
{
    public const int MaxLength = 200;

    private const int NumberMaxDigits = 5;

    // "rue du 8 mai 1945": at the end of a line, four digits are a year.
    private const int LastNumberMaxDigits = 3;

    private static readonly FrozenDictionary<string, string> Abbreviations = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["av"] = "avenue", ["ave"] = "avenue", ["bd"] = "boulevard", ["bld"] = "boulevard", ["blvd"] = "boulevard", ["boul"] = "boulevard",
        ["r"] = "rue", ["pl"] = "place", ["all"] = "allee", ["imp"] = "impasse", ["ch"] = "chemin", ["che"] = "chemin", ["chem"] = "chemin",
        ["rte"] = "route", ["sq"] = "square", ["fg"] = "faubourg", ["fbg"] = "faubourg", ["q"] = "quai", ["qu"] = "quai", ["crs"] = "cours",
        ["pass"] = "passage", ["prom"] = "promenade", ["res"] = "residence", ["lot"] = "lotissement", ["esp"] = "esplanade",
        ["st"] = "saint", ["ste"] = "sainte", ["sts"] = "saints", ["gal"] = "general", ["gen"] = "general", ["mal"] = "marechal", ["dr"] = "docteur",
        ["pdt"] = "president", ["cdt"] = "commandant", ["cap"] = "capitaine", ["col"] = "colonel", ["lt"] = "lieutenant", ["prof"] = "professeur",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> WayKinds = new[]
    {
        "allee", "avenue", "boulevard", "chemin", "cours", "esplanade", "faubourg", "impasse", "lotissement", "passage", "place", "promenade", "quai",
        "residence", "route", "rue", "square",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> LinkingWords = new[] { "a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "s", "sur" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Suffixes = new[] { "bis", "ter", "quater", "quinquies" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Takes a line apart. Postcode and city at its end are left out.</summary>
    /// <param name="line">At most <see cref="MaxLength"/> characters are read.</param>
    /// <param name="city">Name of the city, which people add to their address.</param>
    public static AddressLine Parse(string line, string city)
    {
        var words = FoldedWords(line.Length > MaxLength ? line[..MaxLength] : line).ToList();
        // Five digits after the first word are a postcode; what follows is the city.
        var postcode = words.FindLastIndex(word => word.Length == 5 && word.All(char.IsAsciiDigit));
        if (postcode > 0)
        {
            words.RemoveRange(postcode, words.Count - postcode);
        }

        var cityWords = FoldedWords(city).ToList();
        if (words.Count > cityWords.Count + 1 && words.TakeLast(cityWords.Count).SequenceEqual(cityWords, StringComparer.Ordinal))
        {
            words.RemoveRange(words.Count - cityWords.Count, cityWords.Count);
        }

        var (number, suffix) = TakeNumber(words);
        return new AddressLine(number, suffix, [.. words.Where(word => !LinkingWords.Contains(word))]);
    }

    /// <summary>
    /// A street as searches see it: lower case, no accents, abbreviations written out, linking words left out, each word after one space.
    /// </summary>
    public static string Fold(string street) => string.Concat(FoldedWords(street).Where(word => !LinkingWords.Contains(word)).Select(word => $" {word}"));

    /// <summary>A house number's suffix as searches see it: <c>Bis</c> is <c>bis</c>, <c>B</c> is <c>b</c>.</summary>
    public static string FoldSuffix(string suffix) => string.Concat(FoldedWords(suffix));

    private static (int? Number, string Suffix) TakeNumber(List<string> words)
    {
        foreach (var (at, maxDigits) in (ReadOnlySpan<(int, int)>)[(0, NumberMaxDigits), (words.Count - 1, LastNumberMaxDigits)])
        {
            if (words.Count < 2 || !char.IsAsciiDigit(words[at][0]))
            {
                continue;
            }

            var digits = words[at].TakeWhile(char.IsAsciiDigit).Count();
            var suffix = words[at][digits..];
            if (digits > maxDigits || !(suffix.Length <= 1 || Suffixes.Contains(suffix)))
            {
                continue;
            }

            var number = int.Parse(words[at].AsSpan(0, digits), CultureInfo.InvariantCulture);
            words.RemoveAt(at);
            // "12 b rue des Lilas" has a suffix, "12 l'Hermitage" has none.
            if (at == 0 && suffix.Length == 0 && words.Count > 1 && (Suffixes.Contains(words[0]) || (words[0].Length == 1 && WayKinds.Contains(words[1]))))
            {
                suffix = words[0];
                words.RemoveAt(0);
            }

            return (number, suffix);
        }

        return (null, "");
    }

    private static IEnumerable<string> FoldedWords(string text)
    {
        var word = new StringBuilder();
        foreach (var character in $"{Folding.Fold(text)} ")
        {
            if (char.IsLetterOrDigit(character))
            {
                word.Append(character);
            }
            else if (word.Length > 0)
            {
                yield return Abbreviations.GetValueOrDefault(word.ToString(), word.ToString());
                word.Clear();
            }
        }
    }
}
