using System.Text;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Voting.Proofs;

namespace ActiveCitizens.Voting.Trustees.Ceremony;

/// <summary>Every member's polynomial, signed, as committed to, with the shares for all members: the end of step 3.</summary>
public sealed class RevealSet
{
    private readonly IReadOnlyList<Reveal> _reveals;
    private readonly Element[] _sum;

    private RevealSet(CommitmentSet commitments, IReadOnlyList<Reveal> reveals)
    {
        Commitments = commitments;
        _reveals = reveals;
        _sum = PedersenChecks.SumOf(commitments.Certificates.Setting.Group, [.. reveals.Select(r => r.Polynomial)]);
    }

    public CommitmentSet Commitments { get; }

    /// <param name="documents">By member, from 1.</param>
    public static CeremonyOutcome<RevealSet> Read(CommitmentSet commitments, IReadOnlyList<ReadOnlyMemory<byte>> documents)
    {
        ArgumentNullException.ThrowIfNull(commitments);
        ArgumentNullException.ThrowIfNull(documents);
        var setting = commitments.Certificates.Setting;
        var reveals = new List<Reveal>();
        var problems = Documents.ReadAll(CeremonyStep.Reveal, setting.Size, documents, (index, document) =>
        {
            var reveal = Reveal.Read(document, setting);
            reveals.Add(reveal);
            return reveal.FindProblem(commitments, index);
        });
        return CeremonyOutcome<RevealSet>.Of(problems, () => new(commitments, reveals));
    }

    /// <summary>Step 4's end: puts the verification keys together into the entry of the trustees file.</summary>
    /// <param name="documents">By member, from 1.</param>
    public CeremonyOutcome<Trustee.Pedersen> Finish(IReadOnlyList<ReadOnlyMemory<byte>> documents)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var certificates = Commitments.Certificates;
        var group = certificates.Setting.Group;
        var keys = new List<TrusteeKey>();
        var problems = Documents.ReadAll(CeremonyStep.VerificationKey, certificates.Setting.Size, documents, (index, document) =>
        {
            var key = TrusteeKey.Read(document, group);
            keys.Add(key);
            return !key.Key.Equals(PublicShare(index)) ? "it is not the key that the polynomials give"
                : !key.ProofHolds(group) ? "the proof of the key does not hold"
                : key.Signature is null || !SignedMessage.Holds(group, certificates.Certificates[index - 1].Verification, Encoding.ASCII.GetBytes(key.Text), key.Signature) ? "its signature does not hold"
                : null;
        });
        return CeremonyOutcome<Trustee.Pedersen>.Of(problems, () =>
            new(certificates.Setting.Threshold, certificates.Messages, [.. _reveals.Select(r => r.Coefexps)], [.. _reveals.Select(r => r.Signature)], keys));
    }

    /// <summary>X_j, from the public polynomials.</summary>
    internal Element PublicShare(int index) => Polynomial.At(Commitments.Certificates.Setting.Group, _sum, index);

    /// <summary>Opens and checks every share sent to one member.</summary>
    /// <returns>S_j, the member's private key.</returns>
    internal CeremonyOutcome<Scalar> PrivateShare(int index, ThresholdSeed seed)
    {
        var certificates = Commitments.Certificates;
        var group = certificates.Setting.Group;
        var key = seed.DecryptionKey(group);
        var sum = group.Scalars.Zero;
        var problems = new List<CeremonyProblem>();
        for (var from = 1; from <= _reveals.Count; from++)
        {
            var reveal = _reveals[from - 1];
            if (reveal.Shares[index - 1].Open(group, key, certificates.Digest, from, index) is not { } share)
            {
                problems.Add(new(CeremonyStep.Share, from, FormattableString.Invariant($"the share it sent to member {index} cannot be opened")));
            }
            else if (!group.GeneratorPower(share).Equals(Polynomial.At(group, reveal.Polynomial, index)))
            {
                problems.Add(new(CeremonyStep.Share, from, FormattableString.Invariant($"the share it sent to member {index} is not the value of its polynomial")));
            }
            else
            {
                sum = group.Scalars.Add(sum, share);
            }
        }

        return CeremonyOutcome<Scalar>.Of(problems, () => sum);
    }
}

