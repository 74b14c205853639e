using ActiveCitizens.EndToEnd.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ActiveCitizens.EndToEnd.Walks;

public sealed class SignInTests(Site site)
{
    public static TheoryData<string> Personas => [.. Site.Personas];

    [Theory, MemberData(nameof(Personas))]
    public async Task The_link_of_a_persona_leads_to_their_account(string persona)
    {
        await using var visitor = await site.VisitAsync();
        await site.SignInAsync(visitor.Page, persona);
        await Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Mon compte");
        Assert.Empty(visitor.TakeComplaints());
    }

    [Fact]
    public async Task A_passkey_made_once_signs_in_afterwards()
    {
        await using var visitor = await site.VisitAsync();
        var page = visitor.Page;
        await site.SignInAsync(page, "inhabitant");
        var device = await page.Context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        await device.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new { protocol = "ctap2", transport = "internal", hasResidentKey = true, hasUserVerification = true, automaticPresenceSimulation = true, isUserVerified = true },
        });

        await page.GotoAsync("/account/passkeys");
        await page.Locator("#Name").FillAsync("Clé d’essai");
        await page.Locator("form[data-passkey=add] button[type=submit]").ClickAsync();
        await Expect(page.Locator("main table tbody").GetByText("Clé d’essai")).ToBeVisibleAsync();

        await page.Locator(".site-header form[action='/account/sign-out'] button").ClickAsync();
        await Expect(page.Locator(".site-header a[href='/account/sign-in']")).ToBeVisibleAsync();
        await page.GotoAsync("/account");
        await page.WaitForURLAsync("**/account/sign-in*");

        await page.Locator("form[data-passkey=sign-in] button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/account");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Mon compte");

        await page.GotoAsync("/account/passkeys");
        await page.Locator("main table tbody tr").Filter(new() { HasText = "Clé d’essai" }).Locator("button").ClickAsync();
        await Expect(page.GetByText("Clé d’essai")).ToHaveCountAsync(0);
        Assert.Empty(visitor.TakeComplaints());
    }
}
