using System.Collections.Concurrent;
using ActiveCitizens.Web.Features.Shared.Cities;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ActiveCitizens.Web.Persistence;

/// <summary>Gives every scope the database of its city.</summary>
public static class PersistenceModule
{
    public static void AddPersistence(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<IdentityOptions>(CityDbContext.UseStoreVersion);
        builder.Services.AddSingleton<CityDatabases>();
        builder.Services.AddDataProtection().SetApplicationName("active-citizens");
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>, ProtectionKeyRepository>();
        builder.Services.AddScoped(services => services.GetRequiredService<CityDatabases>().Open(services.GetRequiredService<City>()));
    }
}

/// <summary>The options of each city's context, built once.</summary>
public sealed class CityDatabases(IServiceProvider services)
{
    private readonly ConcurrentDictionary<City, Func<CityDbContext>> _open = new();

    public CityDbContext Open(City city) => _open.GetOrAdd(city, Prepare)();

    private Func<CityDbContext> Prepare(City city)
    {
        var database = city.Database;
        switch (database.Provider)
        {
            case DatabaseProvider.Sqlite:
                var sqlite = new DbContextOptionsBuilder<SqliteCityDbContext>().UseApplicationServiceProvider(services);
                SqliteCityDbContext.Configure(sqlite, database.ConnectionString);
                return () => new SqliteCityDbContext(sqlite.Options);
            case DatabaseProvider.Postgres:
                var postgres = new DbContextOptionsBuilder<PostgresCityDbContext>().UseApplicationServiceProvider(services);
                PostgresCityDbContext.Configure(postgres, database.ConnectionString);
                return () => new PostgresCityDbContext(postgres.Options);
            default:
                throw new ArgumentOutOfRangeException(nameof(city), database.Provider, "Unknown database provider.");
        }
    }
}

/// <summary>Brings every city's database up to date before the site serves.</summary>
public static class CityDatabaseStart
{
    public static async Task MigrateCitiesAsync(this IServiceProvider services, CancellationToken cancel)
    {
        foreach (var city in services.GetRequiredService<CityDirectory>().All)
        {
            await using var scope = services.CreateCityScope(city);
            await scope.ServiceProvider.GetRequiredService<CityDbContext>().Database.MigrateAsync(cancel);
        }
    }
}
