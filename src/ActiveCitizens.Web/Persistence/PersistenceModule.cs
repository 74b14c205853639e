using System.Collections.Concurrent;
using ActiveCitizens.Web.Features.Shared.Cities;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
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

/// <summary>Each city's contexts, used again from a pool: setting one up costs more than most queries.</summary>
public sealed class CityDatabases(IServiceProvider services)
{
    private readonly ConcurrentDictionary<City, Func<CityDbContext>> _open = new();

    public CityDbContext Open(City city) => _open.GetOrAdd(city, Prepare)().Renewed();

    private Func<CityDbContext> Prepare(City city)
    {
        var database = city.Database;
        switch (database.Provider)
        {
            case DatabaseProvider.Sqlite:
                var sqlite = new DbContextOptionsBuilder<SqliteCityDbContext>().UseApplicationServiceProvider(services);
                SqliteCityDbContext.Configure(sqlite, database.ConnectionString);
                return Pool(sqlite);
            case DatabaseProvider.Postgres:
                var postgres = new DbContextOptionsBuilder<PostgresCityDbContext>().UseApplicationServiceProvider(services);
                PostgresCityDbContext.Configure(postgres, database.ConnectionString);
                return Pool(postgres);
            default:
                throw new ArgumentOutOfRangeException(nameof(city), database.Provider, "Unknown database provider.");
        }
    }

    private static Func<CityDbContext> Pool<TContext>(DbContextOptionsBuilder<TContext> options)
        where TContext : CityDbContext
    {
        using (var first = new PooledDbContextFactory<TContext>(options.Options).CreateDbContext())
        {
            // Otherwise every context looks again for a model compiled into the assembly.
            options.UseModel(first.Model);
        }

        return new PooledDbContextFactory<TContext>(options.Options).CreateDbContext;
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
