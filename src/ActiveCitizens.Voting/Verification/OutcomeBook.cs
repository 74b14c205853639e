namespace ActiveCitizens.Voting.Verification;

/// <summary>Collects what comes of each check. A check passes only when it is said to have passed and never failed.</summary>
internal sealed class OutcomeBook
{
    private readonly Dictionary<VerificationCheck, Entry> _entries = [];
    private readonly List<VerificationCheck> _order = [];

    public OutcomeBook(IEnumerable<VerificationCheck> checks)
    {
        foreach (var check in checks)
        {
            _order.Add(check);
            _entries.Add(check, new());
        }
    }

    public void Pass(params ReadOnlySpan<VerificationCheck> checks)
    {
        foreach (var check in checks)
        {
            var entry = _entries[check];
            entry.Status = entry.Status == VerificationStatus.NotReached ? VerificationStatus.Passed : entry.Status;
        }
    }

    public void Fail(VerificationCheck check, string subject, string reason)
    {
        var entry = _entries[check];
        entry.Status = VerificationStatus.Failed;
        entry.FailureCount++;
        if (entry.Failures.Count < VerificationReport.MaxFailures)
        {
            entry.Failures.Add(new(subject, reason));
        }
    }

    /// <summary>Passes or fails at once.</summary>
    /// <param name="problem">Null when there is none.</param>
    public void Settle(VerificationCheck check, string subject, string? problem)
    {
        if (problem is null)
        {
            Pass(check);
        }
        else
        {
            Fail(check, subject, problem);
        }
    }

    public void NotImplemented(VerificationCheck check, string note)
    {
        _entries[check].Status = VerificationStatus.NotImplemented;
        _entries[check].Note = note;
    }

    public void Note(string note, params ReadOnlySpan<VerificationCheck> checks)
    {
        foreach (var check in checks)
        {
            _entries[check].Note = note;
        }
    }

    public bool HasFailed(VerificationCheck check) => _entries[check].Status == VerificationStatus.Failed;

    public IReadOnlyList<VerificationOutcome> Close() =>
        [.. _order.Select(check => new VerificationOutcome(check, _entries[check].Status, _entries[check].Note, _entries[check].Failures, _entries[check].FailureCount))];

    private sealed class Entry
    {
        public VerificationStatus Status { get; set; }

        public string Note { get; set; } = "";

        public List<VerificationFailure> Failures { get; } = [];

        public int FailureCount { get; set; }
    }
}
