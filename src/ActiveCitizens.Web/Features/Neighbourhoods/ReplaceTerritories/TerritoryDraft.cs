using ActiveCitizens.Web.Features.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ReplaceTerritories;

/// <summary>
/// A checked file of territories that its administrator has not applied yet. One per person; a new upload takes its place, and after
/// <see cref="Lifetime"/> it counts no more. Nothing else is stored before it is applied.
/// </summary>
public sealed class TerritoryDraft
{
    public const int FileNameMaxLength = 200;
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    public required Guid Id { get; init; }
    public required Guid OwnerId { get; init; }
    public required string FileName { get; init; }

    /// <summary>The file as it was sent, UTF-8.</summary>
    public required byte[] Territories { get; init; }

    /// <summary>The new outline of the municipality as a GeoJSON geometry; null to keep the one in force.</summary>
    public required string? Outline { get; init; }
    public required string Source { get; init; }

    /// <summary>The version it would replace; 0 when there is none.</summary>
    public required int BaseVersion { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}

internal sealed class TerritoryDraftMapping : IEntityTypeConfiguration<TerritoryDraft>
{
    public void Configure(EntityTypeBuilder<TerritoryDraft> builder)
    {
        builder.ToTable("territory_drafts");
        builder.Property(draft => draft.Id).ValueGeneratedNever();
        builder.Property(draft => draft.FileName).HasMaxLength(TerritoryDraft.FileNameMaxLength);
        builder.Property(draft => draft.Source).HasMaxLength(TerritoryVersion.SourceMaxLength);
        builder.HasOne<Account>().WithMany().HasForeignKey(draft => draft.OwnerId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(draft => draft.OwnerId).IsUnique();
        builder.HasIndex(draft => draft.ExpiresAt);
    }
}
