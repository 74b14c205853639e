namespace ActiveCitizens.Voting.Counting;

/// <summary>Result of a single transferable vote.</summary>
/// <param name="Valid">Ballots that count, those that rank nobody included.</param>
/// <param name="Invalid">Ballots whose ranks are not 1 … k once each.</param>
/// <param name="Quota">Votes that are enough for a seat: floor(valid / (seats + 1)) + 1.</param>
/// <param name="Rounds">What happened, in order.</param>
/// <param name="Seats">Who is elected, in the order of election, with every tie that was met.</param>
public sealed record StvOutcome(long Valid, IReadOnlyList<IReadOnlyList<int>> Invalid, long Quota, IReadOnlyList<StvRound> Rounds, SeatAllocation Seats);

/// <summary>One round of a single transferable vote.</summary>
public abstract record StvRound
{
    private StvRound()
    {
    }

    /// <summary>Scores of the candidates still in the count at the start of the round: highest first, equal ones by index.</summary>
    public required IReadOnlyList<StvScore> Scores { get; init; }

    /// <summary>Votes that no candidate holds any more at the start of the round, because their ballots rank nobody further.</summary>
    public required Fraction Exhausted { get; init; }

    /// <summary>The first candidate reached the quota. Its ballots pass on to their next choice, each worth <paramref name="TransferFactor"/> times what it was.</summary>
    public sealed record Win(int Candidate, Fraction TransferFactor, Tie? Tie) : StvRound;

    /// <summary>Nobody reached the quota, so the last candidate is eliminated. Its ballots pass on to their next choice unchanged.</summary>
    public sealed record Lose(int Candidate, Tie? Tie) : StvRound;

    /// <summary>No more candidates than seats are left.</summary>
    public sealed record AllRemainingWin(IReadOnlyList<int> Candidates) : StvRound;

    /// <summary>The count stops at a tie that its rule does not resolve.</summary>
    public sealed record Open(Tie Tie) : StvRound;
}

/// <summary>What a candidate holds: a whole number of ballots, or a fraction once surpluses were passed on.</summary>
public sealed record StvScore(int Candidate, Fraction Score);
