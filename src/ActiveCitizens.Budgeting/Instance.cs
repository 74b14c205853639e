namespace ActiveCitizens.Budgeting;

/// <summary>How voters filled in their ballots: the <c>vote_type</c> of the Pabulib format.</summary>
public enum VoteType
{
    /// <summary>Any number of projects, all alike.</summary>
    Approval,

    /// <summary>Exactly one project.</summary>
    ChooseOne,

    /// <summary>Points shared out over projects.</summary>
    Cumulative,

    /// <summary>A score for each project.</summary>
    Scoring,

    /// <summary>Projects in order of preference, the best first.</summary>
    Ordinal,
}

/// <summary>One project on the ballot.</summary>
public sealed class Project
{
    /// <summary>Position in <see cref="Instance.Projects"/>, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The <c>project_id</c>; distinct, compared by code point.</summary>
    public required string Id { get; init; }

    /// <summary>Zero or more, in the currency of the instance.</summary>
    public required Rational Cost { get; init; }

    /// <summary>The name, or the id when the file gives none.</summary>
    public required string Name { get; init; }

    /// <summary>The <c>score</c> column where the file has one.</summary>
    public Rational? PublishedScore { get; init; }

    /// <summary>The <c>votes</c> column where the file has one; it may count a project twice that a ballot lists twice.</summary>
    public long? PublishedVotes { get; init; }

    /// <summary>The <c>selected</c> column: 0 not funded, 1 funded, 2 and 3 funded by a city's special rule.</summary>
    public int? PublishedSelected { get; init; }

    /// <summary>The items of the <c>category</c> column.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>The items of the <c>beneficiaries</c> (formerly <c>target</c>) column.</summary>
    public IReadOnlyList<string> Beneficiaries { get; init; } = [];

    /// <summary>Degrees north, as published.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees east, as published.</summary>
    public double? Longitude { get; init; }

    /// <summary>Any other column of the file, by name; cells that say nothing are absent.</summary>
    public IReadOnlyDictionary<string, string> Other { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public override string ToString() => $"{Id} ({Name})";
}

/// <summary>One participatory-budget vote: a budget, projects and ballots. Immutable, so threads may share it.</summary>
public sealed class Instance
{
    private readonly Lazy<IReadOnlyList<long>> _votes;
    private readonly Dictionary<string, int> _indexOfId;

    /// <exception cref="ArgumentException">Two projects share an id, a project stands at the wrong index, or the profile speaks of other projects.</exception>
    public Instance(Rational budget, VoteType voteType, IReadOnlyList<Project> projects, Profile profile)
    {
        ArgumentNullException.ThrowIfNull(projects);
        ArgumentNullException.ThrowIfNull(profile);
        (Budget, VoteType, Projects, Profile) = (budget, voteType, projects, profile);
        if (profile.ProjectCount != projects.Count)
        {
            throw new ArgumentException("The profile was made for another number of projects.", nameof(profile));
        }

        _indexOfId = new Dictionary<string, int>(projects.Count, StringComparer.Ordinal);
        for (var p = 0; p < projects.Count; p++)
        {
            if (projects[p].Index != p || projects[p].Cost.Sign < 0 || !_indexOfId.TryAdd(projects[p].Id, p))
            {
                throw new ArgumentException($"Project {projects[p].Id} is listed twice, at the wrong index, or costs less than nothing.", nameof(projects));
            }
        }

        _votes = new(() => profile.CountVotes());
    }

    /// <summary>Money to spend, zero or more.</summary>
    public Rational Budget { get; }

    public VoteType VoteType { get; }

    /// <summary>The m projects in file order.</summary>
    public IReadOnlyList<Project> Projects { get; }

    /// <summary>The ballots, equal ones merged.</summary>
    public Profile Profile { get; }

    /// <summary>n: the number of ballots, empty ones included.</summary>
    public long VoterCount => Profile.VoterCount;

    /// <summary>The <c>max_length</c> of a ballot where it is known.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The <c>min_project_score_threshold</c> where it is known.</summary>
    public Rational? MinProjectScoreThreshold { get; init; }

    /// <summary>The city's <c>rule</c>, as published.</summary>
    public string? PublishedRule { get; init; }

    /// <summary>The <c>currency</c> (ISO 4217), as published.</summary>
    public string? Currency { get; init; }

    /// <summary>votes(p) by project index: ballots that contain p, each counted once.</summary>
    public IReadOnlyList<long> Votes => _votes.Value;

    /// <summary>The project with this id, or null.</summary>
    public Project? Find(string id) => _indexOfId.TryGetValue(id, out var index) ? Projects[index] : null;

    /// <summary>Whether every project together fits into the budget.</summary>
    public bool EverythingFits => CostOf(Enumerable.Range(0, Projects.Count)) <= Budget;

    /// <summary>Exact total cost of the projects at these indices.</summary>
    public Rational CostOf(IEnumerable<int> projects) => projects.Aggregate(Rational.Zero, (sum, p) => sum + Projects[p].Cost);
}
