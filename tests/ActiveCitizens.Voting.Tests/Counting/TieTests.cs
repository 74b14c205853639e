using ActiveCitizens.Voting.Counting;

namespace ActiveCitizens.Voting.Tests.Counting;

public sealed class TieTests
{
    private static readonly Candidate[] Candidates = [new("anna", new(1980, 5, 1)), new("bilal", new(1961, 2, 3)), new("chloé", new(1980, 5, 1)), new("david", new(2001, 9, 9))];

    [Fact]
    public void Everybody_fits_when_the_equals_fill_the_last_seats_exactly()
    {
        var outcome = Plurality.Count([7, 3, 3, 1], Candidates, 3, TieRule.Unresolved);
        Assert.Equal([0, 1, 2], outcome.Seats.Elected);
        Assert.Empty(outcome.Seats.Ties);
    }

    [Fact]
    public void A_tie_for_the_last_seat_stays_open_when_nothing_resolves_it()
    {
        var seats = Plurality.Count([7, 3, 3, 3], Candidates, 2, TieRule.Unresolved).Seats;
        Assert.Equal([0], seats.Elected);
        Assert.Equal([1, 2, 3], seats.Open!.Tied);
        Assert.Equal(1, seats.Open.Places);
    }

    [Fact]
    public void The_older_candidates_take_the_last_seats()
    {
        var seats = Plurality.Count([3, 3, 3, 3], Candidates, 3, TieRule.Older).Seats;
        Assert.Equal([1, 0, 2], seats.Elected);
        Assert.IsType<TieCriterion.Older>(seats.Ties[0].DecidedBy);
        Assert.Equal("1961-02-03", seats.Ties[0].Evidence[0].Value);
    }

    [Fact]
    public void The_same_date_of_birth_leaves_the_tie_to_the_lot()
    {
        Assert.NotNull(Plurality.Count([3, 0, 3, 0], Candidates, 1, TieRule.Older).Seats.Open);
        var rule = new TieRule([new TieCriterion.Older(), new TieCriterion.Lot("2026-03-22")]);
        var tie = Assert.Single(Plurality.Count([3, 0, 3, 0], Candidates, 1, rule).Seats.Ties);
        Assert.IsType<TieCriterion.Lot>(tie.DecidedBy);
    }

    [Fact]
    public void A_criterion_that_decides_only_some_of_the_places_leaves_the_tie_open()
    {
        // Bilal is the oldest, but Anna and Chloé were born on the same day.
        var tie = Plurality.Count([3, 3, 3, 0], Candidates, 2, TieRule.Older).Seats.Open!;
        Assert.Equal([0, 1, 2], tie.Tied);
        Assert.Null(tie.DecidedBy);
        Assert.Empty(tie.Evidence);
    }

    [Fact]
    public void An_unknown_date_of_birth_passes_the_tie_on()
    {
        Candidate[] candidates = [new("a"), new("b", new(1950, 1, 1))];
        Assert.NotNull(Plurality.Count([1, 1], candidates, 1, TieRule.Older).Seats.Open);
        Assert.Null(Plurality.Count([1, 1], candidates, 1, new([new TieCriterion.Older(), new TieCriterion.Lot("s")])).Seats.Open);
    }

    [Fact] // printf '%s|%s' 2026-03-22 chloé | sha256sum, and so on
    public void A_lot_can_be_drawn_again_with_sha256sum()
    {
        var tie = Plurality.Count([1, 1, 1, 1], Candidates, 2, TieRule.Lot("2026-03-22")).Seats.Ties[0];
        var digests = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["anna"] = "ff67d59f2444b52f0e96dbc6996f55d29693bfa8d56cb84b5c4c45c36917dae1",
            ["bilal"] = "08589f3257a9eb1ec1a497d86c2350dd2918ad068b513d6123003dce9f4cda45",
            ["chloé"] = "3a942c0e2b572b9433cd2f565ddd0296f5eccb33b980694bac35eaedb3114830",
            ["david"] = "91a7908c04e8e29a2246521a93c572e2505992e8b92518f9fbd966f16272cb85",
        };
        Assert.Equal(digests.Values.Order(StringComparer.Ordinal), tie.Evidence.Select(e => e.Value));
        Assert.All(tie.Evidence, e => Assert.Equal(digests[Candidates[e.Contender].Id], e.Value));
        Assert.Equal(tie.Evidence.Take(2).Select(e => e.Contender), tie.Chosen);
    }

    [Fact]
    public void Nobody_is_elected_without_a_vote()
    {
        var outcome = Plurality.Count([2, 0, 1, 0], Candidates, 3, TieRule.Lot("s"));
        Assert.Equal([0, 2], outcome.Seats.Elected);
        Assert.Equal([[0], [2], [1, 3]], outcome.Ranking);
    }

    [Fact]
    public void Ballots_with_too_many_choices_or_other_numbers_count_for_nobody()
    {
        var tally = Plurality.Tally([[1, 0, 1], [1, 1, 1], [0, 0, 0], [2, 0, 0], [0, 1, 0]], 3, min: 1, max: 2, blankAllowed: true);
        Assert.Equal([1, 1, 1], tally.Votes);
        Assert.Equal((2, 1, 2), (tally.Valid, tally.Blank, tally.Invalid.Count));
        Assert.Equal(3, Plurality.Tally([[0, 0, 0], [1, 1, 1], [2, 0, 0]], 3, 1, 2, blankAllowed: false).Invalid.Count);
    }

    [Fact]
    public void Ids_that_repeat_are_refused() =>
        Assert.Throws<ArgumentException>(() => Plurality.Count([1, 1], [new("a"), new("a")], 1, TieRule.Unresolved));
}
