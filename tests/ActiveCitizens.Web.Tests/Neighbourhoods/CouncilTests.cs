using System.Net;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Neighbourhoods;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.Neighbourhoods;

/// <summary>A6: councils as associations.</summary>
public sealed class CouncilTests
{
    private const string Page = "/neighbourhoods/q14/council/keep";

    private static readonly Dictionary<string, string> Typed = new(StringComparer.Ordinal)
    {
        ["RnaNumber"] = "w471 234 567", ["Constitution.On"] = "2026-11-10", ["Constitution.AdoptedOn"] = "2026-11-09", ["Constitution.Statutes"] = "Article 1.",
    };

    [Theory]
    [InlineData("W471234567", "W471234567"), InlineData(" w471 234 567 ", "W471234567"), InlineData("W47123456", null), InlineData("W4712345678", null), InlineData("X471234567", null)]
    [InlineData("W47123456A", null), InlineData("W47123456٣", null), InlineData("", null), InlineData("W471234567\n", null)]
    public void A_number_of_the_register_is_W_and_nine_digits(string typed, string? number) => Assert.Equal(number, CouncilAssociation.RnaOf(typed));

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_council_cannot_sign_before_its_association_is_constituted(Database database)
    {
        await using var city = Unconstituted(database);
        var councillor = city.SignedIn(Role.Councillor);
        Assert.False(CanSign(city, "2026-11-23"));
        Assert.Contains("il ne peut pas signer de contrat", CityBrowser.TextOf(await city.Anonymous().ReadAsync(await SlugPathAsync(city))), StringComparison.Ordinal);
        var page = await councillor.ReadAsync(Page);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => councillor.PostAsync(page, Page, Typed, "#constitute")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal("W471234567", city.InDb(db => db.Set<CouncilAssociation>().SingleAsync()).RnaNumber);
        Assert.Equal(1, city.InDb(db => db.Set<AuditEntry>().CountAsync(entry => entry.Action == "council.constituted" && entry.ActorId == councillor.Account!.Id)));
        Assert.False(CanSign(city, "2026-11-09"));
        Assert.True(CanSign(city, "2026-11-10"));
        Assert.Contains("Constitué en association le 10 novembre 2026", CityBrowser.TextOf(await city.Anonymous().ReadAsync(await SlugPathAsync(city))), StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_wrong_or_taken_number_is_refused_and_what_was_typed_stays(Database database)
    {
        await using var city = Unconstituted(database);
        var administrator = city.SignedIn(Role.Administrator);
        Assert.Equal(HttpStatusCode.Redirect, (await administrator.FillAndPostAsync("/neighbourhoods/q15/council/keep", Typed, "#constitute")).StatusCode);
        Assert.Contains("Un autre conseil porte ce numéro", await RefusedAsync(Typed), StringComparison.Ordinal);
        Assert.Contains("neuf chiffres", await RefusedAsync(new Dictionary<string, string>(Typed) { ["RnaNumber"] = "W12" }), StringComparison.Ordinal);
        Assert.Contains("à venir", await RefusedAsync(new Dictionary<string, string>(Typed) { ["Constitution.On"] = "2026-11-24" }), StringComparison.Ordinal);
        Assert.Throws<DbUpdateException>(() => city.InDb(async db =>
        {
            db.Add(new CouncilAssociation { Id = Guid.NewGuid(), NeighbourhoodCode = "Q16", RnaNumber = "X1", ConstitutedOn = new DateOnly(2026, 1, 1), RecordedAt = city.Clock.GetUtcNow() });
            await db.SaveChangesAsync();
        }));

        async Task<string> RefusedAsync(Dictionary<string, string> fields)
        {
            var answer = await CityBrowser.ParseAsync(await administrator.FillAndPostAsync(Page, fields, "#constitute"));
            Assert.Contains("Article 1.", answer.QuerySelector("#Constitution_Statutes")!.TextContent, StringComparison.Ordinal);
            return answer.QuerySelector(".ds-error-summary")!.TextContent;
        }
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Officers_meetings_statutes_and_members_are_kept_by_the_councillors(Database database)
    {
        await using var city = Unconstituted(database);
        var councillor = city.SignedIn(Role.Councillor);
        await councillor.FillAndPostAsync(Page, Typed, "#constitute");

        await WrittenAsync("#office", new() { ["Kind"] = "President", ["HolderName"] = "Nadia Benali", ["Office.From"] = "2026-11-10" });
        Assert.Contains("Quelqu’un exerce cette fonction", await RefusedAsync("#office", new() { ["Kind"] = "President", ["HolderName"] = "Paul Estève", ["Office.From"] = "2026-11-12" }), StringComparison.Ordinal);
        Assert.Contains("trop tôt", await RefusedAsync("#office", new() { ["Kind"] = "Treasurer", ["HolderName"] = "Paul Estève", ["Office.From"] = "2026-11-09" }), StringComparison.Ordinal);
        var president = city.InDb(db => db.Set<CouncilOffice>().SingleAsync());
        await WrittenAsync("#leave", new() { ["Leaving.Id"] = president.Id.ToString(), ["Leaving.LastDay"] = "2026-11-20" });
        await WrittenAsync("#office", new() { ["Kind"] = "President", ["HolderName"] = "Paul Estève", ["Office.From"] = "2026-11-21" });
        await WrittenAsync("#meeting", new() { ["HeldOn"] = "2026-11-20", ["PresentCount"] = "31", ["Minutes"] = "Comptes approuvés." });
        Assert.Contains("déjà enregistrée", await RefusedAsync("#meeting", new() { ["HeldOn"] = "2026-11-20", ["PresentCount"] = "31", ["Minutes"] = "Encore." }), StringComparison.Ordinal);
        await WrittenAsync("#statutes", new() { ["Amended.AdoptedOn"] = "2026-11-20", ["Amended.Text"] = "Article 1, modifié." });
        Assert.Contains("trop tôt", await RefusedAsync("#statutes", new() { ["Amended.AdoptedOn"] = "2026-11-20", ["Amended.Text"] = "Encore." }), StringComparison.Ordinal);
        await WrittenAsync("#member", new() { ["Joining.Name"] = "Ysé Marchand", ["Joining.From"] = "2026-11-11" });
        Assert.Contains("figure déjà", await RefusedAsync("#member", new() { ["Joining.Name"] = "Ysé Marchand", ["Joining.From"] = "2026-11-12" }), StringComparison.Ordinal);
        Assert.Contains("Ysé Marchand", CityBrowser.TextOf(await councillor.ReadAsync(Page)), StringComparison.Ordinal);

        var shown = CityBrowser.TextOf(await city.Anonymous().ReadAsync($"{await SlugPathAsync(city)}/council"));
        Assert.All(["Nadia Benali", "Paul Estève", "31 présents", "Comptes approuvés.", "Article 1, modifié.", "Version 1"], words => Assert.Contains(words, shown, StringComparison.Ordinal));
        Assert.DoesNotContain("Ysé Marchand", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Ysé", string.Join(' ', city.InDb(db => db.Set<AuditEntry>().Select(entry => entry.Details).ToListAsync())), StringComparison.Ordinal);
        var member = city.InDb(db => db.Set<CouncilMember>().SingleAsync());
        await WrittenAsync("#end-membership", new() { ["Ending.Id"] = member.Id.ToString(), ["Ending.LastDay"] = "2026-11-22" });

        async Task WrittenAsync(string form, Dictionary<string, string> fields) => Assert.Equal(HttpStatusCode.Redirect, (await councillor.FillAndPostAsync(Page, fields, form)).StatusCode);

        async Task<string> RefusedAsync(string form, Dictionary<string, string> fields) =>
            (await CityBrowser.ParseAsync(await councillor.FillAndPostAsync(Page, fields, form))).QuerySelector(".ds-error-summary")!.TextContent;
    }

    [Fact]
    public async Task The_papers_of_another_council_stay_closed()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var councillor = city.SignedIn(Role.Councillor);
        var own = await councillor.ReadAsync(Page);
        Assert.Equal(HttpStatusCode.Forbidden, (await councillor.GetAsync("/neighbourhoods/q15/council/keep")).StatusCode);
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", own.QuerySelector("#member input[name=__RequestVerificationToken]")!.GetAttribute("value")!), new("Joining.Name", "Intruse"), new("Joining.From", "2026-11-11")]);
        Assert.Equal(HttpStatusCode.Forbidden, (await councillor.Http.PostAsync(new Uri("/neighbourhoods/q15/council/keep?handler=Member", UriKind.Relative), form)).StatusCode);
        Assert.Equal(0, city.InDb(db => db.Set<CouncilMember>().CountAsync(member => member.Name == "Intruse")));

        // A councillor who is an administrator too, but came without a second factor, is only a councillor.
        var both = city.AddAccount(roles: [Role.Councillor, Role.Administrator]);
        Assert.Equal(HttpStatusCode.Forbidden, (await city.SignedInAs(both).GetAsync("/neighbourhoods/q15/council/keep")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await city.SignedInAs(both, secondFactor: true).GetAsync("/neighbourhoods/q15/council/keep")).StatusCode);
    }

    [Fact]
    public async Task The_demonstration_has_23_associations_and_says_that_they_are_illustrative()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var all = city.InDb(db => db.Set<CouncilAssociation>().ToListAsync());
        Assert.Equal(23, all.Select(council => council.RnaNumber).Distinct().Count());
        var page = await city.Anonymous().ReadAsync($"{await SlugPathAsync(city)}/council");
        Assert.Contains("Nadia Benali", CityBrowser.TextOf(page), StringComparison.Ordinal);
        Assert.Contains("Données illustratives", CityBrowser.TextOf(page), StringComparison.Ordinal);
        Assert.Contains("President", CityBrowser.TextOf(await city.Anonymous().ReadAsync($"/en{await SlugPathAsync(city)}/council")), StringComparison.Ordinal);
    }

    private static CityFactory Unconstituted(Database database)
    {
        var city = new CityFactory(database, demonstration: true);
        city.InDb(async db =>
        {
            await db.Set<CouncilMember>().ExecuteDeleteAsync();
            await db.Set<CouncilMeeting>().ExecuteDeleteAsync();
            await db.Set<CouncilOffice>().ExecuteDeleteAsync();
            await db.Set<CouncilStatutes>().ExecuteDeleteAsync();
            await db.Set<CouncilAssociation>().ExecuteDeleteAsync();
        });
        return city;
    }

    private static bool CanSign(CityFactory city, string day)
    {
        var answer = false;
        city.InScope(async services => answer = await services.GetRequiredService<CouncilDirectory>().CanSignAsync("Q14", DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), CancellationToken.None));
        return answer;
    }

    private static async Task<string> SlugPathAsync(CityFactory city) => (await city.Anonymous().GetAsync("/neighbourhoods/q14")).Headers.Location!.OriginalString;
}
