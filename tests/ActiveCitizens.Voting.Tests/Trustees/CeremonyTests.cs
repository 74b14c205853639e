using System.Text;
using ActiveCitizens.Voting.Groups;
using ActiveCitizens.Voting.Tests.Support;
using ActiveCitizens.Voting.Trustees;
using ActiveCitizens.Voting.Trustees.Ceremony;

namespace ActiveCitizens.Voting.Tests.Trustees;

public sealed class CeremonyTests : IDisposable
{
    private static readonly CeremonySetting Setting = new(Group.Find("Ed25519")!, 3, 2);
    private readonly SeededRandom _random = new(5);
    private readonly ThresholdSeed[] _seeds;
    private readonly CeremonyMember[] _members;

    public void Dispose() => _random.Dispose();

    public CeremonyTests()
    {
        _seeds = [.. Enumerable.Range(0, 3).Select(_ => ThresholdSeed.Generate(_random))];
        _members = [.. _seeds.Select((seed, i) => new CeremonyMember(Setting, i + 1, seed))];
    }

    [Theory]
    [InlineData("Ed25519", 1, 1), InlineData("Ed25519", 3, 3), InlineData("Ed25519", 5, 2), InlineData("BELENIOS-2048", 3, 2)]
    public void A_ceremony_gives_a_set_that_verifies_and_private_keys_that_fit(string name, int size, int threshold)
    {
        var group = Group.Find(name)!;
        var (set, keys) = MadeElection.RunCeremony(new(group, size, threshold), _random);
        var trustees = TrusteeSet.Of(group, set);
        Assert.Null(trustees.FindProblem());
        Assert.Equal(trustees.Keys.Select(key => key.Text), group.Encode([.. keys.Select(group.GeneratorPower)]));
    }

    [Fact]
    public void Two_members_with_one_key_are_noticed()
    {
        var certificates = Certificates();
        var seed = ThresholdSeed.Generate(_random);
        AssertRefused(CertificateSet.Read(Setting, [new CeremonyMember(Setting, 1, seed).MakeCertificate(_random), new CeremonyMember(Setting, 2, seed).MakeCertificate(_random), certificates[2]]), CeremonyStep.Certificate, 2, "same key");
    }

    [Fact]
    public void A_certificate_in_anothers_place_is_noticed()
    {
        var documents = Certificates();
        AssertRefused(CertificateSet.Read(Setting, [documents[0], documents[2], documents[1]]), CeremonyStep.Certificate, 2, "another group, size, threshold or place");
    }

    [Fact]
    public void A_missing_certificate_is_noticed() =>
        AssertRefused(CertificateSet.Read(Setting, [.. Certificates().Take(2)]), CeremonyStep.Certificate, null, "2 documents for 3 members");

    [Fact]
    public void A_certificate_with_a_changed_byte_is_refused_wherever_it_is()
    {
        var documents = Certificates();
        for (var i = 0; i < documents[1].Length; i++)
        {
            var changed = documents[1].ToArray();
            changed[i] ^= 1;
            var problem = Assert.Single(Assert.IsType<CeremonyOutcome<CertificateSet>.Refused>(CertificateSet.Read(Setting, [documents[0], changed, documents[2]])).Problems);
            Assert.Equal(2, problem.Member);
        }
    }

    [Fact]
    public void A_member_signs_nothing_when_another_key_stands_in_its_place()
    {
        var documents = Certificates();
        var stranger = new CeremonyMember(Setting, 1, ThresholdSeed.Generate(_random)).MakeCertificate(_random);
        var set = MadeElection.Done(CertificateSet.Read(Setting, [stranger, documents[1], documents[2]]));
        AssertRefused(_members[0].MakeCommitment(set, _random), CeremonyStep.Certificate, 1, "not the certificate that this seed gives");
    }

    [Fact]
    public void Members_who_were_shown_different_certificates_find_out_at_the_commitments()
    {
        var documents = Certificates();
        var one = MadeElection.Done(CertificateSet.Read(Setting, documents));
        var other = MadeElection.Done(CertificateSet.Read(Setting, [documents[0], _members[1].MakeCertificate(_random), documents[2]]));
        Assert.NotEqual(one.Digest, other.Digest);
        var commitments = new ReadOnlyMemory<byte>[] { MadeElection.Done(_members[0].MakeCommitment(one, _random)), MadeElection.Done(_members[1].MakeCommitment(one, _random)), MadeElection.Done(_members[2].MakeCommitment(other, _random)) };
        AssertRefused(CommitmentSet.Read(one, commitments), CeremonyStep.Commitment, 3, "other certificates");
    }

