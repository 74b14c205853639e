namespace ActiveCitizens.Budgeting.Counting.Phragmen;

/// <summary>Loads of sequential Phragmén: in each round a supporter takes on what is missing to the load of that round.</summary>
internal sealed class LoadLedger(Profile profile, IReadOnlyList<Round> rounds) : Ledger
{
    private readonly Dictionary<int, int> _roundOf = rounds.Index().ToDictionary(r => r.Item.Project, r => r.Index);

    public override Rational Paid(int round, int ballot)
    {
        var (supports, before) = (false, -1);
        foreach (var project in profile.Projects(ballot))
        {
            if (_roundOf.TryGetValue(project, out var own))
            {
                supports |= own == round;
                before = own < round ? Math.Max(before, own) : before;
            }
        }

        return !supports ? Rational.Zero : rounds[round].Load!.Value - (before < 0 ? Rational.Zero : rounds[before].Load!.Value);
    }

    public override Rational? Left(int ballot) => null;
}
