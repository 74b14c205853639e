using ActiveCitizens.Voting.Counting;
using ActiveCitizens.Voting.Counting.Lists;

namespace ActiveCitizens.Web.Features.Elections.CountSeats;

/// <summary>One line of the ballot with its votes.</summary>
public sealed record OutcomeOption(string Name, long Online, long Paper)
{
    public long Total => Online + Paper;
}

/// <summary>From the votes to the seats of one neighbourhood, with everything that decided.</summary>
public sealed record ContestOutcome
{
    public required Election Election { get; init; }
    public required Contest Contest { get; init; }

    /// <summary>In the order of the ballot; empty where nobody voted.</summary>
    public required IReadOnlyList<OutcomeOption> Options { get; init; }

    /// <summary>Online ballots that count, blank ones included.</summary>
    public required long OnlineBallots { get; init; }
    public required long OnlineBlank { get; init; }

    /// <summary>The paper result; null while it is not fixed.</summary>
    public required PaperFigures? Paper { get; init; }

    /// <summary>By candidates; null for the other methods.</summary>
    public PluralityOutcome? Plurality { get; init; }

    /// <summary>By lists; null for the other methods.</summary>
    public ListOutcome? Lists { get; init; }

    /// <summary>Single list: whether more than half of the votes cast approved it; null for the other methods.</summary>
    public bool? IsApproved { get; init; }

    /// <summary>In the order in which they take their seats.</summary>
    public required IReadOnlyList<Candidate> Elected { get; init; }

    public long Blank => OnlineBlank + (Paper?.Blank ?? 0);

    /// <summary>Valid votes cast, blank ones included.</summary>
    public long Cast => OnlineBallots + (Paper is { } paper ? paper.Ballots - paper.Void : 0);

    public IReadOnlyList<Tie> Ties => Plurality?.Seats.Ties ?? Lists?.Ties ?? [];

    /// <summary>The tie that waits for the public lot; null when all are resolved.</summary>
    public Tie? OpenTie => Ties.FirstOrDefault(tie => tie.Chosen is null);

    /// <summary>Online and paper are counted, and no tie is open.</summary>
    public bool IsFinal => Contest.Box == BoxState.Uncontested || (Paper is not null && OpenTie is null);
}
