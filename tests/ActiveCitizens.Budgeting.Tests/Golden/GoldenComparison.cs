using System.Globalization;
using System.Text.Json.Nodes;
using ActiveCitizens.Budgeting.Counting;

namespace ActiveCitizens.Budgeting.Tests.Golden;

/// <summary>Compares a count with one entry of a golden file, member by member.</summary>
internal static class GoldenComparison
{
    public static IEnumerable<string> Differences(Instance instance, string id, JsonObject expected)
    {
        if (Presets.Find(id) is not { } preset)
        {
            yield return "there is no such preset";
            yield break;
        }

        if (preset.RuleFor(instance) is not { } rule)
        {
            yield return $"the preset does not apply to {instance.VoteType} ballots";
            yield break;
        }

        Outcome? outcome = null;
        var failure = "";
        try
        {
            outcome = Counter.Count(instance, rule, null, TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is NotSupportedException or ArgumentException or InvalidOperationException or OverflowException or DivideByZeroException or IndexOutOfRangeException)
        {
            failure = $"{e.GetType().Name}: {e.Message}";
        }

        if (outcome is null)
        {
            yield return failure;
            yield break;
        }

        if (!expected.ContainsKey("total_cost"))
        {
            yield break; // "not_computed": the others were too slow; ours ran.
        }

        List<string> winners = [.. outcome.Winners.Select(w => instance.Projects[w].Id)];
        foreach (var difference in Winners(winners, expected).Concat(Members(outcome, id, expected)).Concat(Rounds(instance, outcome, expected)).Concat(Voters(instance, outcome, expected)))
        {
            yield return difference;
        }
    }

    private static IEnumerable<string> Winners(List<string> winners, JsonObject expected)
    {
        if (expected["winners"] is JsonArray inOrder && !inOrder.Select(w => (string)w!).SequenceEqual(winners))
        {
            yield return $"winners {string.Join(',', winners)} instead of {string.Join(',', inOrder.Select(w => (string)w!))}";
        }

        if (expected["winners_set"] is JsonArray set && !set.Select(w => (string)w!).Order().SequenceEqual(winners.Order()))
        {
            yield return $"winners {string.Join(',', winners.Order())} instead of the set {string.Join(',', set.Select(w => (string)w!).Order())}";
        }
    }

    private static IEnumerable<string> Members(Outcome outcome, string id, JsonObject expected)
    {
        var stop = (string?)expected["stop"];
        var pairs = new List<(string Name, string? Ours)>
        {
            ("total_cost", outcome.TotalCost.ToString()),
            ("steps", outcome.Steps?.ToString(CultureInfo.InvariantCulture)),
        };

        // The reference names the first endowment at which every supported project was selected, we the last one allowed.
        if (stop != "bound(all-supported)")
        {
            pairs.Add(("endowment", outcome.Endowment?.ToString()));
        }

        foreach (var (name, ours) in pairs)
        {
            if (expected[name] is { } value && value.ToString() != ours)
            {
                yield return $"{name} {ours} instead of {value}";
            }
        }

        if (stop is { Length: > 0 } && !Means(stop, outcome.Stop))
        {
            yield return $"stop {outcome.Stop} instead of {stop}";
        }

        // The reference made a plain run twice and added up the ties of both. Completions add up those of every run, and a run that is jumped over is never made.
        if (id is "mes_card" or "mes_cost" or "mes_points" or "es_none" && expected["ties_met"] is { } ties)
        {
            if ((int)ties != 2 * outcome.Ties.Count)
            {
                yield return $"{outcome.Ties.Count} ties instead of {ties}";
            }

            if ((int)expected["ties_broken_by_id"]! != 2 * outcome.Ties.Count(t => t.Final == FinalOrder.ProjectId))
            {
                yield return $"{outcome.Ties.Count(t => t.Final == FinalOrder.ProjectId)} ties broken by id instead of {expected["ties_broken_by_id"]}";
            }
        }
    }

    private static IEnumerable<string> Voters(Instance instance, Outcome outcome, JsonObject expected)
    {
        var byWinners = OutcomeComparison.VotersByWinners(instance, outcome.Winners);
        if (expected["excluded_voters"] is { } excluded && (long)excluded != byWinners[0])
        {
            yield return $"{byWinners[0]} voters without a winner instead of {excluded}";
        }

        var average = byWinners.Select((voters, own) => (Rational)(voters * own)).Aggregate((a, b) => a + b) / Math.Max(1, instance.VoterCount);
        if (expected["avg_approved_winners"] is { } own && own.ToString() != average.ToString())
        {
            yield return $"{average} own winners per voter instead of {own}";
        }

        if (expected["compare_mes_vs_greedy"] is not JsonObject comparison)
        {
            yield break;
        }

        var greedy = Counter.Count(instance, Presets.Find("es_greedy")!.RuleFor(instance)!).Winners;
        foreach (var (name, step) in new[] { ("satisfaction", ComparisonStep.ApprovedWinners), ("exclusion", ComparisonStep.Exclusion) })
        {
            var preference = OutcomeComparison.Compare(instance, outcome.Winners, greedy, step);
            if ((long)comparison[name]![0]! != preference.ThisOutcome || (long)comparison[name]![1]! != preference.Greedy)
            {
                yield return $"{name} {preference} instead of {comparison[name]!.ToJsonString()}";
            }
        }
    }

    private static bool Means(string stop, StopReason reason) => stop switch
    {
        "infeasible" => reason == StopReason.NextCostsTooMuch,
        "exhaustive" => reason == StopReason.Exhaustive,
        "all-affordable" => reason == StopReason.EverythingFits,
        "never-stops(all-supported)" => reason == StopReason.EverySupportedSelected,
        "bound" or "bound(all-supported)" => reason == StopReason.Bound,
        "budget" => reason == StopReason.NextDoesNotFit,
        "empty" => reason == StopReason.Complete,
        _ => false,
    };

    private static IEnumerable<string> Rounds(Instance instance, Outcome outcome, JsonObject expected)
    {
        if (expected["rounds"] is JsonArray rounds)
        {
            var ours = outcome.Rounds.Where(r => r.Phase == Phase.EqualShares && instance.Projects[r.Project].Cost.Sign > 0).ToDictionary(r => instance.Projects[r.Project].Id, StringComparer.Ordinal);
            if (ours.Count != rounds.Count)
            {
                yield return $"{ours.Count} rounds instead of {rounds.Count}";
            }

            foreach (var round in rounds.OfType<JsonObject>())
            {
                if (!ours.TryGetValue((string)round["project"]!, out var mine))
                {
                    yield return $"no round for {round["project"]}";
                    continue;
                }

                foreach (var (name, value) in new[] { ("rho", mine.Rho), ("effective_votes", mine.EffectiveVotes), ("max_payment", mine.MaxPayment) })
                {
                    if (round[name] is { } exact && exact.ToString() != value?.ToString())
                    {
                        yield return $"{name} of {mine.Project} {value} instead of {exact}";
                    }
                }
            }
        }

        if (expected["loads"] is JsonArray loads)
        {
            if (loads.Count != outcome.Rounds.Count)
            {
                yield return $"{outcome.Rounds.Count} loads instead of {loads.Count}";
            }

            foreach (var (round, load) in outcome.Rounds.Zip(loads))
            {
                // Very long fractions are published to fifteen digits only.
                var same = load is JsonObject rounded
                    ? Math.Abs(round.Load!.Value.ToDouble() / double.Parse((string)rounded["approx"]!, CultureInfo.InvariantCulture) - 1) < 1e-13
                    : (round.Load?.ToString() ?? "-1") == load!.ToString();
                if (!same)
                {
                    yield return $"load of {round} instead of {load}";
                }
            }
        }
    }
}
