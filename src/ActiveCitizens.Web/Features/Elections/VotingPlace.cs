namespace ActiveCitizens.Web.Features.Elections;

/// <summary>What a voting page shows of a contest without its documents.</summary>
public sealed record VotingPlace(
    Guid ContestId, Guid ElectionId, string ElectionSlug, string ElectionName, bool IsRehearsal, ElectionState State, DateTimeOffset OpensAt, DateTimeOffset ClosesAt, string HelpLine, bool IsByLists, SecondSecret SecondSecret,
    string NeighbourhoodCode, int Number, string Name, string PollingBureau, int Seats, BoxState Box)
{
    /// <summary>The contest in addresses, such as <c>q14</c>.</summary>
    public string Code => CodeOf(NeighbourhoodCode);

    public bool IsOpenAt(DateTimeOffset now) => State == ElectionState.Sealed && Box == BoxState.Open && OpensAt <= now && now < ClosesAt;

    public static string CodeOf(string neighbourhoodCode) => Shared.Languages.Folding.Fold(neighbourhoodCode);
}
