using System.Numerics;
using ActiveCitizens.Voting.Counting;
using ActiveCitizens.Voting.Counting.Lists;
using CsCheck;

namespace ActiveCitizens.Voting.Tests.Counting;

public sealed class ListProportionalProperties
{
    private const int Runs = 3_000;
    private static readonly Gen<long[]> Votes = Gen.OneOf(Gen.Long[0, 12], Gen.Long[0, 5_000]).Array[1, 6];
    private static readonly Gen<ListMethod> Methods = Gen.Enum<ListMethod>();

    [Fact]
    public void All_seats_are_given_when_there_is_a_vote() => Gen.Select(Votes, Methods, Gen.Int[1, 30]).Sample(
        (votes, method, seats) =>
        {
            var outcome = Count(votes, new(method, seats) { Ties = TieRule.Lot("s") });
            Assert.Equal(votes.Any(v => v > 0) ? seats : 0, outcome.Seats.Sum());
            Assert.Equal(outcome.Seats.Sum(), outcome.Averages.Count + (outcome.Remainders is { } r ? r.WholeSeats.Sum() + r.RemainderSeats.Sum() : 0));
        },
        iter: Runs);

    [Fact]
    public void The_order_and_the_names_of_lists_decide_nothing() => Gen.Select(Votes, Methods, Gen.Int[1, 12]).Sample(
        (votes, method, seats) =>
        {
            var rule = new ListRule(method, seats) { Threshold = Fraction.Of(5, 100), Bonus = new(Fraction.Of(1, 2)) };
            var (plain, reversed) = (Count(votes, rule), Count([.. votes.Reverse()], rule));
            Assert.Equal(plain.Stop, reversed.Stop);
            Assert.Equal(plain.Seats, reversed.Seats.Reverse());
        },
        iter: Runs);

    [Fact]
    public void A_largest_remainder_is_within_one_seat_of_the_exact_share() => Gen.Select(Votes.Where(v => v.Sum() > 0), Gen.Int[1, 30]).Sample(
        (votes, seats) =>
        {
            var given = Count(votes, new(ListMethod.LargestRemainderHare, seats) { Ties = TieRule.Lot("s") }).Seats;
            Assert.All(given.Zip(votes), pair =>
            {
                var exact = Fraction.Of((BigInteger)pair.Second * seats, votes.Sum());
                Assert.InRange((BigInteger)pair.First, exact.Floor(), exact.Ceiling());
            });
        },
        iter: Runs);

    [Fact]
    public void D_Hondt_never_gives_less_than_the_whole_part_of_the_exact_share() => Gen.Select(Votes.Where(v => v.Sum() > 0), Gen.Int[1, 30]).Sample(
        (votes, seats) => Assert.All(
            Count(votes, new(ListMethod.DHondt, seats) { Ties = TieRule.Lot("s") }).Seats.Zip(votes),
            pair => Assert.True(pair.First >= Fraction.Of((BigInteger)pair.Second * seats, votes.Sum()).Floor())),
        iter: Runs);

    [Fact] // A division is d'Hondt's (Sainte-Laguë's) when no seat would move to a better average: M. Balinski, H. P. Young 1982, proposition 3.3 (min-max inequality).
    public void Highest_averages_are_what_trying_every_division_finds() => Gen.Select(Gen.Long[1, 40].Array[1, 4], Gen.OneOfConst(ListMethod.DHondt, ListMethod.SainteLague), Gen.Int[1, 7]).Sample(
        (votes, method, seats) =>
        {
            var step = method == ListMethod.DHondt ? 1 : 2;
            var fair = Divisions(votes.Length, seats).Where(d => IsFair(votes, d, step)).Select(d => string.Join(' ', d)).ToList();
            var outcome = Count(votes, new(method, seats));
            if (outcome.Stop == ListStop.OpenTie)
            {
                Assert.True(fair.Count > 1);
                outcome = Count(votes, new(method, seats) { Ties = TieRule.Lot("s") });
            }
            else
            {
                Assert.Single(fair);
            }

            Assert.Contains(string.Join(' ', outcome.Seats), fair);
        },
        iter: 1_000);

    [Fact]
    public void More_votes_and_more_seats_never_cost_a_seat_with_highest_averages() =>
        Gen.Select(Votes.Where(v => v[0] > 0), Gen.OneOfConst(ListMethod.DHondt, ListMethod.SainteLague), Gen.Int[1, 12], Gen.Long[0, 20]).Sample(
            (votes, method, seats, more) =>
            {
                var before = Count(votes, new(method, seats));
                var larger = Count(votes, new(method, seats + 1));
                var stronger = Count([votes[0] + more, .. votes[1..]], new(method, seats));
                if (before.Stop == ListStop.Complete && larger.Stop == ListStop.Complete)
                {
                    Assert.All(before.Seats.Zip(larger.Seats), pair => Assert.True(pair.Second >= pair.First));
                }

                Assert.True(before.Stop != ListStop.Complete || stronger.Stop != ListStop.Complete || stronger.Seats[0] >= before.Seats[0]);
            },
            iter: Runs);

    [Fact]
    public void The_leading_list_has_at_least_its_bonus() => Gen.Select(Votes.Where(v => v.Sum() > 0), Gen.Int[1, 35]).Sample(
        (votes, seats) =>
        {
            var outcome = Count(votes, ListRule.FrenchMunicipal(seats, firstRound: false));
            if (outcome.Bonus?.List is { } leader)
            {
                Assert.Equal(votes.Max(), votes[leader]);
                Assert.True(outcome.Seats[leader] >= outcome.Bonus.Seats && outcome.Bonus.Seats * 2 >= seats - 1);
            }
        },
        iter: Runs);

    private static ListOutcome Count(long[] votes, ListRule rule) => ListProportional.Count([.. votes.Select((v, i) => new PartyList($"{v}-{i}", v))], rule);

    private static bool IsFair(long[] votes, int[] division, int step) =>
        Enumerable.Range(0, votes.Length).All(i => Enumerable.Range(0, votes.Length).All(j => division[j] == 0 || i == j
            || votes[i] * ((step * (division[j] - 1)) + 1) <= votes[j] * ((step * division[i]) + 1)));

    private static IEnumerable<int[]> Divisions(int lists, int seats) =>
        lists == 1 ? [[seats]] : Enumerable.Range(0, seats + 1).SelectMany(first => Divisions(lists - 1, seats - first).Select(rest => (int[])[first, .. rest]));
}
