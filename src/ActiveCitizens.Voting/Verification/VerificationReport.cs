using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Decryption;
using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Verification;

public enum VerificationVerdict
{
    /// <summary>The election is complete and every check passed.</summary>
    Valid,

    /// <summary>Nothing failed, but something was not reached or could not be checked: an election that is still under way, or a file cut short.</summary>
    Incomplete,

    /// <summary>Some check failed.</summary>
    Invalid,
}

/// <summary>What an archive says about itself; null or zero where it does not get that far. To be compared with what was announced.</summary>
public sealed record VerificationFacts
{
    public string? Name { get; init; }

    public string? Uuid { get; init; }

    public string? Group { get; init; }

    /// <summary>The election's.</summary>
    public Digest? Fingerprint { get; init; }

    /// <summary>The credential list's.</summary>
    public Digest? CredentialsFingerprint { get; init; }

    public int VoterCount { get; init; }

    /// <summary>By trustee number, from 1.</summary>
    public IReadOnlyList<Digest> TrusteeChecksums { get; init; } = [];

    public int EventCount { get; init; }

    public int BallotCount { get; init; }

    /// <summary>Credentials that voted.</summary>
    public int KeptBallotCount { get; init; }

    public long TotalWeight { get; init; }

    public ArchiveEventType? LastEventType { get; init; }

    /// <summary>The one value that pins the whole box.</summary>
    public Digest? LastEvent { get; init; }

    public ElectionResult? Result { get; init; }
}

/// <summary>Every check by name with what came of it.</summary>
/// <param name="Outcomes">In the order of their numbers; checks that nobody asked for are absent.</param>
public sealed record VerificationReport(VerificationFacts Facts, IReadOnlyList<VerificationOutcome> Outcomes)
{
    /// <summary>So many failures of one check are kept; more are only counted.</summary>
    public const int MaxFailures = 100;

    /// <summary>What to go on with; null when a check failed or the setup is not there yet. An election that is under way goes on from here: nobody acts on an archive that was not verified.</summary>
    public ArchiveContents? Contents { get; init; }

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public VerificationVerdict Verdict =>
        Outcomes.Any(o => o.Status == VerificationStatus.Failed) ? VerificationVerdict.Invalid
        : Outcomes.All(o => o.Status == VerificationStatus.Passed) ? VerificationVerdict.Valid
        : VerificationVerdict.Incomplete;

    /// <summary>For programs: UTF-8, indented, members in a fixed order.</summary>
    public byte[] ToJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteString("verdict", Verdict.ToString());
            json.WriteStartObject("facts");
            WriteFacts(json);
            json.WriteEndObject();
            json.WriteStartArray("checks");
            foreach (var outcome in Outcomes)
            {
                WriteOutcome(json, outcome);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>For a person: English, one line per check, failures under theirs.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        text.AppendLine(Verdict switch
        {
            VerificationVerdict.Valid => "VALID: the election is complete and every check passed.",
            VerificationVerdict.Incomplete => "INCOMPLETE: nothing failed, but not everything could be checked.",
            _ => "INVALID: some checks failed.",
        });
        text.AppendLine();
        AppendFacts(text);
        foreach (var outcome in Outcomes)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{Label(outcome.Status)} {outcome.Check.Id,4}  {outcome.Check.Title}{(outcome.Note.Length > 0 ? $" ({outcome.Note})" : "")}");
            foreach (var failure in outcome.Failures)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"                    {failure.Subject}: {failure.Reason}");
            }

            if (outcome.FailureCount > outcome.Failures.Count)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"                    and {outcome.FailureCount - outcome.Failures.Count} more");
            }
        }

        return text.ToString();
    }

    private static string Label(VerificationStatus status) => status switch
    {
        VerificationStatus.Passed => "passed         ",
        VerificationStatus.Failed => "FAILED         ",
        VerificationStatus.NotImplemented => "NOT IMPLEMENTED",
        _ => "not reached    ",
    };

    /// <summary>A name comes from whoever made the archive: it must not move the cursor, start a line or turn the text around.</summary>
    private static string Printable(string text) => string.Concat(text.Select(c =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? '·' : c));

    private static void WriteOutcome(Utf8JsonWriter json, VerificationOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteString("id", outcome.Check.Id);
        json.WriteString("title", outcome.Check.Title);
        json.WriteString("status", outcome.Status.ToString());
        json.WriteString("note", outcome.Note);
        json.WriteNumber("failureCount", outcome.FailureCount);
        json.WriteStartArray("failures");
        foreach (var failure in outcome.Failures)
        {
            json.WriteStartObject();
            json.WriteString("subject", failure.Subject);
            json.WriteString("reason", failure.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void AppendFacts(StringBuilder text)
    {
        void Line(string name, string? value)
        {
            if (value is not null)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{name,-24}{value}");
            }
        }

        Line("Election", Facts.Name is { } name ? Printable(name) : null);
        Line("Identifier", Facts.Uuid);
        Line("Group", Facts.Group);
        Line("Fingerprint", Facts.Fingerprint?.Base64);
        Line("Credential list", Facts.CredentialsFingerprint is { } list ? string.Create(CultureInfo.InvariantCulture, $"{list.Base64}, {Facts.VoterCount} voters") : null);
        for (var i = 0; i < Facts.TrusteeChecksums.Count; i++)
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"Trustee {i + 1}"), Facts.TrusteeChecksums[i].Hex);
        }

        Line("Ballots", string.Create(CultureInfo.InvariantCulture, $"{Facts.BallotCount}, from {Facts.KeptBallotCount} voters"));
        Line("Last event", Facts.LastEvent is { } last ? $"{last.Hex} ({Facts.LastEventType})" : null);
        text.AppendLine();
    }

    private void WriteFacts(Utf8JsonWriter json)
    {
        json.WriteString("name", Facts.Name);
        json.WriteString("uuid", Facts.Uuid);
        json.WriteString("group", Facts.Group);
        json.WriteString("fingerprint", Facts.Fingerprint?.Base64);
        json.WriteString("electionChecksum", Facts.Fingerprint?.Hex);
        json.WriteString("credentialsFingerprint", Facts.CredentialsFingerprint?.Base64);
        json.WriteString("credentialsChecksum", Facts.CredentialsFingerprint?.Hex);
        json.WriteNumber("voterCount", Facts.VoterCount);
        json.WriteStartArray("trusteeChecksums");
        foreach (var checksum in Facts.TrusteeChecksums)
        {
            json.WriteStringValue(checksum.Hex);
        }

        json.WriteEndArray();
        json.WriteNumber("eventCount", Facts.EventCount);
        json.WriteNumber("ballotCount", Facts.BallotCount);
        json.WriteNumber("keptBallotCount", Facts.KeptBallotCount);
        json.WriteNumber("totalWeight", Facts.TotalWeight);
        json.WriteString("lastEventType", Facts.LastEventType?.ToString());
        json.WriteString("lastEvent", Facts.LastEvent?.Hex);
        if (Facts.Result is { } result)
        {
            json.WritePropertyName("result");
            using var document = JsonDocument.Parse(result.ToBytes());
            document.RootElement.GetProperty("result").WriteTo(json);
        }
    }
}
