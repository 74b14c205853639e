using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActiveCitizens.Web.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Mandates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "mandates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    starts_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    ends_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    seats_per_council = table.Column<int>(type: "INTEGER", nullable: false),
                    envelope_per_council_cents = table.Column<long>(type: "INTEGER", nullable: false),
                    envelope_remark = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    summary = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    powers = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    limits = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    illustrative_remark = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    prepared_at = table.Column<long>(type: "INTEGER", nullable: false),
                    opened_by_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    is_renewal = table.Column<bool>(type: "INTEGER", nullable: false),
                    opened_at = table.Column<long>(type: "INTEGER", nullable: true),
                    closed_by_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    closed_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    closed_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mandates", x => x.id);
                    table.CheckConstraint("ck_mandates_amounts", "seats_per_council > 0 AND envelope_per_council_cents >= 0");
                    table.CheckConstraint("ck_mandates_closed", "(closed_by_id IS NULL) = (closed_at IS NULL) AND (closed_by_id IS NULL) = (closed_on IS NULL) AND (closed_by_id IS NULL OR opened_by_id IS NOT NULL)");
                    table.CheckConstraint("ck_mandates_closed_on", "closed_on IS NULL OR (closed_on >= starts_on AND closed_on <= ends_on)");
                    table.CheckConstraint("ck_mandates_dates", "starts_on < ends_on AND CAST(starts_on AS text) LIKE CAST(year AS text) || '-%'");
                    table.CheckConstraint("ck_mandates_opened", "(opened_by_id IS NULL) = (opened_at IS NULL) AND (opened_by_id IS NOT NULL OR NOT is_renewal)");
                    table.ForeignKey(
                        name: "fk_mandates_deliberation_closed_by_id",
                        column: x => x.closed_by_id,
                        principalTable: "deliberations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_mandates_deliberation_opened_by_id",
                        column: x => x.opened_by_id,
                        principalTable: "deliberations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "competences",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 240, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    description = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    from_mandate_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_competences", x => x.id);
                    table.ForeignKey(
                        name: "fk_competences_mandate_from_mandate_id",
                        column: x => x.from_mandate_id,
                        principalTable: "mandates",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "delegations",
                columns: table => new
                {
                    mandate_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    competence_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    part = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    actor = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_delegations", x => new { x.mandate_id, x.competence_id, x.part, x.actor });
                    table.ForeignKey(
                        name: "fk_delegations_competences_competence_id",
                        column: x => x.competence_id,
                        principalTable: "competences",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_delegations_mandate_mandate_id",
                        column: x => x.mandate_id,
                        principalTable: "mandates",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_competences_code",
                table: "competences",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_competences_from_mandate_id",
                table: "competences",
                column: "from_mandate_id");

            migrationBuilder.CreateIndex(
                name: "ix_delegations_competence_id",
                table: "delegations",
                column: "competence_id");

            migrationBuilder.CreateIndex(
                name: "ix_mandates_closed_by_id",
                table: "mandates",
                column: "closed_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_mandates_opened_by_id",
                table: "mandates",
                column: "opened_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_mandates_year",
                table: "mandates",
                column: "year",
                unique: true);

            // SQLite has no exclusion constraint.
            migrationBuilder.Sql("""
                CREATE TRIGGER mandates_do_not_overlap_insert BEFORE INSERT ON mandates
                WHEN EXISTS (SELECT 1 FROM mandates WHERE id <> NEW.id AND starts_on < COALESCE(NEW.closed_on, NEW.ends_on) AND NEW.starts_on < COALESCE(closed_on, ends_on))
                BEGIN SELECT RAISE(ABORT, 'mandates do not overlap'); END;
                CREATE TRIGGER mandates_do_not_overlap_update BEFORE UPDATE OF starts_on, ends_on, closed_on ON mandates
                WHEN EXISTS (SELECT 1 FROM mandates WHERE id <> NEW.id AND starts_on < COALESCE(NEW.closed_on, NEW.ends_on) AND NEW.starts_on < COALESCE(closed_on, ends_on))
                BEGIN SELECT RAISE(ABORT, 'mandates do not overlap'); END;
                CREATE TRIGGER mandates_open_by_deliberation_insert BEFORE INSERT ON mandates
                WHEN NEW.opened_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM deliberations WHERE id = NEW.opened_by_id AND is_adopted AND published_at IS NOT NULL)
                BEGIN SELECT RAISE(ABORT, 'this needs a posted and adopted deliberation'); END;
                CREATE TRIGGER mandates_open_by_deliberation_update BEFORE UPDATE OF opened_by_id ON mandates
                WHEN NEW.opened_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM deliberations WHERE id = NEW.opened_by_id AND is_adopted AND published_at IS NOT NULL)
                BEGIN SELECT RAISE(ABORT, 'this needs a posted and adopted deliberation'); END;
                CREATE TRIGGER mandates_close_by_deliberation_insert BEFORE INSERT ON mandates
                WHEN NEW.closed_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM deliberations WHERE id = NEW.closed_by_id AND is_adopted AND published_at IS NOT NULL)
                BEGIN SELECT RAISE(ABORT, 'this needs a posted and adopted deliberation'); END;
                CREATE TRIGGER mandates_close_by_deliberation_update BEFORE UPDATE OF closed_by_id ON mandates
                WHEN NEW.closed_by_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM deliberations WHERE id = NEW.closed_by_id AND is_adopted AND published_at IS NOT NULL)
                BEGIN SELECT RAISE(ABORT, 'this needs a posted and adopted deliberation'); END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "delegations");

            migrationBuilder.DropTable(
                name: "competences");

            migrationBuilder.DropTable(
                name: "mandates");
        }
    }
}
