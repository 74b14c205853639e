using ActiveCitizens.Voting.Json;

namespace ActiveCitizens.Voting.Verification;

/// <summary>What to compare an archive with, and how hard to work.</summary>
public sealed record VerificationOptions
{
    /// <summary>Threads for ballots and credentials, 1 or more. Another number never changes the report.</summary>
    public int DegreeOfParallelism { get; init; } = 1;

    /// <summary>An earlier copy of the archive, read from its current position.</summary>
    public Stream? EarlierCopy { get; init; }

    /// <summary>The announced fingerprint of the election.</summary>
    public Digest? Election { get; init; }

    /// <summary>The announced fingerprint of the credential list.</summary>
    public Digest? Credentials { get; init; }

    /// <summary>The announced checksums of the trustees' keys, by trustee number.</summary>
    public IReadOnlyList<Digest>? TrusteeChecksums { get; init; }

    public int? VoterCount { get; init; }

    /// <summary>The announced hash of the last event.</summary>
    public Digest? LastEvent { get; init; }

    /// <summary>What one voter kept: the digest behind the tracker (<see cref="Digest.TryParseBase64"/>).</summary>
    public Digest? Tracker { get; init; }
}

/// <summary>How far verification has come.</summary>
/// <param name="BytesRead">Of the archive.</param>
/// <param name="BytesTotal">Of the archive.</param>
/// <param name="Ballots">Verified.</param>
public sealed record VerificationProgress(long BytesRead, long BytesTotal, int Ballots);
