using System.Collections.Concurrent;

namespace ActiveCitizens.Web.Features.Budgets;

/// <summary>What is saved with a round in one transaction and never changes after: its projects and what each rule decides.</summary>
/// <param name="Projects">In file order: number 1, 2, 3 …</param>
/// <param name="Results">The deciding rule's first.</param>
public sealed record RoundContent(IReadOnlyList<BudgetProject> Projects, IReadOnlyList<CountedResult> Results)
{
    /// <summary>Projects that some rules fund and others do not, most votes first.</summary>
    public IReadOnlyList<BudgetProject> Disputed { get; } =
        [.. Projects.Where(project => Results.Select(result => result.Funds(project.Number)).Distinct().Count() > 1).OrderByDescending(project => project.Votes).ThenBy(project => project.Number)];

    public BudgetProject? Project(int number) => number >= 1 && number <= Projects.Count ? Projects[number - 1] : null;

    public CountedResult? Result(string rule) => Results.FirstOrDefault(result => result.Rule == rule);
}

/// <summary>The rounds that pages asked for last.</summary>
public sealed class RoundsInMemory
{
    private const int MostKept = 20;
    private readonly ConcurrentDictionary<(string CityId, Guid RoundId), RoundContent> _rounds = new();

    public RoundContent? Find((string CityId, Guid RoundId) key) => _rounds.GetValueOrDefault(key);

    public RoundContent Keep((string CityId, Guid RoundId) key, RoundContent content)
    {
        if (_rounds.Count >= MostKept)
        {
            _rounds.Clear();
        }

        return _rounds.GetOrAdd(key, content);
    }
}
