namespace ActiveCitizens.Voting.Counting;

/// <summary>A published criterion that puts equal candidates or lists in an order, the preferred ones first.</summary>
public abstract record TieCriterion
{
    private TieCriterion()
    {
    }

    /// <summary>Lists: the one with more votes in the election. Never separates candidates.</summary>
    public sealed record MoreVotes : TieCriterion;

    /// <summary>
    /// The older candidate; between lists, the one whose next candidate is older, and for a majority bonus the one whose candidates are
    /// older on average. Passed over when a date of birth it needs is unknown.
    /// </summary>
    public sealed record Older : TieCriterion;

    /// <summary>
    /// A lot that anybody can draw again: the smallest SHA-256 of the UTF-8 bytes of seed, a bar and the id comes first, as
    /// <c>printf '%s|%s' "$seed" "$id" | sha256sum</c> prints it.
    /// </summary>
    /// <param name="Seed">Public, and not known to anybody before the ballots are fixed: numbers of a lottery drawn afterwards, for example.</param>
    public sealed record Lot(string Seed) : TieCriterion;

    /// <summary>The order of input, as belenios-tool does in STV: only to compare with it, for it favours whoever stands first.</summary>
    public sealed record ListedOrder : TieCriterion;
}

/// <summary>What resolves ties: criteria applied one after another. What they leave equal stays a tie, reported as a value.</summary>
/// <param name="Criteria">May be empty.</param>
public sealed record TieRule(IReadOnlyList<TieCriterion> Criteria)
{
    /// <summary>Every tie that matters is reported and left open.</summary>
    public static TieRule Unresolved { get; } = new([]);

    /// <summary>The older candidate.</summary>
    public static TieRule Older { get; } = new([new TieCriterion.Older()]);

    /// <summary>The order of input.</summary>
    public static TieRule ListedOrder { get; } = new([new TieCriterion.ListedOrder()]);

    /// <summary>A lot with a public seed.</summary>
    public static TieRule Lot(string seed) => new([new TieCriterion.Lot(seed)]);
}

/// <summary>Equal candidates or lists competing for fewer places than they are.</summary>
/// <param name="Tied">Indices, ascending: at least two.</param>
/// <param name="Places">How many of them are to be chosen: at least one, fewer than they are.</param>
/// <param name="Chosen">Those chosen, the preferred first; null when the rule does not resolve the tie, and the count stops there.</param>
/// <param name="DecidedBy">The criterion that separated the last chosen from the first not chosen; null when nothing does.</param>
/// <param name="Evidence">What that criterion compared, in its order: one entry for each of <paramref name="Tied"/>; empty when nothing decides.</param>
public sealed record Tie(IReadOnlyList<int> Tied, int Places, IReadOnlyList<int>? Chosen, TieCriterion? DecidedBy, IReadOnlyList<TieEvidence> Evidence);

/// <summary>What a criterion saw of one contender: votes, a date (or, for a mean, days since 1 January of year 1), a digest in hexadecimal, an index.</summary>
public sealed record TieEvidence(int Contender, string Value);
