using System.Globalization;
using ActiveCitizens.EndToEnd.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActiveCitizens.EndToEnd.Walks;

public sealed class ImportRoundTests(Site site)
{
    private static readonly LocatorAssertionsToBeVisibleOptions WhenCounted = new() { Timeout = 120_000 };

    [Theory]
    [InlineData(true, "Switzerland_Zurich_D10.pb", "Zürich, arrondissement 10")]
    [InlineData(false, "Poland_Wieliczka_2023_Green_Budget.pb", "Wieliczka 2023, budget vert")]
    public async Task An_administrator_imports_a_vote_follows_it_and_publishes_it(bool javaScript, string file, string title)
    {
        await using var administrator = await site.VisitAsync("administrator", javaScript);
        var page = administrator.Page;
        await SendAsync(page, Repository.Ballots(file), title);
        // The page comes back by itself, with a script or by its refresh.
        await Expect(page.Locator("#publish button")).ToBeVisibleAsync(WhenCounted);
        var round = await page.Locator("main a[href^='/budgets/']:not([href$='/result'])").First.GetAttributeAsync("href");

        await using var visitor = await site.VisitAsync();
        Assert.Equal(404, (await visitor.Page.GotoAsync(round!))!.Status);
        await visitor.Page.GotoAsync("/budgets");
        await Expect(visitor.Page.Locator($"main a[href='{round}']")).ToHaveCountAsync(0);

        await page.Locator("#publish button").ClickAsync();
        await Expect(page.Locator("#publish")).ToHaveCountAsync(0);
        Assert.Equal(200, (await visitor.Page.GotoAsync("/budgets"))!.Status);
        await visitor.Page.Locator($"main a[href='{round}']").First.ClickAsync();
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync(title);
        await visitor.Page.GotoAsync($"{round}/result");
        Assert.True(await visitor.Page.Locator("section[aria-labelledby=funded] tbody tr").CountAsync() > 0, "The result lists funded projects.");
        Assert.Empty(administrator.TakeComplaints());
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_malformed_file_is_refused_with_line_and_column_and_nothing_of_it_is_kept(bool javaScript)
    {
        var lines = await File.ReadAllLinesAsync(Repository.Ballots("Netherlands_Assen_2024.pb"));
        var votes = Array.IndexOf(lines, "VOTES");
        var cells = lines[votes + 2].Split(';');
        var column = Array.IndexOf(lines[votes + 1].Split(';'), "vote");
        cells[column] = "no-such-project";
        lines[votes + 2] = string.Join(';', cells);
        var file = Path.Combine(site.Folder, $"malformed-{javaScript}.pb");
        await File.WriteAllLinesAsync(file, lines);

        await using var administrator = await site.VisitAsync("administrator", javaScript);
        var page = administrator.Page;
        await SendAsync(page, file, "Refusé");
        var problem = page.Locator("main table tbody tr").Filter(new() { HasText = "no-such-project" });
        await Expect(problem).ToBeVisibleAsync(WhenCounted);
        var expected = (Line: votes + 3, Column: string.Join(';', cells.Take(column)).Length + (column == 0 ? 1 : 2));
        await Expect(problem.Locator("td").Nth(0)).ToHaveTextAsync(expected.Line.ToString(CultureInfo.InvariantCulture));
        await Expect(problem.Locator("td").Nth(1)).ToHaveTextAsync(expected.Column.ToString(CultureInfo.InvariantCulture));
        await Expect(page.Locator("#publish")).ToHaveCountAsync(0);
        await page.GotoAsync("/budgets");
        await Expect(page.GetByText("Refusé")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_log_of_official_acts_verifies_after_all_that()
    {
        await using var administrator = await site.VisitAsync("administrator");
        var page = administrator.Page;
        await page.GotoAsync("/en/administration/audit");
        await Expect(page.GetByText("budget-round.published").First).ToBeVisibleAsync();
        await page.Locator("#verify button").ClickAsync();
        await Expect(page.GetByText("The chain is intact")).ToBeVisibleAsync();
        Assert.Empty(administrator.TakeComplaints());
    }

    private static async Task SendAsync(IPage page, string file, string title)
    {
        await page.GotoAsync("/administration/budgets");
        await page.Locator("#Input_Title").FillAsync(title);
        await page.Locator("#Input_Publisher").FillAsync("Pabulib");
        await page.Locator("#Input_File").SetInputFilesAsync(file);
        await page.Locator("main form[enctype='multipart/form-data'] button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/administration/budgets/*");
    }
}
