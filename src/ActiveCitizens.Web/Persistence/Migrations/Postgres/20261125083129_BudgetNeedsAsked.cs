using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActiveCitizens.Web.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class BudgetNeedsAsked : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Answers kept so far lack the pessimistic case; they are found again when somebody asks.
            migrationBuilder.Sql("DELETE FROM budget_needs");

            migrationBuilder.AlterColumn<DateTimeOffset>(
                name: "found_at",
                table: "budget_needs",
                type: "timestamp with time zone",
                nullable: true,
                oldClrType: typeof(DateTimeOffset),
                oldType: "timestamp with time zone");

            migrationBuilder.AlterColumn<string>(
                name: "answer_json",
                table: "budget_needs",
                type: "text",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "text");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "asked_at",
                table: "budget_needs",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<int>(
                name: "question",
                table: "budget_needs",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "recounts",
                table: "budget_needs",
                type: "integer",
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

            migrationBuilder.AlterColumn<DateTimeOffset>(
                name: "found_at",
                table: "budget_needs",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)),
                oldClrType: typeof(DateTimeOffset),
                oldType: "timestamp with time zone",
                oldNullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "answer_json",
                table: "budget_needs",
                type: "text",
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "text",
                oldNullable: true);
        }
    }
}
