using System.Security.Cryptography;
using System.Text;
using ActiveCitizens.Voting.Groups;

namespace ActiveCitizens.Voting.Trustees.Ceremony;

/// <summary>One member's part of a key ceremony. Holds no state but the seed: every step can be taken on another day, from the public documents of the steps before.</summary>
/// <param name="index">The member's place, from 1.</param>
public sealed class CeremonyMember(CeremonySetting setting, int index, ThresholdSeed seed)
{
    private readonly Group _group = index >= 1 && index <= setting.Size ? setting.Group : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Step 1: the document that names the member's keys.</summary>
    public byte[] MakeCertificate(RandomNumberGenerator random)
    {
        var signing = seed.SigningKey(_group);
        var certificate = new Certificate(_group.GeneratorPower(signing), _group.GeneratorPower(seed.DecryptionKey(_group)), setting.ContextOf(index));
        return SignedMessage.Sign(_group, signing, certificate.ToMessage(_group), random).ToDocument(_group);
    }

    /// <summary>Step 2: the hash of the member's polynomial, which is not shown yet.</summary>
    public CeremonyOutcome<byte[]> MakeCommitment(CertificateSet certificates, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        return CeremonyOutcome<byte[]>.Of(FindOwnProblem(certificates), () =>
        {
            var hash = CommitmentSet.HashOf(certificates, index, PolynomialMessage(certificates).Message);
            return SignedMessage.Sign(_group, seed.SigningKey(_group), CommitmentSet.MessageOf(certificates, index, hash), random).ToDocument(_group);
        });
    }

    /// <summary>Step 3, when all commitments are there: the polynomial, and a share for each member that only that member can open.</summary>
    public CeremonyOutcome<byte[]> MakeReveal(CommitmentSet commitments, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(commitments);
        var certificates = commitments.Certificates;
        var problems = FindOwnProblem(certificates);
        if (problems.Count > 0)
        {
            return new CeremonyOutcome<byte[]>.Refused(problems);
        }

        var (message, coefficients, elements) = PolynomialMessage(certificates);
        if (CommitmentSet.HashOf(certificates, index, message) != commitments.Hashes[index - 1])
        {
            return new CeremonyOutcome<byte[]>.Refused([new(CeremonyStep.Commitment, index, "it is not the commitment that this seed gives")]);
        }

        var signing = seed.SigningKey(_group);
        var envelopes = Enumerable.Range(1, setting.Size).Select(to => ShareEnvelope.Seal(
            _group, certificates.Certificates[to - 1].Encryption, Polynomial.At(_group.Scalars, coefficients, to), certificates.Digest, index, to, random)).ToList();
        return new CeremonyOutcome<byte[]>.Done(Reveal.ToDocument(
            _group,
            SignedMessage.Sign(_group, signing, message, random),
            SignedMessage.SignDetached(_group, signing, Polynomial.ToSignedText(_group, certificates.Messages, elements), random),
            SignedMessage.Sign(_group, signing, Reveal.SharesOf(commitments, index, envelopes), random)));
    }

    /// <summary>Step 4: opens and checks the shares of all members, and publishes the key they add up to.</summary>
    /// <param name="name">Optional, published with the key.</param>
    public CeremonyOutcome<byte[]> MakeVerificationKey(RevealSet reveals, string? name, RandomNumberGenerator random)
    {
        ArgumentNullException.ThrowIfNull(reveals);
        switch (PrivateKey(reveals))
        {
            case CeremonyOutcome<Scalar>.Done(var share):
                var key = TrusteeKey.Prove(_group, share, name, random);
                var signature = SignedMessage.SignDetached(_group, seed.SigningKey(_group), Encoding.ASCII.GetBytes(key.Text), random);
                return new CeremonyOutcome<byte[]>.Done((key with { Signature = signature }).ToDocument(_group));
            case CeremonyOutcome<Scalar>.Refused(var problems):
                return new CeremonyOutcome<byte[]>.Refused(problems);
            default:
                throw new InvalidOperationException("An outcome is done or refused.");
        }
    }

    /// <summary>S_j, with which the member decrypts; from the seed and the documents of the ceremony, whenever it is needed.</summary>
    public CeremonyOutcome<Scalar> PrivateKey(RevealSet reveals)
    {
        ArgumentNullException.ThrowIfNull(reveals);
        var problems = FindOwnProblem(reveals.Commitments.Certificates);
        return problems.Count > 0 ? new CeremonyOutcome<Scalar>.Refused(problems) : reveals.PrivateShare(index, seed);
    }

    /// <summary>A member signs nothing for a set in which another key stands in the own place.</summary>
    private List<CeremonyProblem> FindOwnProblem(CertificateSet certificates)
    {
        if (certificates.Setting != setting)
        {
            return [new(CeremonyStep.Certificate, null, "the certificates are for another group, size or threshold")];
        }

        var own = certificates.Certificates[index - 1];
        return own.Verification.Equals(_group.GeneratorPower(seed.SigningKey(_group))) && own.Encryption.Equals(_group.GeneratorPower(seed.DecryptionKey(_group)))
            ? []
            : [new(CeremonyStep.Certificate, index, "it is not the certificate that this seed gives")];
    }

    private (byte[] Message, Scalar[] Coefficients, Element[] Elements) PolynomialMessage(CertificateSet certificates)
    {
        var coefficients = seed.Polynomial(_group, setting.Threshold, certificates.Digest);
        Element[] elements = [.. coefficients.Select(_group.GeneratorPower)];
        return (Polynomial.ToMessage(_group, elements), coefficients, elements);
    }
}
