using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Elections.CountPaper;
using ActiveCitizens.Web.Tests.Harness;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ActiveCitizens.Web.Tests.Elections;

/// <summary>Paper results: typed twice, blind, and held against the roll.</summary>
public sealed class PaperTests
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_paper_result_stands_when_two_people_typed_the_same(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city, candidates: 10);
        var contest = sample.Contests[0];
        DeskTests.Mark(sample, contest, 1, VotingWay.PollingStation);
        DeskTests.Mark(sample, contest, 2, VotingWay.Post);
        var (anne, bob, president) = (sample.Member(BoardDuty.Assessor, name: "Anne"), sample.Member(BoardDuty.Assessor, name: "Bob"), sample.Member(BoardDuty.President));
        var address = $"/board/{sample.Election.Slug}/paper/{contest.Code()}";
        Assert.Null((await anne.ReadAsync(address)).QuerySelector("#figures"));
        sample.Close();

        await TypeAsync(anne, ballots: 2, first: 2, second: 1);
        // Blind: Bob sees an empty form, and no figure of Anne's.
        var blind = await bob.ReadAsync(address);
        Assert.All(blind.QuerySelectorAll("#figures input[type=text]").Cast<IHtmlInputElement>(), input => Assert.Equal("", input.Value));
        var differs = await TypeAsync(bob, ballots: 2, first: 1, second: 1);
        Assert.Equal(["Camille Candidat1", "2", "1"], Assert.Single(differs.QuerySelectorAll("main tbody tr")).Children.Select(cell => cell.TextContent));
        // A third person is not needed, and a figure that cannot be is refused.
        Assert.Null((await president.ReadAsync(address)).QuerySelector("#figures"));
        var impossible = CityBrowser.TextOf(await CityBrowser.ParseAsync(await bob.FillAndPostAsync(address, Figures(2, 3, 0), "#figures")));
        Assert.Contains("ne peut pas avoir plus de voix", impossible, StringComparison.Ordinal);
        Assert.Contains("figé", CityBrowser.TextOf(await TypeAsync(bob, ballots: 2, first: 2, second: 1)), StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => city.InDb(db => db.Set<PaperCount>().ExecuteUpdateAsync(set => set.SetProperty(count => count.Blank, 1))));

        var list = $"/board/{sample.Election.Slug}/paper";
        await president.FillAndPostAsync(list, new Dictionary<string, string>());
        Assert.True(city.InDb(db => db.Set<CalendarStep>().AnyAsync(step => step.ElectionId == sample.Election.Id && step.Step == ElectionStep.PaperCounted && step.DoneAt != null)));

        async Task<IHtmlDocument> TypeAsync(CityBrowser browser, int ballots, int first, int second)
        {
            (await browser.FillAndPostAsync(address, Figures(ballots, first, second), "#figures")).Dispose();
            return await browser.ReadAsync(address);
        }
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Papers_that_are_not_as_many_as_the_marks_need_a_reason_in_the_journal(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city, candidates: 10);
        var contest = sample.Contests[0];
        DeskTests.Mark(sample, contest, 1, VotingWay.PollingStation);
        var (anne, president) = (sample.Member(BoardDuty.Assessor, name: "Anne"), sample.Member(BoardDuty.President, name: "Paul"));
        var address = $"/board/{sample.Election.Slug}/paper/{contest.Code()}";
        sample.Close();
        var list = $"/board/{sample.Election.Slug}/paper";
        Assert.Contains("n’ont pas été saisis deux fois", CityBrowser.TextOf(await CityBrowser.ParseAsync(await president.FillAndPostAsync(list, new Dictionary<string, string>()))), StringComparison.Ordinal);
        await anne.FillAndPostAsync(address, Figures(2, 2, 1), "#figures");
        await president.FillAndPostAsync(address, Figures(2, 2, 1), "#figures");
        Assert.Contains("écrivez pourquoi", CityBrowser.TextOf(await CityBrowser.ParseAsync(await president.FillAndPostAsync(list, new Dictionary<string, string>()))), StringComparison.Ordinal);
        await president.FillAndPostAsync(address, new Dictionary<string, string> { ["Reason"] = "Une enveloppe trouvée sous l’urne." }, "#explain");
        Assert.Equal(FinishPaperResult.Finished, Finish(sample));
        Assert.Equal(JournalKind.Paper, city.InDb(db => db.Set<JournalEntry>().SingleAsync(entry => entry.ElectionId == sample.Election.Id)).Kind);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task One_person_never_types_both_times(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city);
        sample.Close();
        var account = city.AddAccount().Id;
        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Type(sample, sample.Contests[0], account, "Anne", new(1, 1, 0, new int[12])))));
        Assert.All(results, result => Assert.Equal(TypePaperResult.Waiting, result));
        Assert.Equal(1, city.InDb(db => db.Set<PaperCount>().CountAsync()));
    }

    internal static TypePaperResult Type(SampleElection sample, SampleContest contest, Guid account, string name, PaperFigures figures)
    {
        var answer = TypePaperResult.NotNow;
        sample.City.InScope(async services => answer = await services.GetRequiredService<CountPaperHandler>().TypeAsync(sample.ReadState(), contest.Contest.Id, account, name, figures, default));
        return answer;
    }

    /// <summary>Two people of the board type the same.</summary>
    internal static void TypeTwice(SampleElection sample, SampleContest contest, PaperFigures figures)
    {
        Assert.Equal(TypePaperResult.Waiting, Type(sample, contest, Guid.NewGuid(), "Anne", figures));
        Assert.Equal(TypePaperResult.Fixed, Type(sample, contest, Guid.NewGuid(), "Bob", figures));
    }

    internal static FinishPaperResult Finish(SampleElection sample)
    {
        var answer = FinishPaperResult.NotNow;
        sample.City.InScope(async services => answer = await services.GetRequiredService<CountPaperHandler>().FinishAsync(sample.ReadState(), default));
        return answer;
    }

    private static Dictionary<string, string> Figures(int ballots, int first, int second)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["Ballots"] = $"{ballots}", ["Blank"] = "0", ["Void"] = "0" };
        for (var place = 0; place < 10; place++)
        {
            fields[$"Votes[{place}]"] = place switch { 0 => $"{first}", 1 => $"{second}", _ => "0" };
        }

        return fields;
    }
}
