using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActiveCitizens.Web.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ElectionsCandidacies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_candidates_list_id_list_rank",
                table: "candidates");

            migrationBuilder.CreateTable(
                name: "ballot_order_draws",
                columns: table => new
                {
                    election_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    seed = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    drawn_at = table.Column<long>(type: "INTEGER", nullable: false),
                    drawn_by_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ballot_order_draws", x => x.election_id);
                    table.ForeignKey(
                        name: "fk_ballot_order_draws_election_election_id",
                        column: x => x.election_id,
                        principalTable: "elections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_candidates_list_id_list_rank",
                table: "candidates",
                columns: new[] { "list_id", "list_rank" },
                unique: true,
                filter: "list_id IS NOT NULL AND state <> 'Withdrawn' AND state <> 'Refused'");

            migrationBuilder.CreateIndex(
                name: "ix_candidates_one_person",
                table: "candidates",
                columns: new[] { "contest_id", "last_name", "first_names", "born_on" },
                unique: true,
                filter: "state IN ('Submitted', 'Eligible')");

            // Drawn once: neither the seed nor its source changes, or goes.
            migrationBuilder.Sql("""
                CREATE TRIGGER ballot_order_draws_stay BEFORE UPDATE ON ballot_order_draws BEGIN SELECT RAISE(ABORT, 'an order is drawn once'); END;
                CREATE TRIGGER ballot_order_draws_remain BEFORE DELETE ON ballot_order_draws BEGIN SELECT RAISE(ABORT, 'an order is drawn once'); END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ballot_order_draws");

            migrationBuilder.DropIndex(
                name: "ix_candidates_list_id_list_rank",
                table: "candidates");

            migrationBuilder.DropIndex(
                name: "ix_candidates_one_person",
                table: "candidates");

            migrationBuilder.CreateIndex(
                name: "ix_candidates_list_id_list_rank",
                table: "candidates",
                columns: new[] { "list_id", "list_rank" },
                unique: true,
                filter: "list_id IS NOT NULL AND state <> 'Withdrawn'");
        }
    }
}
