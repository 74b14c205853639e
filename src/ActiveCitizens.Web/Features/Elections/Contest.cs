using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Json;
using ActiveCitizens.Web.Features.Neighbourhoods;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>Where the box of a neighbourhood stands.</summary>
public enum BoxState
{
    /// <summary>There is no box yet.</summary>
    Preparing,

    /// <summary>Nobody stands, or no more than there are seats and the rules elect them without a vote.</summary>
    Uncontested,

    /// <summary>The box exists and takes ballots within the election's hours.</summary>
    Open,

    /// <summary>Stopped alone, with a reason in the journal; may open again.</summary>
    Suspended,

    /// <summary>No ballot comes in any more; the encrypted tally is the next event, or there already.</summary>
    Closed,

    /// <summary>Enough trustees have decrypted, and the result is in the archive.</summary>
    Decrypted,
}

/// <summary>The election of one neighbourhood's council: one Belenios election in the group Ed25519 with a box of its own.</summary>
public sealed class Contest
{
    public const int UuidMaxLength = 64;

    public required Guid Id { get; init; }
    public required Guid ElectionId { get; init; }

    /// <summary>Code of the neighbourhood, such as <c>Q14</c>, with the name and number it has in this election.</summary>
    public required string NeighbourhoodCode { get; init; }
    public required int Number { get; init; }
    public required string Name { get; init; }

    /// <summary>The polling bureau whose electors vote here, as the roll names it.</summary>
    public required string PollingBureau { get; init; }
    public required int Seats { get; init; }

    /// <summary>Identifier in the protocol; credentials are made for it, and for no other.</summary>
    public required string Uuid { get; init; }

    /// <summary>The public credential list the credential authority handed in; null before.</summary>
    public byte[]? CredentialsDocument { get; private set; }

    /// <summary>The election file; null before the sealing.</summary>
    public byte[]? ElectionDocument { get; private set; }

    /// <summary>SHA-256 of the roll as it was sealed, lower-case hexadecimal: the electors' numbers, names and dates of birth, line by line.</summary>
    public string? RollFingerprint { get; private set; }

    /// <summary>Electors on the roll when it was sealed.</summary>
    public int ElectorCount { get; private set; }

    /// <summary>The time that every member of the archive bears.</summary>
    public DateTimeOffset? SealedAt { get; private set; }
    public BoxState Box { get; private set; } = BoxState.Preparing;

    /// <summary>Who had voted when the box was closed; null before. While people vote, the published readings say it.</summary>
    public Turnout? Turnout { get; private set; }

    /// <summary>Number of events in the archive.</summary>
    public int Height { get; private set; }

    /// <summary>Hash of the last event, 64 hexadecimal digits; the one value to publish.</summary>
    public string? LastEvent { get; private set; }

    /// <summary>Fingerprint of the election file, 43 characters of base64; null before the sealing.</summary>
    public string? Fingerprint => ElectionDocument is null ? null : Digest.Of(ElectionDocument).Base64;

    /// <summary>The code as addresses have it, such as <c>q14</c>.</summary>
    public string Path => NeighbourhoodCode.ToLowerInvariant();

    public ChainHead Head => BoxEvent.HeadOf(LastEvent, Height);

    public static Contest Create(Guid electionId, Neighbourhood neighbourhood, string uuid, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ElectionId = electionId,
        NeighbourhoodCode = neighbourhood.Code,
        Number = neighbourhood.Number,
        Name = neighbourhood.Name,
        PollingBureau = neighbourhood.PollingBureau ?? neighbourhood.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Seats = neighbourhood.Seats,
        Uuid = uuid,
    };

    /// <summary>Keeps the credential authority's public list; handed in again, the new one replaces it.</summary>
    public void KeepCredentials(byte[]? document)
    {
        Expect(Box == BoxState.Preparing);
        CredentialsDocument = document;
    }

    /// <summary>Nobody can vote here: there are no more candidates than seats.</summary>
    public void LeaveUncontested()
    {
        Expect(Box == BoxState.Preparing);
        Box = BoxState.Uncontested;
    }

    /// <summary>Fixes the election file and opens the box with the setup as its first event.</summary>
    public BoxEvent Seal(Voting.Elections.Election election, byte[] trustees, string rollFingerprint, int electorCount, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(election);
        Expect(Box == BoxState.Preparing && CredentialsDocument is not null);
        ElectionDocument = election.Bytes.ToArray();
        (RollFingerprint, ElectorCount, SealedAt, Box) = (rollFingerprint, electorCount, now, BoxState.Open);
        return Append(ArchiveEventType.Setup, ElectionDocument, Head.AfterSetup(Digest.Of(ElectionDocument), Digest.Of(trustees), Digest.Of(CredentialsDocument)));
    }

