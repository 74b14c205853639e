using System.CommandLine;
using System.Globalization;
using System.Numerics;
using ActiveCitizens.Voting.Counting;
using ActiveCitizens.Voting.Counting.Lists;

namespace ActiveCitizens.Cli.CountVotes;

/// <summary><c>activecitizens count-votes</c>: who is elected, from ballots, an election's result or votes for lists.</summary>
internal sealed class CountVotesCommand
{
    private const string Help = """
        Counts an election by candidates or by lists, exactly, and explains every step.

        FILE is one of: a JSON array of ballots, one number per candidate ([[1,2,0],[2,1,3]]); an election's result ({"result":[…]});
        its archive, .bel (verify it as well); for methods on lists, a CSV file with the columns list and votes (and perhaps name).

        Numbers on ballots: plurality 1 chosen, 0 not; majority-judgment the grade, 1 best; schulze and stv the rank, 1 best, 0 not ranked.

        Examples:
          activecitizens count-votes council.bel --method plurality --seats 9
          activecitizens count-votes result.json --method plurality --seats 9 --candidates council.csv --ties older,lot --seed "5 12 23 31 44"
          activecitizens count-votes ballots.json --method stv --seats 3 --ties lot --seed 2026-03-22 --json
          activecitizens count-votes ballots.json --method majority-judgment --grades 6
          activecitizens count-votes lists.csv --method french-municipal --seats 19 --candidates members.csv
          activecitizens count-votes lists.csv --method sainte-lague --seats 12 --threshold 3
        """;

    private static readonly string[] Methods =
        ["plurality", "majority-judgment", "schulze", "stv", "dhondt", "sainte-lague", "largest-remainder-hare", "largest-remainder-droop", "french-municipal"];

    // More than any assembly has; every seat is a step that is shown.
    private const int MaxSeats = 10_000;

