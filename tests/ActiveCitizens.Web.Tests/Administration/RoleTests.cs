using System.Net;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Tests.Administration;

public sealed class RoleTests
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_role_holds_between_its_dates_and_until_withdrawn(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var administrator = city.SignedIn(Role.Administrator);
        var hugo = city.AddAccount("hugo@example.org", "Hugo");
        var path = $"/administration/people/{hugo.Id}";
        var grant = new Dictionary<string, string> { ["Role"] = "Officer", ["Department"] = "Voirie", ["From"] = "2026-11-25", ["Until"] = "2026-11-26", ["Reason"] = "Remplacement" };

        Assert.Equal(HttpStatusCode.Redirect, (await administrator.FillAndPostAsync(path, grant, "#grant")).StatusCode);
        // "At once" for the person concerned: the session is the same, the rights are read at each request.
        var browser = city.SignedInAs(hugo, secondFactor: true);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/desk/residence")).StatusCode);
        city.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/desk/residence")).StatusCode);
        city.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/desk/residence")).StatusCode);

        var twice = await administrator.FillAndPostAsync(path, new Dictionary<string, string>(grant) { ["From"] = "2026-11-27", ["Until"] = "" }, "#grant");
        Assert.Equal(HttpStatusCode.Redirect, twice.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/desk/residence")).StatusCode);
        var held = city.InDb(db => db.Set<RoleGrant>().SingleAsync(row => row.AccountId == hugo.Id && row.WithdrawnAt == null));
        Assert.Equal(HttpStatusCode.Redirect, (await administrator.FillAndPostAsync($"{path}/withdraw/{held.Id}", new Dictionary<string, string> { ["Reason"] = "Retour du titulaire" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync("/desk/residence")).StatusCode);

        var acts = city.InDb(db => db.Set<AuditEntry>().Where(entry => entry.Subject == $"account:{hugo.Id}").OrderBy(entry => entry.Sequence).Select(entry => new { entry.Action, entry.ActorId }).ToListAsync());
        Assert.Equal(["role.granted", "role.granted", "role.withdrawn"], acts.Select(act => act.Action));
        Assert.All(acts, act => Assert.Equal(administrator.Account!.Id, act.ActorId));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Ten_grants_at_once_give_one_role(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var administrator = city.SignedIn(Role.Administrator);
        var path = $"/administration/people/{city.AddAccount().Id}";
        var page = await administrator.ReadAsync(path);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            administrator.PostAsync(page, path, new Dictionary<string, string> { ["Role"] = "Moderator", ["From"] = "2026-11-23", ["Reason"] = "Décision du maire" }, "#grant")));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        Assert.Equal(1, city.InDb(db => db.Set<RoleGrant>().CountAsync(grant => grant.Role == Role.Moderator)));
        Assert.IsType<AuditVerdict.Intact>(city.InDb(db => AuditChain.VerifyAsync(db, CancellationToken.None)));
    }

    [Fact]
    public async Task The_last_administrator_keeps_the_role()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var administrator = city.SignedIn(Role.Administrator);
        var grant = city.InDb(db => db.Set<RoleGrant>().SingleAsync());
        var refused = await administrator.FillAndPostAsync($"/administration/people/{administrator.Account!.Id}/withdraw/{grant.Id}", new Dictionary<string, string> { ["Reason"] = "Fatigue" });
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Null(city.InDb(db => db.Set<RoleGrant>().SingleAsync()).WithdrawnAt);
    }

    [Theory]
    [InlineData("eleonore"), InlineData("ÉLÉONORE"), InlineData("eleonore@"), InlineData("cœur"), InlineData("coeur")]
    public async Task People_are_found_without_minding_accents(string words)
    {
        await using var city = new CityFactory(Database.Sqlite);
        city.AddAccount("eleonore@example.org", "Éléonore Cœur");
        var page = await city.SignedIn(Role.Administrator).ReadAsync($"/administration/people?q={Uri.EscapeDataString(words)}");
        Assert.Contains("Éléonore Cœur", CityBrowser.TextOf(page), StringComparison.Ordinal);
    }
}
