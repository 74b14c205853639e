using ActiveCitizens.EndToEnd.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActiveCitizens.EndToEnd.Pages;

/// <summary>What comes out of a printer, also from a screen in dark colours: the content, in dark letters, and no controls.</summary>
public sealed class PrintTests(Site site)
{
    // Paper is white and backgrounds are left out: what is written must be dark.
    private const string PaleScript =
        """
        () => [...document.querySelectorAll("main h1, main p, main td, main th, main code")]
          .filter(e => e.checkVisibility() && e.textContent.trim() !== "")
          .filter(e => {
            const canvas = new OffscreenCanvas(1, 1).getContext("2d");
            canvas.fillStyle = getComputedStyle(e).color;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
            return a < 128 || 0.2126 * r + 0.7152 * g + 0.0722 * b > 150;
          })
          .map(e => e.tagName + ": " + e.textContent.trim().slice(0, 60))
        """;

    [Theory, InlineData(ColorScheme.Light), InlineData(ColorScheme.Dark)]
    public async Task A_result_prints_without_controls(ColorScheme scheme)
    {
        await using var visitor = await site.VisitAsync(scheme: scheme);
        var page = visitor.Page;
        await page.GotoAsync("/budgets/toulouse-2022/result");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await ExpectPaperAsync(page);
        await Expect(page.Locator("section[aria-labelledby=funded] tbody tr").Last).ToBeVisibleAsync();
        await Expect(page.Locator("section[aria-labelledby=recount] code").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_letter_prints_alone_on_its_page()
    {
        await using var resident = await site.VisitAsync("facilitator");
        var page = resident.Page;
        await page.GotoAsync("/account/residence");
        await page.Locator("#Ask_Recipient").FillAsync("Théo Vidal");
        await page.Locator("#Ask_Address").FillAsync("2 rue des Trois Fontaines\n47000 Agen");
        await page.Locator("#Ask_Neighbourhood").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.Locator("#letter button[type=submit]").ClickAsync();
        await Expect(page.Locator("#cancel")).ToBeVisibleAsync();

        await using var officer = await site.VisitAsync("officer");
        page = officer.Page;
        await page.GotoAsync("/desk/letters");
        await page.Locator("main table tr").Filter(new() { HasText = "Théo Vidal" }).Locator("button").ClickAsync();
        await Expect(page.Locator("article.letter")).ToBeVisibleAsync();
        Assert.Empty(await PageCheck.FaultsAsync(officer, "fr", PageCheck.AllViews));
        await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        await ExpectPaperAsync(page);
        await Expect(page.Locator(".letter__code")).ToBeVisibleAsync();
        await Expect(page.Locator(".letter img.qr")).ToBeVisibleAsync();
        await Expect(page.Locator(".no-print")).ToBeHiddenAsync();
    }

    private static async Task ExpectPaperAsync(IPage page)
    {
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
        foreach (var hidden in await page.Locator(".site-header, .site-footer, .skip-link, nav, form button").AllAsync())
        {
            await Expect(hidden).ToBeHiddenAsync();
        }

        Assert.Empty(await page.EvaluateAsync<string[]>(PaleScript));
    }
}
