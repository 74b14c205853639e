using ActiveCitizens.Voting.Groups;

namespace ActiveCitizens.Voting.Elections;

/// <summary>From the name in an election file to a group.</summary>
internal static class KnownGroups
{
    public static Group? Find(string name) => null;
}