    public void Suspend()
    {
        Expect(Box == BoxState.Open);
        Box = BoxState.Suspended;
    }

    public void Resume()
    {
        Expect(Box == BoxState.Suspended);
        Box = BoxState.Open;
    }

    /// <param name="turnout">Counted from the roll's marks, of which none can follow.</param>
    public BoxEvent Close(Turnout turnout)
    {
        Expect(Box is BoxState.Open or BoxState.Suspended);
        (Box, Turnout) = (BoxState.Closed, turnout);
        return Append(ArchiveEventType.EndBallots, [], Head.AfterEndBallots());
    }

    public BoxEvent KeepTally(byte[] tally, int numTallied, long totalWeight)
    {
        Expect(Box == BoxState.Closed);
        return Append(ArchiveEventType.EncryptedTally, tally, Head.AfterEncryptedTally(Digest.Of(tally), numTallied, totalWeight), numTallied: numTallied, totalWeight: totalWeight);
    }

    /// <param name="owner">Trustee number, from 1.</param>
    public BoxEvent KeepDecryption(int owner, byte[] decryption)
    {
        Expect(Box == BoxState.Closed);
        return Append(ArchiveEventType.PartialDecryption, decryption, Head.AfterPartialDecryption(owner, Digest.Of(decryption)), owner: owner);
    }

    public BoxEvent KeepResult(byte[] result)
    {
        Expect(Box == BoxState.Closed);
        Box = BoxState.Decrypted;
        return Append(ArchiveEventType.Result, result, Head.AfterResult(Digest.Of(result)));
    }

    private BoxEvent Append(ArchiveEventType type, byte[] content, ChainHead next, int? owner = null, int? numTallied = null, long? totalWeight = null)
    {
        var appended = BoxEvent.Of(Id, type, content, next, null, owner, numTallied, totalWeight);
        (Height, LastEvent) = (next.Height, appended.EventHash);
        return appended;
    }

    private void Expect(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"The box of {NeighbourhoodCode} is {Box}.");
        }
    }
}

internal sealed class ContestMapping : IEntityTypeConfiguration<Contest>
{
    public void Configure(EntityTypeBuilder<Contest> builder)
    {
        builder.ToTable("contests", table =>
        {
            table.HasCheckConstraint("ck_contests_seats", "seats > 0");
            table.HasCheckConstraint("ck_contests_sealed", "(election_document IS NULL) = (sealed_at IS NULL) AND (election_document IS NULL) = (last_event IS NULL) AND (election_document IS NULL OR (credentials_document IS NOT NULL AND roll_fingerprint IS NOT NULL))");
            table.HasCheckConstraint("ck_contests_turnout", "(turnout_online IS NOT NULL) = (box IN ('Closed', 'Decrypted'))");
            table.HasCheckConstraint("ck_contests_box", "(box IN ('Preparing', 'Uncontested')) = (election_document IS NULL)");
        });
        builder.Property(contest => contest.Id).ValueGeneratedNever();
        builder.Property(contest => contest.NeighbourhoodCode).HasMaxLength(Neighbourhood.CodeMaxLength);
        builder.Property(contest => contest.Name).HasMaxLength(Neighbourhood.NameMaxLength);
        builder.Property(contest => contest.PollingBureau).HasMaxLength(Neighbourhood.CodeMaxLength);
        builder.Property(contest => contest.Uuid).HasMaxLength(Contest.UuidMaxLength);
        builder.Property(contest => contest.RollFingerprint).HasMaxLength(Digest.HexLength);
        builder.Property(contest => contest.LastEvent).HasMaxLength(Digest.HexLength);
        builder.Property(contest => contest.Box).HasConversion<string>().HasMaxLength(12).IsConcurrencyToken();
        // Two writers on one box at once cannot both continue its chain.
        builder.Property(contest => contest.Height).IsConcurrencyToken();
        builder.OwnsOne(contest => contest.Turnout, turnout => turnout.Ignore(one => one.Voters));
        builder.Ignore(contest => contest.Fingerprint);
        builder.Ignore(contest => contest.Path);
        builder.Ignore(contest => contest.Head);
        builder.HasOne<Election>().WithMany().HasForeignKey(contest => contest.ElectionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(contest => new { contest.ElectionId, contest.NeighbourhoodCode }).IsUnique();
        builder.HasIndex(contest => new { contest.ElectionId, contest.Number }).IsUnique();
        builder.HasIndex(contest => new { contest.ElectionId, contest.PollingBureau }).IsUnique();
        builder.HasIndex(contest => contest.Uuid).IsUnique();
    }
}