/// <summary>One member's document of step 3.</summary>
internal sealed record Reveal(SignedMessage Coefexps, Element[] Polynomial, Proof Signature, SignedMessage SharesMessage, ShareHeader Header, IReadOnlyList<ShareEnvelope> Shares)
{
    public static Reveal Read(ReadOnlySpan<byte> document, CeremonySetting setting)
    {
        var group = setting.Group;
        var maxPolynomial = Trustees.Polynomial.MaxBytes(group, setting.Threshold);
        var maxShares = 512 + (setting.Size * (128 + group.MaxTextLength + (2 * group.Scalars.MaxTextLength)));
        var reader = new CanonicalReader(document, "reveal", 4096 + (2 * (maxPolynomial + maxShares)) + (6 * group.Scalars.MaxTextLength));
        reader.Expect("{\"coefexps\":"u8);
        var coefexps = SignedMessage.Read(ref reader, group, 2 * maxPolynomial);
        reader.Expect(",\"signature\":"u8);
        var signature = reader.Proof(group);
        reader.Expect(",\"shares\":"u8);
        var shares = SignedMessage.Read(ref reader, group, 2 * maxShares);
        reader.Expect("}"u8);
        reader.End();
        var polynomial = Trustees.Polynomial.Read(coefexps.Message.Span, group, setting.Threshold, "polynomial");
        var (header, envelopes) = ReadShares(shares.Message.Span, setting, maxShares);
        return new(coefexps, polynomial, signature, shares, header, envelopes);
    }

    public static byte[] SharesOf(CommitmentSet commitments, int index, IReadOnlyList<ShareEnvelope> shares)
    {
        var writer = new CanonicalWriter();
        var group = commitments.Certificates.Setting.Group;
        return writer.Raw("{\"certs\":"u8).Quoted(commitments.Certificates.Digest.Hex).Raw(",\"commitments\":"u8).Quoted(commitments.Digest.Hex)
            .Raw(",\"index\":"u8).Integer(index).Raw(",\"shares\":"u8).List(shares, share => share.Write(writer, group)).Raw("}"u8).ToArray();
    }

    public static byte[] ToDocument(Group group, SignedMessage coefexps, Proof signature, SignedMessage shares)
    {
        var writer = new CanonicalWriter().Raw("{\"coefexps\":"u8);
        coefexps.Write(writer, group);
        writer.Raw(",\"signature\":"u8).Proof(group, signature).Raw(",\"shares\":"u8);
        shares.Write(writer, group);
        return writer.Raw("}"u8).ToArray();
    }

    public string? FindProblem(CommitmentSet commitments, int index)
    {
        var certificates = commitments.Certificates;
        var group = certificates.Setting.Group;
        var key = certificates.Certificates[index - 1].Verification;
        return CommitmentSet.HashOf(certificates, index, Coefexps.Message.Span) != commitments.Hashes[index - 1] ? "its polynomial is not the one it committed to"
            : !Coefexps.IsSignedBy(group, key) ? "the signature of its polynomial does not hold"
            : !SignedMessage.Holds(group, key, Trustees.Polynomial.ToSignedText(group, certificates.Messages, Polynomial), Signature) ? "its signature over all certificates does not hold"
            : Header != new ShareHeader(certificates.Digest, commitments.Digest, index) ? "its shares were made for other certificates, commitments or another member"
            : !SharesMessage.IsSignedBy(group, key) ? "the signature of its shares does not hold"
            : null;
    }

    private static (ShareHeader Header, List<ShareEnvelope> Shares) ReadShares(ReadOnlySpan<byte> message, CeremonySetting setting, int maxBytes)
    {
        var reader = new CanonicalReader(message, "shares", maxBytes);
        reader.Expect("{\"certs\":"u8);
        var certs = reader.Hex();
        reader.Expect(",\"commitments\":"u8);
        var commitments = reader.Hex();
        reader.Expect(",\"index\":"u8);
        var header = new ShareHeader(certs, commitments, reader.Integer(1, Trustee.Pedersen.MaxMembers));
        reader.Expect(",\"shares\":"u8);
        var shares = new List<ShareEnvelope>();
        for (var j = 0; j < setting.Size; j++)
        {
            reader.Expect(j == 0 ? "["u8 : ","u8);
            shares.Add(ShareEnvelope.Read(ref reader, setting.Group));
        }

        reader.Expect("]}"u8);
        reader.End();
        return (header, shares);
    }
}

/// <summary>What a member's shares are bound to.</summary>
internal sealed record ShareHeader(Digest Certs, Digest Commitments, int Index);
