namespace ActiveCitizens.Web.Features.Elections;

/// <summary>What is known of every step: when it usually falls, who takes it, and whether it may be left out.</summary>
public static class CalendarPlan
{
    /// <summary>Steps that no other act takes: the election office says that they are done.</summary>
    public static readonly IReadOnlySet<ElectionStep> ByOffice = new HashSet<ElectionStep>
    {
        ElectionStep.RollDisplayed, ElectionStep.CandidaciesOpened, ElectionStep.CandidaciesClosed, ElectionStep.CandidaciesDecided, ElectionStep.LettersPosted,
        ElectionStep.CampaignOpened, ElectionStep.VoteOpened, ElectionStep.VoteClosed, ElectionStep.RecordSigned, ElectionStep.AppealEnded,
    };

    /// <summary>Steps without which there is no election: they can be done, never left out.</summary>
    public static readonly IReadOnlySet<ElectionStep> Indispensable = new HashSet<ElectionStep>
    {
        ElectionStep.Called, ElectionStep.RollImported, ElectionStep.CandidaciesOpened, ElectionStep.CandidaciesClosed, ElectionStep.CandidaciesDecided, ElectionStep.KeysMade, ElectionStep.CredentialsMade,
        ElectionStep.Sealed, ElectionStep.VoteOpened, ElectionStep.VoteClosed, ElectionStep.BoxesClosed, ElectionStep.Decrypted, ElectionStep.Proclaimed, ElectionStep.Destroyed,
    };

    // Days before the opening; those after the vote count from the closing.
    private static readonly Dictionary<ElectionStep, int> DaysBefore = new()
    {
        [ElectionStep.Called] = 90, [ElectionStep.RollImported] = 75, [ElectionStep.RollDisplayed] = 70, [ElectionStep.CandidaciesOpened] = 63, [ElectionStep.CandidaciesClosed] = 42,
        [ElectionStep.CandidaciesDecided] = 38, [ElectionStep.OrderDrawn] = 36, [ElectionStep.BoardFormed] = 35, [ElectionStep.KeysMade] = 30, [ElectionStep.CredentialsMade] = 28,
        [ElectionStep.LettersPosted] = 18, [ElectionStep.CampaignOpened] = 14, [ElectionStep.Sealed] = 2, [ElectionStep.VoteOpened] = 0,
    };

    private static readonly Dictionary<ElectionStep, int> DaysAfter = new()
    {
        [ElectionStep.VoteClosed] = 0, [ElectionStep.BoxesClosed] = 0, [ElectionStep.PaperCounted] = 0, [ElectionStep.Decrypted] = 0, [ElectionStep.Proclaimed] = 0, [ElectionStep.RecordSigned] = 1,
        [ElectionStep.AppealEnded] = 15, [ElectionStep.Destroyed] = 30,
    };

    /// <summary>A day for every step, in order: counted back from the opening, and never before today.</summary>
    public static IReadOnlyDictionary<ElectionStep, DateOnly> Propose(DateOnly opensOn, DateOnly closesOn, DateOnly today) =>
        Enum.GetValues<ElectionStep>().ToDictionary(step => step, step =>
        {
            var usual = DaysBefore.TryGetValue(step, out var before) ? opensOn.AddDays(-before) : closesOn.AddDays(DaysAfter[step]);
            return usual < today ? today : usual;
        });

    /// <summary>The first step planned for a day before the step that precedes it; null when all are in order.</summary>
    public static ElectionStep? OutOfOrder(IReadOnlyDictionary<ElectionStep, DateOnly> plan)
    {
        var steps = plan.OrderBy(step => step.Key).ToList();
        return steps.Zip(steps.Skip(1)).Where(pair => pair.Second.Value < pair.First.Value).Select(pair => (ElectionStep?)pair.Second.Key).FirstOrDefault();
    }
}
