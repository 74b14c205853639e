using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActiveCitizens.Web.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class CouncilAssociations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "council_associations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    neighbourhood_code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    rna_number = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    constituted_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false),
                    illustrative_remark = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_council_associations", x => x.id);
                    table.CheckConstraint("ck_council_associations_rna", "rna_number LIKE 'W_________' AND length(rna_number) = 10");
                });

            migrationBuilder.CreateTable(
                name: "council_meetings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    association_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    held_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    present_count = table.Column<int>(type: "INTEGER", nullable: false),
                    minutes = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_council_meetings", x => x.id);
                    table.CheckConstraint("ck_council_meetings_present", "present_count > 0");
                    table.ForeignKey(
                        name: "fk_council_meetings_council_associations_association_id",
                        column: x => x.association_id,
                        principalTable: "council_associations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "council_members",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    association_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_council_members", x => x.id);
                    table.CheckConstraint("ck_council_members_dates", "\"until\" IS NULL OR \"until\" >= \"from\"");
                    table.ForeignKey(
                        name: "fk_council_members_council_associations_association_id",
                        column: x => x.association_id,
                        principalTable: "council_associations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "council_offices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    association_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    office = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    holder_name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_council_offices", x => x.id);
                    table.CheckConstraint("ck_council_offices_dates", "\"until\" IS NULL OR \"until\" >= \"from\"");
                    table.ForeignKey(
                        name: "fk_council_offices_council_associations_association_id",
                        column: x => x.association_id,
                        principalTable: "council_associations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "council_statutes",
                columns: table => new
                {
                    association_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    adopted_on = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_council_statutes", x => new { x.association_id, x.version });
                    table.CheckConstraint("ck_council_statutes_version", "version > 0");
                    table.ForeignKey(
                        name: "fk_council_statutes_council_associations_association_id",
                        column: x => x.association_id,
                        principalTable: "council_associations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_council_associations_neighbourhood_code",
                table: "council_associations",
                column: "neighbourhood_code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_council_associations_rna_number",
                table: "council_associations",
                column: "rna_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_council_meetings_association_id_held_on",
                table: "council_meetings",
                columns: new[] { "association_id", "held_on" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_council_members_association_id_name",
                table: "council_members",
                columns: new[] { "association_id", "name" },
                unique: true,
                filter: "\"until\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_council_offices_association_id_office",
                table: "council_offices",
                columns: new[] { "association_id", "office" },
                unique: true,
                filter: "\"until\" IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "council_meetings");

            migrationBuilder.DropTable(
                name: "council_members");

            migrationBuilder.DropTable(
                name: "council_offices");

            migrationBuilder.DropTable(
                name: "council_statutes");

            migrationBuilder.DropTable(
                name: "council_associations");
        }
    }
}
