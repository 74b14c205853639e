using System.Runtime.InteropServices;
using System.Text;
using ActiveCitizens.Voting.Credentials;
using ActiveCitizens.Voting.Elections;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Proofs;

namespace ActiveCitizens.Voting.Ballots;

/// <summary>Checks ballots of one election, each on its own: PROTOCOL.md sections 8.1 to 8.3. Safe for use by several threads at once.</summary>
/// <param name="credentials">The public list.</param>
public sealed class BallotVerifier(Election election, PublicCredentials credentials)
{
    private readonly Group _group = election.Group;

    /// <summary>Checks everything about a ballot but what depends on other ballots or on the login.</summary>
    /// <remarks>For a question with N ciphertexts: 4N + 2(max-min+1) products of two powers, 2N membership tests, and 2(k+1)+4-2k more with blank. Nothing is decoded before the credential was found on the list.</remarks>
    public BallotVerdict Verify(ReadOnlyMemory<byte> bytes)
    {
        Ballot ballot;
        try
        {
            if (credentials.Find(Ballot.ReadCredential(election, bytes.Span)) is null)
            {
                return new BallotVerdict.Refused(BallotRule.Credential, "its credential is not on the public list");
            }

            ballot = Ballot.Read(election, bytes);
        }
        catch (ProtocolFormatException e)
        {
            var rule = e.Rule switch
            {
                FormatRule.Election => BallotRule.Election,
                FormatRule.Element => BallotRule.Group,
                _ => BallotRule.Canonical,
            };
            return new BallotVerdict.Refused(rule, e.Message);
        }

        return FindFailure(ballot) is { } failure
            ? new BallotVerdict.Refused(failure.Rule, failure.ToString())
            : new BallotVerdict.Accepted(ballot);
    }

    private ProofLabel? FindFailure(Ballot ballot)
    {
        if (SignedHash(ballot) != ballot.SignedHash)
        {
            return new(BallotRule.Signature, 0, 0);
        }

        var batch = new ChallengeBatch<ProofLabel>(_group);
        AddSignature(batch, ballot);
        byte[] context = [.. Encoding.ASCII.GetBytes(election.Fingerprint), (byte)'|', .. ballot.CredentialText];
        for (var i = 0; i < ballot.Answers.Count; i++)
        {
            if (ballot.Answers[i] is BallotAnswer.Homomorphic homomorphic)
            {
                new HomomorphicChecks(election, batch, context, i).Add((HomomorphicQuestion)election.Questions[i], homomorphic);
            }
            else
            {
                AddRanked(batch, context, i, (BallotAnswer.NonHomomorphic)ballot.Answers[i]);
            }
        }

        return batch.FindFailure();
    }

    private static Digest SignedHash(Ballot ballot)
    {
        // The ballot without its signature member: the bytes before it, and the closing brace.
        var bytes = ballot.Bytes.Span;
        var unsigned = new byte[ballot.SignedLength + 1];
        bytes[..ballot.SignedLength].CopyTo(unsigned);
        unsigned[^1] = (byte)'}';
        return Digest.Of(unsigned);
    }

    private static void AddSignature(ChallengeBatch<ProofLabel> batch, Ballot ballot)
    {
        batch.Begin(new(BallotRule.Signature, 0, 0), ballot.Signature.Challenge);
        batch.Prefix("sig|"u8);
        batch.Prefix(Encoding.ASCII.GetBytes(ballot.SignedHash.Base64));
        batch.Prefix("|"u8);
        batch.CommitSchnorr(ballot.CredentialBase, ballot.Signature);
    }

    private void AddRanked(ChallengeBatch<ProofLabel> batch, ReadOnlySpan<byte> context, int question, BallotAnswer.NonHomomorphic answer)
    {
        batch.Begin(new(BallotRule.RankedProof, question + 1, 0), answer.Proof.Challenge);
        batch.Prefix("raweg|"u8);
        batch.Prefix(context);
        batch.Prefix("|"u8);
        batch.Prefix(Encoding.ASCII.GetBytes(election.PublicKeyText));
        batch.Prefix(","u8);
        batch.Prefix(answer.Choices.AlphaText.Span);
        batch.Prefix(","u8);
        batch.Prefix(answer.Choices.BetaText.Span);
        batch.Prefix("|"u8);
        batch.CommitSchnorr(answer.Choices.Alpha, answer.Proof);
    }
}

/// <summary>Names one proof of a ballot.</summary>
/// <param name="Question">From 1; 0 for the whole ballot.</param>
/// <param name="Choice">From 1; 0 for the whole question.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProofLabel(BallotRule Rule, int Question, int Choice)
{
    public override string ToString() => Rule switch
    {
        BallotRule.Signature => "the signature does not hold",
        BallotRule.IndividualProof => FormattableString.Invariant($"question {Question}, choice {Choice}: the proof that it is 0 or 1 does not hold"),
        BallotRule.BlankProof => FormattableString.Invariant($"question {Question}: the proof that a blank vote chooses nothing does not hold"),
        BallotRule.OverallProof => FormattableString.Invariant($"question {Question}: the proof of the number of choices does not hold"),
        _ => FormattableString.Invariant($"question {Question}: the proof of knowledge does not hold"),
    };
}
