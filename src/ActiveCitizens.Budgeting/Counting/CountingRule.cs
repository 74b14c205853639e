namespace ActiveCitizens.Budgeting.Counting;

/// <summary>The utility u_i(p) a voter i draws from a funded project p ("satisfaction" in pabutools).</summary>
public enum Satisfaction
{
    /// <summary>1 for every project on the ballot.</summary>
    Cardinality,

    /// <summary>The cost of the project when it is on the ballot.</summary>
    Cost,

    /// <summary>The points given; cumulative and scoring ballots only.</summary>
    Points,

    /// <summary>Length of the ballot minus position (from 0) minus 1, so the last-ranked project gives 0; ordinal ballots only.</summary>
    Borda,

    /// <summary>The cost of the project divided by its votes when it is on the ballot.</summary>
    Effort,
}

/// <summary>A counting rule with every option explicit, so that a report can name it and anyone can recount.</summary>
public abstract record CountingRule
{
    private protected CountingRule()
    {
    }

    /// <summary>How ties between projects are broken.</summary>
    public TieBreaking Ties { get; init; } = TieBreaking.ById;

    /// <summary>Whether the rule can count ballots of this type.</summary>
    public virtual bool AppliesTo(VoteType voteType) => true;

    private protected static bool Fits(Satisfaction satisfaction, VoteType voteType) => satisfaction switch
    {
        Satisfaction.Points => voteType is VoteType.Cumulative or VoteType.Scoring,
        Satisfaction.Borda => voteType is VoteType.Ordinal,
        _ => true,
    };
}

/// <summary>Greedy welfare: most utility per unit of money first, passing over what no longer fits (RULES 3.1).</summary>
/// <param name="Satisfaction">With <see cref="Satisfaction.Cost"/> this is "most votes first", with <see cref="Satisfaction.Cardinality"/> votes per unit of money.</param>
public sealed record GreedyWelfareRule(Satisfaction Satisfaction) : CountingRule
{
    public override bool AppliesTo(VoteType voteType) => Fits(Satisfaction, voteType);
}

/// <summary>What a city's greedy rule sorts projects by.</summary>
public enum GreedyKey
{
    /// <summary>Number of voters who have the project on their ballot.</summary>
    Votes,

    /// <summary>Sum of points; on ordinal ballots the sum of (max_length − position); the number of votes on approval ballots.</summary>
    Score,
}

/// <summary>The ordinary city rule: projects by votes or score, descending, as the budget allows (RULES 3.2).</summary>
/// <param name="Key">What to sort by.</param>
/// <param name="StopAtFirstThatDoesNotFit">True: the count ends there; false: it passes over and goes on.</param>
/// <param name="ApplyThreshold">Drop projects whose key is below the instance's <c>min_project_score_threshold</c>.</param>
public sealed record CityGreedyRule(GreedyKey Key, bool StopAtFirstThatDoesNotFit, bool ApplyThreshold) : CountingRule
{
    /// <summary>A cost that stands for "withdrawn" in published files: such a project is left out and stops nothing.</summary>
    public static Rational WithdrawnCost { get; } = 999_999_999;
}

/// <summary>Sequential Phragmén: the project that leaves its supporters least burdened, until one no longer fits (RULES 3.5).</summary>
public sealed record PhragmenRule : CountingRule
{
    public override bool AppliesTo(VoteType voteType) => voteType is VoteType.Approval or VoteType.ChooseOne;
}

/// <summary>Maximin support (generalised sequential Phragmén): loads spread anew in every round (RULES 3.6).</summary>
public sealed record MaximinSupportRule : CountingRule
{
    public override bool AppliesTo(VoteType voteType) => voteType is VoteType.Approval or VoteType.ChooseOne;
}

/// <summary>The Method of Equal Shares (RULES 3.3) with a completion (RULES 3.4).</summary>
/// <param name="Satisfaction">Cost is what cities use.</param>
public sealed record EqualSharesRule(Satisfaction Satisfaction) : CountingRule
{
    /// <summary>How the endowment grows from run to run; <see cref="EndowmentIncrease.None"/> is the plain method.</summary>
    public EndowmentIncrease Increase { get; init; } = EndowmentIncrease.None;

    /// <summary>What spends the money that is left in the end.</summary>
    public Tail Tail { get; init; }

    /// <summary>Which comparison with greedy by votes is made last; the greedy outcome replaces this one when strictly more voters prefer it.</summary>
    public ComparisonStep Comparison { get; init; }

    public override bool AppliesTo(VoteType voteType) => Fits(Satisfaction, voteType);
}

/// <summary>How the completion of the Method of Equal Shares raises the endowment of every voter.</summary>
/// <param name="Unit">What one step adds.</param>
/// <param name="Step">Amount per voter, or fraction of the budget, according to <paramref name="Unit"/>; more than zero unless there is no increase.</param>
public sealed record EndowmentIncrease(IncreaseUnit Unit, Rational Step)
{
    /// <summary>Start from the whole part of budget / voters instead of the exact fraction.</summary>
    public bool StartFromWholeUnits { get; init; }

    /// <summary>When to stop because nothing further fits.</summary>
    public ExhaustiveStop ExhaustiveStop { get; init; }

    /// <summary>Do not raise the endowment at all when every project together fits into the budget, as equalshares.net does.</summary>
    public bool SkipWhenEverythingFits { get; init; }

    /// <summary>Never hand out more than budget × (voters + 1) in all; when false the search ends once every supported project is selected.</summary>
    public bool BoundedByBudgetTimesVoters { get; init; }

    public static EndowmentIncrease None { get; } = new(IncreaseUnit.None, Rational.Zero);
}

public enum IncreaseUnit
{
    None,

    /// <summary>Currency units for each voter.</summary>
    PerVoter,

    /// <summary>A fraction of the budget, shared by all voters.</summary>
    FractionOfBudget,
}

/// <summary>Which projects must no longer fit for an outcome to count as exhaustive.</summary>
public enum ExhaustiveStop
{
    /// <summary>Do not stop because of exhaustiveness; only the next outcome that costs too much stops the search.</summary>
    Never,

    /// <summary>Projects with positive cost and at least one supporter.</summary>
    SupportedProjects,

    /// <summary>All projects, supported or not.</summary>
    AllProjects,
}

/// <summary>What spends the money left after the Method of Equal Shares.</summary>
public enum Tail
{
    None,

    /// <summary>Greedy welfare with the same satisfaction.</summary>
    GreedyWelfare,

    /// <summary>Remaining projects by votes, descending, passing over what does not fit; ties as equalshares.net lists projects.</summary>
    ByVotes,
}

/// <summary>The comparison step of Wieliczka and Świecie: greedy by votes replaces Equal Shares when strictly more voters prefer it.</summary>
public enum ComparisonStep
{
    None,

    /// <summary>A voter prefers the outcome with more projects of the own ballot.</summary>
    ApprovedWinners,

    /// <summary>A voter prefers having some winner to having none.</summary>
    Exclusion,
}
