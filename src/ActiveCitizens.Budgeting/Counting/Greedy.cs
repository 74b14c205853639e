namespace ActiveCitizens.Budgeting.Counting;

/// <summary>Rules that walk once through the projects in a fixed order. O(entries + m log m).</summary>
/// <remarks>Source: S. Rey, F. Schmidt, J. Maly, "The (Computational) Social Choice Take on Indivisible Participatory Budgeting", 2023, arXiv:2303.00621.</remarks>
internal static class Greedy
{
    public static Outcome Count(Instance instance, GreedyWelfareRule rule)
    {
        var walk = new Walk(instance, rule.Ties, Phase.Greedy);
        walk.Take(Enumerable.Range(0, instance.Projects.Count), WelfareKeys(instance, rule.Satisfaction), stopAtFirstThatDoesNotFit: false);
        return walk.Finish(rule);
    }

    public static Outcome Count(Instance instance, CityGreedyRule rule)
    {
        var keys = rule.Key == GreedyKey.Score ? Scores(instance) : [.. instance.Votes.Select(Rational.FromInt64)];
        var eligible = Enumerable.Range(0, instance.Projects.Count).Where(p => instance.Projects[p].Cost != CityGreedyRule.WithdrawnCost);
        if (rule.ApplyThreshold && instance.MinProjectScoreThreshold is { } threshold)
        {
            eligible = eligible.Where(p => keys[p] >= threshold);
        }

        var walk = new Walk(instance, rule.Ties, Phase.Greedy);
        walk.Take(eligible, [.. keys.Select(k => new Key(k, false))], rule.StopAtFirstThatDoesNotFit);
        return walk.Finish(rule);
    }

    /// <summary>Utility per unit of money; infinite for a liked project that costs nothing, zero for one that nobody likes.</summary>
    public static Key[] WelfareKeys(Instance instance, Satisfaction satisfaction)
    {
        var totals = new Utilities(instance, satisfaction).Totals();
        return [.. totals.Select((total, p) =>
            total.Sign <= 0 ? new Key(default, false)
            : instance.Projects[p].Cost.Sign == 0 ? new Key(default, true)
            : new Key(total / instance.Projects[p].Cost, false))];
    }

    /// <summary>The <c>score</c> that cities publish: sum of points, or of (max_length − position) on ordinal ballots.</summary>
    public static Rational[] Scores(Instance instance)
    {
        if (instance.VoteType is VoteType.Cumulative or VoteType.Scoring)
        {
            return new Utilities(instance, Satisfaction.Points).Totals();
        }

        if (instance.VoteType != VoteType.Ordinal)
        {
            return [.. instance.Votes.Select(Rational.FromInt64)];
        }

        var profile = instance.Profile;
        var best = instance.MaxLength ?? Enumerable.Range(0, profile.Count).Select(b => profile.Projects(b).Length).DefaultIfEmpty(0).Max();
        var scores = new long[instance.Projects.Count];
        for (var ballot = 0; ballot < profile.Count; ballot++)
        {
            var projects = profile.Projects(ballot);
            for (var position = 0; position < projects.Length; position++)
            {
                scores[projects[position]] += (long)(best - position) * profile.Weight(ballot);
            }
        }

        return [.. scores.Select(Rational.FromInt64)];
    }

    /// <summary>What projects are sorted by, greatest first.</summary>
    public sealed record Key(Rational Value, bool Infinite)
    {
        public static int Compare(Key a, Key b) => a.Infinite != b.Infinite ? a.Infinite.CompareTo(b.Infinite) : a.Value.CompareTo(b.Value);
    }

    /// <summary>Fills what is left of the budget, project by project.</summary>
    public sealed class Walk(Instance instance, TieBreaking ties, Phase phase)
    {
        private readonly TieBreaker _breaker = new(instance, ties);
        private readonly List<Round> _rounds = [];
        private readonly List<Tie> _ties = [];
        private StopReason _stop = StopReason.Complete;

        /// <summary>Rounds that another rule has already decided.</summary>
        public int RoundsBefore { get; init; }

        /// <summary>Money still to spend.</summary>
        public Rational Left { get; private set; } = instance.Budget;

        public IReadOnlyList<Round> Rounds => _rounds;

        public IReadOnlyList<Tie> Ties => _ties;

        public StopReason Stop => _stop;

        public void Spend(Rational amount) => Left -= amount;

        /// <summary>Takes projects by descending key, ties by the tie-breaking rule, as long as they fit.</summary>
        public void Take(IEnumerable<int> projects, IReadOnlyList<Key> keys, bool stopAtFirstThatDoesNotFit)
        {
            List<int> order = [.. projects];
            order.Sort((a, b) => Key.Compare(keys[b], keys[a]) is var byKey && byKey != 0 ? byKey
                : _breaker.Compare(a, b) is var byTie && byTie != 0 ? byTie : a.CompareTo(b));
            for (var i = 0; i < order.Count; i++)
            {
                var project = order[i];
                var cost = instance.Projects[project].Cost;
                if (cost > Left)
                {
                    if (stopAtFirstThatDoesNotFit)
                    {
                        _stop = StopReason.NextDoesNotFit;
                        return;
                    }

                    continue;
                }

                if (!Decide(order, i, keys))
                {
                    _stop = StopReason.TieNeedsLot;
                    return;
                }

                _rounds.Add(new(project, phase));
                Left -= cost;
            }
        }

        /// <summary>An order among equals matters, and is reported, only when not all that are equal fit together.</summary>
        private bool Decide(List<int> order, int i, IReadOnlyList<Key> keys)
        {
            List<int> tied = [];
            var cost = Rational.Zero;
            for (var j = i; j < order.Count && Key.Compare(keys[order[j]], keys[order[i]]) == 0; j++)
            {
                if (instance.Projects[order[j]].Cost <= Left)
                {
                    tied.Add(order[j]);
                    cost += instance.Projects[order[j]].Cost;
                }
            }

            if (tied.Count < 2 || cost <= Left)
            {
                return true;
            }

            var tie = _breaker.Break(RoundsBefore + _rounds.Count, tied);
            _ties.Add(tie);
            return tie.Chosen is not null;
        }

        public Outcome Finish(CountingRule rule)
        {
            List<int> winners = [.. _rounds.Select(r => r.Project)];
            return new() { Rule = rule, Winners = winners, TotalCost = instance.CostOf(winners), Rounds = _rounds, Ties = _ties, Stop = _stop };
        }
    }
}
