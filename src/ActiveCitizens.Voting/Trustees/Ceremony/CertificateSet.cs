using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Trustees.Ceremony;

/// <summary>The certificates of all members, checked: the end of step 1.</summary>
public sealed class CertificateSet
{
    private CertificateSet(CeremonySetting setting, IReadOnlyList<SignedMessage> messages, IReadOnlyList<Certificate> certificates)
    {
        Setting = setting;
        Messages = messages;
        Certificates = certificates;
        var writer = new CanonicalWriter();
        Digest = Digest.Of(writer.List(messages, message => message.Write(writer, setting.Group)).ToArray());
    }

    public CeremonySetting Setting { get; }

    /// <summary>What members may compare aloud: whoever sees other certificates sees another digest.</summary>
    public Digest Digest { get; }

    internal IReadOnlyList<SignedMessage> Messages { get; }

    internal IReadOnlyList<Certificate> Certificates { get; }

    /// <param name="documents">By member, from 1.</param>
    public static CeremonyOutcome<CertificateSet> Read(CeremonySetting setting, IReadOnlyList<ReadOnlyMemory<byte>> documents)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(documents);
        var group = setting.Group;
        var messages = new List<SignedMessage>();
        var certificates = new List<Certificate>();
        var problems = Documents.ReadAll(CeremonyStep.Certificate, setting.Size, documents, (index, document) =>
        {
            var message = SignedMessage.ReadWhole(document, "certificate", group, Certificate.MaxBytes(group));
            var certificate = Certificate.Read(message.Message.Span, group, "certificate message");
            messages.Add(message);
            certificates.Add(certificate);
            return certificate.Context != setting.ContextOf(index) ? "it was made for another group, size, threshold or place"
                : certificate.Verification.Equals(group.Identity) || certificate.Encryption.Equals(group.Identity) ? "a key is the identity"
                : !message.IsSignedBy(group, certificate.Verification) ? "its signature does not hold"
                : certificates.SkipLast(1).Any(other => other.Verification.Equals(certificate.Verification) || other.Encryption.Equals(certificate.Encryption)) ? "an earlier member has the same key"
                : null;
        });
        return CeremonyOutcome<CertificateSet>.Of(problems, () => new(setting, messages, certificates));
    }
}

/// <summary>Reads one document per member and collects what is wrong.</summary>
internal static class Documents
{
    public delegate string? Check(int index, ReadOnlySpan<byte> document);

    public static IReadOnlyList<CeremonyProblem> ReadAll(CeremonyStep step, int size, IReadOnlyList<ReadOnlyMemory<byte>> documents, Check check)
    {
        if (documents.Count != size)
        {
            return [new(step, null, FormattableString.Invariant($"{documents.Count} documents for {size} members"))];
        }

        var problems = new List<CeremonyProblem>();
        for (var index = 1; index <= size; index++)
        {
            string? problem;
            try
            {
                problem = check(index, documents[index - 1].Span);
            }
            catch (ProtocolFormatException e)
            {
                problem = e.Message;
            }

            if (problem is not null)
            {
                problems.Add(new(step, index, problem));
            }
        }

        return problems;
    }
}
