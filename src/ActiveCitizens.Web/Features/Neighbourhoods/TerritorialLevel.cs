using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Neighbourhoods;

/// <summary>Kinds of territory, from the smallest; a neighbourhood is the level below the municipality. Stored by name.</summary>
public enum TerritorialLevelKind
{
    Municipality = 1,
    Agglomeration,
    Department,
    Region,
    State,
}

/// <summary>A territory to which an organisation or a project may belong, with the one above it.</summary>
public sealed class TerritorialLevel
{
    public const int CodeMaxLength = 40;
    public const int NameMaxLength = 120;

    public required Guid Id { get; init; }
    public required TerritorialLevelKind Kind { get; init; }

    /// <summary>INSEE code where there is one (<c>47001</c>), otherwise a short name.</summary>
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required Guid? ParentId { get; init; }
}

internal sealed class TerritorialLevelMapping : IEntityTypeConfiguration<TerritorialLevel>
{
    public void Configure(EntityTypeBuilder<TerritorialLevel> builder)
    {
        builder.ToTable("territorial_levels", table =>
            table.HasCheckConstraint("ck_territorial_levels_parent", "(kind = 'State') = (parent_id IS NULL)"));
        builder.Property(level => level.Id).ValueGeneratedNever();
        builder.Property(level => level.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(level => level.Code).HasMaxLength(TerritorialLevel.CodeMaxLength);
        builder.Property(level => level.Name).HasMaxLength(TerritorialLevel.NameMaxLength);
        builder.HasOne<TerritorialLevel>().WithMany().HasForeignKey(level => level.ParentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(level => new { level.Kind, level.Code }).IsUnique();
        // A city's database has one municipality: the city itself.
        builder.HasIndex(level => level.Kind).IsUnique().HasFilter("kind = 'Municipality'").HasDatabaseName("ix_territorial_levels_one_municipality");
    }
}
