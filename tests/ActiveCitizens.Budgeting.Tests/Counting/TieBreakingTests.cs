using ActiveCitizens.Budgeting.Counting;

namespace ActiveCitizens.Budgeting.Tests.Counting;

public sealed class TieBreakingTests
{
    // As code points U+1F333 comes after U+FF21; as UTF-16 units it would come before.
    private static readonly Instance Park = VoteOn("a", "9", "\U0001F333", "B", "Ａ", "10");

    [Fact]
    public void Ids_are_compared_by_code_point() =>
        Assert.Equal(["10", "9", "B", "a", "Ａ", "\U0001F333"], InOrder(TieBreaking.ById));

    [Fact]
    public void Plain_numbers_come_first_then_the_file_order() =>
        Assert.Equal(["9", "10", "a", "\U0001F333", "B", "Ａ"], InOrder(new([], FinalOrder.NumbersThenFile)));

    [Fact]
    public void A_criterion_that_leaves_one_project_is_named_as_what_decided()
    {
        var instance = VoteOn("x", "y", "z");
        var tie = new TieBreaker(instance, TieBreaking.ByCostVotesId).Break(3, [2, 0, 1]);
        Assert.Equal((0, TieCriterion.LeastCost, (FinalOrder?)null, 3), (tie.Chosen, tie.ResolvedBy, tie.Final, tie.Round));
        Assert.Equal([0, 1, 2], tie.Tied);
    }

    [Fact]
    public void A_lot_must_name_every_project_once()
    {
        Assert.Throws<ArgumentException>(() => new TieBreaker(Park, new([], FinalOrder.Lot) { Lot = ["a", "9"] }));
        Assert.Throws<ArgumentException>(() => new TieBreaker(Park, new([], FinalOrder.Lot) { Lot = ["a", "9", "10", "B", "Ａ", "a"] }));
        Assert.Throws<ArgumentException>(() => new TieBreaker(Park, new([], FinalOrder.Lot) { Lot = ["a", "9", "10", "B", "Ａ", "oak"] }));
    }

    private static IEnumerable<string> InOrder(TieBreaking ties)
    {
        var breaker = new TieBreaker(Park, ties);
        return Park.Projects.OrderBy(p => breaker.FinalRank(p.Index)).Select(p => p.Id);
    }

    private static Instance VoteOn(params string[] ids) => new(
        10, VoteType.Approval, [.. ids.Select((id, i) => new Project { Index = i, Id = id, Name = id, Cost = i + 1 })],
        new Profile.Builder(ids.Length, ordinal: false, withPoints: false).Build());
}
