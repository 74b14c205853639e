using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Archives;

/// <summary>What an archive's structure must satisfy: PROTOCOL.md section 9.</summary>
public enum ArchiveRule
{
    /// <summary>Header bytes, sizes and padding, as the reference tool writes them.</summary>
    Members,

    /// <summary>A member is named after the hash of its content.</summary>
    Names,

    /// <summary>The first member is the canonical header, and every member bears its time.</summary>
    Header,

    /// <summary>Events, and the data that lead to documents, are in canonical form.</summary>
    Canonical,

    /// <summary>Parents and heights.</summary>
    Chain,

    /// <summary>Each event stands right after its data, in the order of the table, and nothing dangles.</summary>
    Data,

    /// <summary>The order of events.</summary>
    Order,
}

/// <summary>An archive that is not what its format demands; reading cannot go on.</summary>
public sealed class ArchiveFormatException : ProtocolFormatException
{
    public ArchiveFormatException(ArchiveRule rule, long offset, string found, string expected)
        : base(FormatRule.Canonical, "archive", offset, found, expected) => ArchiveRule = rule;

    public ArchiveFormatException()
    {
    }

    public ArchiveFormatException(string message)
        : base(message)
    {
    }

    public ArchiveFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public ArchiveRule ArchiveRule { get; }
}
