using ActiveCitizens.EndToEnd.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActiveCitizens.EndToEnd.Walks;

public sealed class KeyboardTests(Site site)
{
    // The focused element, and whether a person can see that it has the focus.
    private const string FocusScript =
        """
        () => {
          const e = document.activeElement;
          if (e === null || e === document.body) return { Name: "body", Visible: true };
          const seen = s => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none";
          const box = e.getBoundingClientRect();
          const inView = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
          const name = e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + (e.getAttribute("href") ? "[" + e.getAttribute("href") + "]" : "") + (e.className ? "." + String(e.className).split(" ")[0] : "");
          // A card draws the focus of its link around the whole card.
          return { Name: name, Visible: inView && (seen(getComputedStyle(e)) || seen(getComputedStyle(e, "::after"))) };
        }
        """;

    [Fact]
    public async Task The_keyboard_alone_leads_from_the_home_page_to_my_neighbourhood()
    {
        await using var visitor = await site.VisitAsync();
        var page = visitor.Page;
        await page.GotoAsync("/");
        Assert.Equal("a[#main].skip-link", await TabAsync(page));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#main")).ToBeFocusedAsync();
        await TabToAsync(page, "[/neighbourhoods/find]");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/neighbourhoods/find");

        await TabToAsync(page, "#Where_Address");
        await page.Keyboard.TypeAsync("2 rue des trois fontaines");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("main .notice, main [data-color=success]").First).ToBeVisibleAsync();
        await TabToAsync(page, "a[/neighbourhoods/", except: "/neighbourhoods/find");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => url.Contains("/neighbourhoods/", StringComparison.Ordinal) && !url.Contains("/find", StringComparison.Ordinal));
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/", ColorScheme.Light), InlineData("/", ColorScheme.Dark)]
    [InlineData("/neighbourhoods/find", ColorScheme.Light), InlineData("/neighbourhoods/find", ColorScheme.Dark)]
    [InlineData("/budgets/toulouse-2019", ColorScheme.Light)]
    [InlineData("/budgets/toulouse-2022/result", ColorScheme.Light), InlineData("/budgets/toulouse-2022/result", ColorScheme.Dark)]
    [InlineData("/account/sign-in", ColorScheme.Light)]
    public async Task The_focus_shows_at_every_stop_and_is_never_trapped(string path, ColorScheme scheme)
    {
        await using var visitor = await site.VisitAsync(scheme: scheme);
        var page = visitor.Page;
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
        var stops = new List<string>();
        while (await TabAsync(page) is not "body" and var stop)
        {
            stops.Add(stop);
            Assert.True(stops.Count < 500, $"The focus does not leave the page: {string.Join(" ", stops.TakeLast(6))}");
        }

        Assert.Contains("a[/personal-data]", stops);
        Assert.Equal("a[#main].skip-link", stops[0]);
    }

    [Fact]
    public async Task The_other_language_shows_the_same_page()
    {
        await using var visitor = await site.VisitAsync();
        var page = visitor.Page;
        await page.GotoAsync("/budgets/toulouse-2022?q=v%C3%A9lo&Sort=Cost");
        var french = await page.Locator("main a[href*='/projects/']").AllInnerTextsAsync();
        await page.Locator(".site-header a[hreflang=en]").ClickAsync();
        await page.WaitForURLAsync("**/en/budgets/toulouse-2022?q=v%C3%A9lo&Sort=Cost");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        Assert.NotEmpty(french);
        Assert.Equal(french, await page.Locator("main a[href*='/projects/']").AllInnerTextsAsync());
        await page.Locator(".site-header a[hreflang=fr]").ClickAsync();
        await page.WaitForURLAsync(site.Address + "/budgets/toulouse-2022?q=v%C3%A9lo&Sort=Cost");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
    }

    private static async Task TabToAsync(IPage page, string wanted, string except = "\n")
    {
        for (var stops = 0; stops < 100; stops++)
        {
            if (await TabAsync(page) is var stop && stop.Contains(wanted, StringComparison.Ordinal) && !stop.Contains(except, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"{wanted} was not reached by the Tab key on {page.Url}.");
    }

    private static async Task<string> TabAsync(IPage page)
    {
        await page.Keyboard.PressAsync("Tab");
        var focus = await page.EvaluateAsync<Focus>(FocusScript);
        for (var tries = 0; !focus.Visible && tries < 20; tries++)
        {
            await Task.Delay(50);
            focus = await page.EvaluateAsync<Focus>(FocusScript);
        }

        Assert.True(focus.Visible, $"{page.Url}: the focus on {focus.Name} cannot be seen.");
        return focus.Name;
    }

    public sealed class Focus
    {
        public string Name { get; set; } = "";
        public bool Visible { get; set; }
    }
}
