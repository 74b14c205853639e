namespace ActiveCitizens.Voting.Ballots;

/// <summary>The acceptance rules of PROTOCOL.md section 8.3, without the login.</summary>
public enum BallotRule
{
    /// <summary>The bytes are the canonical form, of the exact shape the questions call for, with all scalars in range.</summary>
    Canonical,

    /// <summary>uuid and fingerprint are the election's.</summary>
    Election,

    /// <summary>The credential is on the public list.</summary>
    Credential,

    /// <summary>The credential and every alpha and beta are in the group.</summary>
    Group,

    /// <summary>Each ciphertext holds 0 or 1.</summary>
    IndividualProof,

    /// <summary>The blank one is 0, or all others are.</summary>
    BlankProof,

    /// <summary>The sum is in the question's range, or the vote is blank.</summary>
    OverallProof,

    /// <summary>Whoever made a ranked answer knows what is in it.</summary>
    RankedProof,

    /// <summary>The holder of the credential signed these very bytes.</summary>
    Signature,

    /// <summary>The same bytes are not in the box already.</summary>
    NotTwice,
}

/// <summary>Whether a ballot may enter the box.</summary>
public abstract record BallotVerdict
{
    private BallotVerdict()
    {
    }

    public sealed record Accepted(Ballot Ballot) : BallotVerdict;

    /// <param name="Rule">The first rule it breaks.</param>
    /// <param name="Reason">Where and how, for a person.</param>
    public sealed record Refused(BallotRule Rule, string Reason) : BallotVerdict;
}
