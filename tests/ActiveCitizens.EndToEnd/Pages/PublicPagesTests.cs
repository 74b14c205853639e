using ActiveCitizens.EndToEnd.Harness;
using Microsoft.Playwright;

namespace ActiveCitizens.EndToEnd.Pages;

/// <summary>Follows the links of the site from its home page and looks at every page it meets.</summary>
public sealed class PublicPagesTests(Site site, ITestOutputHelper output)
{
    [Theory, InlineData("fr"), InlineData("en")]
    public async Task Every_public_page_is_sound(string language)
    {
        await using var visitor = await site.VisitAsync();
        var crawl = new Crawl(visitor, language, path => !path.StartsWith("/account", StringComparison.Ordinal) || path is "/account/sign-in" or "/account/sign-in/password");
        var faults = await crawl.RunAsync("/");
        output.WriteLine($"{crawl.Visited.Count} pages: {string.Join(' ', crawl.Visited)}");
        Assert.Contains("/accessibility", crawl.Visited);
        Assert.Contains("/budgets/toulouse-2022/result", crawl.Visited);
        Assert.Equal(23, crawl.Visited.Count(path => Crawl.KindOf(path) == "/neighbourhoods/*"));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [InlineData("fr", "/nowhere"), InlineData("en", "/nowhere")]
    [InlineData("fr", "/budgets/toulouse-2022?q=zzzzzz"), InlineData("en", "/budgets/toulouse-2022?q=zzzzzz")]
    public async Task A_page_without_content_is_sound(string language, string path)
    {
        await using var visitor = await site.VisitAsync();
        await visitor.Page.GotoAsync((language == "fr" ? "" : "/en") + path, new() { WaitUntil = WaitUntilState.NetworkIdle });
        // The browser itself notes the status 404 of the page asked for.
        var faults = (await PageCheck.FaultsAsync(visitor, language, PageCheck.AllViews)).Where(fault => !fault.Contains("404 (Not Found)", StringComparison.Ordinal));
        Assert.Empty(faults);
    }

    [Theory, InlineData("fr"), InlineData("en")]
    public async Task Forms_with_errors_are_sound(string language)
    {
        await using var visitor = await site.VisitAsync();
        var (page, prefix) = (visitor.Page, language == "fr" ? "" : "/en");
        var faults = new List<string>();
        foreach (var (path, button) in new[] { ("/neighbourhoods/find", "#address button"), ("/neighbourhoods/find", "#point > button"), ("/account/sign-in", "main form button[type=submit]") })
        {
            await page.GotoAsync(prefix + path);
            await page.EvaluateAsync("document.querySelectorAll('form').forEach(form => form.noValidate = true)");
            await page.Locator(button).First.ClickAsync();
            await page.Locator("main .ds-error-summary, main ds-error-summary, main .error-summary").First.WaitForAsync();
            faults.AddRange(await PageCheck.FaultsAsync(visitor, language, PageCheck.AllViews));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
