using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>What somebody does on the board.</summary>
public enum BoardDuty
{
    /// <summary>Presides: opens, extends and closes the vote. May hold a key as well.</summary>
    President,

    /// <summary>Holds a key to the tally.</summary>
    Trustee,

    /// <summary>Makes the electors' codes; holds no key, and no other duty.</summary>
    CredentialAuthority,

    /// <summary>Keeps the roll at the polling station and types in paper results.</summary>
    Assessor,
}

/// <summary>A person on the election board. Signs in with the account of this e-mail address.</summary>
public sealed class BoardMember
{
    public const int NameMaxLength = 120;
    public const int EmailMaxLength = 256;

    public required Guid Id { get; init; }
    public required Guid ElectionId { get; init; }
    public required string Name { get; init; }

    /// <summary>In lower case.</summary>
    public required string Email { get; init; }
    public required BoardDuty Duty { get; init; }

    /// <summary>Number among the trustees, from 1; null for members who hold no key.</summary>
    public required int? TrusteeNumber { get; init; }

    /// <summary>The neighbourhood of an assessor; null for the whole city.</summary>
    public required Guid? ContestId { get; init; }

    /// <summary>The trustee's public key with its proof, as the trustees file has it; null before.</summary>
    public byte[]? PublicKey { get; private set; }

    public void KeepKey(byte[]? publicKey)
    {
        if (TrusteeNumber is null)
        {
            throw new InvalidOperationException($"{Name} is no trustee.");
        }

        PublicKey = publicKey;
    }
}

internal sealed class BoardMemberMapping : IEntityTypeConfiguration<BoardMember>
{
    public void Configure(EntityTypeBuilder<BoardMember> builder)
    {
        builder.ToTable("board_members", table =>
        {
            table.HasCheckConstraint("ck_board_members_trustee", "(duty <> 'Trustee' OR trustee_number IS NOT NULL) AND (trustee_number IS NULL OR duty IN ('President', 'Trustee'))");
            table.HasCheckConstraint("ck_board_members_key", "public_key IS NULL OR trustee_number IS NOT NULL");
        });
        builder.Property(member => member.Id).ValueGeneratedNever();
        builder.Property(member => member.Name).HasMaxLength(BoardMember.NameMaxLength);
        builder.Property(member => member.Email).HasMaxLength(BoardMember.EmailMaxLength);
        builder.Property(member => member.Duty).HasConversion<string>().HasMaxLength(20);
        builder.HasOne<Election>().WithMany().HasForeignKey(member => member.ElectionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Contest>().WithMany().HasForeignKey(member => member.ContestId).OnDelete(DeleteBehavior.Restrict);
        // One person, one duty: who makes the codes holds no key.
        builder.HasIndex(member => new { member.ElectionId, member.Email }).IsUnique();
        builder.HasIndex(member => new { member.ElectionId, member.TrusteeNumber }).IsUnique().HasFilter("trustee_number IS NOT NULL");
        builder.HasIndex(member => member.ElectionId).IsUnique().HasFilter("duty = 'CredentialAuthority'").HasDatabaseName("ix_board_members_one_credential_authority");
        builder.HasIndex(member => member.ElectionId).IsUnique().HasFilter("duty = 'President'").HasDatabaseName("ix_board_members_one_president");
    }
}

/// <summary>A message of the key ceremony on its way from one trustee to another, or to all.</summary>
public sealed class CeremonyMessage
{
    public required Guid ElectionId { get; init; }

    /// <summary>1 certificate, 2 commitment, 3 reveal and shares, 4 confirmation: the rounds of the ceremony.</summary>
    public required int Round { get; init; }

    /// <summary>Trustee number of the author.</summary>
    public required int Author { get; init; }
    public required byte[] Content { get; init; }
}

internal sealed class CeremonyMessageMapping : IEntityTypeConfiguration<CeremonyMessage>
{
    public void Configure(EntityTypeBuilder<CeremonyMessage> builder)
    {
        builder.ToTable("ceremony_messages");
        // A message once sent is not replaced: that is what a commitment is for.
        builder.HasKey(message => new { message.ElectionId, message.Round, message.Author });
        builder.HasOne<Election>().WithMany().HasForeignKey(message => message.ElectionId).OnDelete(DeleteBehavior.Restrict);
    }
}

public enum JournalKind
{
    Step,
    Incident,
    Extension,
    Suspension,
    Resumption,
    Paper,
}

/// <summary>What the board wrote down while the election went on; only added to.</summary>
public sealed class JournalEntry
{
    public const int TextMaxLength = 2_000;

    public required Guid Id { get; init; }
    public required Guid ElectionId { get; init; }
    public required Guid? ContestId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Author { get; init; }
    public required JournalKind Kind { get; init; }
    public required string Text { get; init; }
}

internal sealed class JournalEntryMapping : IEntityTypeConfiguration<JournalEntry>
{
    public void Configure(EntityTypeBuilder<JournalEntry> builder)
    {
        builder.ToTable("election_journal");
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.Property(entry => entry.Author).HasMaxLength(BoardMember.NameMaxLength);
        builder.Property(entry => entry.Kind).HasConversion<string>().HasMaxLength(15);
        builder.Property(entry => entry.Text).HasMaxLength(JournalEntry.TextMaxLength);
        builder.HasOne<Election>().WithMany().HasForeignKey(entry => entry.ElectionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(entry => new { entry.ElectionId, entry.At });
    }
}
