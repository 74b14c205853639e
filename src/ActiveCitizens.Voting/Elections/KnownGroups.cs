using ActiveCitizens.Voting.Groups;

namespace ActiveCitizens.Voting.Elections;

/// <summary>From the name in an election file to a group.</summary>
internal static class KnownGroups
{
    /// <summary>Set by tests that run on other implementations of the groups.</summary>
    internal static Func<string, Group?> Source { get; set; } = _ => null;

    public static Group? Find(string name) => Source(name);
}
