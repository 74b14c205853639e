using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Neighbourhoods;

/// <summary>What a figure of the city's profile is about. Stored by name, so the label can be shown in every language.</summary>
public enum CityFigureSubject
{
    Population,
    AreaSquareKilometres,
    River,
    Heritage,
    AgglomerationMunicipalities,
    AgglomerationPopulation,
    Associations,
}

/// <summary>One dated and sourced statement about the city. Two sources that differ stand side by side.</summary>
public sealed class CityFigure
{
    public const int TextMaxLength = 400;
    public const int SourceMaxLength = 200;

    public required Guid Id { get; init; }
    public required CityFigureSubject Subject { get; init; }

    /// <summary>Order of display.</summary>
    public required int Position { get; init; }

    /// <summary>The value when it is a number; otherwise <see cref="Text"/> has it.</summary>
    public required decimal? Number { get; init; }
    public required string? Text { get; init; }
    public required int? Year { get; init; }

    /// <summary>True for a statistical office's figure, false for one that a document merely states.</summary>
    public required bool IsOfficial { get; init; }
    public required string Source { get; init; }
    public required string? SourceUrl { get; init; }
    public required string? Remark { get; init; }
}

internal sealed class CityFigureMapping : IEntityTypeConfiguration<CityFigure>
{
    public void Configure(EntityTypeBuilder<CityFigure> builder)
    {
        builder.ToTable("city_figures", table =>
        {
            table.HasCheckConstraint("ck_city_figures_value", "(number IS NULL) <> (text IS NULL)");
            table.HasCheckConstraint("ck_city_figures_year", "year IS NULL OR year BETWEEN 1000 AND 9999");
        });
        builder.Property(figure => figure.Id).ValueGeneratedNever();
        builder.Property(figure => figure.Subject).HasConversion<string>().HasMaxLength(40);
        builder.Property(figure => figure.Number).HasPrecision(18, 4);
        builder.Property(figure => figure.Text).HasMaxLength(CityFigure.TextMaxLength);
        builder.Property(figure => figure.Source).HasMaxLength(CityFigure.SourceMaxLength);
        builder.Property(figure => figure.SourceUrl).HasMaxLength(CityFigure.SourceMaxLength);
        builder.Property(figure => figure.Remark).HasMaxLength(CityFigure.TextMaxLength);
        builder.HasIndex(figure => figure.Position).IsUnique();
    }
}
