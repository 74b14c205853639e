using System.Text;
using ActiveCitizens.Voting.Archives;
using ActiveCitizens.Voting.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>
/// One event of a box, in the order of its public archive: the table is the archive. Rows are only added; the database refuses anything else, and
/// takes ballots only into an open box within the hours. A row says nothing of who cast it, nor when.
/// </summary>
public sealed class BoxEvent
{
    public const int CredentialMaxLength = 64;

    /// <summary>What the database says when it refuses a ballot by its own clock.</summary>
    public const string OutsideHours = "this box takes no ballots now";

    public required Guid ContestId { get; init; }

    /// <summary>0, 1, 2 … within the contest.</summary>
    public required int Height { get; init; }
    public required ArchiveEventType Type { get; init; }

    /// <summary>The document of the event: a ballot, the tally, a partial decryption, the result; the election file at the setup; empty at the end of the vote.</summary>
    public required byte[] Content { get; init; }

    /// <summary>SHA-256 of <see cref="Content"/>, 64 hexadecimal digits; of a ballot, what its tracker spells in base64.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Hash of the event itself, which chains all before it.</summary>
    public required string EventHash { get; init; }

    /// <summary>The public credential of a ballot: its last ballot counts.</summary>
    public required string? Credential { get; init; }

    /// <summary>Trustee number of a partial decryption.</summary>
    public required int? Owner { get; init; }

    /// <summary>Ballots counted, and their weight, at the encrypted tally.</summary>
    public required int? NumTallied { get; init; }
    public required long? TotalWeight { get; init; }

    /// <summary>A verified ballot, as the event after <paramref name="head"/>.</summary>
    public static BoxEvent Ballot(Guid contestId, ChainHead head, byte[] ballot, string credential) =>
        Of(contestId, ArchiveEventType.Ballot, ballot, head.AfterBallot(Digest.Of(ballot)), credential, null, null, null);

    /// <summary>The end of a chain as it is stored.</summary>
    public static ChainHead HeadOf(string? lastEvent, int height) =>
        new(lastEvent is null ? null : Digest.TryParseHex(Encoding.ASCII.GetBytes(lastEvent), out var last) ? last : throw new InvalidOperationException($"\"{lastEvent}\" is no hash."), height);

    /// <param name="next">The chain's end with this event in it.</param>
    internal static BoxEvent Of(Guid contestId, ArchiveEventType type, byte[] content, ChainHead next, string? credential, int? owner, int? numTallied, long? totalWeight) => new()
    {
        ContestId = contestId,
        Height = next.Height - 1,
        Type = type,
        Content = content,
        ContentHash = Digest.Of(content).Hex,
        EventHash = next.Last!.Value.Hex,
        Credential = credential,
        Owner = owner,
        NumTallied = numTallied,
        TotalWeight = totalWeight,
    };
}

internal sealed class BoxEventMapping : IEntityTypeConfiguration<BoxEvent>
{
    public void Configure(EntityTypeBuilder<BoxEvent> builder)
    {
        // That rows are only added, in order, and ballots only within the hours, the migration sees to.
        builder.ToTable("box_events", table =>
        {
            table.HasCheckConstraint("ck_box_events_height", "(height = 0) = (type = 'Setup')");
            table.HasCheckConstraint("ck_box_events_ballot", "(type = 'Ballot') = (credential IS NOT NULL)");
            table.HasCheckConstraint("ck_box_events_owner", "(type = 'PartialDecryption') = (owner IS NOT NULL)");
            table.HasCheckConstraint("ck_box_events_tally", "(type = 'EncryptedTally') = (num_tallied IS NOT NULL) AND (num_tallied IS NULL) = (total_weight IS NULL)");
        });
        builder.HasKey(one => new { one.ContestId, one.Height });
        builder.Property(one => one.Type).HasConversion<string>().HasMaxLength(20);
        builder.Property(one => one.ContentHash).HasMaxLength(Digest.HexLength);
        builder.Property(one => one.EventHash).HasMaxLength(Digest.HexLength);
        builder.Property(one => one.Credential).HasMaxLength(BoxEvent.CredentialMaxLength);
        builder.HasOne<Contest>().WithMany().HasForeignKey(one => one.ContestId).OnDelete(DeleteBehavior.Restrict);
        // The same bytes never enter a box twice, and a trustee decrypts once.
        builder.HasIndex(one => new { one.ContestId, one.ContentHash }).IsUnique().HasFilter("type = 'Ballot'").HasDatabaseName("ix_box_events_ballots");
        builder.HasIndex(one => new { one.ContestId, one.Owner }).IsUnique().HasFilter("owner IS NOT NULL").HasDatabaseName("ix_box_events_owners");
        builder.HasIndex(one => new { one.ContestId, one.Credential }).HasFilter("credential IS NOT NULL").HasDatabaseName("ix_box_events_credentials");
    }
}

/// <summary>A ballot that its voter had opened to check the booth: it must not be cast any more.</summary>
public sealed class AuditedBallot
{
    public required Guid ContestId { get; init; }

    /// <summary>SHA-256 of the ballot, 64 hexadecimal digits.</summary>
    public required string ContentHash { get; init; }
}

internal sealed class AuditedBallotMapping : IEntityTypeConfiguration<AuditedBallot>
{
    public void Configure(EntityTypeBuilder<AuditedBallot> builder)
    {
        builder.ToTable("audited_ballots");
        builder.HasKey(one => new { one.ContestId, one.ContentHash });
        builder.Property(one => one.ContentHash).HasMaxLength(Digest.HexLength);
        builder.HasOne<Contest>().WithMany().HasForeignKey(one => one.ContestId).OnDelete(DeleteBehavior.Restrict);
    }
}
