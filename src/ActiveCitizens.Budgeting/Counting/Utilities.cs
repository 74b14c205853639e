using System.Numerics;

namespace ActiveCitizens.Budgeting.Counting;

/// <summary>u_i(p) as whole numbers: u_i(p) = <see cref="Of"/>(i, p) × <see cref="Factor"/>(p).</summary>
internal sealed class Utilities(Instance instance, Satisfaction satisfaction)
{
    private readonly Profile _profile = instance.Profile;

    /// <summary>Whether every voter who has a project on the ballot counts it 1.</summary>
    public bool AllOnes { get; } = satisfaction is Satisfaction.Cardinality or Satisfaction.Cost or Satisfaction.Effort;

    /// <summary>The utility of the project at this position of this ballot, before <see cref="Factor"/>. May be zero or negative.</summary>
    public long Of(int ballot, int position) => satisfaction switch
    {
        Satisfaction.Points => _profile.Points(ballot)[position],
        Satisfaction.Borda => _profile.Projects(ballot).Length - position - 1,
        _ => 1,
    };

    /// <summary>Zero or more.</summary>
    public Rational Factor(int project) => satisfaction switch
    {
        Satisfaction.Cost => instance.Projects[project].Cost,
        Satisfaction.Effort => instance.Votes[project] == 0 ? Rational.Zero : instance.Projects[project].Cost / instance.Votes[project],
        Satisfaction.Points => Rational.Of(1, _profile.PointsScale),
        _ => Rational.One,
    };

    /// <summary>The sum of all utilities of each project, negative ones included. O(entries).</summary>
    public Rational[] Totals()
    {
        var sums = new BigInteger[instance.Projects.Count];
        for (var ballot = 0; ballot < _profile.Count; ballot++)
        {
            var projects = _profile.Projects(ballot);
            for (var position = 0; position < projects.Length; position++)
            {
                sums[projects[position]] += (BigInteger)Of(ballot, position) * _profile.Weight(ballot);
            }
        }

        return [.. sums.Select((sum, project) => sum * Factor(project))];
    }
}
