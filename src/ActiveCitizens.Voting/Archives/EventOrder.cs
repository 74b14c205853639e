namespace ActiveCitizens.Voting.Archives;

/// <summary>The order of events: one Setup; Ballots; EndBallots; EncryptedTally; only with ranked questions, Shuffles and EndShuffles; PartialDecryptions; Result (PROTOCOL.md section 9).</summary>
public static class EventOrder
{
    /// <param name="last">The event before; null at the start.</param>
    /// <param name="hasNonHomomorphicQuestions">Of the election; has no meaning before its Setup.</param>
    /// <returns>The types that may come next; none after the result.</returns>
    public static IReadOnlyList<ArchiveEventType> After(ArchiveEventType? last, bool hasNonHomomorphicQuestions) => last switch
    {
        null => [ArchiveEventType.Setup],
        ArchiveEventType.Setup or ArchiveEventType.Ballot => [ArchiveEventType.Ballot, ArchiveEventType.EndBallots],
        ArchiveEventType.EndBallots => [ArchiveEventType.EncryptedTally],
        ArchiveEventType.EncryptedTally => [hasNonHomomorphicQuestions ? ArchiveEventType.Shuffle : ArchiveEventType.PartialDecryption],
        ArchiveEventType.Shuffle => [ArchiveEventType.Shuffle, ArchiveEventType.EndShuffles],
        ArchiveEventType.EndShuffles => [ArchiveEventType.PartialDecryption],
        ArchiveEventType.PartialDecryption => [ArchiveEventType.PartialDecryption, ArchiveEventType.Result],
        _ => [],
    };
}
