using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>The words of the board's values in the language of the request.</summary>
public static class BoardWords
{
    public static string WordOf(this IStringLocalizer<ElectionsText> text, VotingWay way) => way switch
    {
        VotingWay.Online => text["over the internet"],
        VotingWay.PollingStation => text["in the polling station"],
        VotingWay.Post => text["by letter post"],
        _ => throw new ArgumentOutOfRangeException(nameof(way), way, "A way without words."),
    };

    public static string WordOf(this IStringLocalizer<ElectionsText> text, JournalKind kind) => kind switch
    {
        JournalKind.Step => text["Step"],
        JournalKind.Incident => text["Incident"],
        JournalKind.Extension => text["Extension of the hours"],
        JournalKind.Suspension => text["Box stopped"],
        JournalKind.Resumption => text["Box taken up again"],
        JournalKind.Paper => text["Paper ballots"],
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind without words."),
    };

    public static string WordOf(this IStringLocalizer<ElectionsText> text, BoxState box) => box switch
    {
        BoxState.Preparing => text["no box yet"],
        BoxState.Uncontested => text["no vote needed"],
        BoxState.Open => text["open"],
        BoxState.Suspended => text["stopped"],
        BoxState.Closed => text["closed"],
        BoxState.Decrypted => text["counted"],
        _ => throw new ArgumentOutOfRangeException(nameof(box), box, "A state without words."),
    };

    public static string WordOf(this IStringLocalizer<ElectionsText> text, SeatState state) => state switch
    {
        SeatState.Elected => text["elected"],
        SeatState.Accepted => text["in office"],
        SeatState.Refused => text["refused the seat"],
        SeatState.Resigned => text["resigned"],
        SeatState.Vacant => text["vacant"],
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A state without words."),
    };

    public static string WordOf(this IStringLocalizer<ElectionsText> text, BoardDuty duty) => duty switch
    {
        BoardDuty.President => text["presides over the board"],
        BoardDuty.Trustee => text["holds a key"],
        BoardDuty.CredentialAuthority => text["makes the codes"],
        BoardDuty.Assessor => text["keeps the roll"],
        _ => throw new ArgumentOutOfRangeException(nameof(duty), duty, "A duty without words."),
    };

    public static string KindOf(SeatState state) => state switch
    {
        SeatState.Accepted => "success",
        SeatState.Elected => "info",
        SeatState.Vacant => "warning",
        _ => "neutral",
    };
}
