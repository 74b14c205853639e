using System.Net;
using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Elections;
using ActiveCitizens.Web.Features.Elections.CountPaper;
using ActiveCitizens.Web.Features.Elections.CountSeats;
using ActiveCitizens.Web.Features.Elections.KeepSeats;
using ActiveCitizens.Web.Features.Elections.ProclaimResult;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Candidate = ActiveCitizens.Web.Features.Elections.Candidate;

namespace ActiveCitizens.Web.Tests.Elections;

/// <summary>From the votes to the councillors.</summary>
public sealed class SeatTests
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Online_and_paper_votes_become_seats_and_accepted_seats_councillors(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city, electors: 4, candidates: 11);
        var contest = sample.Contests[0];
        var account = city.AddAccount();
        city.InDb(db => db.Set<Candidate>().Where(candidate => candidate.Id == contest.Candidates[0].Id).ExecuteUpdateAsync(set => set.SetProperty(candidate => candidate.AccountId, account.Id)));
        sample.Cast(contest, contest.Electors[0], 0, 1, 2, 3, 4, 5, 6, 7, 8);
        sample.Cast(contest, contest.Electors[1], 0, 1, 2, 3, 4, 5, 6, 7, 9);
        DeskTests.Mark(sample, contest, 3, VotingWay.PollingStation);
        Count(sample);
        var president = sample.Member(BoardDuty.President);
        var proclaim = $"/board/{sample.Election.Slug}/proclaim";
        Assert.Equal(ProclaimAnswer.PaperNotComplete, Proclaim(sample));
        // The paper gives the ninth seat to the tenth candidate.
        PaperTests.TypeTwice(sample, contest, new(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]));
        Assert.Equal(FinishPaperResult.Finished, PaperTests.Finish(sample));
        Assert.Contains("Cochez", CityBrowser.TextOf(await CityBrowser.ParseAsync(await president.FillAndPostAsync(proclaim, new Dictionary<string, string>(), "#proclaim-result"))), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await president.FillAndPostAsync(proclaim, new Dictionary<string, string> { ["Sure"] = "true" }, "#proclaim-result")).StatusCode);
        Assert.Equal(ElectionState.Proclaimed, sample.ReadState().State);

        // The closing fixed the turnout: nobody waits for the next published reading.
        Assert.Equal(new Turnout(2, 1, 0), sample.Read(contest).Turnout);
        var page = await city.Anonymous().ReadAsync($"/elections/{sample.Election.Slug}/{contest.Code()}/result");
        Assert.Equal("2", page.QuerySelectorAll("figure tr").Single(row => row.QuerySelector("th")!.TextContent == "Camille Candidat10").QuerySelector("td")!.TextContent);
        Assert.Equal(["4", "3", "75,0\u202F%", "0"], page.QuerySelectorAll(".stats dd").Select(figure => figure.TextContent.Trim()));
        var seats = Seats(sample);
        Assert.Equal(9, seats.Count);
        Assert.Contains(seats, seat => seat.CandidateId == contest.Candidates[9].Id);
        Assert.DoesNotContain(seats, seat => seat.CandidateId == contest.Candidates[8].Id);

        // The first accepts, and is a councillor of the neighbourhood for the mandate.
        var first = seats.Single(seat => seat.CandidateId == contest.Candidates[0].Id);
        Assert.Equal(new SeatResult.Accepted(HasRole: true), In<SeatHandler, SeatResult>(sample, handler => handler.AcceptAsync(first.Id, default)));
        Assert.Equal(new SeatResult.Accepted(HasRole: true), In<SeatHandler, SeatResult>(sample, handler => handler.AcceptAsync(first.Id, default)));
        var grant = city.InDb(db => db.Set<RoleGrant>().SingleAsync(one => one.AccountId == account.Id));
        Assert.Equal((Role.Councillor, contest.Contest.NeighbourhoodCode), (grant.Role, grant.Scope));
        // The second refuses: the ninth candidate is next. The first resigns: the eleventh has no vote, so the seat is vacant.
        var second = seats.Single(seat => seat.CandidateId == contest.Candidates[1].Id);
        Assert.Equal(new SeatResult.Left("Camille Candidat9"), In<SeatHandler, SeatResult>(sample, handler => handler.LeaveAsync(second.Id, "Lettre du 3 mai", default)));
        Assert.Equal(new SeatResult.Left(null), In<SeatHandler, SeatResult>(sample, handler => handler.LeaveAsync(first.Id, "Déménage", default)));
        Assert.NotNull(city.InDb(db => db.Set<RoleGrant>().SingleAsync(one => one.AccountId == account.Id)).WithdrawnAt);
        var council = In<Councillors, IReadOnlyList<CouncilSeat>>(sample, councillors => councillors.OfAsync(contest.Contest.NeighbourhoodCode, default));
        Assert.Equal(9, council.Count);
        Assert.Null(council[^1].Name);
        Assert.Contains(council, seat => seat.Name == "Camille Candidat9");
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_tie_waits_for_the_public_lot_which_is_fixed_once(Database database)
    {
        await using var city = new CityFactory(database);
        var sample = SampleElection.Sealed(city, candidates: 10, rules: new() { Ties = TieResolution.PublicLot });
        var contest = sample.Contests[0];
        sample.Cast(contest, contest.Electors[0], 0, 1, 2, 3, 4, 5, 6, 7, 8);
        sample.Cast(contest, contest.Electors[1], 0, 1, 2, 3, 4, 5, 6, 7, 9);
        Assert.Equal(FixLotResult.NotNow, Lot(sample, "1 2 3"));
        Count(sample);
        Assert.Equal(FinishPaperResult.Finished, PaperTests.Finish(sample));
        Assert.Equal(ProclaimAnswer.TieOpen, Proclaim(sample));
        var lots = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => Lot(sample, $"5 12 23 31 {i}"))));
        Assert.Single(lots, FixLotResult.Fixed);
        Assert.ThrowsAny<Exception>(() => city.InDb(db => db.Set<PublicLot>().ExecuteUpdateAsync(set => set.SetProperty(lot => lot.Seed, "7"))));

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Proclaim(sample))));
        Assert.Single(answers, ProclaimAnswer.Proclaimed);
        Assert.Equal(9, Seats(sample).Count);
        // The same lot by hand: the smaller SHA-256 of "seed|place" takes the seat.
        var seed = city.InDb(db => db.Set<PublicLot>().Select(lot => lot.Seed).SingleAsync());
        var winner = new[] { 8, 9 }.MinBy(place => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{seed}|{place}"))), StringComparer.Ordinal);
        Assert.Contains(Seats(sample), seat => seat.CandidateId == contest.Candidates[winner].Id);
        Assert.Contains(seed, CityBrowser.TextOf(await city.Anonymous().ReadAsync($"/elections/{sample.Election.Slug}/{contest.Code()}/result")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_proclamations_at_once_give_the_seats_once()
    {
        await using var city = new CityFactory(Database.Postgres);
        var sample = SampleElection.Sealed(city, candidates: 12);
        sample.Cast(sample.Contests[0], sample.Contests[0].Electors[0], 0, 1, 2);
        Count(sample);
        PaperTests.Finish(sample);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Proclaim(sample))));
        Assert.Single(answers, ProclaimAnswer.Proclaimed);
        // Three candidates had votes: six seats are vacant.
        Assert.Equal(6, Seats(sample).Count(seat => seat.State == SeatState.Vacant));
    }

    [Fact]
    public async Task Lists_share_the_seats_by_the_called_rule_and_their_steps_are_told()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Called(city, electors: 5, candidates: 0, rules: new() { Method = ElectionMethod.ListHighestAverages, HasMajorityBonus = true });
        AddLists(sample, [9, 9]);
        sample.Seal();
        var contest = sample.Contests[0];
        for (var elector = 0; elector < 5; elector++)
        {
            sample.Cast(contest, contest.Electors[elector], elector < 3 ? 0 : 1);
        }

        Count(sample);
        PaperTests.Finish(sample);
        Assert.Equal(ProclaimAnswer.Proclaimed, Proclaim(sample));
        // Five of nine first for the leading list; then 3 and 2 votes for four seats by averages 3, 2, 1½ and 1, where the list with more votes wins the tie.
        var names = city.InDb(db => db.Set<Seat>().Join(db.Set<Candidate>(), seat => seat.CandidateId, candidate => candidate.Id, (seat, candidate) => candidate.LastName).ToListAsync());
        Assert.Equal(8, names.Count(name => name.StartsWith('A')));
        Assert.Equal(1, names.Count(name => name.StartsWith('B')));
        var page = await city.Anonymous().ReadAsync($"/elections/{sample.Election.Slug}/{contest.Code()}/result");
        Assert.Contains("prend d’abord la moitié des sièges\u202F: 5", page.QuerySelector(".rule-steps")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_the_largest_remainder_the_smaller_list_keeps_the_seat_that_averages_would_give_to_the_larger()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Called(city, electors: 5, candidates: 0, rules: new() { Method = ElectionMethod.ListLargestRemainder });
        AddLists(sample, [9, 9]);
        sample.Seal();
        var contest = sample.Contests[0];
        for (var elector = 0; elector < 5; elector++)
        {
            sample.Cast(contest, contest.Electors[elector], elector < 4 ? 0 : 1);
        }

        Count(sample);
        PaperTests.Finish(sample);
        Assert.Equal(ProclaimAnswer.Proclaimed, Proclaim(sample));
        // Shares of 7.2 and 1.8 seats: seven and one in full, and the remainder of 0.8 takes the ninth. The highest average would give 8 and 1.
        var names = city.InDb(db => db.Set<Seat>().Join(db.Set<Candidate>(), seat => seat.CandidateId, candidate => candidate.Id, (seat, candidate) => candidate.LastName).ToListAsync());
        Assert.Equal((7, 2), (names.Count(name => name.StartsWith('A')), names.Count(name => name.StartsWith('B'))));
    }

    [Theory, InlineData(2, true), InlineData(1, false)]
    public async Task A_single_list_needs_more_than_half_of_the_votes_cast(int approvals, bool elected)
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Called(city, candidates: 0, rules: new() { Method = ElectionMethod.SingleList });
        AddLists(sample, [9]);
        sample.Seal();
        var contest = sample.Contests[0];
        for (var elector = 0; elector < 3; elector++)
        {
            sample.Cast(contest, contest.Electors[elector], elector < approvals ? [0] : []);
        }

        Count(sample);
        PaperTests.Finish(sample);
        Assert.Equal(ProclaimAnswer.Proclaimed, Proclaim(sample));
        Assert.Equal(elected ? 9 : 0, Seats(sample).Count(seat => seat.CandidateId is not null));
    }

    [Fact]
    public async Task In_a_rehearsal_nobody_gets_a_role_or_sits_in_a_council()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Sealed(city);
        var contest = sample.Contests[0];
        var account = city.AddAccount();
        city.InDb(db => db.Set<Candidate>().Where(candidate => candidate.Id == contest.Candidates[0].Id).ExecuteUpdateAsync(set => set.SetProperty(candidate => candidate.AccountId, account.Id)));
        city.InDb(db => db.Set<Election>().ExecuteUpdateAsync(set => set.SetProperty(election => election.IsRehearsal, true)));
        sample.Cast(contest, contest.Electors[0], 0);
        Count(sample);
        PaperTests.Finish(sample);
        Proclaim(sample);
        var seat = Seats(sample).Single(one => one.CandidateId is not null);
        Assert.Equal(new SeatResult.Accepted(HasRole: false), In<SeatHandler, SeatResult>(sample, handler => handler.AcceptAsync(seat.Id, default)));
        Assert.False(city.InDb(db => db.Set<RoleGrant>().AnyAsync()));
        Assert.Empty(In<Councillors, IReadOnlyList<CouncilSeat>>(sample, councillors => councillors.OfAsync(contest.Contest.NeighbourhoodCode, default)));
        Assert.Contains("Répétition", CityBrowser.TextOf(await city.Anonymous().ReadAsync($"/elections/{sample.Election.Slug}/{contest.Code()}/result")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unopposed_candidates_are_elected_without_a_vote()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var sample = SampleElection.Sealed(city, candidates: 7, rules: new() { ElectsUnopposed = true });
        Assert.Equal(BoxState.Uncontested, sample.Read(sample.Contests[0]).Box);
        sample.Close();
        Assert.Equal(FinishPaperResult.Finished, PaperTests.Finish(sample));
        Assert.Equal(ProclaimAnswer.Proclaimed, Proclaim(sample));
        Assert.Equal((7, 2), (Seats(sample).Count(seat => seat.CandidateId is not null), Seats(sample).Count(seat => seat.State == SeatState.Vacant)));
        Assert.Contains("élus sans vote", CityBrowser.TextOf(await city.Anonymous().ReadAsync($"/elections/{sample.Election.Slug}/{sample.Contests[0].Code()}/result")), StringComparison.Ordinal);
        Assert.Contains("élus sans vote", CityBrowser.TextOf(await city.Anonymous().ReadAsync($"/elections/{sample.Election.Slug}/record")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_that_could_point_at_people_is_hidden_with_another_so_that_totals_do_not_tell()
    {
        var lines = ElectionStatistics.Mask([("a", 200, 100), ("b", 300, 120), ("c", 40, 5)]);
        Assert.Equal([null, 120, null], lines.Select(line => line.Voters));
        // Almost all of a group voted: who stayed at home would be known.
        Assert.Equal([null, null], ElectionStatistics.Mask([("a", 100, 95), ("b", 300, 120)]).Select(line => line.Voters));
        Assert.Equal([50, 60], ElectionStatistics.Mask([("a", 100, 50), ("b", 120, 60), ("empty", 0, 0)]).Select(line => line.Voters));
    }

    /// <summary>Closes the boxes and decrypts them all.</summary>
    internal static void Count(SampleElection sample)
    {
        sample.Close();
        foreach (var contest in sample.Contests)
        {
            for (var trustee = 1; trustee <= sample.TrusteeKeys.Count; trustee++)
            {
                sample.Decrypt(contest, trustee);
            }
        }
    }

    internal static ProclaimAnswer Proclaim(SampleElection sample) => In<ProclaimHandler, ProclaimAnswer>(sample, handler => handler.ProclaimAsync(sample.Election.Id, default));

    internal static T In<THandler, T>(SampleElection sample, Func<THandler, Task<T>> act)
        where THandler : notnull
    {
        T answer = default!;
        sample.City.InScope(async services => answer = await act(services.GetRequiredService<THandler>()));
        return answer;
    }

    private static FixLotResult Lot(SampleElection sample, string seed) => In<ProclaimHandler, FixLotResult>(sample, handler => handler.FixLotAsync(sample.ReadState(), seed, "Loto du 30 novembre", default));

    private static List<Seat> Seats(SampleElection sample) => sample.City.InDb(db => db.Set<Seat>().AsNoTracking().OrderBy(seat => seat.Number).ToListAsync());

    private static void AddLists(SampleElection sample, int[] sizes) => sample.City.InDb(async db =>
    {
        var now = sample.City.Clock.GetUtcNow();
        foreach (var (index, size) in sizes.Index())
        {
            var list = new CandidateList { Id = Guid.NewGuid(), ContestId = sample.Contests[0].Contest.Id, Name = $"Liste {(char)('A' + index)}" };
            list.Place(index + 1);
            db.Add(list);
            for (var rank = 1; rank <= size; rank++)
            {
                var candidate = new Candidate { Id = Guid.NewGuid(), ContestId = list.ContestId, ListId = list.Id, ListRank = rank, FirstNames = "Camille", LastName = $"{(char)('A' + index)}{rank}", Sex = Sex.Female, BornOn = new(1980, 1, rank), Email = $"{index}-{rank}@example.org" };
                candidate.Submit(now);
                candidate.Accept();
                db.Add(candidate);
            }
        }

        await db.SaveChangesAsync();
    });
}
