namespace ActiveCitizens.Web.Features.Accounts;

/// <summary>What a person may do, as the design's list of roles has it. Stored by name.</summary>
public enum Role
{
    /// <summary>Proved by roll, letter or desk to live here; follows from a verification, never granted by hand.</summary>
    VerifiedResident,
    Councillor,
    Officer,
    ElectedOfficial,
    Mayor,
    Facilitator,
    LeadExpert,
    Moderator,
    Administrator,
}

public static class Roles
{
    /// <summary>Roles that see or change other people's things: their holders need a second factor.</summary>
    public static readonly IReadOnlySet<Role> Staff = new HashSet<Role> { Role.Officer, Role.ElectedOfficial, Role.Mayor, Role.Facilitator, Role.LeadExpert, Role.Moderator, Role.Administrator };

    /// <summary>Roles an administrator gives and withdraws.</summary>
    public static readonly IReadOnlyList<Role> Grantable = [.. Enum.GetValues<Role>().Where(role => role != Role.VerifiedResident)];

    /// <summary>Roles that are held for one neighbourhood.</summary>
    public static bool NeedsNeighbourhood(Role role) => role == Role.Councillor;
}
