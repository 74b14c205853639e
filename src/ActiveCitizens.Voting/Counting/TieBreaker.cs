using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ActiveCitizens.Voting.Counting;

/// <summary>One of several equals, with all that a criterion may look at.</summary>
internal sealed record Contender(int Index, string Id)
{
    public long Votes { get; init; }

    /// <summary>Day of birth, or the mean of several, counted from 1 January of year 1.</summary>
    public Fraction? BirthDay { get; init; }
}

/// <summary>Applies a <see cref="TieRule"/>.</summary>
internal static class TieBreaker
{
    public static Tie Resolve(TieRule rule, IEnumerable<Contender> tied, int places)
    {
        List<Contender> contenders = [.. tied.OrderBy(c => c.Index)];
        List<int> all = [.. contenders.Select(c => c.Index)];
        List<Key> keys = [.. rule.Criteria.Where(c => c is not TieCriterion.Older || contenders.TrueForAll(t => t.BirthDay is not null)).Select(c => new Key(c, contenders))];
        List<Contender> order = [.. contenders];
        order.Sort((a, b) => keys.Select(key => key.Compare(a, b)).FirstOrDefault(c => c != 0));
        var decisive = keys.Find(key => key.Compare(order[places - 1], order[places]) != 0);
        return decisive is null
            ? new(all, places, null, null, [])
            : new(all, places, [.. order.Take(places).Select(c => c.Index)], decisive.Criterion, decisive.Evidence(order));
    }

    /// <summary>The digest that <see cref="TieCriterion.Lot"/> compares.</summary>
    public static string Draw(string seed, string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}|{id}")));

    public static Fraction? BirthDay(Candidate candidate) => candidate.Born is { } born ? Fraction.Of(born.DayNumber) : null;

    /// <exception cref="ArgumentException">Two ids are equal: a lot could not tell them apart.</exception>
    public static void RequireDistinct(IEnumerable<string> ids, string parameter)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (!seen.Add(id))
            {
                throw new ArgumentException($"The id \"{id}\" appears twice; ids must be distinct.", parameter);
            }
        }
    }

    private sealed class Key(TieCriterion criterion, List<Contender> contenders)
    {
        private readonly Dictionary<int, string> _lots = criterion is TieCriterion.Lot lot ? contenders.ToDictionary(c => c.Index, c => Draw(lot.Seed, c.Id)) : [];

        public TieCriterion Criterion => criterion;

        public int Compare(Contender a, Contender b) => criterion switch
        {
            TieCriterion.MoreVotes => b.Votes.CompareTo(a.Votes),
            TieCriterion.Older => a.BirthDay!.Value.CompareTo(b.BirthDay!.Value),
            TieCriterion.Lot => string.CompareOrdinal(_lots[a.Index], _lots[b.Index]),
            _ => a.Index.CompareTo(b.Index),
        };

        public IReadOnlyList<TieEvidence> Evidence(IEnumerable<Contender> order) => [.. order.Select(c => new TieEvidence(c.Index, Describe(c)))];

        private string Describe(Contender contender) => criterion switch
        {
            TieCriterion.MoreVotes => contender.Votes.ToString(CultureInfo.InvariantCulture),
            TieCriterion.Older when contender.BirthDay!.Value is { Denominator.IsOne: true } day => DateOnly.FromDayNumber((int)day.Numerator).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            TieCriterion.Older => contender.BirthDay!.Value.ToString(),
            TieCriterion.Lot => _lots[contender.Index],
            _ => contender.Index.ToString(CultureInfo.InvariantCulture),
        };
    }
}
