using ActiveCitizens.Voting.Counting;
using ActiveCitizens.Voting.Counting.Lists;

namespace ActiveCitizens.Voting.Tests.Counting;

public sealed class ListProportionalTests
{
    [Theory] // Examples of the English Wikipedia articles "D'Hondt method", "Sainte-Laguë method" and "Largest remainder method".
    [InlineData(ListMethod.DHondt, 8, new long[] { 100_000, 80_000, 30_000, 20_000 }, new[] { 4, 3, 1, 0 })]
    [InlineData(ListMethod.SainteLague, 8, new long[] { 100_000, 80_000, 30_000, 20_000 }, new[] { 3, 3, 1, 1 })]
    [InlineData(ListMethod.LargestRemainderHare, 10, new long[] { 47_000, 16_000, 15_800, 12_000, 6_100, 3_100 }, new[] { 5, 2, 1, 1, 1, 0 })]
    [InlineData(ListMethod.LargestRemainderDroop, 10, new long[] { 47_000, 16_000, 15_800, 12_000, 6_100, 3_100 }, new[] { 5, 2, 2, 1, 0, 0 })]
    public void Published_examples_are_reproduced(ListMethod method, int seats, long[] votes, int[] expected)
    {
        var outcome = ListProportional.Count(Lists(votes), new(method, seats));
        Assert.Equal(expected, outcome.Seats);
        Assert.Empty(outcome.Ties);
    }

    [Theory]
    // A village of 1,672 inhabitants, first round: an association of mayors' worked example (o61.fr).
    [InlineData(19, true, new long[] { 884, 544 }, new[] { 16, 3 })]
    // 6,000 ballots, 33 seats, first round: journal-la-mee.fr, "Municipales 2014 : la répartition des sièges".
    [InlineData(33, true, new long[] { 3001, 1600, 1399 }, new[] { 25, 4, 4 })]
    // Second round of the same form as demain-les-mathes.fr, 22 March 2014: 10 seats at once, 9 divided 4, 3, 2.
    [InlineData(19, false, new long[] { 400, 300, 200 }, new[] { 14, 3, 2 })]
    public void French_municipal_examples_are_reproduced(int seats, bool firstRound, long[] votes, int[] expected) =>
        Assert.Equal(expected, ListProportional.Count(Lists(votes), ListRule.FrenchMunicipal(seats, firstRound)).Seats);

    [Fact]
    public void Without_a_majority_the_first_round_elects_nobody()
    {
        var outcome = ListProportional.Count(Lists(500, 300, 200), ListRule.FrenchMunicipal(19, firstRound: true));
        Assert.Equal(ListStop.SecondRoundNeeded, outcome.Stop);
        Assert.Equal(19, outcome.Vacant);
        Assert.Equal(ListStop.Complete, ListProportional.Count(Lists(501, 299, 200), ListRule.FrenchMunicipal(19, firstRound: true)).Stop);
    }

    [Theory]
    [InlineData(15, 8)]
    [InlineData(5, 3)]
    [InlineData(4, 2)]
    [InlineData(3, 1)]
    public void The_bonus_is_half_the_seats_rounded_as_the_law_says(int seats, int bonus) =>
        Assert.Equal(bonus, ListProportional.Count(Lists(6, 4), ListRule.FrenchMunicipal(seats, firstRound: false)).Bonus!.Seats);

    [Fact]
    public void A_list_with_exactly_the_threshold_is_admitted_and_one_below_is_not()
    {
        var rule = new ListRule(ListMethod.DHondt, 100) { Threshold = Fraction.Of(5, 100) };
        Assert.Equal([0, 1], ListProportional.Count(Lists(901, 50, 49), rule).Admitted);
        Assert.Equal(0, ListProportional.Count(Lists(901, 50, 49), rule).Seats[2]);
    }

    [Fact]
    public void Lists_that_lead_equally_leave_the_bonus_to_the_older_candidates_on_average()
    {
        PartyList[] lists =
        [
            new("young", 100) { Candidates = [new("a", new(1940, 1, 1)), new("b", new(2000, 1, 1))] },
            new("old", 100) { Candidates = [new("c", new(1960, 1, 1)), new("d", new(1960, 1, 1))] },
        ];
        var outcome = ListProportional.Count(lists, ListRule.FrenchMunicipal(2, firstRound: false));
        Assert.Equal(1, outcome.Bonus!.List);
        Assert.Equal(0, outcome.Seats[0] - 1);
        Assert.Equal("c", Assert.Single(outcome.Elected(1, lists)).Id);
        Assert.NotNull(ListProportional.Count([new("a", 1), new("b", 1)], ListRule.FrenchMunicipal(2, false)).Bonus!.Tie);
    }

