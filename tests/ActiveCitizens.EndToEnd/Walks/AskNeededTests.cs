using ActiveCitizens.EndToEnd.Harness;
using static Microsoft.Playwright.Assertions;

namespace ActiveCitizens.EndToEnd.Walks;

public sealed class AskNeededTests(Site site)
{
    [Theory, InlineData(true, 1), InlineData(false, 2)]
    public async Task An_inhabitant_asks_what_a_project_lacked_waits_and_reads_the_answer(bool javaScript, int which)
    {
        await using var visitor = await site.VisitAsync(javaScript: javaScript);
        var page = visitor.Page;
        await page.GotoAsync("/budgets/toulouse-2019?Sort=Votes");
        var projects = page.Locator("main li:has(a[href*='/projects/'])").Filter(new() { HasNotText = "Financé" });
        await projects.Nth(which).Locator("a").ClickAsync();
        await page.Locator("a[href$='/needed/city_greedy_skip']").ClickAsync();
        await page.Locator("#ask button").ClickAsync();
        await Expect(page.GetByText("S’il avait coûté moins")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.Empty(visitor.TakeComplaints());
    }
}
