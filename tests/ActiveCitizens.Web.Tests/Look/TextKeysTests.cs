using System.Text.RegularExpressions;

namespace ActiveCitizens.Web.Tests.Look;

public sealed partial class TextKeysTests
{
    public static TheoryData<string> Areas => [.. TextKeys.Areas];

    [Fact]
    public void The_areas_with_texts_are_found() => Assert.Superset(new HashSet<string>(["Home", "Errors", "Shared"]), TextKeys.Areas.ToHashSet());

    [Fact]
    public void Every_text_used_has_its_French()
    {
        var french = TextKeys.Areas.ToDictionary(area => area, TextKeys.Of, StringComparer.Ordinal);
        Assert.All(TextKeys.Used(), use => Assert.True(french.TryGetValue(use.Area, out var texts) && texts.ContainsKey(use.Key), $"{use.Area}: \"{use.Key}\" ({use.File})"));
    }

    [Theory, MemberData(nameof(Areas))]
    public void No_French_text_is_left_unused(string area)
    {
        var used = TextKeys.Used().Where(use => use.Area == area).Select(use => use.Key).ToHashSet(StringComparer.Ordinal);
        Assert.All(TextKeys.Of(area).Keys, key => Assert.Contains(key, used));
    }

    [Theory, MemberData(nameof(Areas))]
    public void A_translation_says_everything_its_key_says(string area)
    {
        foreach (var (key, french) in TextKeys.Of(area))
        {
            Assert.False(string.IsNullOrWhiteSpace(french), key);
            Assert.Equal(Values(key), Values(french));
            Assert.Equal(key.Contains('|', StringComparison.Ordinal), french.Contains('|', StringComparison.Ordinal));
        }

        static IEnumerable<string> Values(string text) => Value().Matches(text).Select(match => match.Value).Distinct().Order();
    }

    [Theory]
    [InlineData("""T["A"]""", "A")]
    [InlineData("""T["A {0}", Name("B")]""", "A {0}")]
    [InlineData("""T[open ? "A" : "B"]""", "A", "B")]
    [InlineData("""T[state switch { "x" => "A", _ => "B" }]""", "A", "B")]
    [InlineData("""T.Plural(list.Count(x => x.Name == "no"), "{0} thing|{0} things")""", "{0} thing|{0} things")]
    [InlineData("""[Required(ErrorMessage = "Enter a name")] [Display(Name = "Name")]""", "Enter a name", "Name")]
    [InlineData("""class P(IStringLocalizer<PlaceText> words) { string A => words["A \"quoted\""]; }""", "A \"quoted\"")]
    [InlineData("""services.AddNavigation<PlaceText>("Places", "/places", "map", order: 10);""", "Places")]
    [InlineData("""list["A"]""")]
    public void Uses_are_read_from_the_source(string source, params string[] keys) =>
        Assert.Equal(keys.Select(key => ("Place", key)), TextKeys.UsedIn(source, "Place"));

    [GeneratedRegex(@"\{\d+|%d")]
    private static partial Regex Value();
}
