namespace ActiveCitizens.Web.Features.Elections;

/// <summary>How votes become seats; the catalogue from which a deliberation chooses.</summary>
public enum ElectionMethod
{
    /// <summary>Electors choose up to as many candidates as there are seats; those with most votes are elected.</summary>
    IndividualPlurality,

    /// <summary>Electors choose one closed list; seats are divided by the highest averages (D'Hondt).</summary>
    ListHighestAverages,

    /// <summary>Electors choose one closed list; seats are divided by the largest remainder (Hare's quota).</summary>
    ListLargestRemainder,

    /// <summary>One closed list, to be approved by a majority of the votes cast.</summary>
    SingleList,
}

/// <summary>What a list, or the candidates of a neighbourhood together, must look like.</summary>
public enum ParityRule
{
    None,

    /// <summary>On a list the numbers of women and men differ by at most one.</summary>
    Balanced,

    /// <summary>On a list women and men take turns.</summary>
    Alternating,
}

/// <summary>Who wins between equals.</summary>
public enum TieResolution
{
    OlderCandidate,

    /// <summary>A lot that anybody can draw again from a seed fixed in public after the vote.</summary>
    PublicLot,
}

public enum Franchise
{
    /// <summary>Those on the city's electoral roll at their usual polling bureau.</summary>
    Electors,

    /// <summary>Inhabitants from 16 years on, foreigners included.</summary>
    ResidentsFrom16,
}

/// <summary>What an elector proves besides holding the letter.</summary>
public enum SecondSecret
{
    DateOfBirth,

    /// <summary>A code sent to the e-mail address on the roll.</summary>
    EmailCode,
}

/// <summary>The rules of one election, fixed when it is called.</summary>
public sealed class ElectionRules
{
    public ElectionMethod Method { get; init; } = ElectionMethod.IndividualPlurality;

    /// <summary>The leading list takes half of the seats first; lists only.</summary>
    public bool HasMajorityBonus { get; init; }
    public ParityRule Parity { get; init; } = ParityRule.None;
    public TieResolution Ties { get; init; } = TieResolution.OlderCandidate;
    public Franchise Franchise { get; init; } = Franchise.Electors;
    public SecondSecret SecondSecret { get; init; } = SecondSecret.DateOfBirth;

    /// <summary>Where no more stand than can be elected, they are elected without a vote.</summary>
    public bool ElectsUnopposed { get; init; }

    /// <summary>Electors choose lists, not persons.</summary>
    public bool IsByLists => Method != ElectionMethod.IndividualPlurality;
}
