using System.Net;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Mail;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.Accounts;

public sealed class SignInTests
{
    private const string Email = "suzie@example.org";

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Suzie_creates_her_account_with_a_link_that_works_once(Database database)
    {
        await using var city = new CityFactory(database);
        var suzie = city.Anonymous();

        var sent = await suzie.FillAndPostAsync("/account/sign-in", Fields(("Email", Email)), "form:not([data-passkey])[method=post]");
        Assert.Equal("/account/sign-in/sent", sent.Headers.Location!.ToString());
        var message = city.LastMessageTo(Email);
        var link = Mailbox.LinkIn(message);
        Assert.Contains("Agen", message.Subject, StringComparison.Ordinal);

        // A mail scanner opens the link before she does: nothing is used up.
        Assert.Equal(HttpStatusCode.OK, (await city.Anonymous().GetAsync(link)).StatusCode);
        var created = await suzie.FillAndPostAsync(link, Fields(("DisplayName", "Suzie")));
        Assert.Equal("/account", created.Headers.Location!.ToString());
        Assert.Contains("Suzie", CityBrowser.TextOf(await suzie.ReadAsync("/account")), StringComparison.Ordinal);

        Assert.Contains("ne sert plus", CityBrowser.TextOf(await city.Anonymous().ReadAsync(link)), StringComparison.Ordinal);
        Assert.Equal(1, city.InDb(db => db.Users.CountAsync()));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Ten_clicks_on_one_link_open_one_session(Database database)
    {
        await using var city = new CityFactory(database);
        var account = city.AddAccount(Email);
        await city.Anonymous().FillAndPostAsync("/account/sign-in", Fields(("Email", Email)), "form:not([data-passkey])[method=post]");
        var link = Mailbox.LinkIn(city.LastMessageTo(Email));

        var browsers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            var browser = city.Anonymous();
            return (browser, page: await browser.ReadAsync(link));
        }));
        var answers = await Task.WhenAll(browsers.Select(each => each.browser.PostAsync(each.page, link, Fields())));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        Assert.Equal(1, city.InDb(db => db.Set<SignInSession>().CountAsync(session => session.AccountId == account.Id)));
    }

    [Fact]
    public async Task A_link_older_than_half_an_hour_no_longer_works()
    {
        await using var city = new CityFactory(Database.Sqlite);
        city.AddAccount(Email);
        await city.Anonymous().FillAndPostAsync("/account/sign-in", Fields(("Email", Email)), "form:not([data-passkey])[method=post]");
        city.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Contains("ne sert plus", CityBrowser.TextOf(await city.Anonymous().ReadAsync(Mailbox.LinkIn(city.LastMessageTo(Email)))), StringComparison.Ordinal);
    }

    [Fact] // Whoever types an address must not learn whether it has an account.
    public async Task The_answer_is_the_same_for_an_address_with_and_without_an_account()
    {
        await using var city = new CityFactory(Database.Sqlite);
        city.AddAccount(Email);
        var known = await city.Anonymous().FillAndPostAsync("/account/sign-in", Fields(("Email", Email)), "form:not([data-passkey])[method=post]");
        var unknown = await city.Anonymous().FillAndPostAsync("/account/sign-in", Fields(("Email", "nobody@example.org")), "form:not([data-passkey])[method=post]");
        Assert.Equal(known.Headers.Location, unknown.Headers.Location);
    }

    [Fact]
    public async Task An_address_gets_at_most_five_links_an_hour()
    {
        await using var city = new CityFactory(Database.Sqlite);
        for (var i = 0; i < 8; i++)
        {
            await city.Anonymous().FillAndPostAsync("/account/sign-in", Fields(("Email", Email)), "form:not([data-passkey])[method=post]");
        }

        Assert.Equal(5, city.InDb(db => db.Set<OutboxMessage>().CountAsync()));
    }

    [Theory, InlineData("https://evil.example/"), InlineData("//evil.example/"), InlineData("/\\evil.example")]
    public async Task Signing_in_never_leads_to_another_site(string target)
    {
        await using var city = new CityFactory(Database.Sqlite);
        city.AddAccount(Email);
        var browser = city.Anonymous();
        await browser.FillAndPostAsync($"/account/sign-in?returnPath={Uri.EscapeDataString(target)}", Fields(("Email", Email)), "form:not([data-passkey])[method=post]");
        var answer = await browser.FillAndPostAsync(Mailbox.LinkIn(city.LastMessageTo(Email)), Fields());
        Assert.Equal("/account", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour()
    {
        await using var city = new CityFactory(Database.Sqlite);
        await SetPasswordAsync(city, city.AddAccount(Email), "quatre mots sans rapport");
        var browser = city.Anonymous();
        for (var i = 0; i < 5; i++)
        {
            await browser.FillAndPostAsync("/account/sign-in/password", Fields(("Email", Email), ("Password", "faux")));
        }

        var locked = await browser.FillAndPostAsync("/account/sign-in/password", Fields(("Email", Email), ("Password", "quatre mots sans rapport")));
        Assert.Equal(HttpStatusCode.OK, locked.StatusCode);
        Assert.Contains("bloqué", CityBrowser.TextOf(await CityBrowser.ParseAsync(locked)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_set_on_the_site_signs_in()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var account = city.AddAccount(Email);
        var set = await city.SignedInAs(account).FillAndPostAsync("/account/password", Fields(("Password", "quatre mots sans rapport")), "#set");
        Assert.Equal("/account", set.Headers.Location!.ToString());
        var signedIn = await city.Anonymous().FillAndPostAsync("/account/sign-in/password", Fields(("Email", Email), ("Password", "quatre mots sans rapport")));
        Assert.Equal("/account", signedIn.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_weak_password_is_refused_beside_its_field()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var refused = await city.SignedIn().FillAndPostAsync("/account/password", Fields(("Password", "motdepasse")), "#set");
        var page = await CityBrowser.ParseAsync(refused);
        Assert.Contains("12 caractères", page.QuerySelector("[id$=error], .ds-validation-message")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Staff_must_enrol_a_second_factor_and_then_give_it(Database database)
    {
        await using var city = new CityFactory(database);
        var administrator = city.AddAccount(Email, roles: Role.Administrator);
        var browser = city.SignedInAs(administrator);

        var led = await browser.GetAsync("/administration");
        Assert.StartsWith("/account/second-factor", led.Headers.Location!.ToString(), StringComparison.Ordinal);
        var page = await browser.ReadAsync("/account/second-factor");
        var key = page.QuerySelector("main code")!.TextContent;

        // Identity's own provider reads the machine's clock.
        var wrong = await browser.FillAndPostAsync("/account/second-factor", Fields(("Code", "000000")), "#enable");
        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        Assert.False(city.InDb(db => db.Users.SingleAsync(account => account.Id == administrator.Id)).TwoFactorEnabled);
        var now = DateTimeOffset.UtcNow;
        var enrolled = await CityBrowser.ParseAsync(await browser.FillAndPostAsync("/account/second-factor", Fields(("Code", Totp.CodeAt(key, now))), "#enable"));
        var recoveryCodes = enrolled.QuerySelectorAll("main li code").Select(code => code.TextContent).ToList();
        Assert.Equal(10, recoveryCodes.Count);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/administration")).StatusCode);

        var phoneless = city.Anonymous();
        await phoneless.FillAndPostAsync("/account/sign-in", Fields(("Email", Email)), "form:not([data-passkey])[method=post]");
        var asked = await phoneless.FillAndPostAsync(Mailbox.LinkIn(city.LastMessageTo(Email)), Fields());
        Assert.StartsWith("/account/sign-in/code", asked.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await phoneless.GetAsync("/administration")).StatusCode);
        var inside = await phoneless.FillAndPostAsync("/account/sign-in/code", Fields(("Code", recoveryCodes[0])));
        Assert.Equal(HttpStatusCode.Redirect, inside.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await phoneless.GetAsync("/administration")).StatusCode);

        city.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = city.Anonymous();
        await again.FillAndPostAsync("/account/sign-in", Fields(("Email", Email)), "form:not([data-passkey])[method=post]");
        await again.FillAndPostAsync(Mailbox.LinkIn(city.LastMessageTo(Email)), Fields());
        Assert.Equal(HttpStatusCode.OK, (await again.FillAndPostAsync("/account/sign-in/code", Fields(("Code", recoveryCodes[0])))).StatusCode);
        // Nor does the app's code that was used to enrol, seen over a shoulder a moment ago; the next one does.
        Assert.Equal(HttpStatusCode.OK, (await again.FillAndPostAsync("/account/sign-in/code", Fields(("Code", Totp.CodeAt(key, now))))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await again.FillAndPostAsync("/account/sign-in/code", Fields(("Code", Totp.CodeAt(key, now.AddSeconds(30)))))).StatusCode);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_other_browser_at_once()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var account = city.AddAccount(Email);
        var (phone, library) = (city.SignedInAs(account), city.SignedInAs(account));
        Assert.Equal(2, (await phone.ReadAsync("/account/sessions")).QuerySelectorAll("tbody tr").Length);
        await phone.FillAndPostAsync("/account/sessions", Fields(), "#end-all");
        Assert.Equal(HttpStatusCode.Redirect, (await library.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task Nobody_ends_somebody_elses_session()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var (mine, theirs) = (city.AddAccount(), city.AddAccount());
        var (me, me2, them) = (city.SignedInAs(mine), city.SignedInAs(mine), city.SignedInAs(theirs));
        var session = city.InDb(db => db.Set<SignInSession>().SingleAsync(session => session.AccountId == theirs.Id));
        var page = await me.ReadAsync("/account/sessions");
        var form = page.QuerySelector("form[action*='handler=End&'], form[action*='id=']")!;
        form.SetAttribute("action", $"/account/sessions?id={session.Id}&handler=End");
        await me.PostAsync(page, "/account/sessions", Fields(), "form[action*='id=']");
        Assert.Equal(HttpStatusCode.OK, (await them.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await me2.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task What_a_stranger_at_an_open_browser_must_not_do_asks_for_a_new_sign_in()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var browser = city.SignedIn();
        city.Clock.Advance(TimeSpan.FromMinutes(31));
        foreach (var path in new[] { "/account/delete", "/account/data", "/account/password", "/account/passkeys", "/account/second-factor" })
        {
            Assert.StartsWith("/account/sign-in/again", (await browser.GetAsync(path)).Headers.Location!.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task A_session_of_one_city_is_worth_nothing_in_another()
    {
        await using var other = TestDatabase.Create(Database.Sqlite);
        await using var cities = new CityFactory(Database.Sqlite, settings: new()
        {
            ["Cities:0:Hosts:0"] = "localhost",
            ["Cities:1:Id"] = "cento",
            ["Cities:1:Name"] = "Cento",
            ["Cities:1:Languages:0"] = "en",
            ["Cities:1:Hosts:0"] = "cento.example",
            ["Cities:1:Database:ConnectionString"] = other.ConnectionString,
        });
        var browser = cities.SignedIn(Role.Administrator);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/administration")).StatusCode);

        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/administration") { Headers = { Host = "cento.example" } };
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Http.SendAsync(elsewhere)).StatusCode);
        using var unknown = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "unknown.example" } };
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Http.SendAsync(unknown)).StatusCode);
    }

    private static Dictionary<string, string> Fields(params (string Name, string Value)[] fields) => fields.ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal);

    private static Task SetPasswordAsync(CityFactory city, Account account, string password)
    {
        city.InScope(async services =>
        {
            var accounts = services.GetRequiredService<UserManager<Account>>();
            var known = await accounts.FindByIdAsync(account.Id.ToString());
            Assert.True((await accounts.AddPasswordAsync(known!, password)).Succeeded);
        });
        return Task.CompletedTask;
    }
}
