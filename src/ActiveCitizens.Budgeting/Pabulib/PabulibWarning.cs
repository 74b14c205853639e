namespace ActiveCitizens.Budgeting.Pabulib;

/// <summary>An oddity that real files have and that does not stop a count.</summary>
public enum PabulibOddity
{
    ByteOrderMark,
    CarriageReturns,
    MixedLineEnds,
    NoFinalLineEnd,
    RequiredKeyMissing,
    DecimalComma,
    CostWithDecimals,
    BudgetWithDecimals,
    CostIsZero,
    CostAboveBudget,
    EverythingFits,
    NonNumericProjectId,
    LeadingZeroInProjectId,
    QuotedCell,
    TextBegunByQuotes,
    BlanksAroundListItem,
    NoBreakSpace,
    ShortRow,
    SaysNone,
    ProjectTwiceOnBallot,
    ZeroPoints,
    PointsIgnored,
    FewerPointsThanAllowed,
    DefaultScoreIgnored,
    EmptyBallot,
}

/// <summary>An oddity, how often it occurs and where first.</summary>
/// <param name="Oddity">What it is.</param>
/// <param name="Count">How many lines or cells show it.</param>
/// <param name="FirstLine">Line of the first, from 1; 0 when the whole file is meant.</param>
/// <param name="Example">The first, shortened; empty when the kind says all.</param>
public sealed record PabulibWarning(PabulibOddity Oddity, int Count, int FirstLine, string Example);

/// <summary>Limits and tolerance of the reader.</summary>
public sealed record PabulibReadOptions
{
    /// <summary>Bytes after which reading stops with an error; 256 MiB unless told.</summary>
    public long MaxBytes { get; init; } = 256L << 20;

    /// <summary>Bytes in one cell; 1 MiB unless told.</summary>
    public int MaxCellBytes { get; init; } = 1 << 20;

    /// <summary>Cells in one row; 1000 unless told.</summary>
    public int MaxCells { get; init; } = 1000;

    /// <summary>Errors collected before giving up; 20 unless told.</summary>
    public int MaxProblems { get; init; } = 20;
}

/// <summary>How far reading has come. <paramref name="BytesRead"/> of the stream given, not of its compressed source.</summary>
public sealed record PabulibProgress(long BytesRead, long VotesRead);
