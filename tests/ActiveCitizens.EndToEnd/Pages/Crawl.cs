using ActiveCitizens.EndToEnd.Harness;
using Microsoft.Playwright;

namespace ActiveCitizens.EndToEnd.Pages;

/// <summary>Goes through the pages of one language, from link to link, and keeps the faults of each.</summary>
/// <param name="includes">Which paths (without the language) to follow.</param>
internal sealed class Crawl(Visitor visitor, string language, Func<string, bool> includes)
{
    // All pages of a kind come from one template: the first ones are looked at in every view, the others in one.
    private const int LookedAtClosely = 2;

    // Two hundred projects are one template two hundred times; every neighbourhood is still met.
    private const int MostOfKind = 24;

    private readonly string _prefix = language == "fr" ? "" : $"/{language}";
    private readonly Dictionary<string, int> _metOfKind = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _seenOfKind = new(StringComparer.Ordinal);

    public HashSet<string> Visited { get; } = new(StringComparer.Ordinal);

    /// <summary>A path with its last part taken out when that names one thing of many: <c>/neighbourhoods/*</c>.</summary>
    public static string KindOf(string path) => path.Split('?')[0].Split('/') switch
    {
        ["", "neighbourhoods", "find"] => "/neighbourhoods/find",
        ["", "neighbourhoods", _] => "/neighbourhoods/*",
        ["", "neighbourhoods", _, "council"] => "/neighbourhoods/*/council",
        ["", "mandates", _] => "/mandates/*",
        ["", "deliberations", _, _] => "/deliberations/*",
        ["", "budgets", _] => "/budgets/*",
        ["", "budgets", _, "projects", _, "needed", ..] => "/budgets/*/needed",
        ["", "budgets", _, var part, ..] => $"/budgets/*/{part}",
        ["", "administration", "deliberations" or "mandates", "record" or "prepare"] => path,
        ["", "administration", var area, _] => $"/administration/{area}/*",
        ["", "administration", var area, _, var act] => $"/administration/{area}/*/{act}",
        ["", "administration", var area, _, var act, _] => $"/administration/{area}/*/{act}",
        _ => path,
    };

    public async Task<List<string>> RunAsync(params string[] starts)
    {
        var faults = new List<string>();
        var waiting = new Queue<string>(starts);
        Visited.UnionWith(starts);
        while (waiting.TryDequeue(out var path))
        {
            var page = visitor.Page;
            var response = await page.GotoAsync(_prefix + path, new() { WaitUntil = WaitUntilState.Load });
            await page.EvaluateAsync("document.fonts.ready.then(() => true)");
            if (response is not { Status: 200 })
            {
                faults.Add($"{page.Url}: answered {response?.Status}");
                continue;
            }

            foreach (var next in (await LinksAsync(page)).Where(includes).Where(IsWanted).Where(Visited.Add))
            {
                waiting.Enqueue(next);
            }

            faults.AddRange(await PageCheck.FaultsAsync(visitor, language, ViewsFor(path)));
        }

        return faults;
    }

    private bool IsWanted(string path)
    {
        if (Visited.Contains(path))
        {
            return false;
        }

        var kind = KindOf(path);
        var met = _metOfKind[kind] = _metOfKind.GetValueOrDefault(kind) + 1;
        return met <= MostOfKind;
    }

    private IEnumerable<(int Width, ColorScheme Scheme)> ViewsFor(string path)
    {
        var kind = KindOf(path);
        var seen = _seenOfKind[kind] = _seenOfKind.GetValueOrDefault(kind) + 1;
        return seen <= LookedAtClosely ? PageCheck.AllViews : [PageCheck.AllViews[seen % PageCheck.AllViews.Count]];
    }

    /// <summary>Pages of this site in this language, without the language, each once; files to download are no pages.</summary>
    private async Task<IEnumerable<string>> LinksAsync(IPage page)
    {
        var links = await page.Locator("a[href]:not([download]):not([hreflang])").EvaluateAllAsync<string[]>(
            "(links, origin) => links.map(a => new URL(a.href)).filter(u => u.origin === origin).map(u => u.pathname + (u.searchParams.has('p') ? '?p=' + u.searchParams.get('p') : ''))", new Uri(page.Url).GetLeftPart(UriPartial.Authority));
        return links.Where(IsPage).Where(link => link.StartsWith(_prefix, StringComparison.Ordinal)).Select(link => link[_prefix.Length..] is { Length: > 0 } path ? path : "/").Distinct(StringComparer.Ordinal);
    }

    private static bool IsPage(string link) =>
        !Path.GetFileName(link.Split('?')[0]).Contains('.', StringComparison.Ordinal) && !link.EndsWith("/download", StringComparison.Ordinal);
}
