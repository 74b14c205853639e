namespace ActiveCitizens.Budgeting.Explanations;

/// <summary>A count told project by project: everything in it is computed from the ballots and the outcome. See <see cref="Explainer.Explain"/>.</summary>
/// <param name="Figures">What the outcome as a whole means for voters.</param>
/// <param name="Projects">One entry per project, in the order of <see cref="Instance.Projects"/>.</param>
public sealed record Explanation(OutcomeFigures Figures, IReadOnlyList<ProjectExplanation> Projects)
{
    /// <summary>Equal Shares: what every voter had to spend; null for other rules.</summary>
    public Rational? Endowment { get; init; }
}

/// <summary>Why one project was funded or not.</summary>
public sealed record ProjectExplanation
{
    /// <summary>Index into <see cref="Instance.Projects"/>.</summary>
    public required int Project { get; init; }

    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>In the currency of the instance.</summary>
    public required Rational Cost { get; init; }

    /// <summary>Ballots that contain the project.</summary>
    public required long Votes { get; init; }

    /// <summary>Cost divided by votes; null without votes.</summary>
    public Rational? CostPerVote { get; init; }

    /// <summary>Votes divided by the number of voters, 0 to 1; null when nobody voted.</summary>
    public Rational? ShareOfVoters { get; init; }

    /// <summary>Cost divided by the budget, 0 or more; null when the budget is zero. As a rule of thumb, 10 % of the money needs 10 % of the voters.</summary>
    public Rational? ShareOfBudget { get; init; }

    public required bool Selected { get; init; }

    /// <summary>Position among the winners from 1; null for the others.</summary>
    public int? Position { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>Equal Shares, bought projects: how many voters paid how much, dearest first. The sum of voters × payment is exactly the cost. Else empty.</summary>
    public IReadOnlyList<PaymentGroup> Payments { get; init; } = [];

    /// <summary>Equal Shares: its standing before every round in which its supporters could pay for it; the last entry of a bought project is its own round.</summary>
    public IReadOnlyList<Consideration> Considered { get; init; } = [];

    /// <summary>Equal Shares, projects not bought: money of the supporters when it first no longer sufficed.</summary>
    public SupporterMoney? WhenDropped { get; init; }

    /// <summary>Equal Shares, projects not bought: money of the supporters after the last round.</summary>
    public SupporterMoney? AtTheEnd { get; init; }

    /// <summary>Greedy rules, and the tail rule after Equal Shares: money left when the turn of this project came; null where a rule has no such turn.</summary>
    public Rational? RemainingAtItsTurn { get; init; }
}

/// <summary>Voters who paid the same.</summary>
/// <param name="Voters">How many; at least 1.</param>
/// <param name="Payment">What each of them paid, exact; zero for supporters who had nothing left.</param>
public sealed record PaymentGroup(long Voters, Rational Payment);

/// <summary>How a project stood before a round. Doubles, for charts only.</summary>
/// <param name="Round">The round from 1.</param>
/// <param name="EffectiveVotes">Its cost divided by what its best-off supporter would have paid; the project with the most is bought.</param>
/// <param name="MoneyBehind">What its supporters held together, in currency units.</param>
public sealed record Consideration(int Round, double EffectiveVotes, double MoneyBehind);

/// <summary>The money of all supporters of one project at some moment, exact.</summary>
/// <param name="AfterRounds">How many rounds had passed.</param>
/// <param name="Supporters">How many voters support the project.</param>
/// <param name="Endowments">What they had together at the start: <paramref name="Left"/> plus everything in <paramref name="Spent"/>.</param>
/// <param name="Spent">What they had spent on each winner, in order of purchase; winners on which they spent nothing are left out.</param>
/// <param name="Left">What they still held together.</param>
/// <param name="Missing">Cost less <paramref name="Left"/>; positive.</param>
public sealed record SupporterMoney(int AfterRounds, long Supporters, Rational Endowments, IReadOnlyList<Spending> Spent, Rational Left, Rational Missing);

/// <summary>What the supporters of one project spent on another.</summary>
/// <param name="Project">Index of the winner they paid for.</param>
/// <param name="Voters">How many of them paid.</param>
/// <param name="Amount">What they paid together, exact.</param>
public sealed record Spending(int Project, long Voters, Rational Amount);
