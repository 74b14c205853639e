using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActiveCitizens.Web.Persistence.Migrations.Postgres
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    starts_on = table.Column<DateOnly>(type: "date", nullable: false),
                    ends_on = table.Column<DateOnly>(type: "date", nullable: false),
                    seats_per_council = table.Column<int>(type: "integer", nullable: false),
                    envelope_per_council_cents = table.Column<long>(type: "bigint", nullable: false),
                    envelope_remark = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    summary = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    powers = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    limits = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    illustrative_remark = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    prepared_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    opened_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    is_renewal = table.Column<bool>(type: "boolean", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    closed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(240)", maxLength: 240, nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    description = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    from_mandate_id = table.Column<Guid>(type: "uuid", nullable: false)
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
                    mandate_id = table.Column<Guid>(type: "uuid", nullable: false),
                    competence_id = table.Column<Guid>(type: "uuid", nullable: false),
                    part = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    actor = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false)
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

            migrationBuilder.Sql("""
                ALTER TABLE mandates ADD CONSTRAINT ex_mandates_overlap EXCLUDE USING gist (daterange(starts_on, COALESCE(closed_on, ends_on), '[)') WITH &&);
                CREATE TRIGGER mandates_open_by_deliberation BEFORE INSERT OR UPDATE OF opened_by_id ON mandates
                FOR EACH ROW EXECUTE FUNCTION needs_binding_deliberation('opened_by_id');
                CREATE TRIGGER mandates_close_by_deliberation BEFORE INSERT OR UPDATE OF closed_by_id ON mandates
                FOR EACH ROW EXECUTE FUNCTION needs_binding_deliberation('closed_by_id');
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
