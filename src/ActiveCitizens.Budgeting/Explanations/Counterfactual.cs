using System.Text.Json.Serialization;
using ActiveCitizens.Budgeting.Counting;

namespace ActiveCitizens.Budgeting.Explanations;

/// <summary>The answer to "what would have made it win". As JSON the member <c>answer</c> names the case.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "answer")]
[JsonDerivedType(typeof(Needed), nameof(Needed))]
[JsonDerivedType(typeof(AlreadySelected), nameof(AlreadySelected))]
[JsonDerivedType(typeof(NotFoundWithinBound), nameof(NotFoundWithinBound))]
[JsonDerivedType(typeof(DoesNotApply), nameof(DoesNotApply))]
public abstract record Counterfactual
{
    private Counterfactual()
    {
    }

    /// <summary>With this change the project wins: the changed vote was counted and it did.</summary>
    /// <param name="Amount">Currency units the cost would have to fall, or a number of voters; positive.</param>
    /// <param name="NotEnough">A smaller change with which it loses: one unit less, unless the bound on recounts ended the search before.</param>
    /// <param name="Recounts">How many times the vote was counted to find it.</param>
    public sealed record Needed(Rational Amount, Rational NotEnough, int Recounts) : Counterfactual
    {
        /// <summary>The changed vote, for whoever wants to count it too.</summary>
        [JsonIgnore]
        public required Instance ChangedVote { get; init; }

        /// <summary>The recount in which the project wins.</summary>
        [JsonIgnore]
        public required Outcome Recount { get; init; }
    }

    /// <summary>The project won; nothing is needed.</summary>
    public sealed record AlreadySelected : Counterfactual;

    /// <summary>No change tried made it win.</summary>
    /// <param name="Bound">The greatest change that was tried, in the unit of <see cref="Needed.Amount"/>; zero when none was.</param>
    /// <param name="Recounts">How many times the vote was counted.</param>
    public sealed record NotFoundWithinBound(Rational Bound, int Recounts) : Counterfactual;

    /// <summary>The question makes no sense for these ballots or this project.</summary>
    public sealed record DoesNotApply : Counterfactual;
}

/// <summary>How much work a search may take.</summary>
public sealed record CounterfactualBounds
{
    /// <summary>Recounts per question; about 2 log₂ of the change are needed, so 64 reach any cost in practice. At least 1.</summary>
    public int MaxRecounts { get; init; } = 64;

    /// <summary>New voters tried at most, as a multiple of the voters there are.</summary>
    public int NewVotersPerVoter { get; init; } = 10;
}

/// <summary>Which voters would have approved the project too.</summary>
public enum MoneyLeft
{
    /// <summary>Those with most money left in the end: the fewest approvals that could suffice.</summary>
    MostFirst,

    /// <summary>Those with least: what would have been needed had luck been against the project.</summary>
    LeastFirst,
}

/// <summary>How far the search has come.</summary>
/// <param name="Question">1 to 4, in the order of <see cref="NeededToWin"/>; 1 when one question alone is asked.</param>
/// <param name="Recounts">Recounts for this question so far.</param>
public sealed record NeededProgress(int Question, int Recounts)
{
    public const int Questions = 4;
}

/// <summary>The questions for one project.</summary>
/// <param name="CostReduction">By how much less it would have had to cost.</param>
/// <param name="NewVoters">How many more voters, choosing only it, would have been needed.</param>
/// <param name="MoreApprovals">How many existing voters would have had to approve it too, those with most money left first.</param>
/// <param name="MoreApprovalsAtWorst">The same, those with least money left first; equal to <paramref name="MoreApprovals"/> for rules without money.</param>
public sealed record NeededToWin(Counterfactual CostReduction, Counterfactual NewVoters, Counterfactual MoreApprovals, Counterfactual MoreApprovalsAtWorst);
