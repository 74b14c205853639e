using System.CommandLine;
using ActiveCitizens.Budgeting;
using ActiveCitizens.Budgeting.Counting;

namespace ActiveCitizens.Cli.CountBudget;

/// <summary>The options that spell out a counting rule.</summary>
internal sealed class RuleOptions
{
    private static readonly string[] Rules = ["greedy", "greedy-no-skip", "greedy-threshold", "greedy-welfare", "equal-shares", "phragmen", "maximin"];
    private static readonly string[] Satisfactions = ["cardinality", "cost", "points", "borda", "effort"];

    private readonly Option<string?> _rule = Choice("--rule", "The rule to count by.", Rules);
    private readonly Option<string?> _satisfaction = Choice("--satisfaction", "What a funded project is worth to a voter; cost unless told.", Satisfactions);
    private readonly Option<string?> _key = Choice("--key", "What greedy sorts by; votes unless told.", "votes", "score");
    private readonly Option<string?> _completion = Choice("--completion", "How Equal Shares raises the endowment; none unless told.", "none", "add1", "one-percent");
    private readonly Option<string?> _step = new("--step") { Description = "Currency units per voter that add1 adds each time; 1 unless told.", HelpName = "AMOUNT" };
    private readonly Option<string?> _start = Choice("--start", "Where the endowment starts: the exact share of the budget (unless told) or its whole part.", "exact", "whole");
    private readonly Option<string?> _exhaustive = Choice("--stop-when-exhaustive", "Stop raising when none of these projects fits; supported unless told.", "supported", "all", "never");
    private readonly Option<string?> _tail = Choice("--tail", "What spends the money left after Equal Shares; none unless told.", "none", "greedy", "votes");
    private readonly Option<string?> _comparison = Choice("--comparison", "Fund greedy's outcome instead when more voters prefer it; none unless told.", "none", "winners", "exclusion");
    private readonly Option<string?> _ties = new("--ties") { Description = "Criteria in order (most-votes, least-cost, greatest-cost), then a final order (id, file, numbers, unresolved, lot); id unless told.", HelpName = "LIST" };
    private readonly Option<FileInfo?> _lot = new("--lot") { Description = "For a final order by lot: a file with one project id per line, in the order drawn.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _rule, _satisfaction, _key, _completion, _step, _start, _exhaustive, _tail, _comparison, _ties, _lot })
        {
            command.Add(option);
        }
    }

    /// <summary>The rule spelled out, or null when no rule was named.</summary>
    /// <exception cref="BadInputException">The options contradict each other.</exception>
    public CountingRule? Read(ParseResult parsed)
    {
        string? Get(Option<string?> option) => parsed.GetValue(option);
        if (Get(_rule) is not { } name)
        {
            var stray = new[] { _satisfaction, _key, _completion, _step, _start, _exhaustive, _tail, _comparison, _ties }.FirstOrDefault(o => Get(o) is not null);
            return stray is null ? null : throw new BadInputException($"{stray.Name} needs --rule, one of {string.Join(", ", Rules)}.");
        }

        var satisfaction = Enum.Parse<Satisfaction>(Get(_satisfaction) ?? "cost", ignoreCase: true);
        var key = Get(_key) is "score" ? GreedyKey.Score : GreedyKey.Votes;
        CountingRule rule = name switch
        {
            "greedy" => new CityGreedyRule(key, false, false),
            "greedy-no-skip" => new CityGreedyRule(key, true, false),
            "greedy-threshold" => new CityGreedyRule(key, false, true),
            "greedy-welfare" => new GreedyWelfareRule(satisfaction),
            "phragmen" => new PhragmenRule(),
            "maximin" => new MaximinSupportRule(),
            _ => new EqualSharesRule(satisfaction)
            {
                Increase = ReadIncrease(parsed),
                Tail = Get(_tail) switch { "greedy" => Tail.GreedyWelfare, "votes" => Tail.ByVotes, _ => Tail.None },
                Comparison = Get(_comparison) switch { "winners" => ComparisonStep.ApprovedWinners, "exclusion" => ComparisonStep.Exclusion, _ => ComparisonStep.None },
            },
        };
        return rule with { Ties = ReadTies(Get(_ties) ?? "id", parsed.GetValue(_lot)) };
    }

    private EndowmentIncrease ReadIncrease(ParseResult parsed)
    {
        Rational step = 1;
        if (parsed.GetValue(_step) is { } text && (!Rational.TryParse(text, out step) || step.Sign <= 0))
        {
            throw new BadInputException($"--step is \"{text}\"; write an amount above zero, such as 1 or 0.5.");
        }

        var increase = parsed.GetValue(_completion) switch
        {
            "add1" => new EndowmentIncrease(IncreaseUnit.PerVoter, step),
            "one-percent" => new EndowmentIncrease(IncreaseUnit.FractionOfBudget, Rational.Of(1, 100)) { BoundedByBudgetTimesVoters = true },
            _ => EndowmentIncrease.None,
        };
        return increase with
        {
            StartFromWholeUnits = parsed.GetValue(_start) is "whole",
            ExhaustiveStop = parsed.GetValue(_exhaustive) switch { "all" => ExhaustiveStop.AllProjects, "never" => ExhaustiveStop.Never, _ => ExhaustiveStop.SupportedProjects },
        };
    }

    private static TieBreaking ReadTies(string list, FileInfo? lot)
    {
        var criteria = new List<TieCriterion>();
        var final = FinalOrder.ProjectId;
        var parts = list.Split(',', StringSplitOptions.TrimEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            TieCriterion? criterion = parts[i] switch
            {
                "most-votes" => TieCriterion.MostVotes,
                "least-cost" => TieCriterion.LeastCost,
                "greatest-cost" => TieCriterion.GreatestCost,
                _ => null,
            };
            if (criterion is { } known)
            {
                criteria.Add(known);
                continue;
            }

            final = parts[i] switch
            {
                "id" => FinalOrder.ProjectId,
                "file" => FinalOrder.File,
                "numbers" => FinalOrder.NumbersThenFile,
                "unresolved" => FinalOrder.Unresolved,
                "lot" when lot is not null => FinalOrder.Lot,
                "lot" => throw new BadInputException("--ties lot needs --lot FILE."),
                _ => throw new BadInputException($"--ties: \"{parts[i]}\" is not known. Write criteria (most-votes, least-cost, greatest-cost), then id, file, numbers, unresolved or lot."),
            };
            if (i < parts.Length - 1)
            {
                throw new BadInputException($"--ties: \"{parts[i]}\" decides everything, so it must come last.");
            }
        }

        return new TieBreaking(criteria, final) { Lot = final == FinalOrder.Lot ? ReadLot(lot!) : [] };
    }

    private static string[] ReadLot(FileInfo file)
    {
        try
        {
            return [.. File.ReadLines(file.FullName).Select(line => line.Trim()).Where(line => line.Length > 0)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{file.Name} cannot be read: {e.Message}", e);
        }
    }

    private static Option<string?> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { Description = description };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
