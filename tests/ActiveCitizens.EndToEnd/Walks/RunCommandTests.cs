using System.Diagnostics;
using System.Globalization;
using System.Net;
using ActiveCitizens.EndToEnd.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActiveCitizens.EndToEnd.Walks;

/// <summary>The command a newcomer types.</summary>
public sealed class RunCommandTests(Site site, ITestOutputHelper output)
{
    [Fact]
    public async Task A_second_start_keeps_what_was_done_and_the_command_stops_when_asked()
    {
        var data = Path.Combine(site.Folder, "run-data");
        var port = ServedSite.FreePort();
        await using (var first = await RunAsync(port, data))
        {
            output.WriteLine($"First start: ready after {first.ReadyAfter.TotalSeconds:0.0} s.");
            Assert.Equal($"http://localhost:{port}", first.Address);
            Assert.Equal(Site.Personas.Order(StringComparer.Ordinal), first.Links.Keys.Order(StringComparer.Ordinal));
            await RenameAsync(first, "Inès de la première fois");
            Assert.Equal(0, await first.StopAsync());
        }

        await using var second = await RunAsync(port, data);
        output.WriteLine($"Second start: ready after {second.ReadyAfter.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s.");
        Assert.Equal(ServedSite.PersonaCount, second.Links.Count);
        await using (var visitor = await site.VisitAsync())
        {
            await SignInAsync(visitor.Page, second);
            await Expect(visitor.Page.Locator("main")).ToContainTextAsync("Inès de la première fois");
        }

        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri($"{second.Address}/budgets/toulouse-2022"))).StatusCode);
        Assert.Equal(0, await second.StopAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri($"{second.Address}/health/live")));
    }

    private static Task<ServedSite> RunAsync(int port, string data)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "run"), ["--port", port.ToString(CultureInfo.InvariantCulture), "--data", data]) { WorkingDirectory = Repository.Root };
        return ServedSite.StartAsync(start);
    }

    private async Task RenameAsync(ServedSite served, string name)
    {
        await using var visitor = await site.VisitAsync();
        var page = visitor.Page;
        await SignInAsync(page, served);
        await page.GotoAsync($"{served.Address}/account/profile");
        await page.Locator("main form input[type=text]").First.FillAsync(name);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.GotoAsync($"{served.Address}/account");
        await Expect(page.Locator("main")).ToContainTextAsync(name);
    }

    private static async Task SignInAsync(IPage page, ServedSite served)
    {
        await page.GotoAsync(served.Links["inhabitant"]);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/account");
    }
}
