using System.IO.Compression;
using System.Net;
using ActiveCitizens.Voting.Verification;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Elections.EndElection;
using ActiveCitizens.Web.Features.Elections.WatchElection;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Candidate = ActiveCitizens.Web.Features.Elections.Candidate;

namespace ActiveCitizens.Web.Tests.Elections;

/// <summary>What is written down at the end, and what is destroyed.</summary>
public sealed class RecordTests
{
    [Fact]
    public async Task The_record_says_the_same_as_page_as_document_and_as_print()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Sealed(city, contests: 2, candidates: 10);
        var contest = sample.Contests[0];
        sample.Member(BoardDuty.President, name: "Paule <Présidente>");
        sample.Cast(contest, contest.Electors[0], 0, 1);
        var address = $"/elections/{sample.Election.Slug}";
        Assert.Equal(HttpStatusCode.NotFound, (await city.Anonymous().GetAsync($"{address}/record")).StatusCode);
        SeatTests.In<WatchHandler, bool>(sample, async handler =>
        {
            await handler.WriteAsync(sample.Election.Id, contest.Contest.Id, "Bob", "Panne de courant de dix minutes.", default);
            return true;
        });
        SeatTests.Count(sample);
        PaperTests.Finish(sample);
        SeatTests.Proclaim(sample);

        var page = CityBrowser.TextOf(await city.Anonymous().ReadAsync($"{address}/record"));
        var docx = await city.Anonymous().Http.GetByteArrayAsync(new Uri($"{address}/record.docx", UriKind.Relative));
        using var zip = new ZipArchive(new MemoryStream(docx));
        using var reader = new StreamReader(zip.GetEntry("word/document.xml")!.Open());
        var document = await reader.ReadToEndAsync();
        foreach (var words in (string[])["Camille Candidat1", "Panne de courant de dix minutes.", sample.Read(contest).LastEvent!, sample.Read(contest).Fingerprint!])
        {
            Assert.Contains(words, page, StringComparison.Ordinal);
            Assert.Contains(words, document, StringComparison.Ordinal);
        }

        Assert.Contains("Paule &lt;Présidente&gt;, préside le bureau électoral", document, StringComparison.Ordinal);
        var errors = new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(DocumentFormat.OpenXml.Packaging.WordprocessingDocument.Open(new MemoryStream(docx), isEditable: false)).Select(error => $"{error.Path?.XPath}: {error.Description}").ToList();
        Assert.Empty(errors);
        // One neighbourhood's record leaves the others out.
        var one = CityBrowser.TextOf(await city.Anonymous().ReadAsync($"{address}/{sample.Contests[1].Code()}/record"));
        Assert.DoesNotContain(sample.Read(contest).LastEvent!, one, StringComparison.Ordinal);
        using var pdf = await city.Anonymous().GetAsync($"{address}/record.pdf");
        Assert.True(pdf.StatusCode == HttpStatusCode.Redirect || (await pdf.Content.ReadAsByteArrayAsync()).AsSpan(0, 5).SequenceEqual("%PDF-"u8));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task After_the_time_for_appeal_the_roll_is_destroyed_and_the_box_is_still_verifiable(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city, candidates: 12);
        var contest = sample.Contests[0];
        sample.Cast(contest, contest.Electors[0], 0, 1, 2);
        DeskTests.Mark(sample, contest, 2, VotingWay.Post);
        SeatTests.Count(sample);
        PaperTests.TypeTwice(sample, contest, new(1, 1, 0, new int[12]));
        PaperTests.Finish(sample);
        PublicBoardTests.Publish(sample);
        Assert.Equal(EndElectionResult.NotProclaimed, End(sample));
        SeatTests.Proclaim(sample);
        Assert.Equal(EndElectionResult.AppealStillOpen, End(sample));
        Assert.Equal(5, city.InDb(db => db.Set<Elector>().CountAsync()));
        city.Clock.Advance(EndElectionHandler.Appeal);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => End(sample))));
        Assert.Single(answers, EndElectionResult.Ended);
        Assert.Equal(0, city.InDb(db => db.Set<Elector>().CountAsync()));
        Assert.Equal(0, city.InDb(db => db.Set<RollMark>().CountAsync()));
        var record = city.InDb(db => db.Set<DestructionRecord>().SingleAsync());
        Assert.Equal((5, 2, 9), (record.Electors, record.RollMarks, record.Contacts));
        Assert.ThrowsAny<Exception>(() => city.InDb(db => db.Set<DestructionRecord>().ExecuteDeleteAsync()));
        Assert.Equal(9, city.InDb(db => db.Set<Candidate>().CountAsync(candidate => candidate.Email == "")));
        Assert.Equal(VerificationVerdict.Valid, sample.Verify(contest).Verdict);
        var results = CityBrowser.TextOf(await city.Anonymous().ReadAsync($"/elections/{sample.Election.Slug}/results"));
        Assert.Contains("les données de 5 électeurs, 2 émargements", results, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_office_destroys_with_a_second_look_and_keeps_the_seats()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Sealed(city);
        sample.Cast(sample.Contests[0], sample.Contests[0].Electors[0], 0);
        SeatTests.Count(sample);
        PaperTests.Finish(sample);
        SeatTests.Proclaim(sample);
        var office = city.SignedIn(Role.Officer);
        var seats = $"/administration/elections/{sample.Election.Id}/seats";
        Assert.Equal(HttpStatusCode.Redirect, (await office.FillAndPostAsync(seats, new Dictionary<string, string>(), "td form")).StatusCode);
        Assert.Equal(SeatState.Accepted, city.InDb(db => db.Set<Seat>().SingleAsync(seat => seat.CandidateId != null)).State);
        var seat = city.InDb(db => db.Set<Seat>().SingleAsync(one => one.CandidateId != null));
        Assert.Contains("Écrivez le motif", CityBrowser.TextOf(await CityBrowser.ParseAsync(await office.FillAndPostAsync(seats, new Dictionary<string, string> { ["SeatId"] = seat.Id.ToString() }, "#leave-seat"))), StringComparison.Ordinal);
        await office.FillAndPostAsync(seats, new Dictionary<string, string> { ["SeatId"] = seat.Id.ToString(), ["Reason"] = "Lettre du 3 mai" }, "#leave-seat");
        Assert.Equal(SeatState.Vacant, city.InDb(db => db.Set<Seat>().SingleAsync(one => one.Number == 1 && one.Turn == 2)).State);

        city.Clock.Advance(EndElectionHandler.Appeal);
        office = city.SignedIn(Role.Officer);
        var end = $"/administration/elections/{sample.Election.Id}/end";
        Assert.Contains("Cochez", CityBrowser.TextOf(await CityBrowser.ParseAsync(await office.FillAndPostAsync(end, new Dictionary<string, string>(), "#end"))), StringComparison.Ordinal);
        await office.FillAndPostAsync(end, new Dictionary<string, string> { ["Sure"] = "true" }, "#end");
        Assert.Equal(ElectionState.Final, sample.ReadState().State);
        Assert.Contains("Détruit le", CityBrowser.TextOf(await office.ReadAsync(end)), StringComparison.Ordinal);
    }

    private static EndElectionResult End(SampleElection sample) => SeatTests.In<EndElectionHandler, EndElectionResult>(sample, handler => handler.EndAsync(sample.Election.Id, "Bureau des élections", default));
}
