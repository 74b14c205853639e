using ActiveCitizens.Budgeting.Counting;

namespace ActiveCitizens.Budgeting.Tests.Counting;

/// <summary>The Method of Equal Shares as its definition reads: one voter at a time, fractions only, every endowment tried. Slow and obvious.</summary>
internal static class NaiveEqualShares
{
    public sealed record Result(List<int> Winners, Rational Endowment, List<Rational> Rhos, List<Rational[]> Payments);

    public static Result Count(Instance instance, EqualSharesRule rule)
    {
        var voters = Voters(instance, rule.Satisfaction);
        var share = instance.Budget / voters.Count;
        var increase = rule.Increase;
        var start = increase.StartFromWholeUnits ? share.Floor() : share;
        if (increase.SkipWhenEverythingFits && instance.EverythingFits)
        {
            return Run(instance, rule, voters, share);
        }

        var current = Run(instance, rule, voters, start);
        if (increase.Unit == IncreaseUnit.None)
        {
            return current;
        }

        var step = increase.Unit == IncreaseUnit.PerVoter ? increase.Step : share * increase.Step;
        var supported = Enumerable.Range(0, instance.Projects.Count).Where(p => voters.Exists(v => v[p].Sign > 0)).ToList();
        while (step.Sign > 0 && !Exhaustive(instance, current.Winners, increase.ExhaustiveStop, supported))
        {
            var bound = share * (voters.Count + 1);
            if (increase.BoundedByBudgetTimesVoters ? current.Endowment + step > bound : current.Winners.Count == supported.Count)
            {
                break;
            }

            var next = Run(instance, rule, voters, current.Endowment + step);
            if (instance.CostOf(next.Winners) > instance.Budget)
            {
                break;
            }

            current = next;
        }

        return current;
    }

    private static bool Exhaustive(Instance instance, List<int> winners, ExhaustiveStop stop, List<int> supported)
    {
        var left = instance.Budget - instance.CostOf(winners);
        var others = Enumerable.Range(0, instance.Projects.Count).Except(winners).Where(p => instance.Projects[p].Cost <= left);
        return stop switch
        {
            ExhaustiveStop.Never => false,
            ExhaustiveStop.SupportedProjects => !others.Any(p => supported.Contains(p) && instance.Projects[p].Cost.Sign > 0),
            _ => !others.Any(),
        };
    }

    /// <summary>The utilities of every single voter, empty ballots included, negative ones as nothing.</summary>
    public static List<Rational[]> Voters(Instance instance, Satisfaction satisfaction)
    {
        var voters = new List<Rational[]>();
        for (var ballot = 0; ballot < instance.Profile.Count; ballot++)
        {
            var utilities = new Rational[instance.Projects.Count];
            var projects = instance.Profile.Projects(ballot);
            for (var position = 0; position < projects.Length; position++)
            {
                var project = instance.Projects[projects[position]];
                var utility = satisfaction switch
                {
                    Satisfaction.Cardinality => 1,
                    Satisfaction.Cost => project.Cost,
                    Satisfaction.Effort => project.Cost / instance.Votes[project.Index],
                    Satisfaction.Points => Rational.Of(instance.Profile.Points(ballot)[position], instance.Profile.PointsScale),
                    _ => projects.Length - position - 1,
                };
                utilities[project.Index] = Rational.Max(utility, 0);
            }

            voters.AddRange(Enumerable.Repeat(utilities, instance.Profile.Weight(ballot)));
        }

        return voters;
    }

    public static Result Run(Instance instance, EqualSharesRule rule, List<Rational[]> voters, Rational endowment)
    {
        var ties = new TieBreaker(instance, rule.Ties);
        var money = Enumerable.Repeat(endowment, voters.Count).ToArray();
        var result = new Result([], endowment, [], []);
        var supported = Enumerable.Range(0, instance.Projects.Count).Where(p => voters.Exists(v => v[p].Sign > 0)).ToList();
        foreach (var free in supported.Where(p => instance.Projects[p].Cost.Sign == 0).OrderBy(ties.FinalRank))
        {
            result.Winners.Add(free);
            result.Rhos.Add(0);
            result.Payments.Add(new Rational[voters.Count]);
        }

        var left = supported.Where(p => instance.Projects[p].Cost.Sign > 0).ToList();
        while (true)
        {
            var rhos = left.Select(p => (Project: p, Rho: Rho(instance.Projects[p], voters, money))).Where(c => c.Rho is not null).ToList();
            if (rhos.Count == 0)
            {
                return result;
            }

            var least = rhos.Min(c => c.Rho!.Value);
            var tied = rhos.Where(c => c.Rho == least).Select(c => c.Project).ToList();
            var winner = tied.Count == 1 ? tied[0] : ties.Break(result.Winners.Count, tied).Chosen!.Value;
            var payments = new Rational[voters.Count];
            for (var voter = 0; voter < voters.Count; voter++)
            {
                payments[voter] = Rational.Min(money[voter], least * voters[voter][winner]);
                money[voter] -= payments[voter];
            }

            result.Winners.Add(winner);
            result.Rhos.Add(least);
            result.Payments.Add(payments);
            left.Remove(winner);
        }
    }

    /// <summary>The least r with sum of min(money, r × utility) = cost; null when the supporters do not have that much.</summary>
    private static Rational? Rho(Project project, List<Rational[]> voters, Rational[] money)
    {
        var supporters = Enumerable.Range(0, voters.Count).Where(v => voters[v][project.Index].Sign > 0).OrderBy(v => money[v] / voters[v][project.Index]).ToList();
        var missing = project.Cost;
        var utility = supporters.Aggregate(Rational.Zero, (sum, v) => sum + voters[v][project.Index]);
        foreach (var voter in supporters)
        {
            var r = missing / utility;
            if (r * voters[voter][project.Index] <= money[voter])
            {
                return r;
            }

            missing -= money[voter];
            utility -= voters[voter][project.Index];
        }

        return null;
    }
}