    private readonly Argument<FileInfo> _file = new("FILE") { Description = "Ballots or a result (JSON), an archive (.bel), or votes for lists (CSV)." };
    private readonly Option<string> _method = new("--method") { Description = "How to count.", Required = true };
    private readonly Option<int> _seats = new("--seats") { Description = "How many seats to fill; 1, or as many as an archive announces, unless told.", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<int?> _question = new("--question") { Description = "Which question of a result, from 1.", HelpName = "K" };
    private readonly Option<FileInfo?> _candidates = new("--candidates")
    {
        Description = "CSV with the columns id and perhaps name and born (1961-02-03), one line per number on a ballot; for lists also list, in the order of each list.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _blank = new("--blank") { Description = "The question allows blank votes: a result's first number counts them, a ballot of zeros is one. An archive says so itself." };
    private readonly Option<int?> _grades = new("--grades") { Description = "majority-judgment: how many grades there are; as the archive says unless told.", HelpName = "G" };
    private readonly Option<int?> _min = new("--min") { Description = "plurality on ballots: fewest choices on a ballot; 0 unless told.", HelpName = "N" };
    private readonly Option<int?> _max = new("--max") { Description = "plurality on ballots: most choices on a ballot; as many as seats unless told.", HelpName = "N" };
    private readonly Option<string?> _threshold = new("--threshold") { Description = "lists: percentage of all votes below which a list takes no seat, such as 5 or 2.5.", HelpName = "PERCENT" };
    private readonly Option<string?> _bonus = new("--bonus") { Description = "lists: part of the seats that the leading list takes first, such as 1/2, rounded up.", HelpName = "N/D" };
    private readonly Option<bool> _firstRound = new("--first-round") { Description = "lists: the bonus needs more than half of the votes, else nobody is elected." };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON instead of tables." };
    private readonly TieOptions _ties = new();

    public static Command Create(Screen screen)
    {
        var options = new CountVotesCommand();
        options._method.AcceptOnlyFromAmong(Methods);
        var command = new Command("count-votes", Help)
        {
            options._file, options._method, options._seats, options._question, options._candidates, options._blank, options._grades, options._min,
            options._max, options._threshold, options._bonus, options._firstRound, options._json,
        };
        options._ties.AddTo(command);
        command.Does(screen, (parsed, _) =>
        {
            var count = options.Count(parsed);
            if (parsed.GetValue(options._json))
            {
                VotesJson.Write(screen.Output, count);
            }
            else
            {
                VotesTable.Show(screen, count);
            }

            return 0;
        });
        return command;
    }

    private VotesCount Count(ParseResult parsed)
    {
        var method = parsed.GetValue(_method)!;
        if (parsed.GetValue(_seats) is < 1 or > MaxSeats)
        {
            throw new BadInputException($"--seats is {parsed.GetValue(_seats)}; write 1 to {MaxSeats}.");
        }

        RefuseStrayOptions(parsed, method);
        return method is "plurality" or "majority-judgment" or "schulze" or "stv" ? CountCandidates(parsed, method) : CountLists(parsed, method);
    }

    private void RefuseStrayOptions(ParseResult parsed, string method)
    {
        var lists = method is not ("plurality" or "majority-judgment" or "schulze" or "stv");
        foreach (var (option, applies) in new (Option, bool)[]
        {
            (_question, !lists), (_blank, !lists && method != "stv"), (_grades, method == "majority-judgment"), (_min, method == "plurality"), (_max, method == "plurality"),
            (_threshold, lists && method != "french-municipal"), (_bonus, lists && method != "french-municipal"), (_firstRound, lists),
        })
        {
            if (!applies && parsed.GetResult(option) is { Implicit: false })
            {
                throw new BadInputException($"{option.Name} means nothing with --method {method}.");
            }
        }
    }

    private VotesCount CountCandidates(ParseResult parsed, string method)
    {
        var votes = VotesFile.Read(parsed.GetValue(_file)!, parsed.GetValue(_question));
        var (blank, seats, ties) = (votes.Blank ?? parsed.GetValue(_blank), parsed.GetResult(_seats) is { Implicit: false } ? parsed.GetValue(_seats) : votes.Seats ?? 1, _ties.Read(parsed) ?? TieRule.Unresolved);
        if (votes.Sums is { } sums)
        {
            return CountSums(parsed, method, votes, sums, blank);
        }

        var ballots = votes.Ballots!;
        var who = Standings.Read(parsed.GetValue(_candidates), votes.Width, votes.Question?.Answers);
        VotesOutcome outcome;
        switch (method)
        {
            case "plurality":
                var tally = Plurality.Tally(ballots, who.Candidates.Count, parsed.GetValue(_min) ?? 0, parsed.GetValue(_max) ?? seats, blank);
                outcome = new VotesOutcome.OfPlurality(Plurality.Count(tally.Votes, who.Candidates, seats, ties), tally, null);
                break;
            case "majority-judgment":
                var grades = parsed.GetValue(_grades) ?? votes.Grades ?? throw new BadInputException("--method majority-judgment needs --grades, how many grades there are.");
                if (grades is < 1 or > 255)
                {
                    throw new BadInputException($"--grades is {grades}; write 1 to 255.");
                }

                var judgment = MajorityJudgment.Count(ballots, who.Candidates.Count, grades, blank);
                outcome = new VotesOutcome.OfJudgment(judgment, SeatAllocation.Fill(judgment.Ranking, who.Candidates, seats, ties));
                break;
            case "schulze":
                var schulze = Schulze.Count(ballots, who.Candidates.Count, blank);
                outcome = new VotesOutcome.OfSchulze(schulze, SeatAllocation.Fill(schulze.Ranking, who.Candidates, seats, ties));
                break;
            default:
                outcome = new VotesOutcome.OfStv(SingleTransferableVote.Count(ballots, who.Candidates, seats, ties));
                break;
        }

        return new(votes.File, method, [.. who.Candidates.Select(c => c.Id)], who.Names, outcome);
    }

    private VotesCount CountSums(ParseResult parsed, string method, VotesFile votes, IReadOnlyList<long> sums, bool blank)
    {
        if (method != "plurality")
        {
            throw new BadInputException($"{votes.File.Name} holds sums of votes; --method {method} needs ballots. Sums can be counted with --method plurality.");
        }

        if (blank && sums.Count == 0)
        {
            throw new BadInputException($"{votes.File.Name} holds no number; expected the number of blank votes first, because of --blank.");
        }

        IReadOnlyList<long> ofCandidates = blank ? [.. sums.Skip(1)] : sums;
        var who = Standings.Read(parsed.GetValue(_candidates), ofCandidates.Count, votes.Question?.Answers);
        var result = Plurality.Count(ofCandidates, who.Candidates, parsed.GetValue(_seats), _ties.Read(parsed) ?? TieRule.Unresolved);
        return new(votes.File, method, [.. who.Candidates.Select(c => c.Id)], who.Names, new VotesOutcome.OfPlurality(result, null, blank ? sums[0] : null));
    }

    private VotesCount CountLists(ParseResult parsed, string method)
    {
        var (lists, names, file) = Standings.ReadLists(parsed.GetValue(_file)!, parsed.GetValue(_candidates));
        var (seats, ties, firstRound) = (parsed.GetValue(_seats), _ties.Read(parsed), parsed.GetValue(_firstRound));
        var rule = method switch
        {
            "french-municipal" => ListRule.FrenchMunicipal(seats, firstRound),
            "dhondt" => new ListRule(ListMethod.DHondt, seats),
            "sainte-lague" => new ListRule(ListMethod.SainteLague, seats),
            "largest-remainder-hare" => new ListRule(ListMethod.LargestRemainderHare, seats),
            _ => new ListRule(ListMethod.LargestRemainderDroop, seats),
        };
        if (parsed.GetValue(_threshold) is { } threshold)
        {
            rule = rule with { Threshold = Percentage(threshold) };
        }

        if (parsed.GetValue(_bonus) is { } bonus)
        {
            rule = rule with { Bonus = new(Part(bonus)) { NeedsAbsoluteMajority = firstRound } };
        }

        if (firstRound && rule.Bonus is null)
        {
            throw new BadInputException("--first-round needs --bonus or --method french-municipal.");
        }

        if (ties is not null)
        {
            rule = rule with { Ties = ties, Bonus = rule.Bonus is null ? null : rule.Bonus with { Ties = ties } };
        }

        return new(file, method, [.. lists.Select(l => l.Id)], names, new VotesOutcome.OfLists(ListProportional.Count(lists, rule), lists));
    }

    private static Fraction Percentage(string text)
    {
        if (decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100 && text.Length <= 12)
        {
            return Fraction.Of(new BigInteger(percent * 10_000_000_000m), new BigInteger(1_000_000_000_000m));
        }

        throw new BadInputException($"--threshold is \"{text}\"; write a percentage, 0 to 100, such as 5 or 2.5.");
    }

    private static Fraction Part(string text)
    {
        if (text.Split('/') is [var above, var below] && int.TryParse(above, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            && int.TryParse(below, NumberStyles.None, CultureInfo.InvariantCulture, out var d) && n > 0 && d >= n)
        {
            return Fraction.Of(n, d);
        }

        throw new BadInputException($"--bonus is \"{text}\"; write a fraction above 0 and at most 1, such as 1/2.");
    }
}
