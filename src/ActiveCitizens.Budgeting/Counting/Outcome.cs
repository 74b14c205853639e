namespace ActiveCitizens.Budgeting.Counting;

/// <summary>Why a count ended.</summary>
public enum StopReason
{
    /// <summary>Every project was considered.</summary>
    Complete,

    /// <summary>Equal Shares: no remaining project can be paid by its supporters.</summary>
    NothingAffordable,

    /// <summary>No project that counts for exhaustiveness still fits.</summary>
    Exhaustive,

    /// <summary>The next endowment would select projects dearer than the budget.</summary>
    NextCostsTooMuch,

    /// <summary>Every project fits into the budget, so the endowment was not raised.</summary>
    EverythingFits,

    /// <summary>Every supported project is selected; a larger endowment changes nothing.</summary>
    EverySupportedSelected,

    /// <summary>The endowment reached its bound.</summary>
    Bound,

    /// <summary>The next project did not fit, and the rule ends there.</summary>
    NextDoesNotFit,

    /// <summary>A tie that the tie-breaking rule does not resolve: draw a lot and count again.</summary>
    TieNeedsLot,
}

/// <summary>Which part of a rule selected a project.</summary>
public enum Phase
{
    Greedy,
    EqualShares,
    Tail,
    Phragmen,
    MaximinSupport,
}

/// <summary>One selected project.</summary>
/// <param name="Project">Index of the project.</param>
/// <param name="Phase">Which part of the rule selected it.</param>
public sealed record Round(int Project, Phase Phase)
{
    /// <summary>Equal Shares: rho, the money per unit of utility that its supporters pay at most; 0 for a project that costs nothing.</summary>
    public Rational? Rho { get; init; }

    /// <summary>Equal Shares: cost divided by the payment per unit of cardinality of the best-off supporter; null when the project costs nothing.</summary>
    public Rational? EffectiveVotes { get; init; }

    /// <summary>Equal Shares: the highest payment a supporter made, in currency units.</summary>
    public Rational? MaxPayment { get; init; }

    /// <summary>Phragmén: the load of its supporters after the purchase; maximin support: the least possible maximum load. Null when infinite.</summary>
    public Rational? Load { get; init; }
}

/// <summary>Who paid what: exact money of every merged ballot in every round of <see cref="Outcome.Rounds"/>.</summary>
public abstract class Ledger
{
    /// <summary>What each voter of this merged ballot paid (or was loaded with) in this round; zero when not a supporter.</summary>
    public abstract Rational Paid(int round, int ballot);

    /// <summary>What each voter of this merged ballot has left at the end; null where a rule has loads and no endowment.</summary>
    public abstract Rational? Left(int ballot);
}

/// <summary>How many voters prefer the outcome of Equal Shares, and how many greedy by votes.</summary>
public sealed record Preference(long ThisOutcome, long Greedy);

/// <summary>What a count decided and how. Project numbers are indices into <see cref="Instance.Projects"/>.</summary>
public sealed record Outcome
{
    public required CountingRule Rule { get; init; }

    /// <summary>Indices in order of selection.</summary>
    public required IReadOnlyList<int> Winners { get; init; }

    /// <summary>Exact cost of the winners.</summary>
    public required Rational TotalCost { get; init; }

    /// <summary>One entry per winner, in the same order.</summary>
    public required IReadOnlyList<Round> Rounds { get; init; }

    /// <summary>Ties met in the runs that led to this outcome's winners, in order.</summary>
    public required IReadOnlyList<Tie> Ties { get; init; }

    public required StopReason Stop { get; init; }

    /// <summary>Phragmén: indices of the projects that were next and no longer fitted, which ended the count; empty otherwise.</summary>
    public IReadOnlyList<int> StoppedBy { get; init; } = [];

    /// <summary>Equal Shares: what every voter had to spend in the run that counts.</summary>
    public Rational? Endowment { get; init; }

    /// <summary>Equal Shares with an increase: how many increments were accepted.</summary>
    public long? Steps { get; init; }

    /// <summary>Payments or loads, where the rule has them.</summary>
    public Ledger? Ledger { get; init; }

    /// <summary>The comparison with greedy by votes, where the rule makes it.</summary>
    public Preference? Comparison { get; init; }

    /// <summary>True when the comparison step replaced the outcome of Equal Shares by greedy by votes.</summary>
    public bool ReplacedByGreedy { get; init; }
}

/// <summary>How far a count has come.</summary>
/// <param name="Runs">Runs finished so far, for completions that count again and again; rounds for the others.</param>
/// <param name="Selected">Projects selected in the latest run.</param>
/// <param name="BudgetUsed">Which part of the budget these cost, 0 to 1 (above it in the last run of a completion): near 1 the end is near.</param>
public sealed record CountProgress(long Runs, int Selected, double BudgetUsed)
{
    /// <summary>Of a rule that takes one project a round and never gives it back.</summary>
    internal static CountProgress AfterRounds(int rounds, Rational budget, Rational left) =>
        new(rounds, rounds, budget.Sign == 0 ? 1 : 1 - (left / budget).ToDouble());
}
