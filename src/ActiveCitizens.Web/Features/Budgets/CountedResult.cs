using System.Text.Encodings.Web;
using System.Text.Json;
using ActiveCitizens.Budgeting;
using ActiveCitizens.Budgeting.Counting;
using ActiveCitizens.Budgeting.Explanations;

namespace ActiveCitizens.Web.Features.Budgets;

/// <summary>A tie the count met: the projects that were equal and the one taken first (numbers of the round).</summary>
public sealed record CountedTie(IReadOnlyList<int> Tied, int? Chosen, string? ResolvedBy);

/// <summary>One funded project in the order of selection; amounts are in currency units.</summary>
/// <param name="Project">Number of the project in the round, from 1.</param>
/// <param name="Phase">Which part of the rule took it.</param>
public sealed record CountedRound(int Project, string Phase, double? EffectiveVotes, double? MaxPayment);

/// <summary>So many voters who each paid this much.</summary>
public sealed record PayerGroup(long Voters, double Paid);

/// <summary>What supporters of a project paid for another one, together.</summary>
public sealed record SpentElsewhere(int Project, double Paid);

/// <summary>Why a project was funded or not.</summary>
/// <param name="Verdict">Name of the case of the library's <see cref="Verdict"/>.</param>
/// <param name="Available">Money that was left, held or available when that was decided; null where the case has none.</param>
/// <param name="Missing">What was missing then.</param>
/// <param name="Payers">Equal Shares: groups of supporters by what each paid, the most first.</param>
/// <param name="SpentOn">Equal Shares, not funded: what its supporters paid for before, the most first.</param>
public sealed record CountedProject(int Number, int? Position, string Verdict, double? Available, double? Missing, IReadOnlyList<PayerGroup> Payers, IReadOnlyList<SpentElsewhere> SpentOn);

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

    /// <summary>Every project, in the order of their numbers.</summary>
    public required IReadOnlyList<CountedProject> Projects { get; init; }
    public required IReadOnlyList<CountedTie> Ties { get; init; }

    /// <summary>How many voters have 0, 1, 2 … funded projects on their ballot.</summary>
    public required IReadOnlyList<long> VotersByWinners { get; init; }

    private const int SpendingsKept = 8;

    public IEnumerable<int> Winners => Rounds.Select(round => round.Project);

    /// <summary>Whether a project, by its number, is funded.</summary>
    public bool Funds(int project) => Projects[project - 1].Position is not null;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public static CountedResult FromJson(string json) => JsonSerializer.Deserialize<CountedResult>(json, Json) ?? throw new InvalidOperationException("A kept result is never null.");

    /// <summary>Puts an outcome and its explanation into the kept form.</summary>
    public static CountedResult Of(string rule, Instance instance, Outcome outcome, CancellationToken cancel)
    {
        var explanation = Explainer.Explain(instance, outcome, cancel);
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
            Rounds = [.. outcome.Rounds.Select(round => new CountedRound(round.Project + 1, round.Phase.ToString(), round.EffectiveVotes?.ToDouble(), round.MaxPayment?.ToDouble()))],
            Projects = [.. explanation.Projects.Select(Describe)],
            Ties = [.. outcome.Ties.Select(tie => new CountedTie([.. tie.Tied.Select(project => project + 1)], tie.Chosen + 1, tie.ResolvedBy?.ToString() ?? tie.Final?.ToString()))],
            VotersByWinners = explanation.Figures.VotersByWinners,
        };
    }

    private static CountedProject Describe(ProjectExplanation project)
    {
        (Rational? available, Rational? missing) = project.Verdict switch
        {
            Verdict.FundedByTailRule funded => ((Rational?)funded.RemainingBefore, (Rational?)null),
            Verdict.GreedyFunded funded => (funded.RemainingBefore, null),
            Verdict.GreedySkipped skipped => (skipped.Remaining, skipped.Missing),
            Verdict.StoppedTheCount stopped => (stopped.Remaining, stopped.Missing),
            Verdict.NoLongerFits late => (late.Remaining, late.Missing),
            Verdict.DoesNotFit large => (null, large.Missing),
            Verdict.NeverEnoughMoney poor => (poor.Held, poor.Missing),
            Verdict.SupportersSpentElsewhere spent => (spent.Left, spent.Missing),
            _ => (null, null),
        };
        return new CountedProject(
            project.Project + 1,
            project.Position,
            project.Verdict.GetType().Name,
            available?.ToDouble(),
            missing?.ToDouble(),
            [.. project.Payments.Select(group => new PayerGroup(group.Voters, group.Payment.ToDouble()))],
            [.. (project.WhenDropped ?? project.AtTheEnd)?.Spent.OrderByDescending(spent => spent.Amount).Take(SpendingsKept).Select(spent => new SpentElsewhere(spent.Project + 1, spent.Amount.ToDouble())) ?? []]);
    }
}

/// <summary>Between the exact amounts of a count and the cents that are stored.</summary>
public static class BudgetAmounts
{
    /// <summary>Whole cents of an amount; a fraction of a cent is dropped.</summary>
    /// <exception cref="OverflowException">More than 92 thousand billion.</exception>
    public static long Cents(Rational amount) => checked((long)(amount * 100).Floor());
}
