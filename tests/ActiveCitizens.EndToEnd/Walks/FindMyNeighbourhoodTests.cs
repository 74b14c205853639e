using System.Globalization;
using ActiveCitizens.EndToEnd.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActiveCitizens.EndToEnd.Walks;

public sealed class FindMyNeighbourhoodTests(Site site)
{
    // One entrance of the illustrative address file, and its coordinates there.
    private const string Address = "2 rue des trois fontaines";
    private const float Latitude = 44.206163f;
    private const float Longitude = 0.616688f;
    private const string Answer = "main a[href^='/neighbourhoods/']:not([href='/neighbourhoods/find'])";

    [Theory, InlineData(true), InlineData(false)]
    public async Task An_address_and_its_point_lead_to_the_same_neighbourhood(bool javaScript)
    {
        await using var visitor = await site.VisitAsync(javaScript: javaScript);
        var page = visitor.Page;
        await page.GotoAsync("/");
        await page.Locator("main a[href='/neighbourhoods/find']").First.ClickAsync();
        await page.Locator("#Where_Address").FillAsync(Address);
        await page.Locator("#address button[type=submit]").ClickAsync();
        var byAddress = await page.Locator(Answer).GetAttributeAsync("href");

        await page.GotoAsync("/neighbourhoods/find");
        await page.Locator("#Point_Latitude").FillAsync(Latitude.ToString(CultureInfo.InvariantCulture));
        await page.Locator("#Point_Longitude").FillAsync(Longitude.ToString(CultureInfo.InvariantCulture));
        await page.Locator("#point button[type=submit]").ClickAsync();
        await Expect(page.Locator(Answer)).ToHaveAttributeAsync("href", byAddress!);

        await page.Locator(Answer).ClickAsync();
        await Expect(page).ToHaveURLAsync(site.Address + byAddress);
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
        Assert.DoesNotContain("fontaines", page.Url, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(visitor.TakeComplaints());
    }

    [Fact]
    public async Task The_position_of_the_device_leads_to_the_neighbourhood_of_the_address_there()
    {
        await using var visitor = await site.VisitAsync(position: new() { Latitude = Latitude, Longitude = Longitude });
        var page = visitor.Page;
        await page.GotoAsync("/neighbourhoods/find");
        await page.Locator("#Where_Address").FillAsync(Address);
        await page.Locator("#address button[type=submit]").ClickAsync();
        var byAddress = await page.Locator(Answer).GetAttributeAsync("href");

        await page.GotoAsync("/neighbourhoods/find");
        await page.Locator("[data-use=position]").ClickAsync();
        await Expect(page.Locator(Answer)).ToHaveAttributeAsync("href", byAddress!);
        Assert.Empty(visitor.TakeComplaints());
    }

    [Fact]
    public async Task A_click_on_the_map_leads_to_the_neighbourhood_of_the_point_it_writes_down()
    {
        await using var visitor = await site.VisitAsync();
        var page = visitor.Page;
        await page.GotoAsync("/neighbourhoods/find");
        var map = page.Locator("#point .map");
        await Expect(map.Locator("path.map-area").First).ToBeAttachedAsync();
        await map.ScrollIntoViewIfNeededAsync();
        await map.ClickAsync();
        var clicked = await page.Locator(Answer).GetAttributeAsync("href");
        var (latitude, longitude) = (await page.Locator("#Point_Latitude").InputValueAsync(), await page.Locator("#Point_Longitude").InputValueAsync());
        Assert.InRange(double.Parse(latitude, CultureInfo.InvariantCulture), 44.17, 44.23);

        await using var other = await site.VisitAsync(javaScript: false);
        await other.Page.GotoAsync("/neighbourhoods/find");
        await other.Page.Locator("#Point_Latitude").FillAsync(latitude);
        await other.Page.Locator("#Point_Longitude").FillAsync(longitude);
        await other.Page.Locator("#point button[type=submit]").ClickAsync();
        await Expect(other.Page.Locator(Answer)).ToHaveAttributeAsync("href", clicked!);
        Assert.Empty(visitor.TakeComplaints());
    }

    [Fact]
    public async Task A_refused_position_is_answered_with_another_way()
    {
        await using var visitor = await site.VisitAsync();
        var page = visitor.Page;
        await page.GotoAsync("/en/neighbourhoods/find");
        await page.Locator("[data-use=position]").ClickAsync();
        await Expect(page.Locator(".point-picker [role=status]")).ToContainTextAsync("Choose a point on the map");
    }
}
