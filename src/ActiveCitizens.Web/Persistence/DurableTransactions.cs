using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ActiveCitizens.Web.Persistence;

/// <summary>Transactions for what must outlive a power cut once it is acknowledged, and row locks that work on both databases.</summary>
public static class DurableTransactions
{
    /// <summary>Begins a transaction whose commit waits for the disk. On SQLite it holds the database's one write lock from the start.</summary>
    public static async Task<IDbContextTransaction> BeginDurableAsync(this CityDbContext db, CancellationToken cancel)
    {
        if (db is SqliteCityDbContext)
        {
            // The connection keeps it, and goes back to the pool: its later commits wait for the disk as well, which only costs time.
            await db.Database.OpenConnectionAsync(cancel);
            await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous = FULL", cancel);
        }

        var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (db is PostgresCityDbContext)
        {
            // Whatever the server is told for everything else.
            await db.Database.ExecuteSqlRawAsync("SET LOCAL synchronous_commit TO ON", cancel);
        }

        return transaction;
    }

    /// <summary>Makes others who lock the same row of a table wait until this transaction ends.</summary>
    public static async Task LockRowAsync<TEntity>(this CityDbContext db, Guid id, CancellationToken cancel)
        where TEntity : class
    {
        if (db is PostgresCityDbContext)
        {
            var lockRow = string.Concat("SELECT 1 FROM ", db.Model.FindEntityType(typeof(TEntity))!.GetTableName(), " WHERE id = {0} FOR UPDATE");
            await db.Database.ExecuteSqlRawAsync(lockRow, [id], cancel);
        }
    }
}
