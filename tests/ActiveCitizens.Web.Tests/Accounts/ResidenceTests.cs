using System.Net;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Tests.Accounts;

public sealed class ResidenceTests
{
    private static readonly Dictionary<string, string> Address = new() { ["Recipient"] = "Suzie Martin", ["Address"] = "3 rue Jasmin\n47000 Agen", ["Neighbourhood"] = "Q14" };

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_code_by_letter_proves_where_Suzie_lives(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var (suzie, officer) = (city.SignedIn(), city.SignedIn(Role.Officer));

        Assert.Equal(HttpStatusCode.Redirect, (await suzie.FillAndPostAsync("/account/residence", Address, "#letter")).StatusCode);
        var printed = await CityBrowser.ParseAsync(await officer.FillAndPostAsync("/desk/letters", new Dictionary<string, string>()));
        var code = printed.QuerySelector(".letter__code")!.TextContent.Trim();
        Assert.Contains("Suzie Martin", printed.QuerySelector(".letter")!.TextContent, StringComparison.Ordinal);
        Assert.Matches("^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$", code);
        Assert.StartsWith("data:image/png;base64,", printed.QuerySelector(".letter img")!.GetAttribute("src"), StringComparison.Ordinal);
        Assert.DoesNotContain(code.Replace("-", "", StringComparison.Ordinal), city.InDb(db => db.Set<ResidenceLetter>().SingleAsync()).CodeHash!, StringComparison.OrdinalIgnoreCase);

        Assert.Equal(HttpStatusCode.OK, (await suzie.FillAndPostAsync("/account/residence", Code("0000-0000-0000"), "#code")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await suzie.FillAndPostAsync("/account/residence", Code(code.ToLowerInvariant()), "#code")).StatusCode);

        var proof = city.InDb(db => db.Set<ResidenceVerification>().SingleAsync(proof => proof.AccountId == suzie.Account!.Id));
        Assert.Equal(("Q14", ResidenceProof.Letter), (proof.NeighbourhoodCode, proof.Proof));
        Assert.Equal("", city.InDb(db => db.Set<ResidenceLetter>().SingleAsync()).Address);
        var acts = city.InDb(db => db.Set<AuditEntry>().Where(entry => entry.Subject == $"account:{suzie.Account!.Id}").Select(entry => entry.Action).ToListAsync());
        Assert.Equal(["residence.letter-requested", "residence.letter-printed", "residence.code-refused", "residence.verified"], acts);
    }

    [Fact]
    public async Task Five_wrong_codes_void_the_letter_even_for_the_right_one()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var (suzie, officer) = (city.SignedIn(), city.SignedIn(Role.Officer));
        await suzie.FillAndPostAsync("/account/residence", Address, "#letter");
        var printed = await CityBrowser.ParseAsync(await officer.FillAndPostAsync("/desk/letters", new Dictionary<string, string>()));
        var code = printed.QuerySelector(".letter__code")!.TextContent.Trim();
        for (var i = 0; i < ResidenceLetter.MaxAttempts; i++)
        {
            await suzie.FillAndPostAsync("/account/residence", Code("0000-0000-0000"), "#code");
        }

        await suzie.FillAndPostAsync("/account/residence", Code(code), "#code");
        Assert.Equal(0, city.InDb(db => db.Set<ResidenceVerification>().CountAsync(proof => proof.AccountId == suzie.Account!.Id)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Ten_identical_requests_at_once_make_one_letter(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var suzie = city.SignedIn();
        var page = await suzie.ReadAsync("/account/residence");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => suzie.PostAsync(page, "/account/residence", Address, "#letter")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal(1, city.InDb(db => db.Set<ResidenceLetter>().CountAsync()));
        Assert.IsType<AuditVerdict.Intact>(city.InDb(db => AuditChain.VerifyAsync(db, CancellationToken.None)));
    }

    [Fact]
    public async Task An_officer_verifies_at_the_desk_but_never_themselves()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var suzie = city.AddAccount("suzie@example.org");
        var officer = city.SignedIn(Role.Officer);
        var seen = new Dictionary<string, string> { ["Email"] = "suzie@example.org", ["Neighbourhood"] = "Q20", ["SeenIdentity"] = "true", ["SeenAddress"] = "true" };

        Assert.Equal(HttpStatusCode.OK, (await officer.FillAndPostAsync("/desk/residence", new Dictionary<string, string>(seen) { ["SeenIdentity"] = "" }.Where(field => field.Value.Length > 0).ToDictionary())).StatusCode);
        Assert.Equal(0, city.InDb(db => db.Set<ResidenceVerification>().CountAsync(proof => proof.AccountId == suzie.Id)));
        Assert.Equal(HttpStatusCode.Redirect, (await officer.FillAndPostAsync("/desk/residence", seen)).StatusCode);
        var proof = city.InDb(db => db.Set<ResidenceVerification>().SingleAsync(proof => proof.AccountId == suzie.Id));
        Assert.Equal(("Q20", ResidenceProof.Desk, officer.Account!.Id), (proof.NeighbourhoodCode, proof.Proof, proof.VerifiedById));

        var own = await officer.FillAndPostAsync("/desk/residence", new Dictionary<string, string>(seen) { ["Email"] = officer.Account.Email! });
        Assert.Contains("collègue", CityBrowser.TextOf(await CityBrowser.ParseAsync(own)), StringComparison.Ordinal);
        // She has moved: the newer proof replaces the older one.
        await officer.FillAndPostAsync("/desk/residence", new Dictionary<string, string>(seen) { ["Neighbourhood"] = "Q14" });
        Assert.Equal("Q14", city.InDb(db => db.Set<ResidenceVerification>().SingleAsync(proof => proof.AccountId == suzie.Id && proof.EndedAt == null)).NeighbourhoodCode);
    }

    private static Dictionary<string, string> Code(string typed) => new() { ["Typed"] = typed };
}
