using System.Net;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Mandates;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Tests.Harness;
using ActiveCitizens.Web.Tests.MunicipalCouncil;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.Mandates;

public sealed class MandateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, string> Typed = new(StringComparer.Ordinal)
    {
        ["StartsOn"] = "2026-12-07", ["SeatsPerCouncil"] = "9", ["EnvelopeEuros"] = "375000", ["EnvelopeRemark"] = "", ["Summary"] = "Le quatrième mandat.", ["Powers"] = "Codécider.", ["Limits"] = "La loi.",
    };

    [Fact] // B4
    public void A_mandate_lasts_six_years_and_holds_until_the_day_it_is_over()
    {
        Assert.Equal(new DateOnly(2026, 12, 7), Mandate.UsualEnd(new DateOnly(2020, 12, 7)));
        Assert.Equal(new DateOnly(2026, 2, 28), Mandate.UsualEnd(new DateOnly(2020, 2, 29)));
        var mandate = Mandate.Prepare(SampleMandates.Content(2020), Now);
        Assert.Equal(MandateState.Draft, mandate.StateOn(new DateOnly(2021, 1, 1)));
        Assert.True(mandate.Open(Guid.NewGuid(), isRenewal: false, Now));
        Assert.False(mandate.Open(Guid.NewGuid(), isRenewal: false, Now));
        Assert.Equal(MandateState.ToCome, mandate.StateOn(new DateOnly(2020, 12, 6)));
        Assert.Equal(MandateState.Running, mandate.StateOn(new DateOnly(2020, 12, 7)));
        Assert.True(mandate.HoldsOn(new DateOnly(2026, 12, 6)));
        Assert.Equal(MandateState.Over, mandate.StateOn(new DateOnly(2026, 12, 7)));
        Assert.Throws<InvalidOperationException>(() => mandate.Rewrite(SampleMandates.Content(2021)));
        Assert.Throws<ArgumentOutOfRangeException>(() => mandate.Close(Guid.NewGuid(), new DateOnly(2027, 1, 1), Now));
        Assert.True(mandate.Close(Guid.NewGuid(), new DateOnly(2024, 1, 1), Now));
        Assert.False(mandate.Close(Guid.NewGuid(), new DateOnly(2024, 1, 1), Now));
        Assert.Equal(MandateState.Over, mandate.StateOn(new DateOnly(2024, 1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Mandate.Prepare(SampleMandates.Content(2020, new DateOnly(2020, 12, 7)), Now));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)] // B1
    public async Task A_mandate_is_opened_renewed_and_closed_only_by_a_posted_and_adopted_deliberation(Database database)
    {
        await using var city = new CityFactory(database);
        var administrator = city.SignedIn(Role.Administrator);
        var first = SampleMandates.Add(city, 2020, Acts.AddPosted(city).Id);
        var prepared = await administrator.FillAndPostAsync("/administration/mandates/prepare", Typed);
        Assert.Equal(HttpStatusCode.Redirect, prepared.StatusCode);
        var path = prepared.Headers.Location!.OriginalString;
        var draft = city.InDb(db => db.Set<Mandate>().SingleAsync(mandate => mandate.Year == 2026));
        Assert.Equal(new DateOnly(2032, 12, 7), draft.EndsOn);
        Assert.Equal(375_000_00, draft.EnvelopePerCouncilCents);

        var anonymous = city.Anonymous();
        Assert.Equal(HttpStatusCode.NotFound, (await anonymous.GetAsync("/mandates/2026")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await city.SignedIn(Role.Mayor).GetAsync("/mandates/2026")).StatusCode);
        Assert.DoesNotContain("2026</a>", (await anonymous.ReadAsync("/mandates")).Body!.InnerHtml, StringComparison.Ordinal);
        Assert.Contains("Seuls les administrateurs", CityBrowser.TextOf(await administrator.ReadAsync("/mandates/2026")), StringComparison.Ordinal);

        var unposted = Acts.Add(city, Acts.Content(subject: "Pas encore affichée"));
        var lost = Acts.AddPosted(city, Acts.Content(subject: "Rejetée", vote: Acts.Lost));
        var binding = Acts.AddPosted(city, Acts.Content(subject: "Renouvellement"));
        Assert.DoesNotContain(lost.Id.ToString(), (await administrator.ReadAsync(path)).QuerySelector("#open")!.InnerHtml, StringComparison.Ordinal);
        city.InScope(async services =>
        {
            var handler = services.GetRequiredService<MandateHandler>();
            Assert.Equal(OpenMandateResult.NotBinding, await handler.OpenAsync(draft.Id, unposted.Id, isRenewal: false, CancellationToken.None));
            Assert.Equal(OpenMandateResult.NotBinding, await handler.OpenAsync(draft.Id, lost.Id, isRenewal: false, CancellationToken.None));
            Assert.Equal(CloseMandateResult.NotBinding, await handler.CloseAsync(first.Id, lost.Id, first.EndsOn, CancellationToken.None));
            Assert.Equal(CloseMandateResult.NotOpened, await handler.CloseAsync(draft.Id, binding.Id, draft.EndsOn, CancellationToken.None));
            Assert.Equal(CloseMandateResult.OutsideDates, await handler.CloseAsync(first.Id, binding.Id, first.EndsOn.AddDays(1), CancellationToken.None));
            Assert.Equal(OpenMandateResult.NothingToRenew, await handler.OpenAsync(SampleMandates.Add(city, 1990).Id, binding.Id, isRenewal: true, CancellationToken.None));
        });

        var page = await administrator.ReadAsync(path);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => administrator.PostAsync(page, path, new Dictionary<string, string> { ["Opening.DeliberationId"] = binding.Id.ToString(), ["Opening.IsRenewal"] = "true" }, "#open")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal(1, city.InDb(db => db.Set<AuditEntry>().CountAsync(entry => entry.Action == "mandate.renewed")));
        await administrator.FillAndPostAsync($"/administration/mandates/{first.Id}", new Dictionary<string, string> { ["Closing.DeliberationId"] = binding.Id.ToString() }, "#close");

        Assert.Contains("Renouvellement", CityBrowser.TextOf(await anonymous.ReadAsync("/mandates/2026")), StringComparison.Ordinal);
        var act = CityBrowser.TextOf(await anonymous.ReadAsync($"/en/deliberations/{binding.Year}/{binding.Number}"));
        Assert.Contains("It closes the mandate from 7 December 2020 to 7 December 2026", act, StringComparison.Ordinal);
        Assert.Contains("By renewal, it opens the mandate from 7 December 2026", act, StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_database_refuses_to_open_or_close_a_mandate_without_such_a_deliberation(Database database)
    {
        await using var city = new CityFactory(database);
        var (draft, lost, binding) = (Acts.Add(city, Acts.Content()), Acts.AddPosted(city, Acts.Content(vote: Acts.Lost)), Acts.AddPosted(city));
        Assert.Contains("posted and adopted", Assert.Throws<DbUpdateException>(() => SampleMandates.Add(city, 2008, draft.Id)).InnerException!.Message, StringComparison.Ordinal);
        Assert.Throws<DbUpdateException>(() => SampleMandates.Add(city, 2008, lost.Id));
        Assert.Throws<DbUpdateException>(() => SampleMandates.Add(city, 2008, Guid.NewGuid()));
        var mandate = SampleMandates.Add(city, 2008, binding.Id);
        Assert.Throws<DbUpdateException>(() => city.InDb(async db =>
        {
            (await db.Set<Mandate>().SingleAsync()).Close(lost.Id, mandate.EndsOn, Now);
            await db.SaveChangesAsync();
        }));
        Assert.Throws<DbUpdateException>(() => city.InDb(async db =>
        {
            db.Add(Mandate.Prepare(SampleMandates.Content(2014), Now));
            await db.SaveChangesAsync();
            (await db.Set<Mandate>().SingleAsync(other => other.Year == 2014)).Open(draft.Id, isRenewal: true, Now);
            await db.SaveChangesAsync();
        }));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Two_mandates_never_overlap(Database database)
    {
        await using var city = new CityFactory(database);
        var administrator = city.SignedIn(Role.Administrator);
        var running = SampleMandates.Add(city, 2020, Acts.AddPosted(city).Id);
        var early = await administrator.FillAndPostAsync("/administration/mandates/prepare", new Dictionary<string, string>(Typed) { ["StartsOn"] = "2026-12-06" });
        Assert.Equal(HttpStatusCode.OK, early.StatusCode);
        var page = await CityBrowser.ParseAsync(early);
        Assert.Contains("Le mandat de 2020 court pendant certains de ces jours", page.QuerySelector(".ds-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Codécider.", page.QuerySelector("#Input_Powers")!.TextContent.Trim());
        var within = Assert.Throws<DbUpdateException>(() => SampleMandates.Add(city, 2022, ends: new DateOnly(2023, 1, 1)));
        Assert.Contains("overlap", within.InnerException!.Message, StringComparison.Ordinal);
        Assert.Throws<DbUpdateException>(() => SampleMandates.Add(city, 2018, ends: new DateOnly(2030, 1, 1)));
        SampleMandates.Add(city, 2014);
        // The next begins on the day the former is over; a former that is closed early makes room.
        SampleMandates.Add(city, 2026);
        Assert.Throws<DbUpdateException>(() => SampleMandates.Add(city, 2025, ends: new DateOnly(2026, 12, 7)));
        city.InScope(async services => Assert.Equal(CloseMandateResult.Closed, await services.GetRequiredService<MandateHandler>().CloseAsync(running.Id, running.OpenedById!.Value, new DateOnly(2025, 12, 7), CancellationToken.None)));
        SampleMandates.Add(city, 2025, ends: new DateOnly(2026, 12, 7));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Ten_identical_preparations_at_once_save_one(Database database)
    {
        await using var city = new CityFactory(database);
        var administrator = city.SignedIn(Role.Administrator);
        var page = await administrator.ReadAsync("/administration/mandates/prepare");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => administrator.PostAsync(page, "/administration/mandates/prepare", Typed)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        Assert.Equal(1, city.InDb(db => db.Set<Mandate>().CountAsync()));
    }

    [Fact]
    public async Task A_form_with_mistakes_says_them_in_French()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var answer = await city.SignedIn(Role.Administrator).FillAndPostAsync("/administration/mandates/prepare", new Dictionary<string, string>(Typed) { ["SeatsPerCouncil"] = "neuf", ["EndsOn"] = "2026-12-01", ["Powers"] = "" });
        var errors = (await CityBrowser.ParseAsync(answer)).QuerySelector(".ds-error-summary")!.TextContent.Replace('\u00A0', ' ');
        Assert.Contains("« neuf » ne peut pas être utilisé ici", errors, StringComparison.Ordinal);
        Assert.Contains("Écrivez les pouvoirs", errors, StringComparison.Ordinal);
        var reversed = await city.SignedIn(Role.Administrator).FillAndPostAsync("/administration/mandates/prepare", new Dictionary<string, string>(Typed) { ["EndsOn"] = "2026-12-07" });
        Assert.Contains("après son premier jour", (await CityBrowser.ParseAsync(reversed)).QuerySelector(".ds-error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)] // B8
    public async Task A_competence_appears_from_its_mandate_and_not_before(Database database)
    {
        await using var city = new CityFactory(database);
        var binding = Acts.AddPosted(city).Id;
        var (before, from, after) = (SampleMandates.Add(city, 2008, binding), SampleMandates.Add(city, 2020, binding), SampleMandates.Add(city, 2026, binding));
        var administrator = city.SignedIn(Role.Administrator);
        var path = $"/administration/mandates/{from.Id}";
        var page = await administrator.ReadAsync(path);
        var sent = new Dictionary<string, string> { ["Added.Name"] = "Transition écologique", ["Added.Description"] = "Arbres, eau, énergie." };
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => administrator.PostAsync(page, path, sent, "#competence")));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Redirect);
        Assert.Equal("transition-ecologique", city.InDb(db => db.Set<Competence>().SingleAsync()).Code);
        var anonymous = city.Anonymous();
        Assert.DoesNotContain("écologique", CityBrowser.TextOf(await anonymous.ReadAsync($"/mandates/{before.Year}")), StringComparison.Ordinal);
        Assert.Contains("Nouveau dans ce mandat", CityBrowser.TextOf(await anonymous.ReadAsync($"/mandates/{from.Year}")), StringComparison.Ordinal);
        var later = CityBrowser.TextOf(await anonymous.ReadAsync($"/mandates/{after.Year}"));
        Assert.Contains("écologique", later, StringComparison.Ordinal);
        Assert.DoesNotContain("Nouveau dans ce mandat", later, StringComparison.Ordinal);
        Assert.Null((await administrator.ReadAsync($"/administration/mandates/{before.Id}")).QuerySelector("#competence"));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)] // B9
    public async Task The_matrix_says_who_co_decides_and_the_log_keeps_what_was_before(Database database)
    {
        await using var city = new CityFactory(database);
        var mandate = SampleMandates.Add(city, 2020, Acts.AddPosted(city).Id);
        var roads = SampleMandates.AddCompetence(city, mandate, "Voirie");
        var path = $"/administration/mandates/{mandate.Id}/delegations/{roads.Id}";
        var administrator = city.SignedIn(Role.Administrator);
        Assert.False(CoDecides(city, "voirie", "2026-11-23"));
        Assert.Equal(HttpStatusCode.Redirect, await SetAsync("CoDecides:NeighbourhoodCouncil", "CoDecides:City", "Executes:Department", "Proposes:Inhabitants"));
        Assert.True(CoDecides(city, "voirie", "2026-11-23"));
        Assert.False(CoDecides(city, "voirie", "2026-12-07"));
        Assert.False(CoDecides(city, "voirie", "2020-12-06"));
        Assert.False(CoDecides(city, "espaces-verts", "2026-11-23"));

        var row = (await city.Anonymous().ReadAsync("/mandates/2020")).QuerySelector("tbody tr")!;
        Assert.Equal("row", row.QuerySelector("th")!.GetAttribute("scope"));
        Assert.Equal(["Habitants", "–personne", "Conseil de quartier, Ville (conseil municipal)", "–personne", "Service"], row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()));
        Assert.Equal(4, (await administrator.ReadAsync(path)).QuerySelectorAll("input[checked]").Length);

        Assert.Equal(HttpStatusCode.OK, await SetAsync("CoDecides:NeighbourhoodCouncil"));
        Assert.Equal(HttpStatusCode.OK, await SetAsync("CoDecides:NeighbourhoodCouncil", "CoDecides:City", "Decides:City"));
        Assert.Equal(HttpStatusCode.Redirect, await SetAsync("Decides:City", "Advises:NeighbourhoodCouncil"));
        Assert.False(CoDecides(city, "voirie", "2026-11-23"));
        var log = city.InDb(db => db.Set<AuditEntry>().Where(entry => entry.Action == "delegations.set").OrderBy(entry => entry.Sequence).ToListAsync());
        Assert.Equal(2, log.Count);
        Assert.Contains("\"before\":[\"Proposes:Inhabitants\",\"CoDecides:NeighbourhoodCouncil\",\"CoDecides:City\",\"Executes:Department\"]", log[1].Details, StringComparison.Ordinal);

        async Task<HttpStatusCode> SetAsync(params string[] crosses)
        {
            var token = (await administrator.ReadAsync(path)).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. crosses.Select(cross => new KeyValuePair<string, string>("Chosen", cross))]);
            return (await administrator.Http.PostAsync(new Uri(path, UriKind.Relative), form)).StatusCode;
        }
    }

    private static bool CoDecides(CityFactory city, string competence, string day)
    {
        var answer = false;
        city.InScope(async services => answer = await services.GetRequiredService<MandateRules>().CouncilCoDecidesAsync(competence, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), CancellationToken.None));
        return answer;
    }
}
