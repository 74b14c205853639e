using System.Text.Json.Serialization;

namespace ActiveCitizens.Budgeting.Explanations;

/// <summary>
/// Why a project was funded or not. Rounds and positions count from 1; amounts are exact, in the currency of the instance; project
/// numbers are indices into <see cref="Instance.Projects"/>. As JSON the member <c>verdict</c> names the case.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "verdict")]
[JsonDerivedType(typeof(BoughtInRound), nameof(BoughtInRound))]
[JsonDerivedType(typeof(LoadedInRound), nameof(LoadedInRound))]
[JsonDerivedType(typeof(FundedByTailRule), nameof(FundedByTailRule))]
[JsonDerivedType(typeof(GreedyFunded), nameof(GreedyFunded))]
[JsonDerivedType(typeof(GreedySkipped), nameof(GreedySkipped))]
[JsonDerivedType(typeof(StoppedTheCount), nameof(StoppedTheCount))]
[JsonDerivedType(typeof(NotReached), nameof(NotReached))]
[JsonDerivedType(typeof(NoLongerFits), nameof(NoLongerFits))]
[JsonDerivedType(typeof(DoesNotFit), nameof(DoesNotFit))]
[JsonDerivedType(typeof(NeverEnoughMoney), nameof(NeverEnoughMoney))]
[JsonDerivedType(typeof(SupportersSpentElsewhere), nameof(SupportersSpentElsewhere))]
[JsonDerivedType(typeof(TooFewVotes), nameof(TooFewVotes))]
[JsonDerivedType(typeof(NoVotes), nameof(NoVotes))]
[JsonDerivedType(typeof(Withdrawn), nameof(Withdrawn))]
[JsonDerivedType(typeof(TieNeedsLot), nameof(TieNeedsLot))]
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>Equal Shares: bought by its supporters.</summary>
    /// <param name="Round">Position among the winners.</param>
    /// <param name="EffectiveVotes">Cost divided by the payment of the best-off supporter; null when the project costs nothing.</param>
    /// <param name="HighestPayment">What the best-off supporter paid; null when the project costs nothing.</param>
    public sealed record BoughtInRound(int Round, Rational? EffectiveVotes, Rational? HighestPayment) : Verdict;

    /// <summary>Phragmén and maximin support: selected because it left voters least burdened.</summary>
    /// <param name="Round">Position among the winners.</param>
    /// <param name="Load">Load of its supporters (Phragmén) or the least possible maximum load (maximin support); null when infinite.</param>
    public sealed record LoadedInRound(int Round, Rational? Load) : Verdict;

    /// <summary>Funded by the rule that spends what Equal Shares left.</summary>
    /// <param name="Position">Position among the winners.</param>
    /// <param name="RemainingBefore">Money that was left when its turn came.</param>
    public sealed record FundedByTailRule(int Position, Rational RemainingBefore) : Verdict;

    /// <summary>Greedy: funded in its turn.</summary>
    /// <param name="Position">Position among the winners.</param>
    /// <param name="RemainingBefore">Money that was left when its turn came.</param>
    public sealed record GreedyFunded(int Position, Rational RemainingBefore) : Verdict;

    /// <summary>Greedy: passed over because it cost more than was left.</summary>
    /// <param name="Remaining">Money that was left when its turn came.</param>
    /// <param name="Missing">Cost less <paramref name="Remaining"/>; positive.</param>
    public sealed record GreedySkipped(Rational Remaining, Rational Missing) : Verdict;

    /// <summary>A rule without skipping: the project did not fit and thereby ended the count.</summary>
    /// <param name="Remaining">Money that was left when its turn came.</param>
    /// <param name="Missing">Cost less <paramref name="Remaining"/>; zero when another project, exactly tied, did not fit.</param>
    public sealed record StoppedTheCount(Rational Remaining, Rational Missing) : Verdict;

    /// <summary>The count ended before its turn came.</summary>
    /// <param name="StoppedBy">The project that did not fit, where a single one did not.</param>
    public sealed record NotReached(int? StoppedBy) : Verdict;

    /// <summary>Maximin support: from some round on it cost more than was left.</summary>
    /// <param name="AfterRound">The round after which it no longer fitted.</param>
    /// <param name="Remaining">Money that was left then.</param>
    /// <param name="Missing">Cost less <paramref name="Remaining"/>; positive.</param>
    public sealed record NoLongerFits(int AfterRound, Rational Remaining, Rational Missing) : Verdict;

    /// <summary>It costs more than the whole budget.</summary>
    /// <param name="Missing">Cost less budget; positive.</param>
    public sealed record DoesNotFit(Rational Missing) : Verdict;

    /// <summary>Equal Shares: all its supporters together held less than its cost from the start.</summary>
    /// <param name="Held">Number of supporters times the endowment.</param>
    /// <param name="Missing">Cost less <paramref name="Held"/>; positive.</param>
    public sealed record NeverEnoughMoney(Rational Held, Rational Missing) : Verdict;

    /// <summary>Equal Shares: its supporters could have paid at first, but spent their money on other projects they also support.</summary>
    /// <param name="AfterRound">The round after which the money no longer sufficed.</param>
    /// <param name="Left">What its supporters held then.</param>
    /// <param name="Missing">Cost less <paramref name="Left"/>; positive.</param>
    public sealed record SupportersSpentElsewhere(int AfterRound, Rational Left, Rational Missing) : Verdict;

    /// <summary>Below the published <c>min_project_score_threshold</c>.</summary>
    /// <param name="Threshold">Votes or points required.</param>
    /// <param name="Reached">Votes or points received.</param>
    public sealed record TooFewVotes(Rational Threshold, Rational Reached) : Verdict;

    /// <summary>Nobody supports it, so nobody pays for it.</summary>
    public sealed record NoVotes : Verdict;

    /// <summary>The published cost is the sign for a withdrawn project.</summary>
    public sealed record Withdrawn : Verdict;

    /// <summary>The count waits for a lot between this project and others.</summary>
    /// <param name="Tied">All tied projects.</param>
    public sealed record TieNeedsLot(IReadOnlyList<int> Tied) : Verdict;
}
