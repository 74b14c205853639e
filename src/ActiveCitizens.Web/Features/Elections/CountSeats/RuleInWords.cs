using ActiveCitizens.Voting.Counting;
using ActiveCitizens.Voting.Counting.Lists;
using ActiveCitizens.Web.Features.Shared.Components;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.CountSeats;

/// <summary>Tells, step by step and in plain words, how votes became seats: the same on the result page and in the official record.</summary>
public sealed class RuleInWords(IStringLocalizer<ElectionsText> text, Format format)
{
    public IReadOnlyList<string> Tell(ContestOutcome outcome)
    {
        var seats = outcome.Contest.Seats;
        if (outcome.Contest.Box == BoxState.Uncontested)
        {
            return [outcome.Elected.Count == 0 ? text["Nobody stood: the {0} seats stay vacant.", seats] : text["No more stood than there are seats ({0}): they are elected without a vote, as the rules provide.", seats]];
        }

        var paper = outcome.Paper;
        List<string> steps =
        [
            text["Online ballots that count: {0} (blank: {1}).", format.Number(outcome.OnlineBallots), format.Number(outcome.OnlineBlank)],
            paper is null ? text["The paper ballots are not counted yet: all figures are of online ballots."] : text["Papers found: {0} (blank: {1}, void: {2}). Their votes are added to those of the online ballots.", format.Number(paper.Ballots), format.Number(paper.Blank), format.Number(paper.Void)],
            .. Tell(outcome, seats),
        ];
        return steps;
    }

    /// <summary>What a tie's criterion saw, one line per contender in the order that it gives.</summary>
    public IReadOnlyList<string> Tell(ContestOutcome outcome, Tie tie) =>
        tie.Chosen is null || tie.DecidedBy is null
            ? [text["Equal: {0}. {1} of them take a seat. The rule for ties waits for the public lot.", Names(outcome, tie.Tied), tie.Places]]
            : [text["Equal: {0}. {1} of them take a seat. {2} decides: {3}.", Names(outcome, tie.Tied), tie.Places, NameOf(tie.DecidedBy), Names(outcome, tie.Chosen)], .. tie.Evidence.Select(seen => $"{outcome.Options[seen.Contender].Name} – {seen.Value}")];

    private IEnumerable<string> Tell(ContestOutcome outcome, int seats)
    {
        if (outcome.IsApproved is { } approved)
        {
            var best = outcome.Options.MaxBy(option => option.Total)!;
            yield return text["The list “{0}” has {1} votes. More than half of the {2} votes cast, blank ones included, are needed.", best.Name, format.Number(best.Total), format.Number(outcome.Cast)];
            yield return approved ? text["The list is elected, in its order."] : text["The list is not elected: the seats stay vacant."];
        }
        else if (outcome.Plurality is { } counted)
        {
            yield return text["The {0} candidates with most votes take the {0} seats. Whoever has no vote takes none.", seats];
            if (counted.Seats.Elected.Count > 0)
            {
                yield return text["Votes of the last one elected: {0}.", format.Number(counted.Seats.Elected.Min(place => counted.Votes[place]))];
            }
        }
        else if (outcome.Lists is { } lists)
        {
            foreach (var step in Tell(outcome, lists))
            {
                yield return step;
            }
        }

        foreach (var line in outcome.Ties.SelectMany(tie => Tell(outcome, tie)))
        {
            yield return line;
        }
    }

    private IEnumerable<string> Tell(ContestOutcome outcome, ListOutcome lists)
    {
        yield return text["The lists have {0} votes together. {1} seats are divided.", format.Number(lists.Votes), lists.Rule.Seats];
        if (lists.Bonus is { List: { } leader } bonus)
        {
            yield return text["The leading list, “{0}”, first takes half of the seats: {1}. The others are divided among all lists, this one included.", outcome.Options[leader].Name, bonus.Seats];
        }

        foreach (var (index, step) in lists.Averages.Index())
        {
            if (step.List is { } winner)
            {
                yield return text["Seat {0}: highest average, {1} votes per seat, list “{2}”.", index + 1, Exact(step.Averages[winner]!.Value), outcome.Options[winner].Name];
            }
        }

        if (lists.Remainders is { } remainders)
        {
            yield return text["A seat is worth {0} votes.", Exact(remainders.Quota)];
            foreach (var list in lists.Admitted)
            {
                yield return text["“{0}”: {1} seats for whole quotas, remainder {2}, {3} seats for the remainder.", outcome.Options[list].Name, remainders.WholeSeats[list], Exact(remainders.Remainders[list] ?? Fraction.Zero), remainders.RemainderSeats[list]];
            }
        }

        foreach (var (list, taken) in lists.Seats.Index())
        {
            yield return text["“{0}” takes {1} seats, given to its candidates in its order.", outcome.Options[list].Name, taken];
        }
    }

    private string NameOf(TieCriterion criterion) => criterion switch
    {
        TieCriterion.MoreVotes => text["The greater number of votes"],
        TieCriterion.Older => text["The earlier date of birth"],
        TieCriterion.Lot => text["The public lot (smallest SHA-256 of seed, bar and place on the ballot from 0)"],
        _ => text["The order of the ballot"],
    };

    private string Exact(Fraction value) => value.Denominator.IsOne ? format.Number((long)value.Numerator) : $"{value.Numerator}/{value.Denominator} ≈ {format.Number((decimal)value.ToDouble(), 2)}";

    private static string Names(ContestOutcome outcome, IEnumerable<int> places) => string.Join(", ", places.Select(place => outcome.Options[place].Name));
}
