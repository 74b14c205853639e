using System.Globalization;
using System.Text.RegularExpressions;

namespace ActiveCitizens.Web.Tests.Look;

/// <summary>WCAG 2.2, success criteria 1.4.3 (text) and 1.4.11 (edges of fields), computed from the theme's own colours.</summary>
public sealed partial class ContrastTests
{
    private static readonly string[] Scales = ["accent", "brand1", "brand2", "neutral"];

    public static TheoryData<string> Schemes => ["light", "dark"];

    [Theory, MemberData(nameof(Schemes))]
    public void Text_can_be_read_on_every_surface_of_its_scale(string scheme)
    {
        var colours = Read(scheme);
        foreach (var scale in Scales)
        {
            foreach (var text in new[] { "text-default", "text-subtle" })
            {
                foreach (var surface in new[] { "background-default", "background-tinted", "surface-default", "surface-tinted" })
                {
                    AtLeast(4.5, colours, $"{scale}-{text}", $"{scale}-{surface}");
                    AtLeast(4.5, colours, $"{scale}-{text}", "neutral-background-default");
                }
            }

            AtLeast(4.5, colours, $"{scale}-text-default", $"{scale}-surface-hover");
            AtLeast(4.5, colours, $"{scale}-base-contrast-default", $"{scale}-base-default");
            AtLeast(4.5, colours, $"{scale}-base-contrast-default", $"{scale}-base-hover");
        }
    }

    [Theory, MemberData(nameof(Schemes))]
    public void Edges_of_fields_bars_and_focus_can_be_seen(string scheme)
    {
        var colours = Read(scheme);
        foreach (var surface in new[] { "neutral-background-default", "neutral-surface-default", "neutral-background-tinted" })
        {
            AtLeast(3, colours, "neutral-border-default", surface);
            AtLeast(3, colours, "accent-border-strong", surface);
            AtLeast(3, colours, "accent-base-default", surface);
            AtLeast(3, colours, "brand1-border-default", surface);
            AtLeast(3, colours, "brand2-border-default", surface);
            AtLeast(3, colours, "focus-outer", surface);
        }
    }

    [Fact]
    public void Black_on_white_is_21_to_1() => Assert.Equal(21, Ratio("#000000", "#ffffff"), 3);

    private static void AtLeast(double ratio, Dictionary<string, string> colours, string ink, string paper) =>
        Assert.True(Ratio(colours[ink], colours[paper]) >= ratio, $"{ink} on {paper}: {Ratio(colours[ink], colours[paper]):F2}");

    private static Dictionary<string, string> Read(string scheme)
    {
        var css = File.ReadAllText(Path.Combine(Sources.Web, "Assets", "theme", "garonne.css"));
        var split = css.IndexOf("@media", StringComparison.Ordinal);
        var part = scheme == "light" ? css[..split] : css[split..];
        return Token().Matches(part).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.Ordinal);
    }

    private static double Ratio(string ink, string paper)
    {
        var (a, b) = (Luminance(ink), Luminance(paper));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex)
    {
        double Channel(int start)
        {
            var value = int.Parse(hex.AsSpan(start, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));
    }

    [GeneratedRegex("--ds-color-(?<name>[a-z0-9-]+): (?<value>#[0-9a-f]{6});")]
    private static partial Regex Token();
}
