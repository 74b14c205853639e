using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActiveCitizens.Web.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ElectionsRoll : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "roll_corrections",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    election_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    contest_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    by_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roll_corrections", x => x.id);
                    table.ForeignKey(
                        name: "fk_roll_corrections_contests_contest_id",
                        column: x => x.contest_id,
                        principalTable: "contests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_roll_corrections_elections_election_id",
                        column: x => x.election_id,
                        principalTable: "elections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "roll_imports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    election_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    requested_by_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    requested_at = table.Column<long>(type: "INTEGER", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    lines = table.Column<int>(type: "INTEGER", nullable: false),
                    lines_read = table.Column<int>(type: "INTEGER", nullable: false),
                    imported = table.Column<int>(type: "INTEGER", nullable: false),
                    problem_count = table.Column<int>(type: "INTEGER", nullable: false),
                    warning_count = table.Column<int>(type: "INTEGER", nullable: false),
                    problems_json = table.Column<string>(type: "TEXT", nullable: false),
                    warnings_json = table.Column<string>(type: "TEXT", nullable: false),
                    cancel_requested_at = table.Column<long>(type: "INTEGER", nullable: true),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roll_imports", x => x.id);
                    table.CheckConstraint("ck_roll_imports_content", "(finished_at IS NULL) = (content IS NOT NULL)");
                    table.CheckConstraint("ck_roll_imports_end", "(finished_at IS NULL) = (state IN ('Waiting', 'Running'))");
                    table.ForeignKey(
                        name: "fk_roll_imports_elections_election_id",
                        column: x => x.election_id,
                        principalTable: "elections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_electors_election_id_born_on",
                table: "electors",
                columns: new[] { "election_id", "born_on" });

            migrationBuilder.CreateIndex(
                name: "ix_roll_corrections_contest_id",
                table: "roll_corrections",
                column: "contest_id");

            migrationBuilder.CreateIndex(
                name: "ix_roll_corrections_election_id_at",
                table: "roll_corrections",
                columns: new[] { "election_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_roll_imports_election_id_requested_at",
                table: "roll_imports",
                columns: new[] { "election_id", "requested_at" });

            migrationBuilder.CreateIndex(
                name: "ix_roll_imports_one_waiting",
                table: "roll_imports",
                column: "election_id",
                unique: true,
                filter: "state = 'Waiting'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "roll_corrections");

            migrationBuilder.DropTable(
                name: "roll_imports");

            migrationBuilder.DropIndex(
                name: "ix_electors_election_id_born_on",
                table: "electors");
        }
    }
}
