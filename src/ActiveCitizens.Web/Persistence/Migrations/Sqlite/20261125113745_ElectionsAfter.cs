using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActiveCitizens.Web.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ElectionsAfter : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "box_checks",
                columns: table => new
                {
                    contest_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    checked_at = table.Column<long>(type: "INTEGER", nullable: false),
                    height = table.Column<int>(type: "INTEGER", nullable: false),
                    last_event = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    finding = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_box_checks", x => x.contest_id);
                    table.ForeignKey(
                        name: "fk_box_checks_contest_contest_id",
                        column: x => x.contest_id,
                        principalTable: "contests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "box_readings",
                columns: table => new
                {
                    contest_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    height = table.Column<int>(type: "INTEGER", nullable: false),
                    last_event = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    online = table.Column<int>(type: "INTEGER", nullable: false),
                    polling_station = table.Column<int>(type: "INTEGER", nullable: false),
                    post = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_box_readings", x => new { x.contest_id, x.at });
                    table.ForeignKey(
                        name: "fk_box_readings_contest_contest_id",
                        column: x => x.contest_id,
                        principalTable: "contests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "destruction_records",
                columns: table => new
                {
                    election_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    by_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    by = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    electors = table.Column<int>(type: "INTEGER", nullable: false),
                    roll_marks = table.Column<int>(type: "INTEGER", nullable: false),
                    contacts = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_destruction_records", x => x.election_id);
                    table.ForeignKey(
                        name: "fk_destruction_records_election_election_id",
                        column: x => x.election_id,
                        principalTable: "elections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "election_statistics",
                columns: table => new
                {
                    election_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    document = table.Column<string>(type: "TEXT", nullable: false),
                    computed_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_election_statistics", x => x.election_id);
                    table.ForeignKey(
                        name: "fk_election_statistics_elections_election_id",
                        column: x => x.election_id,
                        principalTable: "elections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "paper_counts",
                columns: table => new
                {
                    contest_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    typing = table.Column<int>(type: "INTEGER", nullable: false),
                    typed_by_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    typed_by = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    typed_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ballots = table.Column<int>(type: "INTEGER", nullable: false),
                    blank = table.Column<int>(type: "INTEGER", nullable: false),
                    @void = table.Column<int>(name: "void", type: "INTEGER", nullable: false),
                    vote_list = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    is_fixed = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_paper_counts", x => new { x.contest_id, x.typing });
                    table.CheckConstraint("ck_paper_counts_numbers", "blank >= 0 AND void >= 0 AND blank + void <= ballots");
                    table.CheckConstraint("ck_paper_counts_typing", "typing IN (1, 2)");
                    table.ForeignKey(
                        name: "fk_paper_counts_contests_contest_id",
                        column: x => x.contest_id,
                        principalTable: "contests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "public_lots",
                columns: table => new
                {
                    election_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    seed = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    fixed_by_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    fixed_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_public_lots", x => x.election_id);
                    table.ForeignKey(
                        name: "fk_public_lots_elections_election_id",
                        column: x => x.election_id,
                        principalTable: "elections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "seats",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    contest_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    turn = table.Column<int>(type: "INTEGER", nullable: false),
                    candidate_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    given_at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seats", x => x.id);
                    table.CheckConstraint("ck_seats_left", "state NOT IN ('Refused', 'Resigned') OR reason IS NOT NULL");
                    table.CheckConstraint("ck_seats_number", "number >= 1 AND turn >= 1");
                    table.CheckConstraint("ck_seats_vacant", "(state = 'Vacant') = (candidate_id IS NULL)");
                    table.ForeignKey(
                        name: "fk_seats_candidates_candidate_id",
                        column: x => x.candidate_id,
                        principalTable: "candidates",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_seats_contests_contest_id",
                        column: x => x.contest_id,
                        principalTable: "contests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_paper_counts_contest_id_typed_by_id",
                table: "paper_counts",
                columns: new[] { "contest_id", "typed_by_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_seats_contest_id_number_turn",
                table: "seats",
                columns: new[] { "contest_id", "number", "turn" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_seats_one_call",
                table: "seats",
                column: "candidate_id",
                unique: true,
                filter: "candidate_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_seats_one_holder",
                table: "seats",
                columns: new[] { "contest_id", "number" },
                unique: true,
                filter: "state NOT IN ('Refused', 'Resigned')");
            migrationBuilder.Sql("""
                CREATE TRIGGER box_readings_stay BEFORE UPDATE ON box_readings BEGIN SELECT RAISE(ABORT, 'this is only added to'); END;
                CREATE TRIGGER box_readings_remain BEFORE DELETE ON box_readings BEGIN SELECT RAISE(ABORT, 'this is only added to'); END;
                CREATE TRIGGER public_lots_stay BEFORE UPDATE ON public_lots BEGIN SELECT RAISE(ABORT, 'this is only added to'); END;
                CREATE TRIGGER public_lots_remain BEFORE DELETE ON public_lots BEGIN SELECT RAISE(ABORT, 'this is only added to'); END;
                CREATE TRIGGER destruction_records_stay BEFORE UPDATE ON destruction_records BEGIN SELECT RAISE(ABORT, 'this is only added to'); END;
                CREATE TRIGGER destruction_records_remain BEFORE DELETE ON destruction_records BEGIN SELECT RAISE(ABORT, 'this is only added to'); END;
                CREATE TRIGGER public_lots_after_closing BEFORE INSERT ON public_lots
                WHEN EXISTS (SELECT 1 FROM elections WHERE id = NEW.election_id AND state <> 'Closed')
                BEGIN SELECT RAISE(ABORT, 'a lot is drawn after the closing and before the proclamation'); END;
                CREATE TRIGGER paper_counts_stay BEFORE UPDATE ON paper_counts WHEN OLD.is_fixed BEGIN SELECT RAISE(ABORT, 'this paper result is fixed'); END;
                CREATE TRIGGER paper_counts_remain BEFORE DELETE ON paper_counts WHEN OLD.is_fixed BEGIN SELECT RAISE(ABORT, 'this paper result is fixed'); END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "box_checks");

            migrationBuilder.DropTable(
                name: "box_readings");

            migrationBuilder.DropTable(
                name: "destruction_records");

            migrationBuilder.DropTable(
                name: "election_statistics");

            migrationBuilder.DropTable(
                name: "paper_counts");

            migrationBuilder.DropTable(
                name: "public_lots");

            migrationBuilder.DropTable(
                name: "seats");
        }
    }
}
