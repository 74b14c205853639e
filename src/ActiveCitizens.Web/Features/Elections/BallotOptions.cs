using ProtocolElection = ActiveCitizens.Voting.Elections.Election;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>What could be chosen in a sealed contest, in the order of the ballot, as it was fixed.</summary>
public static class BallotOptions
{
    public static IReadOnlyList<string> Of(Contest contest) => ProtocolElection.Read(contest.ElectionDocument).Questions[0].Answers;

    /// <summary>How many of them a ballot may choose.</summary>
    public static int MaxChoices(Election election, Contest contest) => election.Rules.IsByLists ? 1 : Math.Min(contest.Seats, Of(contest).Count);
}
