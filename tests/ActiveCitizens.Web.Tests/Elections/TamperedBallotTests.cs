using System.Net;
using System.Text;
using ActiveCitizens.Voting.Verification;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Elections.CastBallot;
using ActiveCitizens.Web.Tests.Harness;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Tests.Elections;

/// <summary>Ballots that somebody changed, each refused by the rule that is meant for it, and without a trace.</summary>
public sealed class TamperedBallotTests
{
    [Fact]
    public async Task A_tampered_ballot_is_refused_by_the_rule_meant_for_it_and_leaves_nothing_behind()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Sealed(city, electors: 3, candidates: 4);
        var contest = sample.Contests[0];
        var (voter, neighbour) = (contest.Electors[0], contest.Electors[1]);
        var other = sample.BallotOf(contest, neighbour, 1, 2);
        Assert.IsType<CastResult.Cast>(sample.Cast(contest, neighbour, other));
        var forger = new Forger(sample, contest, voter, Encoding.UTF8.GetString(sample.BallotOf(contest, voter, 0, 2)), neighbour, Encoding.UTF8.GetString(other));

        var browser = city.Anonymous();
        var address = $"/vote/{sample.Election.Slug}/{contest.Contest.NeighbourhoodCode.ToLowerInvariant()}";
        var token = ((IHtmlInputElement)(await browser.ReadAsync(address)).QuerySelector("form#booth input[name=__RequestVerificationToken]")!).Value;
        foreach (var tampered in TamperedBallots.All)
        {
            var forged = tampered.Forge(forger);
            Assert.True(forged != forger.Honest, tampered.Name);
            var result = sample.Cast(contest, voter, Encoding.UTF8.GetBytes(forged));
            Assert.True(result is CastResult.Unacceptable refused && refused.Rule == tampered.Rule, $"{tampered.Name}: {result}, {tampered.Rule} was expected");
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["number"] = $"{voter.Number}", ["secret"] = voter.Secret, ["ballot"] = forged, ["__RequestVerificationToken"] = token });
            using var answer = await browser.Http.PostAsync(new Uri($"{address}/cast", UriKind.Relative), form);
            Assert.True(answer.StatusCode == HttpStatusCode.UnprocessableEntity, $"{tampered.Name}: {answer.StatusCode} over HTTP");
        }

        Assert.Equal(1, city.InDb(db => db.Set<RollMark>().CountAsync()));
        Assert.Equal(0, city.InDb(db => db.Set<CredentialAttempts>().CountAsync()));
        Assert.Equal(2, sample.Read(contest).Height);
        // The honest ballot goes in, and a neighbour's ballot sent again changes nothing.
        Assert.IsType<CastResult.Cast>(sample.Cast(contest, voter, Encoding.UTF8.GetBytes(forger.Honest)));
        Assert.IsType<CastResult.ForeignCode>(sample.Cast(contest, voter, other));
        Assert.IsType<CastResult.Cast>(sample.Cast(contest, neighbour, other));
        Assert.Equal(2, sample.Verify(contest).Facts.BallotCount);
        Assert.NotEqual(VerificationVerdict.Invalid, sample.Verify(contest).Verdict);
    }
}
