namespace ActiveCitizens.Web.Features.MunicipalCouncil;

/// <summary>What the mayor did when the votes were tied in a public ballot. Stored by name.</summary>
public enum CastingVote
{
    For,
    Against,

    /// <summary>The mayor did not vote or did not decide: what is not adopted by a majority is rejected.</summary>
    NotUsed,
}

/// <summary>Why figures of a vote cannot be right.</summary>
public enum VoteProblem
{
    NegativeNumber,
    MoreThanInOffice,
    MoreProxiesThanPresent,
    NoQuorum,
    CountsDoNotAddUp,
    CastingVoteMissing,
    CastingVoteWithoutTie,
}

/// <summary>Who was there and how they voted. Rules: CGCT L2121-17 (quorum), L2121-20 (proxies, majority, casting vote), L2121-21 (secret ballot).</summary>
/// <param name="NonVoting">Present or represented, and taking no part in this vote.</param>
public sealed record DeliberationVote(int InOffice, int Present, int Proxies, int For, int Against, int Abstentions, int NonVoting, bool IsSecretBallot, CastingVote? Casting)
{
    /// <summary>Votes cast: neither abstentions nor those who took no part count.</summary>
    public int Cast => For + Against;

    /// <summary>The absolute majority of the votes cast, or the mayor's casting vote when they are tied.</summary>
    public bool IsAdopted => For > Against || Casting == CastingVote.For;

    /// <summary>True when the law gives the mayor the casting vote: as many for as against, and the ballot was public.</summary>
    public bool MayorDecides => For == Against && For > 0 && !IsSecretBallot;

    public IEnumerable<VoteProblem> Problems()
    {
        if (InOffice <= 0 || new[] { Present, Proxies, For, Against, Abstentions, NonVoting }.Any(number => number < 0))
        {
            yield return VoteProblem.NegativeNumber;
            yield break;
        }

        if ((long)Present + Proxies > InOffice)
        {
            yield return VoteProblem.MoreThanInOffice;
        }

        if (Proxies > Present)
        {
            yield return VoteProblem.MoreProxiesThanPresent;
        }

        if (2L * Present <= InOffice)
        {
            yield return VoteProblem.NoQuorum;
        }

        if ((long)For + Against + Abstentions + NonVoting != (long)Present + Proxies)
        {
            yield return VoteProblem.CountsDoNotAddUp;
        }

        if (MayorDecides && Casting is null)
        {
            yield return VoteProblem.CastingVoteMissing;
        }

        if (!MayorDecides && Casting is not null)
        {
            yield return VoteProblem.CastingVoteWithoutTie;
        }
    }
}
