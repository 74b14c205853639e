using System.Numerics;
using System.Runtime.CompilerServices;

namespace ActiveCitizens.Budgeting.Counting.EqualShares;

/// <summary>
/// Who supports what, laid out for counting: for each project the merged ballots with positive utility, flat, side by side.
/// The utility of ballot b for project p is q(b, p) × <see cref="Factor"/>(p) with q a whole number.
/// </summary>
internal sealed class Supporters
{
    /// <summary>Entries of project p are Starts[p] up to Starts[p + 1].</summary>
    public readonly int[] Starts;

    /// <summary>Merged ballot of each entry.</summary>
    public readonly int[] Ballot;

    /// <summary>Voters of each entry.</summary>
    public readonly double[] Weight;

    /// <summary>q of each entry; empty when every q is 1.</summary>
    public readonly double[] Units;

    /// <summary>For each project the sum of weight × q, and the greatest and least q.</summary>
    public readonly double[] TotalUnits;
    public readonly double[] GreatestUnit;
    public readonly double[] LeastUnit;

    public readonly double[] Cost;
    public readonly double[] FactorValue;
    public readonly Rational[] Factor;

    /// <summary>Costs as whole numbers of 1/<see cref="CostScale"/>.</summary>
    public readonly BigInteger[] ScaledCost;
    public readonly BigInteger CostScale;
    public readonly BigInteger ScaledBudget;

    /// <summary>Projects of positive cost with a supporter, and those with a supporter that cost nothing.</summary>
    public readonly int[] Supported;
    public readonly int[] Free;

    private readonly int[] _ballotStarts;
    private readonly int[] _ballotProjects;
    private readonly long[] _ballotUnits;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Supporters(Instance instance, Satisfaction satisfaction)
    {
        Instance = instance;
        var profile = instance.Profile;
        var utilities = new Utilities(instance, satisfaction);
        var m = instance.Projects.Count;
        Factor = [.. Enumerable.Range(0, m).Select(utilities.Factor)];
        FactorValue = [.. Factor.Select(f => f.ToDouble())];
        Cost = [.. instance.Projects.Select(p => p.Cost.ToDouble())];
        CostScale = instance.Projects.Aggregate(instance.Budget.Denominator, (scale, p) => scale / BigInteger.GreatestCommonDivisor(scale, p.Cost.Denominator) * p.Cost.Denominator);
        ScaledCost = [.. instance.Projects.Select(p => p.Cost.Numerator * (CostScale / p.Cost.Denominator))];
        ScaledBudget = instance.Budget.Numerator * (CostScale / instance.Budget.Denominator);

        (Starts, _ballotStarts) = (new int[m + 1], new int[profile.Count + 1]);
        for (var ballot = 0; ballot < profile.Count; ballot++)
        {
            var projects = profile.Projects(ballot);
            var kept = 0;
            for (var position = 0; position < projects.Length; position++)
            {
                if (Factor[projects[position]].Sign > 0 && utilities.Of(ballot, position) > 0)
                {
                    Starts[projects[position] + 1]++;
                    kept++;
                }
            }

            _ballotStarts[ballot + 1] = _ballotStarts[ballot] + kept;
        }

        for (var p = 0; p < m; p++)
        {
            Starts[p + 1] += Starts[p];
        }

        var entries = Starts[m];
        (Ballot, Weight, _ballotProjects) = (new int[entries], new double[entries], new int[entries]);
        Units = utilities.AllOnes ? [] : new double[entries];
        _ballotUnits = utilities.AllOnes ? [] : new long[entries];
        (TotalUnits, GreatestUnit, LeastUnit) = (new double[m], new double[m], new double[m]);
        var next = Starts[..m];
        for (var ballot = 0; ballot < profile.Count; ballot++)
        {
            var projects = profile.Projects(ballot);
            var at = _ballotStarts[ballot];
            for (var position = 0; position < projects.Length; position++)
            {
                var (project, units) = (projects[position], utilities.Of(ballot, position));
                if (Factor[project].Sign <= 0 || units <= 0)
                {
                    continue;
                }

                var entry = next[project]++;
                (Ballot[entry], Weight[entry], _ballotProjects[at]) = (ballot, profile.Weight(ballot), project);
                if (!utilities.AllOnes)
                {
                    (Units[entry], _ballotUnits[at]) = (units, units);
                }

                TotalUnits[project] += (double)units * profile.Weight(ballot);
                GreatestUnit[project] = Math.Max(GreatestUnit[project], units);
                LeastUnit[project] = LeastUnit[project] == 0 ? units : Math.Min(LeastUnit[project], units);
                at++;
            }
        }

        Supported = [.. Enumerable.Range(0, m).Where(p => Starts[p] < Starts[p + 1] && instance.Projects[p].Cost.Sign > 0)];
        Free = [.. Enumerable.Range(0, m).Where(p => Starts[p] < Starts[p + 1] && instance.Projects[p].Cost.Sign == 0)];
    }

    public Instance Instance { get; }

    public bool AllOnes => Units.Length == 0;

    /// <summary>Projects that a ballot supports.</summary>
    public ReadOnlySpan<int> ProjectsOf(int ballot) => _ballotProjects.AsSpan(_ballotStarts[ballot].._ballotStarts[ballot + 1]);

    /// <summary>q of the project at this position of <see cref="ProjectsOf"/>.</summary>
    public long UnitsOf(int ballot, int position) => AllOnes ? 1 : _ballotUnits[_ballotStarts[ballot] + position];
}
