using ActiveCitizens.Budgeting.Counting.EqualShares;
using ActiveCitizens.Budgeting.Counting.Phragmen;

namespace ActiveCitizens.Budgeting.Counting;

/// <summary>The one entry point of all counting rules.</summary>
public static class Counter
{
    /// <summary>Counts an instance by a rule. The order of the ballots cannot change the result; equal input gives equal output.</summary>
    /// <param name="progress">Told by rules that take long, after each round or after some runs.</param>
    /// <exception cref="ArgumentException">The rule does not apply to the ballots (<see cref="CountingRule.AppliesTo"/>), or its lot does not name every project.</exception>
    /// <exception cref="OperationCanceledException">The count was cancelled.</exception>
    public static Outcome Count(Instance instance, CountingRule rule, IProgress<CountProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(rule);
        if (!rule.AppliesTo(instance.VoteType))
        {
            throw new ArgumentException($"This rule does not count {instance.VoteType} ballots.", nameof(rule));
        }

        return rule switch
        {
            GreedyWelfareRule greedy => Greedy.Count(instance, greedy),
            CityGreedyRule greedy => Greedy.Count(instance, greedy),
            EqualSharesRule shares => EqualSharesCount.Count(instance, shares, progress, cancel),
            PhragmenRule phragmen => PhragmenCount.Count(instance, phragmen, progress, cancel),
            MaximinSupportRule maximin => MaximinSupport.Count(instance, maximin, progress, cancel),
            _ => throw new NotSupportedException($"{rule.GetType().Name} is not counted yet."),
        };
    }
}
