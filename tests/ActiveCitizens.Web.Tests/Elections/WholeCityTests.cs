using System.Collections.Concurrent;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Verification;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Elections.CastBallot;
using ActiveCitizens.Web.Features.Elections.CloseVote;
using ActiveCitizens.Web.Features.Elections.CountPaper;
using ActiveCitizens.Web.Features.Elections.DecryptTally;
using ActiveCitizens.Web.Features.Elections.KeepSeats;
using ActiveCitizens.Web.Features.Elections.ProclaimResult;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Tests.Elections;

/// <summary>The city of Agen as it votes: 23 neighbourhoods, about 18 000 electors, 6 000 of whom vote.</summary>
public sealed class WholeCityTests
{
    private const int Neighbourhoods = 23;
    private const int ElectorsEach = 783;
    private const int Voters = 6_000;

    [Fact]
    public async Task Twenty_three_neighbourhoods_vote_and_two_hundred_and_seven_councillors_are_seated()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Sealed(city, contests: Neighbourhoods, electors: ElectorsEach, candidates: 15);
        var choices = new Random(2026);
        var plans = Enumerable.Range(0, Voters).Select(i =>
        {
            var contest = sample.Contests[i % Neighbourhoods];
            // One in ten votes blank; the others choose one to nine, the first names more often.
            List<int> chosen = choices.Next(10) == 0 ? [] : [.. Enumerable.Range(0, choices.Next(1, 10)).Select(_ => Math.Min(choices.Next(15), choices.Next(15))).Distinct()];
            return (contest, elector: contest.Electors[i / Neighbourhoods], chosen);
        }).ToList();

        var refused = new ConcurrentBag<CastResult>();
        Parallel.ForEach(plans, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, plan =>
        {
            if (sample.Cast(plan.contest, plan.elector, plan.chosen) is var result and not CastResult.Cast)
            {
                refused.Add(result);
            }
        });
        Assert.Empty(refused);
        Assert.Equal(Voters, city.InDb(db => db.Set<RollMark>().CountAsync()));
        Assert.Equal(CloseVoteResult.Closed, sample.Close());

        foreach (var contest in sample.Contests)
        {
            Assert.False(Assert.IsType<DecryptTallyResult.Kept>(sample.Decrypt(contest, 1)).IsComplete);
            Assert.False(Assert.IsType<DecryptTallyResult.Kept>(sample.Decrypt(contest, 2)).IsComplete);
            Assert.True(Assert.IsType<DecryptTallyResult.Kept>(sample.Decrypt(contest, 3)).IsComplete);
            var report = sample.Verify(contest);
            Assert.True(report.Verdict == VerificationVerdict.Valid, report.ToText());
            var here = plans.Where(plan => plan.contest == contest).ToList();
            long[] expected = [here.Count(plan => plan.chosen.Count == 0), .. Enumerable.Range(0, 15).Select(i => (long)here.Count(plan => plan.chosen.Contains(i)))];
            Assert.Equal(expected, Assert.IsType<QuestionResult.Counts>(report.Facts.Result!.Questions[0]).Values);
        }

        Assert.Equal(FinishPaperResult.Finished, PaperTests.Finish(sample));
        Assert.Equal(ProclaimAnswer.Proclaimed, SeatTests.Proclaim(sample));
        var seats = city.InDb(db => db.Set<Seat>().AsNoTracking().ToListAsync());
        Assert.Equal(207, seats.Count);
        foreach (var seat in seats)
        {
            var account = city.AddAccount();
            city.InDb(db => db.Set<Candidate>().Where(candidate => candidate.Id == seat.CandidateId).ExecuteUpdateAsync(set => set.SetProperty(candidate => candidate.AccountId, account.Id)));
            Assert.Equal(new SeatResult.Accepted(HasRole: true), SeatTests.In<SeatHandler, SeatResult>(sample, handler => handler.AcceptAsync(seat.Id, default)));
        }

        Assert.Equal(207, city.InDb(db => db.Set<RoleGrant>().CountAsync(grant => grant.Role == Role.Councillor && grant.WithdrawnAt == null)));
        Assert.All(sample.Contests, contest =>
        {
            var here = plans.Where(plan => plan.contest == contest).ToList();
            var council = SeatTests.In<Councillors, IReadOnlyList<CouncilSeat>>(sample, councillors => councillors.OfAsync(contest.Contest.NeighbourhoodCode, default));
            // The nine with most votes; between equals the older, who stands first here.
            Assert.Equal(contest.Candidates.Select((candidate, i) => (candidate, i)).OrderByDescending(one => here.Count(plan => plan.chosen.Contains(one.i))).ThenBy(one => one.i).Take(9).Select(one => one.candidate.FullName).Order(StringComparer.Ordinal), council.Select(seat => seat.Name!).Order(StringComparer.Ordinal));
        });
    }
}
