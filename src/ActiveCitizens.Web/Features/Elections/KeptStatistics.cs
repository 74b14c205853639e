using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>The statistics of an election, already masked, as they were when the seats were given: the roll they come from is destroyed later.</summary>
public sealed class KeptStatistics
{
    public required Guid ElectionId { get; init; }

    /// <summary>JSON of <c>ElectionStatistics</c>.</summary>
    public required string Document { get; init; }
    public required DateTimeOffset ComputedAt { get; init; }
}

internal sealed class KeptStatisticsMapping : IEntityTypeConfiguration<KeptStatistics>
{
    public void Configure(EntityTypeBuilder<KeptStatistics> builder)
    {
        builder.ToTable("election_statistics");
        builder.HasKey(kept => kept.ElectionId);
        builder.Property(kept => kept.ElectionId).ValueGeneratedNever();
        builder.HasOne<Election>().WithMany().HasForeignKey(kept => kept.ElectionId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The record that what must not be kept is destroyed: how much of what, by whom, when.</summary>
public sealed class DestructionRecord
{
    public required Guid ElectionId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid? ById { get; init; }
    public required string By { get; init; }
    public required int Electors { get; init; }
    public required int RollMarks { get; init; }

    /// <summary>Candidates without a seat whose address and telephone were deleted.</summary>
    public required int Contacts { get; init; }
}

internal sealed class DestructionRecordMapping : IEntityTypeConfiguration<DestructionRecord>
{
    public void Configure(EntityTypeBuilder<DestructionRecord> builder)
    {
        builder.ToTable("destruction_records");
        builder.HasKey(record => record.ElectionId);
        builder.Property(record => record.ElectionId).ValueGeneratedNever();
        builder.Property(record => record.By).HasMaxLength(BoardMember.NameMaxLength);
        builder.HasOne<Election>().WithMany().HasForeignKey(record => record.ElectionId).OnDelete(DeleteBehavior.Restrict);
    }
}
