using System.Net;
using System.Text.Json;
using ActiveCitizens.Web.Features.Budgets;
using ActiveCitizens.Web.Features.Budgets.ShowNeeded;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.Budgets;

public sealed class ShowNeededTests
{
    // By votes the garden (60, three votes) leaves 40: too little for the second (50, two votes).
    private const string Page = "/budgets/agen-2026/projects/2/needed/city_greedy_skip";
    private static readonly Dictionary<string, string> Nothing = [];

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task What_a_project_lacked_is_asked_once_found_in_the_background_and_kept(Database database)
    {
        await using var city = new CityFactory(database);
        await SmallVote.PublishAsync(city);
        var inhabitant = city.Anonymous();
        Assert.Equal(HttpStatusCode.Redirect, (await inhabitant.FillAndPostAsync(Page, Nothing, "#ask")).StatusCode);

        var waiting = await city.Anonymous().ReadAsync(Page);
        Assert.NotNull(waiting.QuerySelector("progress"));
        Assert.Null(waiting.QuerySelector("#ask"));
        var progress = JsonDocument.Parse(await (await inhabitant.GetAsync($"{Page}?handler=progress")).Content.ReadAsStringAsync()).RootElement;
        Assert.False(progress.GetProperty("done").GetBoolean());

        FindNeeded(city);
        var answer = CityBrowser.TextOf(await city.Anonymous().ReadAsync(Page));
        Assert.Contains("10 € de moins", answer, StringComparison.Ordinal);
        Assert.Contains("2 votants de plus", answer, StringComparison.Ordinal);
        Assert.True(JsonDocument.Parse(await (await inhabitant.GetAsync($"{Page}?handler=progress")).Content.ReadAsStringAsync()).RootElement.GetProperty("done").GetBoolean());

        // Asked again, the answer stays.
        var need = city.InDb(db => db.Set<BudgetNeed>().AsNoTracking().SingleAsync());
        FindNeeded(city);
        Assert.Equal(need.FoundAt, city.InDb(db => db.Set<BudgetNeed>().AsNoTracking().SingleAsync()).FoundAt);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Ten_people_asking_at_once_ask_one_question(Database database)
    {
        await using var city = new CityFactory(database);
        await SmallVote.PublishAsync(city);
        var page = await city.Anonymous().ReadAsync(Page);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => city.Anonymous().PostAsync(page, Page, Nothing, "#ask")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal(1, city.InDb(db => db.Set<BudgetNeed>().CountAsync()));
    }

    [Fact]
    public async Task When_too_many_questions_wait_the_next_one_is_told_to_come_back_and_nothing_is_kept()
    {
        await using var city = new CityFactory(Database.Sqlite);
        await SmallVote.PublishAsync(city);
        city.InDb(async db =>
        {
            var round = await db.Set<BudgetRound>().SingleAsync();
            db.AddRange(Enumerable.Range(1000, FindNeededHandler.MostWaiting).Select(number => new BudgetNeed { RoundId = round.Id, Rule = "phragmen", Number = number, AskedAt = city.Clock.GetUtcNow() }));
            await db.SaveChangesAsync();
        });
        var answer = await city.Anonymous().FillAndPostAsync(Page, Nothing, "#ask");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Trop de questions attendent", CityBrowser.TextOf(await CityBrowser.ParseAsync(answer)), StringComparison.Ordinal);
        Assert.Equal(FindNeededHandler.MostWaiting, city.InDb(db => db.Set<BudgetNeed>().CountAsync()));
    }

    [Theory]
    [InlineData("/budgets/agen-2026/projects/9/needed/city_greedy_skip")]
    [InlineData("/budgets/agen-2026/projects/2/needed/monarchy")]
    [InlineData("/budgets/nowhere/projects/2/needed/city_greedy_skip")]
    public async Task Nobody_can_ask_about_what_is_not_there(string address)
    {
        await using var city = new CityFactory(Database.Sqlite);
        await SmallVote.PublishAsync(city);
        using var nothing = new FormUrlEncodedContent([]);
        Assert.Equal(HttpStatusCode.NotFound, (await city.Anonymous().Http.PostAsync(new Uri(address, UriKind.Relative), nothing)).StatusCode);
        Assert.Equal(0, city.InDb(db => db.Set<BudgetNeed>().CountAsync()));
    }

    private static void FindNeeded(CityFactory city) => city.InScope(services => services.GetRequiredService<FindNeededHandler>().RunWaitingAsync(CancellationToken.None));
}
