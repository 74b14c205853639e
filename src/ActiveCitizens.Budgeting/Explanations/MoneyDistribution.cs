using ActiveCitizens.Budgeting.Counting;

namespace ActiveCitizens.Budgeting.Explanations;

/// <summary>How an amount of money is spread over voters.</summary>
/// <param name="Groups">Voters with exactly the same amount, least first; the numbers of voters sum to all voters.</param>
/// <param name="Average">Null without voters.</param>
/// <param name="StandardDeviation">Of the population, in currency units; for display only.</param>
/// <param name="Gini">0 when all have the same, towards 1 when one has everything; 0 when there is nothing to share. For display only.</param>
public sealed record MoneyDistribution(IReadOnlyList<PaymentGroup> Groups, Rational? Average, double StandardDeviation, double Gini)
{
    /// <summary>Voters counted in equal intervals from 0 to the greatest amount, for a chart; bounds are doubles. O(groups).</summary>
    /// <param name="bins">At least 1.</param>
    /// <returns>As many bins as asked for; an amount on a bound counts in the upper one, the greatest in the last.</returns>
    public IReadOnlyList<MoneyBin> Binned(int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var greatest = Groups.Count == 0 ? 0 : Groups[^1].Payment.ToDouble();
        var voters = new long[bins];
        foreach (var group in Groups)
        {
            voters[greatest == 0 ? 0 : Math.Min(bins - 1, (int)(group.Payment.ToDouble() / greatest * bins))] += group.Voters;
        }

        return [.. voters.Select((count, bin) => new MoneyBin(greatest * bin / bins, greatest * (bin + 1) / bins, count))];
    }

    /// <summary>The cost of every winner divided equally among the voters who have it on their ballot.</summary>
    internal static MoneyDistribution EqualParts(Instance instance, IReadOnlyList<int> winners)
    {
        var part = new Rational[instance.Projects.Count];
        foreach (var winner in winners)
        {
            part[winner] = instance.Votes[winner] == 0 ? Rational.Zero : instance.Projects[winner].Cost / instance.Votes[winner];
        }

        return Of(instance, ballot =>
        {
            var sum = Rational.Zero;
            foreach (var project in instance.Profile.Projects(ballot))
            {
                sum = part[project].Sign == 0 ? sum : sum + part[project];
            }

            return sum;
        });
    }

    internal static MoneyDistribution Of(Instance instance, Func<int, Rational> amountOf)
    {
        var voters = new Dictionary<Rational, long>();
        for (var ballot = 0; ballot < instance.Profile.Count; ballot++)
        {
            var amount = amountOf(ballot);
            voters[amount] = voters.GetValueOrDefault(amount) + instance.Profile.Weight(ballot);
        }

        return Of([.. voters.OrderBy(v => v.Key).Select(v => new PaymentGroup(v.Value, v.Key))]);
    }

    private static MoneyDistribution Of(List<PaymentGroup> groups)
    {
        var (count, total) = (0L, Rational.Zero);
        foreach (var group in groups)
        {
            (count, total) = (count + group.Voters, total + group.Voters * group.Payment);
        }

        if (count == 0 || total.Sign == 0)
        {
            return new(groups, count == 0 ? null : Rational.Zero, 0, 0);
        }

        var (mean, squares, weighted, below) = (total.ToDouble() / count, 0.0, 0.0, 0L);
        foreach (var group in groups)
        {
            var amount = group.Payment.ToDouble();
            squares += group.Voters * (amount - mean) * (amount - mean);
            // Each voter of the group stands, on average, at the middle of the ranks the group takes up.
            weighted += amount * group.Voters * (2.0 * below + group.Voters - count);
            below += group.Voters;
        }

        return new(groups, total / count, Math.Sqrt(squares / count), weighted / (mean * count * count));
    }
}

/// <summary>Voters with an amount in an interval.</summary>
/// <param name="From">Least amount, in currency units.</param>
/// <param name="To">Greatest amount, in currency units.</param>
/// <param name="Voters">How many; zero or more.</param>
public sealed record MoneyBin(double From, double To, long Voters);
