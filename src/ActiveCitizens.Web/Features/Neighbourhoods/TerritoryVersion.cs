using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Neighbourhoods;

/// <summary>
/// The set of boundaries in force from a date on. Replacing territories adds a version and alters none, so that what was decided under
/// older boundaries can still be shown with them. The version with the highest number is the one in force.
/// </summary>
public sealed class TerritoryVersion
{
    public const int SourceMaxLength = 300;

    public required Guid Id { get; init; }

    /// <summary>1, 2, 3 …; unique, so that of two replacements at once one is refused.</summary>
    public required int Number { get; init; }
    public required DateTimeOffset AppliedAt { get; init; }
    public required Guid? AppliedById { get; init; }

    /// <summary>Outline of the municipality as a GeoJSON geometry, WGS 84.</summary>
    public required string Outline { get; init; }

    /// <summary>Who drew boundaries and outline, with the licence.</summary>
    public required string Source { get; init; }
}

internal sealed class TerritoryVersionMapping : IEntityTypeConfiguration<TerritoryVersion>
{
    public void Configure(EntityTypeBuilder<TerritoryVersion> builder)
    {
        builder.ToTable("territory_versions", table => table.HasCheckConstraint("ck_territory_versions_number", "number > 0"));
        builder.Property(version => version.Id).ValueGeneratedNever();
        builder.Property(version => version.Source).HasMaxLength(TerritoryVersion.SourceMaxLength);
        builder.HasIndex(version => version.Number).IsUnique();
    }
}