    [Fact]
    public void Equal_averages_go_to_more_votes_and_then_to_the_older_next_candidate()
    {
        // 200/2 = 100/1.
        var french = ListRule.FrenchMunicipal(2, false).Ties;
        var byVotes = ListProportional.Count(Lists(200, 100), new(ListMethod.DHondt, 2) { Ties = french });
        Assert.Equal([2, 0], byVotes.Seats);
        Assert.IsType<TieCriterion.MoreVotes>(Assert.Single(byVotes.Ties).DecidedBy);
        PartyList[] lists =
        [
            new("x", 100) { Candidates = [new("a", new(1930, 1, 1)), new("b", new(1990, 1, 1))] },
            new("y", 100) { Candidates = [new("c", new(1970, 1, 1)), new("d", new(1950, 1, 1))] },
        ];
        var byAge = ListProportional.Count(lists, new(ListMethod.DHondt, 3) { Ties = french });
        Assert.Equal([1, 2], byAge.Seats);
        Assert.Equal(["1950-01-01", "1990-01-01"], Assert.Single(byAge.Ties).Evidence.Select(e => e.Value));
    }

    [Theory]
    [InlineData(ListMethod.DHondt)]
    [InlineData(ListMethod.SainteLague)]
    [InlineData(ListMethod.LargestRemainderHare)]
    [InlineData(ListMethod.LargestRemainderDroop)]
    public void An_open_tie_stops_before_the_last_seat(ListMethod method)
    {
        var outcome = ListProportional.Count(Lists(100, 100), new(method, 3));
        Assert.Equal(ListStop.OpenTie, outcome.Stop);
        Assert.Equal([1, 1], outcome.Seats);
        Assert.Null(outcome.Ties[^1].Chosen);
        Assert.Equal(1, outcome.Vacant);
    }

    [Theory]
    [InlineData(ListMethod.DHondt)]
    [InlineData(ListMethod.SainteLague)]
    [InlineData(ListMethod.LargestRemainderHare)]
    [InlineData(ListMethod.LargestRemainderDroop)]
    public void A_list_with_too_few_candidates_leaves_its_seats_to_the_others(ListMethod method)
    {
        PartyList[] lists = [new("short", 900) { Candidates = Candidate.Numbered(2) }, new("b", 60), new("c", 40)];
        var outcome = ListProportional.Count(lists, new(method, 10));
        Assert.Equal(2, outcome.Seats[0]);
        Assert.Equal(10, outcome.Seats.Sum());
        Assert.True(outcome.Seats[1] >= outcome.Seats[2]);
        Assert.Equal(7, ListProportional.Count([lists[0]], new(method, 9)).Vacant);
    }

    [Fact]
    public void A_list_without_votes_takes_no_seat()
    {
        Assert.Equal(3, ListProportional.Count(Lists(0, 0), new(ListMethod.DHondt, 3)).Vacant);
        Assert.Equal([0, 3], ListProportional.Count(Lists(0, 1), new(ListMethod.LargestRemainderHare, 3)).Seats);
    }

    [Fact]
    public void Every_seat_is_explained_by_the_averages_it_was_given_on()
    {
        var outcome = ListProportional.Count(Lists(340_000, 280_000, 160_000, 60_000), new(ListMethod.DHondt, 7));
        Assert.Equal([3, 3, 1, 0], outcome.Seats);
        Assert.Equal([0, 1, 0, 2, 1, 0, 1], outcome.Averages.Select(step => step.List));
        Assert.Equal("170000", outcome.Averages[2].Averages[0].ToString());
    }

    [Fact]
    public void Numbers_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ListProportional.Count([new("a", -1)], new(ListMethod.DHondt, 1)));
        Assert.Throws<ArgumentException>(() => ListProportional.Count([new("a", 1), new("a", 1)], new(ListMethod.DHondt, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ListProportional.Count(Lists(1), new(ListMethod.DHondt, 0)));
        Assert.Throws<ArgumentException>(() => ListProportional.Count(Lists(1), new(ListMethod.DHondt, 1) { Threshold = Fraction.Of(3, 2) }));
    }

    private static PartyList[] Lists(params long[] votes) => [.. votes.Select((v, i) => new PartyList(((char)('A' + i)).ToString(), v))];
}
