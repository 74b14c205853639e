using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Neighbourhoods;

/// <summary>A postal address of the city and its place, from a file of the Base Adresse Nationale. Nobody's name is attached to it.</summary>
public sealed class Address
{
    public const int KeyMaxLength = 60;
    public const int StreetMaxLength = 200;
    public const int SuffixMaxLength = 20;
    public const int PostcodeMaxLength = 10;

    public required Guid Id { get; init; }

    /// <summary>Interoperability key of the file, such as <c>47001_0050_00012_bis</c>.</summary>
    public required string Key { get; init; }
    public required int Number { get; init; }

    /// <summary>bis, ter, a …; empty when there is none.</summary>
    public required string Suffix { get; init; }
    public required string Street { get; init; }

    /// <summary>The street as searches see it (<see cref="FindMyNeighbourhood.AddressLine.Fold"/>), each word after a space.</summary>
    public required string SearchText { get; init; }
    public required string Postcode { get; init; }
    public required double Longitude { get; init; }
    public required double Latitude { get; init; }

    /// <summary>The line as an inhabitant writes it: <c>12 bis Rue des Pruniers</c>.</summary>
    public string Line => Suffix.Length == 0 ? $"{Number} {Street}" : $"{Number} {Suffix} {Street}";
}

internal sealed class AddressMapping : IEntityTypeConfiguration<Address>
{
    public void Configure(EntityTypeBuilder<Address> builder)
    {
        builder.ToTable("addresses", table =>
        {
            table.HasCheckConstraint("ck_addresses_number", "number BETWEEN 0 AND 99999");
            table.HasCheckConstraint("ck_addresses_position", "longitude BETWEEN -180 AND 180 AND latitude BETWEEN -90 AND 90");
        });
        builder.Property(address => address.Id).ValueGeneratedNever();
        builder.Property(address => address.Key).HasMaxLength(Address.KeyMaxLength);
        builder.Property(address => address.Suffix).HasMaxLength(Address.SuffixMaxLength);
        builder.Property(address => address.Street).HasMaxLength(Address.StreetMaxLength);
        builder.Property(address => address.SearchText).HasMaxLength(2 * Address.StreetMaxLength);
        builder.Property(address => address.Postcode).HasMaxLength(Address.PostcodeMaxLength);
        builder.HasIndex(address => address.Key).IsUnique();
    }
}
