using ActiveCitizens.Cli.Files;
using ActiveCitizens.Voting.Counting;
using ActiveCitizens.Voting.Counting.Lists;

namespace ActiveCitizens.Cli.CountVotes;

/// <summary>What was counted, by which method, and how it came out.</summary>
internal sealed record VotesCount(InputFile File, string Method, IReadOnlyList<string> Ids, IReadOnlyList<string> Names, VotesOutcome Outcome);

internal abstract record VotesOutcome
{
    private VotesOutcome()
    {
    }

    /// <param name="Ballots">What was added up; null when the file holds sums.</param>
    /// <param name="Blank">Blank votes of a result; null when they are not allowed or the file holds ballots.</param>
    public sealed record OfPlurality(PluralityOutcome Result, PluralityTally? Ballots, long? Blank) : VotesOutcome;

    public sealed record OfJudgment(MajorityJudgmentOutcome Result, SeatAllocation Allocation) : VotesOutcome;

    public sealed record OfSchulze(SchulzeOutcome Result, SeatAllocation Allocation) : VotesOutcome;

    public sealed record OfStv(StvOutcome Result) : VotesOutcome;

    public sealed record OfLists(ListOutcome Result, IReadOnlyList<PartyList> Lists) : VotesOutcome;

    /// <summary>Who is elected, where single candidates are.</summary>
    public SeatAllocation? Seats => this switch
    {
        OfPlurality plurality => plurality.Result.Seats,
        OfJudgment judgment => judgment.Allocation,
        OfSchulze schulze => schulze.Allocation,
        OfStv stv => stv.Result.Seats,
        _ => null,
    };

    public IReadOnlyList<Tie> Ties => Seats?.Ties ?? ((OfLists)this).Result.Ties;
}
