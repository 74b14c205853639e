using System.Globalization;
using ActiveCitizens.Voting.Counting;
using ActiveCitizens.Voting.Counting.Lists;
using Spectre.Console;

namespace ActiveCitizens.Cli.CountVotes;

/// <summary>A count as tables and sentences that a person reads.</summary>
internal static class VotesTable
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    public static void Show(Screen screen, VotesCount count)
    {
        var console = screen.Console();
        switch (count.Outcome)
        {
            case VotesOutcome.OfPlurality plurality:
                if (plurality.Ballots is { } tally)
                {
                    ShowBallots(console, tally.Valid, tally.Blank, tally.Invalid.Count);
                }
                else if (plurality.Blank is { } blank)
                {
                    console.WriteLine(string.Create(English, $"{blank:N0} blank votes"));
                }

                ShowRanking(console, count, plurality.Result.Ranking, ["Votes"], i => [Number(plurality.Result.Votes[i])]);
                break;
            case VotesOutcome.OfJudgment judgment:
                ShowBallots(console, judgment.Result.Valid, judgment.Result.Blank, judgment.Result.Invalid.Count);
                string[] grades = [.. Enumerable.Range(1, judgment.Result.Raw is [var first, ..] ? first.Count : 0).Select(g => $"Grade {g}")];
                ShowRanking(console, count, judgment.Result.Ranking, ["Majority grade", .. grades], i => [judgment.Result.Standings[i]?.MajorityGrade.ToString(English) ?? "–", .. judgment.Result.Raw[i].Select(Number)]);
                break;
            case VotesOutcome.OfSchulze schulze:
                ShowBallots(console, schulze.Result.Valid, schulze.Result.Blank, 0);
                ShowRanking(console, count, schulze.Result.Ranking, [.. count.Ids.Select(id => $"over {id}")], i => [.. schulze.Result.Raw[i].Select((n, j) => i == j ? "" : Number(n))]);
                if (schulze.Result.CondorcetWinner is { } winner)
                {
                    console.WriteLine($"More ballots prefer {count.Names[winner]} to each other candidate than the reverse.");
                }

                break;
            case VotesOutcome.OfStv stv:
                ShowBallots(console, stv.Result.Valid, null, stv.Result.Invalid.Count);
                ShowRounds(console, count, stv.Result);
                break;
            case VotesOutcome.OfLists lists:
                ShowLists(console, count, lists.Result, lists.Lists);
                break;
        }

        if (count.Outcome.Seats is { } seats)
        {
            console.WriteLine(string.Create(English, $"{seats.Elected.Count:N0} of {seats.Seats:N0} seats: {string.Join(", ", seats.Elected.Select(i => count.Names[i]))}"));
        }

        foreach (var tie in count.Outcome.Ties)
        {
            console.WriteLine(Sentence(count, tie));
        }
    }

    private static void ShowBallots(IAnsiConsole console, long valid, long? blank, int invalid) =>
        console.WriteLine(string.Create(English, $"{valid:N0} valid ballots{(blank is { } b ? string.Create(English, $", {b:N0} blank") : "")}{(invalid > 0 ? string.Create(English, $", {invalid:N0} invalid") : "")}"));

    private static void ShowRanking(IAnsiConsole console, VotesCount count, IReadOnlyList<IReadOnlyList<int>> ranking, string[] columns, Func<int, string[]> cells)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("", "Candidate");
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)).RightAligned());
        }

        var place = 1;
        foreach (var group in ranking)
        {
            foreach (var candidate in group)
            {
                table.AddRow([new Text(place.ToString(English)), new Text(count.Names[candidate]), .. cells(candidate).Select(c => new Text(c))]);
            }

            place += group.Count;
        }

        console.Write(table);
    }

    private static void ShowRounds(IAnsiConsole console, VotesCount count, StvOutcome outcome)
    {
        console.WriteLine(string.Create(English, $"Quota: {outcome.Quota:N0}"));
        for (var i = 0; i < outcome.Rounds.Count; i++)
        {
            var round = outcome.Rounds[i];
            var scores = string.Join(", ", round.Scores.Select(s => $"{count.Names[s.Candidate]} {Approximately(s.Score)}"));
            console.WriteLine(string.Create(English, $"Round {i + 1}: {scores}; exhausted {Approximately(round.Exhausted)}"));
            console.WriteLine("  " + round switch
            {
                StvRound.Win win => $"{count.Names[win.Candidate]} reaches the quota; its ballots pass on, worth {win.TransferFactor} of what they were.",
                StvRound.Lose lose => $"{count.Names[lose.Candidate]} is eliminated.",
                StvRound.AllRemainingWin all => $"No more candidates than seats are left: {string.Join(", ", all.Candidates.Select(c => count.Names[c]))}.",
                _ => "The count stops at a tie.",
            });
        }
    }

    private static void ShowLists(IAnsiConsole console, VotesCount count, ListOutcome outcome, IReadOnlyList<PartyList> lists)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("List");
        foreach (var column in new[] { "Votes", "Of votes", "Seats" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        table.AddColumn("Elected");
        foreach (var i in Enumerable.Range(0, lists.Count).OrderByDescending(i => lists[i].Votes))
        {
            table.AddRow(
                new Text(count.Names[i]), new Text(Number(lists[i].Votes)), new Text(((double)lists[i].Votes / Math.Max(1, outcome.Votes)).ToString("P2", English)),
                new Text(Number(outcome.Seats[i])), new Text(string.Join(", ", outcome.Elected(i, lists).Select(c => c.Id))));
        }

        console.Write(table);
        if (outcome.Bonus is { List: { } leader } bonus)
        {
            console.WriteLine($"{count.Names[leader]} leads and takes {bonus.Seats} seats first.");
        }

        for (var i = 0; i < outcome.Averages.Count; i++)
        {
            var step = outcome.Averages[i];
            console.WriteLine($"Seat {i + 1}: {string.Join(", ", step.Averages.Select((a, list) => a is { } average ? $"{count.Names[list]} {Approximately(average)}" : null).OfType<string>())}; goes to {(step.List is { } winner ? count.Names[winner] : "nobody yet")}.");
        }

        if (outcome.Remainders is { } remainders)
        {
            console.WriteLine($"Quota: {Approximately(remainders.Quota)}");
            foreach (var i in outcome.Admitted)
            {
                console.WriteLine($"{count.Names[i]}: {remainders.WholeSeats[i]} whole quotas, remainder {Approximately(remainders.Remainders[i]!.Value)}, {remainders.RemainderSeats[i]} seats for it.");
            }
        }

        console.WriteLine(outcome.Stop == ListStop.SecondRoundNeeded ? "No list has more than half of the votes: nobody is elected, a second round is needed."
            : string.Create(English, $"{outcome.Seats.Sum():N0} of {outcome.Rule.Seats:N0} seats are filled."));
    }

    private static string Sentence(VotesCount count, Tie tie)
    {
        var tied = string.Join(", ", tie.Tied.Select(i => count.Names[i]));
        var places = $"{tie.Places} {(tie.Places == 1 ? "place" : "places")}";
        return tie.Chosen is null
            ? $"A tie between {tied} for {places} is not resolved. Say what resolves it with --ties, for example --ties lot --seed TEXT."
            : $"Tie between {tied} for {places}: {string.Join(", ", tie.Chosen.Select(i => count.Names[i]))} by {TieOptions.NameOf(tie.DecidedBy!)} ({string.Join(", ", tie.Evidence.Select(e => $"{count.Names[e.Contender]} {e.Value}"))}).";
    }

    private static string Approximately(Fraction value) => value.Denominator.IsOne ? value.Numerator.ToString("N0", English) : value.ToDouble().ToString("N4", English);

    private static string Number<T>(T value)
        where T : IFormattable => value.ToString("N0", English);
}