    [Fact]
    public void A_polynomial_other_than_the_one_committed_to_is_refused()
    {
        var (_, commitments, reveals) = Reveals();

        // Member 3, having seen the others, shows member 2's polynomial as its own.
        var stolen = Encoding.UTF8.GetString(reveals[2].Span).Split(",\"signature\":{", 2)[1];
        var forged = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(reveals[1].Span).Split(",\"signature\":{", 2)[0] + ",\"signature\":{" + stolen);
        AssertRefused(RevealSet.Read(commitments, [reveals[0], reveals[1], forged]), CeremonyStep.Reveal, 3, "not the one it committed to");
    }

    [Fact]
    public void A_reveal_with_a_changed_byte_is_refused_wherever_it_is()
    {
        var (_, commitments, reveals) = Reveals();
        for (var i = 0; i < reveals[0].Length; i += 7)
        {
            var changed = reveals[0].ToArray();
            changed[i] ^= 1;
            var problem = Assert.Single(Assert.IsType<CeremonyOutcome<RevealSet>.Refused>(RevealSet.Read(commitments, [changed, reveals[1], reveals[2]])).Problems);
            Assert.Equal(1, problem.Member);
        }
    }

    [Fact]
    public void A_share_that_does_not_fit_its_polynomial_names_its_sender()
    {
        var (certificates, commitments, reveals) = Reveals();
        var seed = ThresholdSeed.Generate(_random);
        var set = MadeElection.Done(RevealSet.Read(commitments, reveals));
        // Another seed opens nothing: every sender is named.
        var outcome = Assert.IsType<CeremonyOutcome<Scalar>.Refused>(set.PrivateShare(2, seed));
        Assert.Equal([1, 2, 3], outcome.Problems.Select(p => p.Member!.Value));
        Assert.All(outcome.Problems, p => Assert.Contains("cannot be opened", p.What, StringComparison.Ordinal));

        var forged = Forged(certificates, commitments, Setting.Group.Scalars.One);
        var withForged = MadeElection.Done(RevealSet.Read(commitments, [forged, reveals[1], reveals[2]]));
        AssertRefused(_members[1].MakeVerificationKey(withForged, null, _random), CeremonyStep.Share, 1, "not the value of its polynomial");
    }

    [Fact]
    public void A_verification_key_that_the_polynomials_do_not_give_is_refused()
    {
        var (_, commitments, reveals) = Reveals();
        var set = MadeElection.Done(RevealSet.Read(commitments, reveals));
        var keys = MadeElection.Documents(_members, m => MadeElection.Done(m.MakeVerificationKey(set, "Name", _random)));
        AssertRefused(set.Finish([keys[1], keys[0], keys[2]]), CeremonyStep.VerificationKey, 1, "not the key that the polynomials give");
        var unsigned = TrusteeKey.Read(keys[2].Span, Setting.Group) with { Signature = null };
        AssertRefused(set.Finish([keys[0], keys[1], unsigned.ToDocument(Setting.Group)]), CeremonyStep.VerificationKey, 3, "signature");
        Assert.Equal("Name", MadeElection.Done(set.Finish(keys)).VerificationKeys[0].Name);
    }

    [Fact]
    public void A_member_who_comes_back_makes_the_same_polynomial_and_key()
    {
        var (_, commitments, reveals) = Reveals();
        var set = MadeElection.Done(RevealSet.Read(commitments, reveals));
        var again = new CeremonyMember(Setting, 2, ThresholdSeed.Read(_seeds[1].Text)!);
        Assert.True(MadeElection.Done(again.PrivateKey(set)).Equals(MadeElection.Done(_members[1].PrivateKey(set))));
        Assert.IsType<CeremonyOutcome<byte[]>.Done>(again.MakeReveal(commitments, _random));
    }

    private static void AssertRefused<T>(CeremonyOutcome<T> outcome, CeremonyStep step, int? member, string what)
    {
        var problem = Assert.IsType<CeremonyOutcome<T>.Refused>(outcome).Problems[0];
        Assert.Equal((step, member), (problem.Step, problem.Member));
        Assert.Contains(what, problem.ToString(), StringComparison.Ordinal);
    }

    private IReadOnlyList<ReadOnlyMemory<byte>> Certificates() => MadeElection.Documents(_members, m => m.MakeCertificate(_random));

    private (CertificateSet Certificates, CommitmentSet Commitments, IReadOnlyList<ReadOnlyMemory<byte>> Reveals) Reveals()
    {
        var certificates = MadeElection.Done(CertificateSet.Read(Setting, Certificates()));
        var commitments = MadeElection.Done(CommitmentSet.Read(certificates, MadeElection.Documents(_members, m => MadeElection.Done(m.MakeCommitment(certificates, _random)))));
        return (certificates, commitments, MadeElection.Documents(_members, m => MadeElection.Done(m.MakeReveal(commitments, _random))));
    }

    /// <summary>Member 1's reveal, rightly signed, in which every share is <paramref name="share"/>.</summary>
    private byte[] Forged(CertificateSet certificates, CommitmentSet commitments, Scalar share)
    {
        var group = Setting.Group;
        var signing = _seeds[0].SigningKey(group);
        var elements = _seeds[0].Polynomial(group, 2, certificates.Digest).Select(group.GeneratorPower).ToArray();
        var envelopes = Enumerable.Range(1, 3).Select(to => ShareEnvelope.Seal(group, certificates.Certificates[to - 1].Encryption, share, certificates.Digest, 1, to, _random)).ToList();
        return Reveal.ToDocument(
            group,
            SignedMessage.Sign(group, signing, Polynomial.ToMessage(group, elements), _random),
            SignedMessage.SignDetached(group, signing, Polynomial.ToSignedText(group, certificates.Messages, elements), _random),
            SignedMessage.Sign(group, signing, Reveal.SharesOf(commitments, 1, envelopes), _random));
    }
}
