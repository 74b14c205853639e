using ActiveCitizens.Voting.Ballots;
using ActiveCitizens.Web.Features.Shared.Components;
using ActiveCitizens.Web.Features.Shared.Languages;
using Microsoft.Extensions.Localization;

namespace ActiveCitizens.Web.Features.Elections.CastBallot;

/// <summary>Where the person goes on after an answer.</summary>
public enum AfterCast
{
    /// <summary>The ballot is in the box.</summary>
    Done,

    /// <summary>Back to the code and the second secret.</summary>
    Identify,

    /// <summary>Make another ballot.</summary>
    Choose,

    /// <summary>The same ballot can be sent again later.</summary>
    Wait,

    /// <summary>Nothing more can be done here.</summary>
    Stop,
}

/// <summary>An answer in plain words: what happened, and what to do.</summary>
public sealed record CastAnswer(int StatusCode, AfterCast Next, string Title, string Text);

/// <summary>Says to electors what became of their ballot.</summary>
public sealed class CastWords(IStringLocalizer<ElectionsText> text, Format format, TimeProvider clock)
{
    public CastAnswer Of(CastResult result, VotingPlace place) => result switch
    {
        CastResult.Cast { Replaces: true } => new(200, AfterCast.Done, text["Your new ballot is in the box"], text["You had voted before. This ballot replaces the one before: only the last one counts."]),
        CastResult.Cast => new(200, AfterCast.Done, text["Your ballot is in the box"], text["It will be counted. You may vote again until the vote closes: only your last ballot counts."]),
        CastResult.NotOpen closed => NotOpen(closed, place),
        CastResult.UnknownContest => new(404, AfterCast.Stop, text["There is no vote here"], text["Compare the address with the one in your letter."]),
        CastResult.Unacceptable { Rule: BallotRule.Credential } => new(422, AfterCast.Identify, text["This code is not one of this neighbourhood"], text["Your ballot was not taken. Compare the code with your letter, and the neighbourhood too: each has a voting page of its own."]),
        CastResult.Unacceptable bad => new(422, AfterCast.Choose, text["The ballot was damaged on its way"], text["Nothing was kept. Make your ballot again. If it happens again, call for help and say: {0}.", bad.Rule.ToString()]),
        CastResult.WrongSecret wrong => new(422, AfterCast.Identify, place.SecondSecret == SecondSecret.DateOfBirth ? text["The number and the date of birth do not belong together"] : text["This is not the code that was sent to you"],
            text["Your ballot was not taken. Correct them and cast it again."] + " " + text.Plural(wrong.Left, "{0} try is left.|{0} tries are left.")),
        CastResult.Locked locked => new(423, AfterCast.Wait, text["Too many tries"], text["Your ballot was not taken. This code rests until {0}; the other ways of voting stay open to you.", format.DateAndTime(locked.Until)]),
        CastResult.VotedOtherwise other => new(409, AfterCast.Stop, text["You have already voted"], other.Way == VotingWay.Post
            ? text["Your vote by post is on the roll, so this ballot was not taken. If you did not vote by post, call for help at once."]
            : text["You voted at the polling station, so this ballot was not taken. If you did not, call for help at once."]),
        CastResult.ForeignCode => new(409, AfterCast.Stop, text["This code and this number do not belong together"], text["One of them has been used with another one, so this ballot was not taken. Call for help: your right to vote stays."]),
        CastResult.Audited => new(409, AfterCast.Choose, text["This ballot was opened to check it"], text["An opened ballot is no longer secret and is never counted. Make a new one."]),
        _ => throw new InvalidOperationException($"{result} has no words."),
    };

    /// <summary>What is said to somebody who comes while no ballots are taken.</summary>
    public CastAnswer Closed(VotingPlace place) => NotOpen(new(place.Box, place.OpensAt, place.ClosesAt), place);

    private CastAnswer NotOpen(CastResult.NotOpen closed, VotingPlace place) =>
        place.Box == BoxState.Uncontested ? new(409, AfterCast.Stop, text["Nobody votes in this neighbourhood"], text["There are no more candidates than seats."])
        : clock.GetUtcNow() < closed.OpensAt || place.State == ElectionState.Called ? new(409, AfterCast.Wait, text["The vote is not open yet"], text["It opens on {0} and closes on {1}. No ballot can be taken before.", format.DateAndTime(closed.OpensAt), format.DateAndTime(closed.ClosesAt)])
        : clock.GetUtcNow() >= closed.ClosesAt || place.State != ElectionState.Sealed ? new(409, AfterCast.Stop, text["The vote is closed"], text["It closed on {0}. No ballot can be taken any more.", format.DateAndTime(closed.ClosesAt)])
        : new(409, AfterCast.Wait, text["The vote is stopped for the moment"], text["The election board has stopped it in this neighbourhood and will say why. Ballots in the box stay there. Come back later, or call for help."]);
}
