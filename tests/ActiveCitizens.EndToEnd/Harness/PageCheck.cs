using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace ActiveCitizens.EndToEnd.Harness;

/// <summary>What every page of the site must be, whatever it shows.</summary>
internal static class PageCheck
{
    // Called directly: the wrapper opens a second window for each run, which pages without frames do not need.
    private const string AxeScript =
        """
        async () => {
          await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
          const { violations } = await axe.run(document, { resultTypes: ["violations"], elementRef: false });
          return violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target} ${node.html.slice(0, 200)} ${node.failureSummary}`));
        }
        """;

    private static readonly string AxeSource = new BundledAxeScriptProvider().GetScript();

    public static readonly IReadOnlyList<(int Width, ColorScheme Scheme)> AllViews =
        [(360, ColorScheme.Light), (360, ColorScheme.Dark), (1280, ColorScheme.Light), (1280, ColorScheme.Dark)];

    /// <summary>Looks at the page that is open: structure, width, and axe in each of the views asked for.</summary>
    /// <returns>One line for each fault; none for a good page.</returns>
    public static async Task<List<string>> FaultsAsync(Visitor visitor, string language, IEnumerable<(int Width, ColorScheme Scheme)> views)
    {
        var page = visitor.Page;
        var faults = await StructureFaultsAsync(page, language);
        await page.SetViewportSizeAsync(320, 800);
        if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") is > 320 and var width)
        {
            var widest = await page.EvaluateAsync<string>(
                "[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 321).slice(0, 3).map(e => e.tagName + '.' + e.className).join(', ')");
            faults.Add($"{page.Url}: scrolls sideways at 320 px, {width} px wide: {widest}");
        }

        await page.EvaluateAsync($"() => {{ {AxeSource} }}");
        foreach (var (viewWidth, scheme) in views)
        {
            await page.SetViewportSizeAsync(viewWidth, 900);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            faults.AddRange((await page.EvaluateAsync<string[]>(AxeScript)).Select(fault => $"{page.Url} [{viewWidth} px, {scheme}] {fault}"));
        }

        faults.AddRange(visitor.TakeComplaints());
        return faults;
    }

    private static async Task<List<string>> StructureFaultsAsync(IPage page, string language)
    {
        var faults = new List<string>();
        if (await page.Locator("h1").CountAsync() is not 1 and var headings)
        {
            faults.Add($"{page.Url}: {headings} h1");
        }

        if (await page.Locator("html").GetAttributeAsync("lang") is var lang && lang != language)
        {
            faults.Add($"{page.Url}: lang is {lang}, not {language}");
        }

        if (await page.Locator("main").CountAsync() != 1 || await page.Locator("a.skip-link[href='#main']").CountAsync() != 1)
        {
            faults.Add($"{page.Url}: main or the skip link is missing");
        }

        return faults;
    }
}
