using System.Globalization;
using System.Text;
using ActiveCitizens.Web.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ActiveCitizens.Web.Features.Elections.KeepRoll;

/// <summary>Writes many electors with few statements, inside the context's transaction.</summary>
internal static class RollWriter
{
    private static readonly string[] Columns =
    [
        "id", "election_id", "contest_id", "number", "last_name", "usual_name", "first_names", "sex", "born_on", "birth_place", "nationality", "national_number", "address_lines", "post_code", "town", "email", "search_text",
    ];

    /// <param name="batch">Some dozens: SQLite looks each parameter up among all of a statement.</param>
    public static async Task InsertAsync(CityDbContext db, IReadOnlyList<Elector> batch, CancellationToken cancel)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        var sql = new StringBuilder("INSERT INTO electors (").AppendJoin(", ", Columns).Append(") VALUES ");
        for (var row = 0; row < batch.Count; row++)
        {
            var elector = batch[row];
            object?[] values =
            [
                elector.Id, elector.ElectionId, elector.ContestId, elector.Number, elector.LastName, elector.UsualName, elector.FirstNames, elector.Sex?.ToString(), elector.BornOn, elector.BirthPlace, elector.Nationality,
                elector.NationalNumber, elector.AddressLines, elector.PostCode, elector.Town, elector.Email, elector.SearchText,
            ];
            sql.Append(row == 0 ? "(" : ", (");
            for (var column = 0; column < values.Length; column++)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{row * Columns.Length + column}");
                parameter.Value = values[column] ?? DBNull.Value;
                command.Parameters.Add(parameter);
                sql.Append(column == 0 ? "" : ", ").Append(parameter.ParameterName);
            }

            sql.Append(')');
        }

        command.CommandText = sql.ToString();
        await command.ExecuteNonQueryAsync(cancel);
    }
}
