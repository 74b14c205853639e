using System.Globalization;
using System.Text;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Trustees.Ceremony;

/// <summary>Every member's hash of a polynomial not yet shown, so that nobody can choose one after seeing the others': the end of step 2.</summary>
public sealed class CommitmentSet
{
    private CommitmentSet(CertificateSet certificates, IReadOnlyList<Digest> hashes, Digest digest)
    {
        Certificates = certificates;
        Hashes = hashes;
        Digest = digest;
    }

    public CertificateSet Certificates { get; }

    /// <summary>Of all commitments: every reveal names it.</summary>
    internal Digest Digest { get; }

    internal IReadOnlyList<Digest> Hashes { get; }

    /// <param name="documents">By member, from 1.</param>
    public static CeremonyOutcome<CommitmentSet> Read(CertificateSet certificates, IReadOnlyList<ReadOnlyMemory<byte>> documents)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        ArgumentNullException.ThrowIfNull(documents);
        var group = certificates.Setting.Group;
        var hashes = new List<Digest>();
        var problems = Documents.ReadAll(CeremonyStep.Commitment, certificates.Setting.Size, documents, (index, document) =>
        {
            var message = SignedMessage.ReadWhole(document, "commitment", group, 512);
            var reader = new CanonicalReader(message.Message.Span, "commitment message", 512);
            reader.Expect("{\"certs\":"u8);
            var certs = reader.Hex();
            reader.Expect(",\"index\":"u8);
            var place = reader.Integer(1, Trustee.Pedersen.MaxMembers);
            reader.Expect(",\"commitment\":"u8);
            hashes.Add(reader.Hex());
            reader.Expect("}"u8);
            reader.End();
            return certs != certificates.Digest ? "it was made for other certificates: some member was shown others"
                : place != index ? FormattableString.Invariant($"it is member {place}'s")
                : !message.IsSignedBy(group, certificates.Certificates[index - 1].Verification) ? "its signature does not hold"
                : null;
        });
        return CeremonyOutcome<CommitmentSet>.Of(problems, () => new(certificates, hashes, Digest.Of(string.Join('|', hashes.Select(h => h.Hex)))));
    }

    /// <summary>The hash of the message of a polynomial, bound to its member and ceremony.</summary>
    internal static Digest HashOf(CertificateSet certificates, int index, ReadOnlySpan<byte> polynomialMessage) => Digest.Of(
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"coefexps_commitment|{certificates.Digest.Hex}|{index}|")), .. polynomialMessage]);

    internal static byte[] MessageOf(CertificateSet certificates, int index, Digest hash) => new CanonicalWriter()
        .Raw("{\"certs\":"u8).Quoted(certificates.Digest.Hex).Raw(",\"index\":"u8).Integer(index).Raw(",\"commitment\":"u8).Quoted(hash.Hex).Raw("}"u8).ToArray();
}
