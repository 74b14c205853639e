using System.Globalization;
using System.Net;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Tests.Harness;
using ActiveCitizens.Web.Tests.Mandates;
using ActiveCitizens.Web.Tests.MunicipalCouncil;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.Elections;

public sealed class SetUpTests
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task An_officer_sets_an_election_up_and_a_deliberation_calls_it(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var (office, anonymous) = (city.SignedIn(Role.Officer), city.Anonymous());
        var id = await CreateAsync(city, office, "essai");
        Assert.Equal(23, city.InDb(db => db.Set<Contest>().CountAsync(contest => contest.ElectionId == id)));
        Assert.Equal(Enum.GetValues<ElectionStep>().Length, city.InDb(db => db.Set<CalendarStep>().CountAsync(step => step.ElectionId == id)));
        // A draft is the office's alone.
        Assert.Equal(HttpStatusCode.NotFound, (await anonymous.GetAsync("/elections/essai")).StatusCode);
        Assert.DoesNotContain("Conseils d’essai", CityBrowser.TextOf(await anonymous.ReadAsync("/elections")), StringComparison.Ordinal);

        var path = $"/administration/elections/{id}";
        Assert.Equal(HttpStatusCode.Redirect, (await office.FillAndPostAsync($"{path}/edit", Rules)).StatusCode);
        var act = Acts.AddPosted(city);
        var lost = Acts.AddPosted(city, Acts.Content(vote: Acts.Lost));
        var page = await office.ReadAsync(path);
        Assert.DoesNotContain(lost.Id.ToString(), page.Body!.InnerHtml, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await office.PostAsync(page, path, new Dictionary<string, string> { ["DeliberationId"] = act.Id.ToString() }, "#call")).StatusCode);

        var shown = CityBrowser.TextOf(await anonymous.ReadAsync("/elections/essai"));
        Assert.Contains("Chaque siège va tour à tour à la liste qui a le plus de voix par siège", shown, StringComparison.Ordinal);
        Assert.Contains("prend d’abord la moitié des sièges", shown, StringComparison.Ordinal);
        Assert.Contains("femmes et hommes alternent", shown, StringComparison.Ordinal);
        Assert.Contains("3 dépositaires ensemble suffisent", shown, StringComparison.Ordinal);
        Assert.Contains("05 53 00 00 00", shown, StringComparison.Ordinal);
        Assert.Contains(act.Reference, shown, StringComparison.Ordinal);
        Assert.Contains("Les électeurs inscrits sur la liste électorale de la ville", shown, StringComparison.Ordinal);
        Assert.Contains("Bureau de vote", CityBrowser.TextOf(await anonymous.ReadAsync("/elections/essai/q14")), StringComparison.Ordinal);
        Assert.Equal(1, city.InDb(db => db.Set<AuditEntry>().CountAsync(entry => entry.Action == "election.called" && entry.Subject == $"election:{id}")));

        // Its rules are fixed now.
        Assert.Contains("ne changent plus", CityBrowser.TextOf(await office.ReadAsync($"{path}/edit")), StringComparison.Ordinal);
        city.InScope(async services => Assert.Equal(RewriteElectionResult.NoLongerADraft, await services.GetRequiredService<SetUpElectionHandler>().RewriteAsync(id, new("x", new(), city.Clock.GetUtcNow(), city.Clock.GetUtcNow().AddDays(1), "", null), default)));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Ten_clicks_at_once_make_one_election_and_call_it_once(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var office = city.SignedIn(Role.Administrator);
        var page = await office.ReadAsync("/administration/elections/create");
        var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => office.PostAsync(page, "/administration/elections/create", Draft(city, "dix"))));
        Assert.Single(made, answer => answer.StatusCode == HttpStatusCode.Redirect);
        var election = city.InDb(db => db.Set<Election>().AsNoTracking().SingleAsync(one => one.Slug == "dix"));
        Assert.Equal(23, city.InDb(db => db.Set<Contest>().CountAsync(contest => contest.ElectionId == election.Id)));

        await office.FillAndPostAsync($"/administration/elections/{election.Id}/edit", Rules);
        var act = Acts.AddPosted(city);
        var manage = await office.ReadAsync($"/administration/elections/{election.Id}");
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => office.PostAsync(manage, $"/administration/elections/{election.Id}", new Dictionary<string, string> { ["DeliberationId"] = act.Id.ToString() }, "#call")));
        Assert.Equal(ElectionState.Called, city.InDb(db => db.Set<Election>().AsNoTracking().SingleAsync(one => one.Id == election.Id)).State);
        Assert.Equal(1, city.InDb(db => db.Set<AuditEntry>().CountAsync(entry => entry.Action == "election.called" && entry.Subject == $"election:{election.Id}")));
    }

    [Fact]
    public async Task What_is_wrong_in_a_draft_is_said_and_what_was_typed_is_kept()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var office = city.SignedIn(Role.Officer);
        var answer = await CityBrowser.ParseAsync(await office.FillAndPostAsync("/administration/elections/create", new Dictionary<string, string> { ["Name"] = "Essai", ["Slug"] = "Grand Nom!", ["IsRehearsal"] = "true" }));
        Assert.Contains("minuscules, des chiffres et des traits d’union", CityBrowser.TextOf(answer), StringComparison.Ordinal);
        Assert.Equal("Grand Nom!", answer.QuerySelector("#Input_Slug")!.GetAttribute("value"));

        var id = await CreateAsync(city, office, "faux");
        var path = $"/administration/elections/{id}/edit";
        Assert.Contains("doit se clore après son ouverture", CityBrowser.TextOf(await CityBrowser.ParseAsync(await office.FillAndPostAsync(path, new Dictionary<string, string>(Rules) { ["ClosesOn"] = "2027-03-01" }))), StringComparison.Ordinal);
        Assert.Contains("suppose plusieurs listes", CityBrowser.TextOf(await CityBrowser.ParseAsync(await office.FillAndPostAsync(path, new Dictionary<string, string>(Rules) { ["Method"] = "SingleList" }))), StringComparison.Ordinal);
        // No help line, no call.
        Acts.AddPosted(city);
        var manage = await office.ReadAsync($"/administration/elections/{id}");
        var act = city.InDb(db => db.Set<Features.MunicipalCouncil.Deliberation>().AsNoTracking().FirstAsync(one => one.PublishedAt != null && one.IsAdopted));
        Assert.Contains("Dites d’abord", CityBrowser.TextOf(await CityBrowser.ParseAsync(await office.PostAsync(manage, $"/administration/elections/{id}", new Dictionary<string, string> { ["DeliberationId"] = act.Id.ToString() }, "#call"))), StringComparison.Ordinal);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task No_step_is_skipped_silently(Database database)
    {
        await using var city = new CityFactory(database, demonstration: true);
        var (office, anonymous) = (city.SignedIn(Role.Officer), city.Anonymous());
        var id = city.InDb(db => db.Set<Election>().AsNoTracking().SingleAsync(one => one.Slug == "2026")).Id;
        var path = $"/administration/elections/{id}/calendar";
        Assert.Equal(EndStepResult.EarlierStepsOpen, Finish(city, id, ElectionStep.RollDisplayed));
        Assert.Equal(EndStepResult.NotThisWay, Finish(city, id, ElectionStep.RollImported));
        Assert.Equal(EndStepResult.NotThisWay, Waive(city, id, ElectionStep.RollImported));
        Assert.Equal(EndStepResult.NotThisWay, Waive(city, id, ElectionStep.Sealed));

        city.InScope(async services =>
        {
            await services.GetRequiredService<ElectionCalendar>().FinishAsync(id, ElectionStep.RollImported, default);
            await services.GetRequiredService<Persistence.CityDbContext>().SaveChangesAsync();
        });
        var page = await office.ReadAsync(path);
        Assert.Contains("Dites pourquoi", CityBrowser.TextOf(await CityBrowser.ParseAsync(await office.PostAsync(page, path, new Dictionary<string, string> { ["Reason"] = "" }, "#waive"))), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await office.PostAsync(page, path, new Dictionary<string, string> { ["Reason"] = "<script>alert(1)</script> Répétition à huis clos" }, "#waive")).StatusCode);
        var shown = await anonymous.ReadAsync("/elections/2026");
        Assert.Contains("<script>alert(1)</script> Répétition à huis clos", CityBrowser.TextOf(shown), StringComparison.Ordinal);
        Assert.Empty(shown.QuerySelectorAll("main script"));

        page = await office.ReadAsync(path);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => office.PostAsync(page, path, new Dictionary<string, string>(), "#finish")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal(1, city.InDb(db => db.Set<AuditEntry>().CountAsync(entry => entry.Action == "election.step-done" && entry.Subject == $"election:{id}")));
        Assert.Contains("/elections/2026/q14/stand", (await anonymous.ReadAsync("/elections/2026/q14")).Body!.InnerHtml, StringComparison.Ordinal);
        Assert.Equal(EndStepResult.Done, Finish(city, id, ElectionStep.CandidaciesClosed));
        Assert.DoesNotContain("/elections/2026/q14/stand", (await anonymous.ReadAsync("/elections/2026/q14")).Body!.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Days_are_proposed_in_order_and_stay_in_order()
    {
        var plan = CalendarPlan.Propose(new DateOnly(2027, 3, 7), new DateOnly(2027, 3, 14), new DateOnly(2027, 1, 20));
        Assert.Null(CalendarPlan.OutOfOrder(plan));
        Assert.Equal(new DateOnly(2027, 1, 20), plan[ElectionStep.Called]);
        Assert.Equal(new DateOnly(2027, 2, 21), plan[ElectionStep.CampaignOpened]);
        Assert.Equal(Enum.GetValues<ElectionStep>(), plan.Keys.Order());

        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var office = city.SignedIn(Role.Officer);
        var path = $"/administration/elections/{city.InDb(db => db.Set<Election>().AsNoTracking().SingleAsync(one => one.Slug == "2026")).Id}/calendar";
        var page = await office.ReadAsync(path);
        var refused = await CityBrowser.ParseAsync(await office.PostAsync(page, path, new Dictionary<string, string> { ["days[CandidaciesClosed]"] = "2020-01-01" }, "#plan"));
        Assert.Contains("« Clôture des candidatures » ne peut pas être prévu avant", CityBrowser.TextOf(refused), StringComparison.Ordinal);
        Assert.Equal("2020-01-01", refused.QuerySelector("input[name='days[CandidaciesClosed]']")!.GetAttribute("value"));
        var moved = page.QuerySelector("input[name='days[CandidaciesDecided]']")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.Redirect, (await office.PostAsync(page, path, new Dictionary<string, string> { ["days[CandidaciesClosed]"] = moved }, "#plan")).StatusCode);
        Assert.Equal(moved, city.InDb(db => db.Set<CalendarStep>().AsNoTracking().SingleAsync(step => step.Step == ElectionStep.CandidaciesClosed)).PlannedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Sealing_says_what_is_missing_in_plain_words_then_shows_the_fingerprints(Database database)
    {
        await using var city = new CityFactory(database);
        var office = city.SignedIn(Role.Officer);
        var sample = SampleElection.Called(city, contests: 2);
        var path = $"/administration/elections/{sample.Election.Id}/seal";
        var code = sample.Contests[1].Contest.NeighbourhoodCode;
        var credentials = city.InDb(async db =>
        {
            var contest = await db.Set<Contest>().SingleAsync(one => one.Id == sample.Contests[1].Contest.Id);
            var kept = contest.CredentialsDocument;
            contest.KeepCredentials(null);
            await db.SaveChangesAsync();
            return kept;
        });
        var missing = CityBrowser.TextOf(await CityBrowser.ParseAsync(await office.FillAndPostAsync(path, new Dictionary<string, string>())));
        Assert.Contains($"{code} : l’autorité des codes n’a pas remis la liste publique des codes", missing.Replace('\u202F', ' '), StringComparison.Ordinal);
        city.InDb(async db =>
        {
            (await db.Set<Contest>().SingleAsync(one => one.Id == sample.Contests[1].Contest.Id)).KeepCredentials(credentials);
            await db.SaveChangesAsync();
        });
        Assert.Equal(HttpStatusCode.Redirect, (await office.FillAndPostAsync(path, new Dictionary<string, string>())).StatusCode);
        var fixedAs = sample.Read(sample.Contests[0]);
        var shown = CityBrowser.TextOf(await office.ReadAsync(path));
        Assert.Contains(fixedAs.RollFingerprint!, shown, StringComparison.Ordinal);
        Assert.Contains(fixedAs.Fingerprint!, shown, StringComparison.Ordinal);
        Assert.Contains(fixedAs.Fingerprint!, CityBrowser.TextOf(await city.Anonymous().ReadAsync($"/elections/{sample.Election.Slug}")), StringComparison.Ordinal);
        Assert.Contains("Voter maintenant", CityBrowser.TextOf(await city.Anonymous().ReadAsync($"/elections/{sample.Election.Slug}/{fixedAs.NeighbourhoodCode.ToLowerInvariant()}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_problem_step_and_rule_has_its_words()
    {
        await using var city = new CityFactory(Database.Sqlite);
        city.InScope(services =>
        {
            var text = services.GetRequiredService<Microsoft.Extensions.Localization.IStringLocalizer<ElectionsText>>();
            Assert.All(Enum.GetValues<ElectionStep>(), step => Assert.NotEmpty(text.NameOf(step)));
            Assert.All(Enum.GetValues<ElectionState>(), state => Assert.NotEmpty(text.NameOf(state)));
            Assert.All(Enum.GetValues<ElectionMethod>(), method => Assert.NotEmpty(text.Explain(method)));
            Assert.All(Enum.GetValues<RollFault>(), fault => Assert.NotEmpty(text.Explain(new RollProblem(1, fault, "x"))));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task The_demonstration_has_a_called_election_that_says_it_is_invented()
    {
        await using var city = new CityFactory(Database.Sqlite, demonstration: true);
        var anonymous = city.Anonymous();
        var shown = CityBrowser.TextOf(await anonymous.ReadAsync("/elections/2026"));
        Assert.Contains("sont inventés pour la démonstration", shown, StringComparison.Ordinal);
        Assert.Contains("Aïssatou Diop", CityBrowser.TextOf(await anonymous.ReadAsync("/elections/2026/q14")), StringComparison.Ordinal);
        Assert.Contains("inventée pour la démonstration", CityBrowser.TextOf(await anonymous.ReadAsync("/deliberations/2026/96")), StringComparison.Ordinal);
        Assert.Equal(207, city.InDb(db => db.Set<Contest>().SumAsync(contest => contest.Seats)));
    }

    private static Dictionary<string, string> Rules => new(StringComparer.Ordinal)
    {
        ["OpensOn"] = "2027-03-07", ["OpensTime"] = "09:00", ["ClosesOn"] = "2027-03-14", ["ClosesTime"] = "18:00", ["HelpLine"] = "05 53 00 00 00, mairie", ["Method"] = "ListHighestAverages", ["HasMajorityBonus"] = "true",
        ["Parity"] = "Alternating", ["TrusteeThreshold"] = "3",
    };

    private static Dictionary<string, string> Draft(CityFactory city, string slug)
    {
        var mandate = city.InDb(db => db.Set<Features.Mandates.Mandate>().AsNoTracking().FirstOrDefaultAsync(one => one.Year == 2026)) ?? SampleMandates.Add(city, 2026);
        return new(StringComparer.Ordinal) { ["Name"] = "Conseils d’essai", ["Slug"] = slug, ["MandateId"] = mandate.Id.ToString() };
    }

    private static async Task<Guid> CreateAsync(CityFactory city, CityBrowser office, string slug)
    {
        Assert.Equal(HttpStatusCode.Redirect, (await office.FillAndPostAsync("/administration/elections/create", Draft(city, slug))).StatusCode);
        return city.InDb(db => db.Set<Election>().AsNoTracking().SingleAsync(one => one.Slug == slug)).Id;
    }

    private static EndStepResult Finish(CityFactory city, Guid id, ElectionStep step)
    {
        EndStepResult result = default;
        city.InScope(async services => result = await services.GetRequiredService<SetUpElectionHandler>().FinishStepAsync(id, step, default));
        return result;
    }

    private static EndStepResult Waive(CityFactory city, Guid id, ElectionStep step)
    {
        EndStepResult result = default;
        city.InScope(async services => result = await services.GetRequiredService<SetUpElectionHandler>().WaiveStepAsync(id, step, "motif", default));
        return result;
    }
}
