using System.Text;
using ActiveCitizens.Web.Features.Shared.Languages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Neighbourhoods;

/// <summary>How far a neighbourhood's name and number are known to be the council's own. Stored by name.</summary>
public enum NameStatus
{
    /// <summary>The file does not say.</summary>
    NotStated,

    /// <summary>Name and number are published.</summary>
    Published,

    /// <summary>The number is published for this area; the short name was chosen for the site.</summary>
    NumberPublished,

    /// <summary>A council of this name exists; its number here was chosen for the site.</summary>
    NamePublished,

    /// <summary>A place-name, not known to be a council's name.</summary>
    PlaceName,
}

/// <summary>Figures that were published of a neighbourhood's real territory, beside those of the territory shown.</summary>
public sealed class PublishedFigures
{
    public required int Population { get; init; }
    public required double AreaHectares { get; init; }
    public required DateOnly? AssociationConstitutedOn { get; init; }
    public required string Source { get; init; }
}

/// <summary>The territory of one council, as one version of the boundaries has it. Other areas refer to it by <see cref="Code"/>.</summary>
public sealed class Neighbourhood
{
    public const int CodeMaxLength = 20;
    public const int NameMaxLength = 100;
    public const int SourceMaxLength = 200;

    public required Guid Id { get; init; }
    public required Guid VersionId { get; init; }

    /// <summary>Upper-case letters, digits and underscores, such as <c>Q14</c>; the same in every version.</summary>
    public required string Code { get; init; }
    public required int Number { get; init; }
    public required string Name { get; init; }
    public required NameStatus NameStatus { get; init; }
    public required string? NameSource { get; init; }

    /// <summary>Last part of the page's address: code and name, such as <c>q14-du-cote-de-jasmin</c>.</summary>
    public required string Slug { get; init; }
    public required string? PollingBureau { get; init; }
    public required int? Population { get; init; }
    public required int? Electors { get; init; }
    public required int Seats { get; init; }
    public required long BudgetPerMandateCents { get; init; }

    /// <summary>Polygon or MultiPolygon as a GeoJSON geometry, WGS 84.</summary>
    public required string Boundary { get; init; }
    public required double LabelLongitude { get; init; }
    public required double LabelLatitude { get; init; }
    public required double AreaSquareMetres { get; init; }
    public required bool BoundaryIsIllustrative { get; init; }
    public required bool FiguresAreIllustrative { get; init; }
    public PublishedFigures? Published { get; init; }

    public bool IsIllustrative => BoundaryIsIllustrative || FiguresAreIllustrative;

    /// <summary>Inhabitants per square kilometre.</summary>
    public double? Density => Population / (AreaSquareMetres / 1_000_000);

    public static string SlugOf(string code, string name)
    {
        var slug = new StringBuilder(code.ToLowerInvariant()).Append('-');
        foreach (var character in Folding.Fold(name))
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                slug.Append(character);
            }
            else if (slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().TrimEnd('-');
    }
}

internal sealed class NeighbourhoodMapping : IEntityTypeConfiguration<Neighbourhood>
{
    public void Configure(EntityTypeBuilder<Neighbourhood> builder)
    {
        builder.ToTable("neighbourhoods", table =>
        {
            table.HasCheckConstraint("ck_neighbourhoods_number", "number > 0");
            table.HasCheckConstraint("ck_neighbourhoods_population", "population >= 0");
            table.HasCheckConstraint("ck_neighbourhoods_electors", "electors >= 0");
            table.HasCheckConstraint("ck_neighbourhoods_seats", "seats > 0");
            table.HasCheckConstraint("ck_neighbourhoods_budget", "budget_per_mandate_cents >= 0");
            table.HasCheckConstraint("ck_neighbourhoods_label", "label_longitude BETWEEN -180 AND 180 AND label_latitude BETWEEN -90 AND 90");
            table.HasCheckConstraint("ck_neighbourhoods_area", "area_square_metres > 0");
        });
        builder.Property(neighbourhood => neighbourhood.Id).ValueGeneratedNever();
        builder.Property(neighbourhood => neighbourhood.Code).HasMaxLength(Neighbourhood.CodeMaxLength);
        builder.Property(neighbourhood => neighbourhood.Name).HasMaxLength(Neighbourhood.NameMaxLength);
        builder.Property(neighbourhood => neighbourhood.NameStatus).HasConversion<string>().HasMaxLength(20);
        builder.Property(neighbourhood => neighbourhood.NameSource).HasMaxLength(Neighbourhood.SourceMaxLength);
        builder.Property(neighbourhood => neighbourhood.Slug).HasMaxLength(Neighbourhood.CodeMaxLength + 2 * Neighbourhood.NameMaxLength + 1);
        builder.Property(neighbourhood => neighbourhood.PollingBureau).HasMaxLength(Neighbourhood.CodeMaxLength);
        builder.OwnsOne(neighbourhood => neighbourhood.Published, published => published.Property(figures => figures.Source).HasMaxLength(Neighbourhood.SourceMaxLength));
        builder.HasOne<TerritoryVersion>().WithMany().HasForeignKey(neighbourhood => neighbourhood.VersionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(neighbourhood => new { neighbourhood.VersionId, neighbourhood.Code }).IsUnique();
        builder.HasIndex(neighbourhood => new { neighbourhood.VersionId, neighbourhood.Number }).IsUnique();
        builder.HasIndex(neighbourhood => new { neighbourhood.VersionId, neighbourhood.Slug }).IsUnique();
    }
}
