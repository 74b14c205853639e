namespace ActiveCitizens.Voting.Verification;

/// <summary>One thing a complete verifier checks. The number before the dot is the item of PROTOCOL.md section 15; what section 16 adds is part of the titles.</summary>
/// <param name="Id">Stable, such as <c>4.5</c>.</param>
/// <param name="Title">For a person.</param>
public sealed record VerificationCheck(string Id, string Title)
{
    public static VerificationCheck Members { get; } = new("1.1", "Every file of the archive has the exact header and padding");
    public static VerificationCheck Names { get; } = new("1.2", "Every file is named after the hash of its content");
    public static VerificationCheck Header { get; } = new("1.3", "The archive's header is canonical and every file bears its time");
    public static VerificationCheck Events { get; } = new("1.4", "Events and the data that name documents are in canonical form");
    public static VerificationCheck Chain { get; } = new("1.5", "Every event names the one before it, without a gap");
    public static VerificationCheck EventData { get; } = new("1.6", "Every event stands right after its own documents, and nothing else is there");
    public static VerificationCheck Order { get; } = new("2.1", "Events come in the order of an election: one setup, ballots until the end of the vote, one tally, one result and nothing after it");
    public static VerificationCheck Election { get; } = new("3.1", "The election file is canonical: version 1, identifier, known group, key in the group, questions that can be voted on");
    public static VerificationCheck Trustees { get; } = new("3.2", "Every trustee's key is in the group and proved; threshold sets are signed and add up");
    public static VerificationCheck PublicKey { get; } = new("3.3", "The election's key is the product of the trustees' keys");
    public static VerificationCheck Credentials { get; } = new("3.4", "The credential list is canonical, without a credential twice, with weights for all or for none");
    public static VerificationCheck CredentialKeys { get; } = new("3.5", "Every credential on the list is in the group");
    public static VerificationCheck RankedWeights { get; } = new("3.6", "Ranked questions come with weight 1 for everybody");
    public static VerificationCheck CredentialsCertificate { get; } = new("3.7", "The certificate of the credential list");
    public static VerificationCheck BallotForm { get; } = new("4.1", "Every ballot is canonical, of exactly the shape its questions call for, with numbers in range");
    public static VerificationCheck BallotElection { get; } = new("4.2", "Every ballot was made for this election");
    public static VerificationCheck BallotCredential { get; } = new("4.3", "Every ballot's credential is on the list");
    public static VerificationCheck BallotElements { get; } = new("4.4", "Every element of every ballot is in the group, in its one spelling");
    public static VerificationCheck IndividualProofs { get; } = new("4.5", "Every choice is proved to be 0 or 1");
    public static VerificationCheck BlankProofs { get; } = new("4.6", "Every blank vote is proved to choose nothing");
    public static VerificationCheck OverallProofs { get; } = new("4.7", "Every number of choices is proved to be allowed");
    public static VerificationCheck RankedProofs { get; } = new("4.8", "Every ranked answer is proved to be known to its maker");
    public static VerificationCheck Signatures { get; } = new("4.9", "Every ballot is signed with its credential");
    public static VerificationCheck NoBallotTwice { get; } = new("4.10", "No ballot is in the box twice");
    public static VerificationCheck EncryptedTally { get; } = new("5.1", "The encrypted tally is, byte for byte, that of the last ballot of each credential");
    public static VerificationCheck TallyNumbers { get; } = new("5.2", "The number of ballots tallied and their weight are right");
    public static VerificationCheck ShuffleOwners { get; } = new("6.1", "Ranked answers are shuffled at least once, by trustees of whom none shuffles twice");
    public static VerificationCheck ShuffleForm { get; } = new("6.2", "Every shuffle is canonical, of the right length, with all elements in the group");
    public static VerificationCheck ShuffleProofs { get; } = new("6.3", "Every shuffle is proved to change nothing but the order and the encryption");
    public static VerificationCheck DecryptionOwners { get; } = new("7.1", "Every partial decryption is by a trustee who exists and decrypts once");
    public static VerificationCheck DecryptionForm { get; } = new("7.2", "Every partial decryption is canonical, of the tally's shape, with all factors in the group");
    public static VerificationCheck DecryptionProofs { get; } = new("7.3", "Every decryption factor is proved to come from the trustee's key");
    public static VerificationCheck EnoughDecryptions { get; } = new("8.1", "All mandatory trustees and enough members of each threshold set have decrypted");
    public static VerificationCheck ResultForm { get; } = new("9.1", "The result is canonical and of the election's shape");
    public static VerificationCheck ResultValues { get; } = new("9.2", "Every number of the result is what the decryptions give");
    public static VerificationCheck EarlierCopy { get; } = new("10.1", "The archive starts with all of the earlier copy");
    public static VerificationCheck AnnouncedElection { get; } = new("10.2", "The election's fingerprint is the announced one");
    public static VerificationCheck AnnouncedCredentials { get; } = new("10.3", "The credential list's fingerprint is the announced one");
    public static VerificationCheck AnnouncedTrustees { get; } = new("10.4", "The trustees' keys are the announced ones, in their order");
    public static VerificationCheck AnnouncedVoters { get; } = new("10.5", "The number of voters is the announced one");
    public static VerificationCheck AnnouncedLastEvent { get; } = new("10.6", "The last event's hash is the announced one");
    public static VerificationCheck Tracker { get; } = new("10.7", "The voter's ballot is in the box and is the last of its credential");

    /// <summary>Those made on every archive.</summary>
    public static IReadOnlyList<VerificationCheck> Always { get; } =
    [
        Members, Names, Header, Events, Chain, EventData, Order, Election, Trustees, PublicKey, Credentials, CredentialKeys, RankedWeights, CredentialsCertificate,
        BallotForm, BallotElection, BallotCredential, BallotElements, IndividualProofs, BlankProofs, OverallProofs, RankedProofs, Signatures, NoBallotTwice,
        EncryptedTally, TallyNumbers, ShuffleOwners, ShuffleForm, ShuffleProofs, DecryptionOwners, DecryptionForm, DecryptionProofs, EnoughDecryptions, ResultForm, ResultValues,
    ];

    /// <summary>Those made when there is something to compare with.</summary>
    public static IReadOnlyList<VerificationCheck> OnRequest { get; } =
        [EarlierCopy, AnnouncedElection, AnnouncedCredentials, AnnouncedTrustees, AnnouncedVoters, AnnouncedLastEvent, Tracker];

    public override string ToString() => $"{Id} {Title}";
}

public enum VerificationStatus
{
    /// <summary>The archive ends before it could be checked, or an earlier failure makes it meaningless.</summary>
    NotReached,

    Passed,

    Failed,

    /// <summary>There is something to check that this program cannot check.</summary>
    NotImplemented,
}

/// <summary>One object that fails a check.</summary>
/// <param name="Subject">Such as <c>ballot 12 (event 13)</c>; events are counted from 1.</param>
/// <param name="Reason">What was found and what was expected.</param>
public sealed record VerificationFailure(string Subject, string Reason);

/// <summary>What came of one check.</summary>
/// <param name="Note">Why a check was not reached or not made, or what it rests on; may be empty.</param>
/// <param name="Failures">The first <see cref="VerificationReport.MaxFailures"/>.</param>
/// <param name="FailureCount">All of them.</param>
public sealed record VerificationOutcome(VerificationCheck Check, VerificationStatus Status, string Note, IReadOnlyList<VerificationFailure> Failures, int FailureCount);
