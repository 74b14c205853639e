using ActiveCitizens.Web.Persistence;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Tests.House;

public sealed class MigrationTests
{
    [Fact]
    public void Every_change_of_the_model_has_its_migration_on_both_databases()
    {
        using var sqlite = new SqliteDesignTime().CreateDbContext([]);
        using var postgres = new PostgresDesignTime().CreateDbContext([]);
        Assert.False(sqlite.Database.HasPendingModelChanges(), "SQLite: run ./add-migration");
        Assert.False(postgres.Database.HasPendingModelChanges(), "PostgreSQL: run ./add-migration");
        Assert.Equal(Names(sqlite), Names(postgres));
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task A_database_goes_back_to_nothing_and_up_again(Database database)
    {
        await using var empty = TestDatabase.Create(database, migrated: false);
        await using var db = empty.Open();
        await db.Database.MigrateAsync();
        await db.Database.MigrateAsync("0");
        await db.Database.MigrateAsync();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
    }

    [Fact]
    public async Task Sqlite_keeps_a_write_ahead_log_and_foreign_keys()
    {
        await using var database = TestDatabase.Create(Database.Sqlite);
        await using var db = database.Open();
        await db.Database.OpenConnectionAsync();
        Assert.Equal("wal", await PragmaAsync(db, "journal_mode"));
        Assert.Equal("1", await PragmaAsync(db, "foreign_keys"));
        Assert.NotEqual("0", await PragmaAsync(db, "busy_timeout"));
    }

    private static IEnumerable<string> Names(CityDbContext db) => db.Database.GetMigrations().Select(id => id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..]);

    private static async Task<string?> PragmaAsync(CityDbContext db, string name)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return (await command.ExecuteScalarAsync())?.ToString();
    }
}
