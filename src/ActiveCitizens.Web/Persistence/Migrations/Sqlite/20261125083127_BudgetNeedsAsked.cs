using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActiveCitizens.Web.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class BudgetNeedsAsked : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Answers kept so far lack the pessimistic case; they are found again when somebody asks.
            migrationBuilder.Sql("DELETE FROM budget_needs");

            migrationBuilder.AlterColumn<long>(
                name: "found_at",
                table: "budget_needs",
                type: "INTEGER",
                nullable: true,
                oldClrType: typeof(long),
                oldType: "INTEGER");

            migrationBuilder.AlterColumn<string>(
                name: "answer_json",
                table: "budget_needs",
                type: "TEXT",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "TEXT");

            migrationBuilder.AddColumn<long>(
                name: "asked_at",
                table: "budget_needs",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "question",
                table: "budget_needs",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "recounts",
                table: "budget_needs",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddCheckConstraint(
                name: "ck_budget_needs_found",
                table: "budget_needs",
                sql: "(found_at IS NULL) = (answer_json IS NULL)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DELETE FROM budget_needs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_budget_needs_found",
                table: "budget_needs");

            migrationBuilder.DropColumn(
                name: "asked_at",
                table: "budget_needs");

            migrationBuilder.DropColumn(
                name: "question",
                table: "budget_needs");

            migrationBuilder.DropColumn(
                name: "recounts",
                table: "budget_needs");

            migrationBuilder.AlterColumn<long>(
                name: "found_at",
                table: "budget_needs",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L,
                oldClrType: typeof(long),
                oldType: "INTEGER",
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "answer_json",
                table: "budget_needs",
                type: "TEXT",
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "TEXT",
                oldNullable: true);
        }
    }
}
