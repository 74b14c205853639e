using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Shared.Audit;

/// <summary>One line of the city's audit log. Names and addresses of people are never in it: ids are, and outlive an erasure.</summary>
public sealed class AuditEntry
{
    /// <summary>1, 2, 3 … without gaps.</summary>
    public required long Sequence { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The account that acted; null for the system itself (a job, the operator's command line).</summary>
    public required Guid? ActorId { get; init; }

    /// <summary>What was done, such as <c>role.granted</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to, such as <c>account:0198…</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>Facts about the act as a JSON object, exactly as hashed.</summary>
    public required string Details { get; init; }

    /// <summary>SHA-256, lower-case hexadecimal, over the previous entry's hash and this entry (<see cref="AuditChain.HashOf"/>).</summary>
    public required string Hash { get; init; }
}

/// <summary>The one row that says where the chain ends.</summary>
public sealed class AuditHead
{
    public required int Id { get; init; }
    public required long Sequence { get; set; }
    public required string Hash { get; set; }
}

internal sealed class AuditEntryMapping : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_entries", table => table.HasCheckConstraint("ck_audit_entries_sequence", "sequence > 0"));
        builder.HasKey(entry => entry.Sequence);
        builder.Property(entry => entry.Sequence).ValueGeneratedNever();
        builder.Property(entry => entry.Action).HasMaxLength(80);
        builder.Property(entry => entry.Subject).HasMaxLength(120);
        builder.Property(entry => entry.Hash).HasMaxLength(64).IsFixedLength();
        builder.HasIndex(entry => entry.Subject);
        builder.HasIndex(entry => entry.ActorId);
    }
}

internal sealed class AuditHeadMapping : IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditHead> builder)
    {
        builder.ToTable("audit_head", table => table.HasCheckConstraint("ck_audit_head_single", "id = 1"));
        builder.Property(head => head.Id).ValueGeneratedNever();
        builder.Property(head => head.Hash).HasMaxLength(64).IsFixedLength();
        builder.HasData(new AuditHead { Id = 1, Sequence = 0, Hash = AuditChain.Start });
    }
}
