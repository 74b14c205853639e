using ActiveCitizens.EndToEnd.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActiveCitizens.EndToEnd.Walks;

public sealed class RecountTests(Site site)
{
    private const string Round = "/budgets/toulouse-2022";

    [Theory, InlineData(true), InlineData(false)]
    public async Task From_a_neighbourhood_to_a_result_its_explanation_and_a_recount(bool javaScript)
    {
        await using var visitor = await site.VisitAsync(javaScript: javaScript);
        var page = visitor.Page;
        await page.GotoAsync("/neighbourhoods");
        await page.Locator("main a[href^='/neighbourhoods/']:not([href='/neighbourhoods/find']):visible").First.ClickAsync();
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
        await page.Locator(".site-header a[href='/budgets']:visible").ClickAsync();
        await page.Locator($"main a[href='{Round}']").First.ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("Toulouse 2022");

        await page.Locator("main form[role=search] input[type=search]").FillAsync("vélo");
        await page.Locator("#Category").SelectOptionAsync("Éco-mobilité");
        await page.Locator("main form[role=search] button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**?*Category=*");
        var found = page.Locator("main li").Filter(new() { Has = page.Locator($"a[href^='{Round}/projects/']") });
        var count = await found.CountAsync();
        Assert.InRange(count, 1, 60);
        Assert.Equal(count, await found.Filter(new() { HasText = "Éco-mobilité" }).CountAsync());

        await page.Locator($"main a[href='{Round}/result']").First.ClickAsync();
        await ExplainFirstWinnerAsync(page);
        var folder = Directory.CreateDirectory(Path.Combine(site.Folder, $"recount-{javaScript}")).FullName;
        await DownloadBallotsAsync(page, folder);
        await ExpectSameWinnersAsync(page, folder);
        Assert.Empty(visitor.TakeComplaints());
    }

    [Fact]
    public async Task The_command_shown_for_each_rule_funds_the_projects_the_page_lists()
    {
        await using var visitor = await site.VisitAsync();
        var page = visitor.Page;
        await page.GotoAsync($"{Round}/result");
        var folder = Directory.CreateDirectory(Path.Combine(site.Folder, "recount-rules")).FullName;
        await DownloadBallotsAsync(page, folder);
        var rules = (await page.Locator($"main a[href^='{Round}/result/']").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))")).Distinct().ToList();
        Assert.True(rules.Count >= 2, $"Rules to compare: {string.Join(", ", rules)}");
        foreach (var rule in rules)
        {
            await page.GotoAsync(rule);
            await ExpectSameWinnersAsync(page, folder);
        }
    }

    private static async Task ExplainFirstWinnerAsync(IPage page)
    {
        var first = page.Locator("section[aria-labelledby=funded] tbody a").First;
        var name = await first.InnerTextAsync();
        await first.ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(name);
        var verdicts = page.Locator("section[aria-labelledby^='rule-']");
        Assert.True(await verdicts.CountAsync() >= 2, "A project's page explains the decision of every rule.");
        await Expect(verdicts.First.Locator("p").First).Not.ToBeEmptyAsync();
        await page.Locator($"main a[href='{Round}/result']").First.ClickAsync();
    }

    private static async Task DownloadBallotsAsync(IPage page, string folder)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("main a[href$='.pb']").First.ClickAsync());
        Assert.Equal("toulouse-2022.pb", download.SuggestedFilename);
        await download.SaveAsAsync(Path.Combine(folder, download.SuggestedFilename));
    }

    private static async Task ExpectSameWinnersAsync(IPage page, string folder)
    {
        var command = (await page.Locator("section[aria-labelledby=recount] code").First.InnerTextAsync()).Trim();
        var (exitCode, output, error) = await CommandLine.RunAsync(command, folder);
        Assert.True(exitCode == 0 && output.Length > 0, error);
        var ids = ProjectIds(Path.Combine(folder, "toulouse-2022.pb"));
        var shown = await page.Locator("section[aria-labelledby=funded] tbody a").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href').split('/').pop())");
        Assert.NotEmpty(shown);
        Assert.Equal(shown.Select(number => ids[int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) - 1]), await CommandLine.WinnersAsync(command, folder));
    }

    /// <summary>The ids of the projects in the order of the file, which is what the site numbers them by.</summary>
    private static List<string> ProjectIds(string file)
    {
        var rows = File.ReadLines(file).SkipWhile(line => line != "PROJECTS").Skip(1).TakeWhile(line => line != "VOTES").ToList();
        var column = rows[0].Split(';').Index().Single(pair => pair.Item == "project_id").Index;
        return [.. rows.Skip(1).Select(row => row.Split(';')[column])];
    }
}
