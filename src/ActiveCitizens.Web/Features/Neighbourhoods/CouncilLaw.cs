namespace ActiveCitizens.Web.Features.Neighbourhoods;

/// <summary>What French law says of neighbourhood councils in a municipality of a given size.</summary>
public enum CouncilDuty
{
    /// <summary>The municipal council has to create them.</summary>
    Mandatory,

    /// <summary>The municipal council may create them, under the same rules.</summary>
    Voluntary,

    /// <summary>Too small for councils of this law: consultative committees have another legal basis.</summary>
    ConsultativeCommittees,
}

/// <summary>Population thresholds as a law sets them from one day on.</summary>
/// <param name="MandatoryFrom">Inhabitants from which councils are a duty.</param>
/// <param name="VoluntaryFrom">Inhabitants from which the municipality may apply the same rules.</param>
public sealed record CouncilThresholds(DateOnly InForceFrom, int MandatoryFrom, int VoluntaryFrom, string Source, string CommitteeSource)
{
    public CouncilDuty DutyOf(int population) =>
        population >= MandatoryFrom ? CouncilDuty.Mandatory
        : population >= VoluntaryFrom ? CouncilDuty.Voluntary
        : CouncilDuty.ConsultativeCommittees;

    /// <summary>The article that applies to a municipality of this size.</summary>
    public string ArticleFor(int population) => DutyOf(population) == CouncilDuty.ConsultativeCommittees ? CommitteeSource : Source;
}

public static class CouncilLaw
{
    /// <summary>Oldest first. A change of the law adds a line and alters none.</summary>
    public static readonly IReadOnlyList<CouncilThresholds> History =
    [
        new(new DateOnly(2002, 2, 27), MandatoryFrom: 80_000, VoluntaryFrom: 20_000, "CGCT L2143-1", "CGCT L2143-2"),
    ];

    /// <summary>The thresholds in force on a day; null before the first law.</summary>
    public static CouncilThresholds? On(DateOnly day) => History.LastOrDefault(thresholds => thresholds.InForceFrom <= day);
}

/// <summary>How many inhabitants a neighbourhood is expected to have. Outside it a territory is warned about and accepted.</summary>
/// <remarks>Source: the founding document, "territoire de 1000 à 1500 habitants". A published territory has 961.</remarks>
public static class TerritorySize
{
    public const int Min = 1_000;
    public const int Max = 1_500;

    public static bool IsUnusual(int? population) => population is < Min or > Max;
}
