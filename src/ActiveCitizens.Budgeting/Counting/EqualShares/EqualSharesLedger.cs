namespace ActiveCitizens.Budgeting.Counting.EqualShares;

/// <summary>Payments of a run: a supporter pays price × units in every round until one takes all that is left.</summary>
internal sealed class EqualSharesLedger(
    Supporters supporters, Rational endowment, int firstRound, IReadOnlyList<(int Project, Rational Price)> purchases, int[] brokeIn) : Ledger
{
    public Supporters Supporters => supporters;

    public Rational Endowment => endowment;

    /// <summary>Rounds before the first purchase: projects that cost nothing.</summary>
    public int FirstRound => firstRound;

    /// <summary>Projects with their exact price per unit, in order.</summary>
    public IReadOnlyList<(int Project, Rational Price)> Purchases => purchases;

    /// <summary>For each merged ballot the purchase (from 0) that took its last money; <see cref="int.MaxValue"/> when none did.</summary>
    public int[] BrokeIn => brokeIn;

    public override Rational Paid(int round, int ballot)
    {
        var purchase = round - firstRound;
        if (purchase < 0 || purchase >= purchases.Count || purchase > brokeIn[ballot])
        {
            return Rational.Zero;
        }

        var units = UnitsOf(ballot, purchases[purchase].Project);
        return units == 0 ? Rational.Zero
            : purchase == brokeIn[ballot] ? Before(ballot, purchase)
            : units * purchases[purchase].Price;
    }

    public override Rational? Left(int ballot) => brokeIn[ballot] < int.MaxValue ? Rational.Zero : Before(ballot, purchases.Count);

    /// <summary>What a ballot that has always paid in full holds before a purchase.</summary>
    private Rational Before(int ballot, int purchase)
    {
        var money = endowment;
        for (var earlier = 0; earlier < purchase; earlier++)
        {
            if (UnitsOf(ballot, purchases[earlier].Project) is > 0 and var units)
            {
                money -= units * purchases[earlier].Price;
            }
        }

        return money;
    }

    private long UnitsOf(int ballot, int project)
    {
        var position = supporters.ProjectsOf(ballot).IndexOf(project);
        return position < 0 ? 0 : supporters.UnitsOf(ballot, position);
    }
}
