using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>
/// The seed from which an election's ties are drawn, fixed once in public after the boxes were closed: anybody draws the same lot from it with
/// <c>printf '%s|%s' "$seed" "$place" | sha256sum</c>.
/// </summary>
public sealed class PublicLot
{
    public const int SeedMaxLength = 120;
    public const int SourceMaxLength = 300;

    public required Guid ElectionId { get; init; }
    public required string Seed { get; init; }

    /// <summary>Where the seed comes from and how everybody can check it, such as the numbers of a lottery of a given evening.</summary>
    public required string Source { get; init; }
    public required Guid? FixedById { get; init; }
    public required DateTimeOffset FixedAt { get; init; }
}

internal sealed class PublicLotMapping : IEntityTypeConfiguration<PublicLot>
{
    public void Configure(EntityTypeBuilder<PublicLot> builder)
    {
        // Written once; the migration sees to it.
        builder.ToTable("public_lots");
        builder.HasKey(lot => lot.ElectionId);
        builder.Property(lot => lot.ElectionId).ValueGeneratedNever();
        builder.Property(lot => lot.Seed).HasMaxLength(PublicLot.SeedMaxLength);
        builder.Property(lot => lot.Source).HasMaxLength(PublicLot.SourceMaxLength);
        builder.HasOne<Election>().WithMany().HasForeignKey(lot => lot.ElectionId).OnDelete(DeleteBehavior.Restrict);
    }
}
