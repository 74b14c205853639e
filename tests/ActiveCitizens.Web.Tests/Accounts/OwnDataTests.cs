using System.Net;
using System.Text.Json;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Tests.Accounts;

public sealed class OwnDataTests
{
    private static readonly Dictionary<string, string> None = [];

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task My_data_are_one_file_with_what_the_site_knows(Database database)
    {
        await using var city = new CityFactory(database);
        var browser = city.SignedInAs(city.AddAccount("marie@example.org", "Marie", Role.VerifiedResident, Role.Councillor));
        var answer = await browser.FillAndPostAsync("/account/data", None);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        using var data = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("marie@example.org", data.RootElement.GetProperty("account").GetProperty("email").GetString());
        Assert.Equal("Councillor", data.RootElement.GetProperty("roles")[0].GetProperty("role").GetString());
        Assert.Equal("Q14", data.RootElement.GetProperty("residence")[0].GetProperty("neighbourhoodCode").GetString());
        Assert.Single(data.RootElement.GetProperty("sessions").EnumerateArray());
        Assert.Equal("data.downloaded", city.InDb(db => db.Set<AuditEntry>().OrderByDescending(entry => entry.Sequence).FirstAsync()).Action);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Deleting_takes_out_who_it_was_and_keeps_what_was_done(Database database)
    {
        await using var city = new CityFactory(database);
        var account = city.AddAccount("marie@example.org", "Marie", Role.VerifiedResident, Role.Councillor);
        var (browser, other) = (city.SignedInAs(account), city.SignedInAs(account));

        Assert.Equal(HttpStatusCode.OK, (await browser.FillAndPostAsync("/account/delete", None)).StatusCode);
        var deleted = await browser.FillAndPostAsync("/account/delete", new Dictionary<string, string> { ["Confirmed"] = "true" });
        Assert.Equal("/account/deleted", deleted.Headers.Location!.ToString());

        var kept = city.InDb(db => db.Users.SingleAsync());
        Assert.Equal((account.Id, null, null, null), (kept.Id, kept.Email, kept.NormalizedEmail, kept.DisplayName));
        Assert.NotNull(city.InDb(db => db.Set<RoleGrant>().SingleAsync()).WithdrawnAt);
        Assert.NotNull(city.InDb(db => db.Set<ResidenceVerification>().SingleAsync()).EndedAt);
        Assert.Equal(0, city.InDb(db => db.Set<SignInSession>().CountAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/account")).StatusCode);
        Assert.IsType<AuditVerdict.Intact>(city.InDb(db => AuditChain.VerifyAsync(db, CancellationToken.None)));
        // The address is free again, for the same person or another.
        city.AddAccount("marie@example.org");
    }

    [Fact]
    public async Task The_last_administrator_cannot_disappear()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var browser = city.SignedIn(Role.Administrator);
        var refused = await browser.FillAndPostAsync("/account/delete", new Dictionary<string, string> { ["Confirmed"] = "true" });
        Assert.Contains("dernier administrateur", CityBrowser.TextOf(await CityBrowser.ParseAsync(refused)), StringComparison.Ordinal);
        Assert.Null(city.InDb(db => db.Users.SingleAsync()).DeletedAt);
    }
}
