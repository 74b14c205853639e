using System.Data.Common;
using System.Globalization;
using System.Text;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ImportAddresses;

/// <summary>Writes many addresses with few statements, inside the context's transaction. Tracking each row takes ten times as long.</summary>
internal static class AddressWriter
{
    private const int Columns = 9;

    /// <param name="batch">Some dozens: SQLite looks each parameter up among all of a statement, so large statements get slow.</param>
    public static async Task InsertAsync(CityDbContext db, IReadOnlyList<Address> batch, CancellationToken cancel)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        var sql = new StringBuilder("INSERT INTO addresses (id, key, number, suffix, street, search_text, postcode, longitude, latitude) VALUES ");
        for (var row = 0; row < batch.Count; row++)
        {
            var address = batch[row];
            sql.Append(row == 0 ? "(" : ", (");
            for (var column = 0; column < Columns; column++)
            {
                sql.Append(CultureInfo.InvariantCulture, $"{(column == 0 ? "" : ", ")}@p{row * Columns + column}");
            }

            sql.Append(')');
            Add(command, row, [address.Id, address.Key, address.Number, address.Suffix, address.Street, address.SearchText, address.Postcode, address.Longitude, address.Latitude]);
        }

        command.CommandText = sql.ToString();
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static void Add(DbCommand command, int row, ReadOnlySpan<object> values)
    {
        for (var column = 0; column < Columns; column++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{row * Columns + column}");
            parameter.Value = values[column];
            command.Parameters.Add(parameter);
        }
    }
}
