using System.Net;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Tests.Harness;

namespace ActiveCitizens.Web.Tests.House;

public sealed class ProtectionTests
{
    [Theory, InlineData("/"), InlineData("/en"), InlineData("/neighbourhoods"), InlineData("/account/sign-in"), InlineData("/nowhere")]
    public async Task Every_page_forbids_scripts_styles_and_frames_that_are_not_the_sites_own(string path)
    {
        await using var city = new CityFactory(Database.Sqlite);
        var answer = await city.Anonymous().GetAsync(path);
        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        foreach (var rule in new[] { "default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'" })
        {
            Assert.Contains(rule, policy, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory, InlineData("/"), InlineData("/en"), InlineData("/neighbourhoods")]
    public async Task A_public_page_sets_no_cookie_before_sign_in(string path)
    {
        await using var city = new CityFactory(Database.Sqlite);
        Assert.False((await city.Anonymous().GetAsync(path)).Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Guessing_at_a_sign_in_page_is_slowed_down_and_other_posts_go_on()
    {
        await using var city = new CityFactory(Database.Sqlite, settings: new() { ["RateLimits:SignInPostsPerMinute"] = "3" });
        var browser = city.Anonymous();
        var guess = new Dictionary<string, string> { ["Email"] = "a@example.org", ["Password"] = "guess" };
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await browser.FillAndPostAsync("/account/sign-in/password", guess)).StatusCode);
        }

        var refused = await browser.FillAndPostAsync("/account/sign-in/password", guess);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/sign-in/password")).StatusCode);
    }

    [Fact]
    public async Task A_post_without_the_forms_token_changes_nothing()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var browser = city.SignedIn();
        using var forged = new FormUrlEncodedContent(new Dictionary<string, string> { ["Confirmed"] = "true" });
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Http.PostAsync(new Uri("/account/delete", UriKind.Relative), forged)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        await using var city = new CityFactory(Database.Sqlite);
        city.AddAccount("suzie@example.org");
        var browser = city.Anonymous();
        await browser.FillAndPostAsync("/account/sign-in", new Dictionary<string, string> { ["Email"] = "suzie@example.org" }, "form:not([data-passkey])[method=post]");
        var answer = await browser.FillAndPostAsync(Mailbox.LinkIn(city.LastMessageTo("suzie@example.org")), new Dictionary<string, string>());
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/;", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_signed_in_person_never_gets_or_leaves_a_cached_page()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var councillor = city.SignedInAs(city.AddAccount(name: "Nadia Benali", roles: Role.Councillor));
        Assert.Contains("Nadia Benali", await (await councillor.GetAsync("/neighbourhoods")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("Nadia Benali", await (await city.Anonymous().GetAsync("/neighbourhoods")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Nadia Benali", await (await councillor.GetAsync("/neighbourhoods")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
