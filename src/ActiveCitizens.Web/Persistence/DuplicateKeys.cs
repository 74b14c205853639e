using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ActiveCitizens.Web.Persistence;

/// <summary>Tells a refusal by a unique index or a primary key from every other failure, on both databases.</summary>
public static class DuplicateKeys
{
    // https://sqlite.org/rescode.html: SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE
    private const int PrimaryKey = 1555;
    private const int Unique = 2067;

    public static bool IsDuplicate(this DbUpdateException failure) =>
        failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } or SqliteException { SqliteExtendedErrorCode: PrimaryKey or Unique };
}
