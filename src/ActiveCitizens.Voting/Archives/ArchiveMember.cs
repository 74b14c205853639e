using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Archives;

/// <summary>A file of an archive.</summary>
/// <param name="Hash">H256 of the content, which is also its name.</param>
/// <param name="Content">The bytes, without padding.</param>
/// <param name="Offset">Of the content in the archive.</param>
/// <param name="IsEvent">An event; otherwise data.</param>
public sealed record ArchiveMember(Digest Hash, ReadOnlyMemory<byte> Content, long Offset, bool IsEvent);

/// <summary>The types of PROTOCOL.md section 9, in their order.</summary>
public enum ArchiveEventType
{
    Setup,
    Ballot,
    EndBallots,
    EncryptedTally,
    Shuffle,
    EndShuffles,
    PartialDecryption,
    Result,
}

/// <summary>A member of the hash chain, with the data that stand before it.</summary>
/// <param name="Height">From 0.</param>
/// <param name="Hash">H256 of the event's bytes.</param>
/// <param name="End">Offset of the first byte after it in the archive.</param>
public sealed record ArchiveEvent(ArchiveEventType Type, int Height, Digest Hash, long End, EventData Data);

/// <summary>What an event is about.</summary>
public abstract record EventData
{
    private EventData()
    {
    }

    /// <param name="CredentialsCertificate">The optional file of release 3.2 and later.</param>
    public sealed record Setup(ArchiveMember Election, ArchiveMember Trustees, ArchiveMember Credentials, ArchiveMember? CredentialsCertificate) : EventData;

    /// <summary>A ballot or a result: one document.</summary>
    public sealed record Document(ArchiveMember Payload) : EventData;

    public sealed record EncryptedTally(ArchiveMember Tally, int NumTallied, long TotalWeight) : EventData;

    /// <summary>A shuffle or a partial decryption.</summary>
    /// <param name="Owner">Trustee number, from 1.</param>
    public sealed record Owned(ArchiveMember Payload, int Owner) : EventData;

    /// <summary>The end of a phase.</summary>
    public sealed record None : EventData;
}
