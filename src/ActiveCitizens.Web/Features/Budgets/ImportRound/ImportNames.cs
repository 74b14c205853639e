using ActiveCitizens.Budgeting.Pabulib;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Budgets.ImportRound;

/// <summary>States, errors and oddities of an import in the reader's language.</summary>
public static class ImportNames
{
    public static string Of(this IStringLocalizer<BudgetsText> text, RoundImportState state) => state switch
    {
        RoundImportState.Waiting => text["Waiting"],
        RoundImportState.Reading => text["Being read"],
        RoundImportState.Counting => text["Being counted"],
        RoundImportState.Done => text["Done"],
        RoundImportState.Refused => text["Refused"],
        RoundImportState.Cancelled => text["Cancelled"],
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    public static string Of(this IStringLocalizer<BudgetsText> text, PabulibError error) => error switch
    {
        PabulibError.Empty => text["The file is empty"],
        PabulibError.TooLarge => text["The file is too large"],
        PabulibError.NotUtf8 => text["The file is damaged or not in UTF-8"],
        PabulibError.SectionExpected => text["A section name was expected"],
        PabulibError.SectionMissing => text["A section is missing"],
        PabulibError.HeaderMissing => text["The names of the columns are missing"],
        PabulibError.ColumnMissing => text["A column is missing"],
        PabulibError.ColumnTwice => text["A column is there twice"],
        PabulibError.QuoteNotClosed => text["A quotation mark is not closed"],
        PabulibError.CellTooLong => text["A cell is too long"],
        PabulibError.TooManyCells => text["A row has too many cells"],
        PabulibError.KeyTwice => text["A key is there twice"],
        PabulibError.KeyMissing => text["A key is missing"],
        PabulibError.NumberExpected => text["A number was expected"],
        PabulibError.UnknownVoteType => text["The kind of ballot is unknown"],
        PabulibError.ProjectIdMissing => text["A project has no id"],
        PabulibError.ProjectIdTwice => text["A project is listed twice"],
        PabulibError.VoterIdMissing => text["A voter has no id"],
        PabulibError.VoterIdTwice => text["A voter is listed twice"],
        PabulibError.UnknownProject => text["A ballot names an unknown project"],
        PabulibError.PointsMissing => text["Points are missing"],
        PabulibError.PointsDoNotMatch => text["Points and projects differ in number"],
        PabulibError.BallotLength => text["A ballot is too short or too long"],
        PabulibError.WrongNumber => text["A number does not agree with the file"],
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, null),
    };

    public static string Of(this IStringLocalizer<BudgetsText> text, PabulibOddity oddity) => oddity switch
    {
        PabulibOddity.ByteOrderMark => text["The file begins with a byte order mark"],
        PabulibOddity.CarriageReturns => text["Lines end as on Windows"],
        PabulibOddity.MixedLineEnds => text["Lines end in different ways"],
        PabulibOddity.NoFinalLineEnd => text["The last line has no end"],
        PabulibOddity.RequiredKeyMissing => text["A required key is missing"],
        PabulibOddity.DecimalComma => text["Numbers with a decimal comma"],
        PabulibOddity.CostWithDecimals => text["Costs with decimals"],
        PabulibOddity.BudgetWithDecimals => text["A budget with decimals"],
        PabulibOddity.CostIsZero => text["A project costs nothing"],
        PabulibOddity.CostAboveBudget => text["A project costs more than the budget"],
        PabulibOddity.EverythingFits => text["All projects fit into the budget"],
        PabulibOddity.NonNumericProjectId => text["Project ids that are no numbers"],
        PabulibOddity.LeadingZeroInProjectId => text["Project ids with leading zeros"],
        PabulibOddity.QuotedCell => text["Cells in quotation marks"],
        PabulibOddity.TextBegunByQuotes => text["Text that begins with a quotation mark"],
        PabulibOddity.BlanksAroundListItem => text["Blanks around the items of a list"],
        PabulibOddity.NoBreakSpace => text["No-break spaces"],
        PabulibOddity.ShortRow => text["Rows shorter than their header"],
        PabulibOddity.SaysNone => text["Cells that say “none”"],
        PabulibOddity.ProjectTwiceOnBallot => text["A project twice on one ballot; it counts once"],
        PabulibOddity.ZeroPoints => text["Projects given no points"],
        PabulibOddity.PointsIgnored => text["Points that the kind of ballot ignores"],
        PabulibOddity.FewerPointsThanAllowed => text["Ballots that do not use all points"],
        PabulibOddity.DefaultScoreIgnored => text["A default score that is ignored"],
        PabulibOddity.EmptyBallot => text["Empty ballots; they count as voters"],
        _ => throw new ArgumentOutOfRangeException(nameof(oddity), oddity, null),
    };
}
