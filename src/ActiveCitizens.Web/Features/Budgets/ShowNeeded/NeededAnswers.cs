using ActiveCitizens.Budgeting.Explanations;

namespace ActiveCitizens.Web.Features.Budgets.ShowNeeded;

/// <summary>One change that would have made a project win: how much of it, or that none was found.</summary>
/// <param name="Amount">Currency units or voters; null when no change up to <paramref name="Bound"/> sufficed.</param>
public sealed record Needed(double? Amount, double? Bound)
{
    public static Needed? Of(Counterfactual answer) => answer switch
    {
        Counterfactual.Needed needed => new Needed(needed.Amount.ToDouble(), null),
        Counterfactual.NotFoundWithinBound none => new Needed(null, none.Bound.ToDouble()),
        _ => null,
    };
}

/// <summary>The answers in the form in which they are kept; one that makes no sense for the ballots is null.</summary>
public sealed record NeededAnswers(Needed? CostReduction, Needed? NewVoters, Needed? MoreApprovals, Needed? MoreApprovalsAtWorst)
{
    public static NeededAnswers Of(NeededToWin found) =>
        new(Needed.Of(found.CostReduction), Needed.Of(found.NewVoters), Needed.Of(found.MoreApprovals), Needed.Of(found.MoreApprovalsAtWorst));
}
