using System.Text.Encodings.Web;
using System.Text.Json;
using ActiveCitizens.Budgeting;
using ActiveCitizens.Budgeting.Counting;

namespace ActiveCitizens.Web.Features.Budgets;

/// <summary>A tie the count met: the projects that were equal and the one taken first (numbers of the round).</summary>
public sealed record CountedTie(IReadOnlyList<int> Tied, int? Chosen, string? ResolvedBy);

/// <summary>One funded project in the order of selection; amounts are exact text.</summary>
/// <param name="Project">Number of the project in the round, from 1.</param>
/// <param name="Phase">Which part of the rule took it.</param>
/// <param name="Payers">Equal Shares: groups of supporters by what each paid, the most first.</param>
public sealed record CountedRound(int Project, string Phase, string? EffectiveVotes, string? MaxPayment, IReadOnlyList<PayerGroup> Payers);

/// <summary>So many voters who each paid this much.</summary>
public sealed record PayerGroup(long Voters, double Paid);

/// <summary>A project that was not funded: what its supporters still had, and what they had paid for before.</summary>
/// <param name="Left">Money its supporters held together at the end, in currency units; null where the rule has no money.</param>
/// <param name="SpentOn">Funded projects for which its supporters paid most, by number, with the amount.</param>
public sealed record CountedLoser(int Project, double? Left, IReadOnlyList<SpentElsewhere> SpentOn);

public sealed record SpentElsewhere(int Project, double Paid);

/// <summary>What a rule decided, in the form in which it is kept, shown and published.</summary>
public sealed record CountedResult
{
    public required string Rule { get; init; }

    /// <summary>The rule with every option, as the recount states it.</summary>
    public required string Options { get; init; }
    public required string TieBreaking { get; init; }

    /// <summary>Exact cost of the funded projects, in currency units.</summary>
    public required string TotalCost { get; init; }
    public required long TotalCostCents { get; init; }
    public required string? Endowment { get; init; }
    public required long? Steps { get; init; }
    public required string Stop { get; init; }
    public required IReadOnlyList<CountedRound> Rounds { get; init; }
    public required IReadOnlyList<CountedLoser> Losers { get; init; }
    public required IReadOnlyList<CountedTie> Ties { get; init; }

    /// <summary>How many voters have 0, 1, 2 … funded projects on their ballot.</summary>
    public required IReadOnlyList<long> VotersByWinners { get; init; }

    public IEnumerable<int> Winners => Rounds.Select(round => round.Project);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static CountedResult FromJson(string json) => JsonSerializer.Deserialize<CountedResult>(json, Json) ?? throw new InvalidOperationException("A kept result is never null.");

    /// <summary>Puts an outcome into the kept form. O(entries × rounds) for rules with money.</summary>
    public static CountedResult Of(string rule, Instance instance, Outcome outcome)
    {
        var profile = instance.Profile;
        var payers = new Dictionary<double, long>[outcome.Rounds.Count];
        var leftBehind = new double[instance.Projects.Count];
        var spent = new Dictionary<int, double>[instance.Projects.Count];
        if (outcome.Ledger is { } ledger && outcome.Endowment is not null)
        {
            var funded = outcome.Winners.ToHashSet();
            for (var round = 0; round < payers.Length; round++)
            {
                payers[round] = [];
            }

            for (var ballot = 0; ballot < profile.Count; ballot++)
            {
                var weight = profile.Weight(ballot);
                var projects = profile.Projects(ballot);
                var left = ledger.Left(ballot)?.ToDouble() ?? 0;
                foreach (var project in projects)
                {
                    leftBehind[project] += weight * left;
                }

                for (var round = 0; round < payers.Length; round++)
                {
                    if (!projects.Contains(outcome.Rounds[round].Project) || ledger.Paid(round, ballot) is not { Sign: > 0 } exact)
                    {
                        continue;
                    }

                    var paid = exact.ToDouble();
                    payers[round][paid] = payers[round].GetValueOrDefault(paid) + weight;
                    foreach (var project in projects)
                    {
                        if (!funded.Contains(project))
                        {
                            (spent[project] ??= [])[outcome.Rounds[round].Project] = spent[project].GetValueOrDefault(outcome.Rounds[round].Project) + weight * paid;
                        }
                    }
                }
            }
        }

        var winners = outcome.Winners.ToHashSet();
        return new CountedResult
        {
            Rule = rule,
            Options = outcome.Rule.ToString(),
            TieBreaking = outcome.Rule.Ties.ToString(),
            TotalCost = outcome.TotalCost.ToDecimalText(),
            TotalCostCents = BudgetAmounts.Cents(outcome.TotalCost),
            Endowment = outcome.Endowment?.ToString(),
            Steps = outcome.Steps,
            Stop = outcome.Stop.ToString(),
            Rounds = [.. outcome.Rounds.Select((round, index) => new CountedRound(round.Project + 1, round.Phase.ToString(), Shown(round.EffectiveVotes), Shown(round.MaxPayment),
                [.. (payers[index] ?? []).OrderByDescending(group => group.Key).Select(group => new PayerGroup(group.Value, group.Key))]))],
            Losers = [.. instance.Projects.Where(project => !winners.Contains(project.Index)).Select(project => new CountedLoser(
                project.Index + 1,
                outcome.Endowment is null ? null : leftBehind[project.Index],
                [.. (spent[project.Index] ?? []).OrderByDescending(pair => pair.Value).Take(5).Select(pair => new SpentElsewhere(pair.Key + 1, pair.Value))]))],
            Ties = [.. outcome.Ties.Select(tie => new CountedTie([.. tie.Tied.Select(project => project + 1)], tie.Chosen + 1, tie.ResolvedBy?.ToString() ?? tie.Final?.ToString()))],
            VotersByWinners = OutcomeComparison.VotersByWinners(instance, outcome.Winners),
        };
    }

    // Exact fractions of late rounds run to hundreds of digits: those are in the recount, here a number serves.
    private static string? Shown(Rational? value) => value?.ToDouble().ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Between the exact amounts of a count and the cents that are stored.</summary>
public static class BudgetAmounts
{
    /// <summary>Whole cents of an amount; a fraction of a cent is dropped.</summary>
    /// <exception cref="OverflowException">More than 92 thousand billion.</exception>
    public static long Cents(Rational amount) => checked((long)(amount * 100).Floor());
}
