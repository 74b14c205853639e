using System.Xml.Linq;
using ActiveCitizens.Web.Features.Shared.Cities;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Options;

namespace ActiveCitizens.Web.Persistence;

/// <summary>A key that protects cookies and form tokens, shared by all nodes; kept in the first city's database.</summary>
public sealed class ProtectionKey
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Xml { get; init; }
}

internal sealed class ProtectionKeyMapping : IEntityTypeConfiguration<ProtectionKey>
{
    public void Configure(EntityTypeBuilder<ProtectionKey> builder)
    {
        builder.ToTable("protection_keys");
        builder.Property(key => key.Id).ValueGeneratedNever();
        builder.Property(key => key.Name).HasMaxLength(200);
    }
}

// The framework's own repository for EF asks for one context without a city; a session of another city is refused by its id all the same.
internal sealed class ProtectionKeyRepository(IServiceProvider services, CityDirectory cities) : IXmlRepository, IConfigureOptions<KeyManagementOptions>
{
    public void Configure(KeyManagementOptions options) => options.XmlRepository = this;

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = services.CreateCityScope(cities.All[0]);
        var db = scope.ServiceProvider.GetRequiredService<CityDbContext>();
        return [.. db.Set<ProtectionKey>().AsNoTracking().OrderBy(key => key.Id).Select(key => key.Xml).AsEnumerable().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = services.CreateCityScope(cities.All[0]);
        var db = scope.ServiceProvider.GetRequiredService<CityDbContext>();
        db.Add(new ProtectionKey { Id = Guid.CreateVersion7(), Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }
}
