using ActiveCitizens.Web.Features.Shared.Cities;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ActiveCitizens.Web.Tests.Harness;

public enum Database { Sqlite, Postgres }

/// <summary>A fresh, migrated database per test: a copy of one that was migrated once.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly IServiceProvider Services = new ServiceCollection().Configure<IdentityOptions>(CityDbContext.UseStoreVersion).BuildServiceProvider();
    private static readonly Lazy<string> SqliteTemplate = new(MakeSqliteTemplate);
    private static readonly Lazy<string> PostgresTemplate = new(MakePostgresTemplate);

    private TestDatabase(DatabaseProvider provider, string connectionString) => (Provider, ConnectionString) = (provider, connectionString);

    public DatabaseProvider Provider { get; }

    public string ConnectionString { get; }

    /// <summary>The server that <c>tests/with-postgres</c> started. Without it the tests fail: they never skip in silence.</summary>
    public static string PostgresServer => Environment.GetEnvironmentVariable("ACTIVE_CITIZENS_TEST_POSTGRES")
        ?? throw new InvalidOperationException("No PostgreSQL for the tests: run ./test, or tests/with-postgres COMMAND.");

    public static TestDatabase Create(Database database, bool migrated = true)
    {
        if (database == Database.Sqlite)
        {
            var file = Path.Combine(Directory.CreateTempSubdirectory("city-").FullName, "city.db");
            if (migrated)
            {
                File.Copy(SqliteTemplate.Value, file);
            }

            return new TestDatabase(DatabaseProvider.Sqlite, $"Data Source={file}");
        }

        var name = $"city_{Guid.NewGuid():N}";
        Execute($"CREATE DATABASE {name} {(migrated ? $"TEMPLATE {PostgresTemplate.Value}" : "")}");
        return new TestDatabase(DatabaseProvider.Postgres, $"{PostgresServer};Database={name};Maximum Pool Size=30");
    }

    public CityDbContext Open() => Open(Provider, ConnectionString);

    public async ValueTask DisposeAsync()
    {
        if (Provider == DatabaseProvider.Sqlite)
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(Path.GetDirectoryName(new SqliteConnectionStringBuilder(ConnectionString).DataSource)!, recursive: true);
            return;
        }

        var name = new NpgsqlConnectionStringBuilder(ConnectionString).Database;
        await using var connection = new NpgsqlConnection($"{PostgresServer};Database=postgres;Pooling=false");
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", connection);
        await drop.ExecuteNonQueryAsync();
    }

    private static CityDbContext Open(DatabaseProvider provider, string connectionString)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            var sqlite = new DbContextOptionsBuilder<SqliteCityDbContext>().UseApplicationServiceProvider(Services);
            SqliteCityDbContext.Configure(sqlite, connectionString);
            return new SqliteCityDbContext(sqlite.Options);
        }

        var postgres = new DbContextOptionsBuilder<PostgresCityDbContext>().UseApplicationServiceProvider(Services);
        PostgresCityDbContext.Configure(postgres, connectionString);
        return new PostgresCityDbContext(postgres.Options);
    }

    private static string MakeSqliteTemplate()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("city-template-").FullName, "city.db");
        using (var db = Open(DatabaseProvider.Sqlite, $"Data Source={file};Pooling=false"))
        {
            db.Database.Migrate();
            // What is still in the write-ahead log would not be copied.
            db.Database.ExecuteSqlRaw("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        return file;
    }

    private static string MakePostgresTemplate()
    {
        var name = $"template_{Guid.NewGuid():N}";
        Execute($"CREATE DATABASE {name}");
        using var db = Open(DatabaseProvider.Postgres, $"{PostgresServer};Database={name};Pooling=false");
        db.Database.Migrate();
        return name;
    }

    private static void Execute(string sql)
    {
        using var connection = new NpgsqlConnection($"{PostgresServer};Database=postgres;Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
