using System.Globalization;

namespace ActiveCitizens.Budgeting.Pabulib;

/// <summary>What is wrong with a <c>.pb</c> file.</summary>
public enum PabulibError
{
    Empty,
    TooLarge,
    NotUtf8,
    SectionExpected,
    SectionMissing,
    HeaderMissing,
    ColumnMissing,
    ColumnTwice,
    QuoteNotClosed,
    CellTooLong,
    TooManyCells,
    KeyTwice,
    KeyMissing,
    NumberExpected,
    UnknownVoteType,
    ProjectIdMissing,
    ProjectIdTwice,
    VoterIdMissing,
    VoterIdTwice,
    UnknownProject,
    PointsMissing,
    PointsDoNotMatch,
    BallotLength,
    WrongNumber,
}

/// <summary>One error in a <c>.pb</c> file.</summary>
/// <param name="Error">What kind; stable, so that a site can say it in its own language.</param>
/// <param name="Line">From 1; 0 when the whole file is meant.</param>
/// <param name="Column">In characters from 1; 0 when the whole line is meant.</param>
/// <param name="Found">What stands there, shortened.</param>
/// <param name="Expected">What was expected instead.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record PabulibProblem(PabulibError Error, int Line, int Column, string Found, string Expected, string Advice)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"line {Line}, column {Column}: found {(Found.Length == 0 ? "nothing" : $"\"{Found}\"")}, expected {Expected}. {Advice}");
}

/// <summary>A <c>.pb</c> file that cannot be read; the only exception the reader throws about its input.</summary>
public sealed class PabulibFormatException : FormatException
{
    public PabulibFormatException(IReadOnlyList<PabulibProblem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    public PabulibFormatException()
        : this([])
    {
    }

    public PabulibFormatException(string message)
        : base(message) => Problems = [];

    public PabulibFormatException(string message, Exception innerException)
        : base(message, innerException) => Problems = [];

    /// <summary>The errors found, in file order; reading stops after the first <see cref="PabulibReadOptions.MaxProblems"/>.</summary>
    public IReadOnlyList<PabulibProblem> Problems { get; }
}
