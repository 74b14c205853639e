using System.CommandLine;
using ActiveCitizens.Budgeting;
using ActiveCitizens.Budgeting.Counting;
using ActiveCitizens.Budgeting.Pabulib;

namespace ActiveCitizens.Cli.CountBudget;

/// <summary><c>activecitizens count</c>: counts a participatory budget from a published file.</summary>
internal static class CountCommand
{
    private const string Help = """
        Counts a participatory budget from a Pabulib file (.pb or .pb.gz).

        Without options: the city's usual greedy rule beside the Method of Equal Shares, as a table.

        Examples:
          activecitizens count vote.pb
          activecitizens count vote.pb.gz --preset es_add1_int --json
          activecitizens count vote.pb --rule equal-shares --satisfaction cost --completion add1 --ties least-cost,most-votes,id
          activecitizens count vote.pb --all-presets --json
          activecitizens count --presets
        """;

    public static Command Create(Screen screen)
    {
        var file = new Argument<FileInfo?>("FILE") { Description = "A Pabulib file, .pb or .pb.gz.", Arity = ArgumentArity.ZeroOrOne };
        file.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] name }])
            {
                result.AddError($"There is no option {name}.");
            }
        });
        var preset = new Option<string?>("--preset") { Description = "Count by this named rule; see --presets.", HelpName = "ID" };
        var all = new Option<bool>("--all-presets") { Description = "Count by every named rule that applies to the ballots." };
        var list = new Option<bool>("--presets") { Description = "List the named rules, each with a sentence." };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of a table." };
        var rule = new RuleOptions();
        var command = new Command("count", Help) { file, preset, all, list, json };
        rule.AddTo(command);
        command.Does(screen, (parsed, cancel) => Guard(screen, () =>
        {
            if (parsed.GetValue(list))
            {
                ListPresets(screen);
                return;
            }

            var request = new Request(parsed.GetValue(preset), parsed.GetValue(all), parsed.GetValue(json), rule.Read(parsed));
            Count(screen, parsed.GetValue(file) ?? throw new BadInputException("Name the file to count, for example: activecitizens count vote.pb"), request, cancel);
        }));
        return command;
    }

    private sealed record Request(string? Preset, bool All, bool Json, CountingRule? Rule);

    private static int Guard(Screen screen, Action action)
    {
        try
        {
            action();
            return 0;
        }
        catch (PabulibFormatException bad)
        {
            foreach (var problem in bad.Problems)
            {
                screen.Errors.WriteLine(problem);
            }

            screen.Errors.WriteLine("Nothing was counted.");
            return CommandLine.BadInput;
        }
    }

    private static void ListPresets(Screen screen)
    {
        foreach (var preset in Presets.All)
        {
            screen.Output.WriteLine($"{preset.Id,-28} {preset.Sentence}");
        }
    }

    private static void Count(Screen screen, FileInfo path, Request request, CancellationToken cancel)
    {
        if ((request.Preset is null ? 0 : 1) + (request.All ? 1 : 0) + (request.Rule is null ? 0 : 1) > 1)
        {
            throw new BadInputException("Choose one of --preset, --all-presets and --rule.");
        }

        var ballots = BallotFile.Read(path, screen, cancel);
        var instance = ballots.File.Instance;
        if (request.All)
        {
            CountAll(screen, ballots, request.Json, cancel);
        }
        else if (request.Preset is null && request.Rule is null && !request.Json)
        {
            OutcomeTable.Compare(screen, ballots, CountWith(screen, instance, UsualGreedy, cancel), CountWith(screen, instance, UsualEqualShares(instance), cancel));
        }
        else
        {
            var rule = request.Rule ?? RuleOf(request.Preset ?? UsualEqualShares(instance), instance);
            var outcome = Run(screen, instance, rule, request.Preset ?? "", cancel);
            if (request.Json)
            {
                OutcomeJson.Write(screen.Output, ballots, outcome);
            }
            else
            {
                OutcomeTable.Show(screen, ballots, outcome);
            }
        }
    }

    private static void CountAll(Screen screen, BallotFile ballots, bool json, CancellationToken cancel)
    {
        var instance = ballots.File.Instance;
        var outcomes = new List<(string Id, Outcome Outcome)>();
        foreach (var preset in Presets.All)
        {
            if (preset.RuleFor(instance) is { } rule)
            {
                outcomes.Add((preset.Id, Run(screen, instance, rule, preset.Id, cancel)));
            }
        }

        if (json)
        {
            OutcomeJson.WriteAll(screen.Output, instance, outcomes);
        }
        else
        {
            OutcomeTable.ShowAll(screen, ballots, outcomes);
        }
    }

    private const string UsualGreedy = "city_greedy_skip";

    private static string UsualEqualShares(Instance instance) =>
        instance.VoteType is VoteType.Approval or VoteType.ChooseOne ? "es_add1u_exh_int" : "mes_points_add1";

    private static CountingRule RuleOf(string id, Instance instance)
    {
        var preset = Presets.Find(id) ?? throw new BadInputException($"There is no preset {id}. List them with: activecitizens count --presets");
        return preset.RuleFor(instance) ?? throw new BadInputException($"The preset {id} does not apply to this file ({instance.VoteType} ballots{(instance.MinProjectScoreThreshold is null ? ", no threshold" : "")}).");
    }

    private static Outcome CountWith(Screen screen, Instance instance, string preset, CancellationToken cancel) =>
        Run(screen, instance, RuleOf(preset, instance), preset, cancel);

    private static Outcome Run(Screen screen, Instance instance, CountingRule rule, string name, CancellationToken cancel)
    {
        using var progress = new ProgressLine(screen);
        try
        {
            return Counter.Count(instance, rule, progress.Of<CountProgress>(p => $"Counting {name}: {p.Runs} runs, {p.Selected} projects in the latest"), cancel);
        }
        catch (ArgumentException bad)
        {
            throw new BadInputException(bad.Message, bad);
        }
    }
}
