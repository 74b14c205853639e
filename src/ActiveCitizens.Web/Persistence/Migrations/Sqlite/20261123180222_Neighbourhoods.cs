using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActiveCitizens.Web.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Neighbourhoods : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "address_imports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    requested_by_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    requested_at = table.Column<long>(type: "INTEGER", nullable: false),
                    content = table.Column<byte[]>(type: "BLOB", nullable: true),
                    state = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true),
                    cancel_requested_at = table.Column<long>(type: "INTEGER", nullable: true),
                    lines = table.Column<int>(type: "INTEGER", nullable: false),
                    lines_read = table.Column<int>(type: "INTEGER", nullable: false),
                    imported = table.Column<int>(type: "INTEGER", nullable: false),
                    of_other_municipalities = table.Column<int>(type: "INTEGER", nullable: false),
                    outside_outline = table.Column<int>(type: "INTEGER", nullable: false),
                    problem_count = table.Column<int>(type: "INTEGER", nullable: false),
                    problems_json = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_address_imports", x => x.id);
                    table.CheckConstraint("ck_address_imports_content", "(finished_at IS NULL) = (content IS NOT NULL)");
                    table.CheckConstraint("ck_address_imports_end", "(finished_at IS NULL) = (state IN ('Waiting', 'Running'))");
                });

            migrationBuilder.CreateTable(
                name: "addresses",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    suffix = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    street = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 400, nullable: false),
                    postcode = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    longitude = table.Column<double>(type: "REAL", nullable: false),
                    latitude = table.Column<double>(type: "REAL", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_addresses", x => x.id);
                    table.CheckConstraint("ck_addresses_number", "number BETWEEN 0 AND 99999");
                    table.CheckConstraint("ck_addresses_position", "longitude BETWEEN -180 AND 180 AND latitude BETWEEN -90 AND 90");
                });

            migrationBuilder.CreateTable(
                name: "city_figures",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    number = table.Column<decimal>(type: "TEXT", precision: 18, scale: 4, nullable: true),
                    text = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    year = table.Column<int>(type: "INTEGER", nullable: true),
                    is_official = table.Column<bool>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    source_url = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    remark = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_city_figures", x => x.id);
                    table.CheckConstraint("ck_city_figures_value", "(number IS NULL) <> (text IS NULL)");
                    table.CheckConstraint("ck_city_figures_year", "year IS NULL OR year BETWEEN 1000 AND 9999");
                });

            migrationBuilder.CreateTable(
                name: "territorial_levels",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    parent_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_territorial_levels", x => x.id);
                    table.CheckConstraint("ck_territorial_levels_parent", "(kind = 'State') = (parent_id IS NULL)");
                    table.ForeignKey(
                        name: "fk_territorial_levels_territorial_levels_parent_id",
                        column: x => x.parent_id,
                        principalTable: "territorial_levels",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "territory_drafts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    owner_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    file_name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    territories = table.Column<byte[]>(type: "BLOB", nullable: false),
                    outline = table.Column<string>(type: "TEXT", nullable: true),
                    source = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    base_version = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_territory_drafts", x => x.id);
                    table.ForeignKey(
                        name: "fk_territory_drafts_accounts_owner_id",
                        column: x => x.owner_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "territory_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    applied_at = table.Column<long>(type: "INTEGER", nullable: false),
                    applied_by_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    outline = table.Column<string>(type: "TEXT", nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_territory_versions", x => x.id);
                    table.CheckConstraint("ck_territory_versions_number", "number > 0");
                });

            migrationBuilder.CreateTable(
                name: "neighbourhoods",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    version_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    code = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    name_status = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    name_source = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    slug = table.Column<string>(type: "TEXT", maxLength: 221, nullable: false),
                    polling_bureau = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    population = table.Column<int>(type: "INTEGER", nullable: true),
                    electors = table.Column<int>(type: "INTEGER", nullable: true),
                    seats = table.Column<int>(type: "INTEGER", nullable: false),
                    budget_per_mandate_cents = table.Column<long>(type: "INTEGER", nullable: false),
                    boundary = table.Column<string>(type: "TEXT", nullable: false),
                    label_longitude = table.Column<double>(type: "REAL", nullable: false),
                    label_latitude = table.Column<double>(type: "REAL", nullable: false),
                    area_square_metres = table.Column<double>(type: "REAL", nullable: false),
                    boundary_is_illustrative = table.Column<bool>(type: "INTEGER", nullable: false),
                    figures_are_illustrative = table.Column<bool>(type: "INTEGER", nullable: false),
                    published_population = table.Column<int>(type: "INTEGER", nullable: true),
                    published_area_hectares = table.Column<double>(type: "REAL", nullable: true),
                    published_association_constituted_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    published_source = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_neighbourhoods", x => x.id);
                    table.CheckConstraint("ck_neighbourhoods_area", "area_square_metres > 0");
                    table.CheckConstraint("ck_neighbourhoods_budget", "budget_per_mandate_cents >= 0");
                    table.CheckConstraint("ck_neighbourhoods_electors", "electors >= 0");
                    table.CheckConstraint("ck_neighbourhoods_label", "label_longitude BETWEEN -180 AND 180 AND label_latitude BETWEEN -90 AND 90");
                    table.CheckConstraint("ck_neighbourhoods_number", "number > 0");
                    table.CheckConstraint("ck_neighbourhoods_population", "population >= 0");
                    table.CheckConstraint("ck_neighbourhoods_seats", "seats > 0");
                    table.ForeignKey(
                        name: "fk_neighbourhoods_territory_version_version_id",
                        column: x => x.version_id,
                        principalTable: "territory_versions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_address_imports_one_waiting",
                table: "address_imports",
                column: "state",
                unique: true,
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_address_imports_requested_at",
                table: "address_imports",
                column: "requested_at");

            migrationBuilder.CreateIndex(
                name: "ix_addresses_key",
                table: "addresses",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_city_figures_position",
                table: "city_figures",
                column: "position",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_neighbourhoods_version_id_code",
                table: "neighbourhoods",
                columns: new[] { "version_id", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_neighbourhoods_version_id_number",
                table: "neighbourhoods",
                columns: new[] { "version_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_neighbourhoods_version_id_slug",
                table: "neighbourhoods",
                columns: new[] { "version_id", "slug" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_territorial_levels_kind_code",
                table: "territorial_levels",
                columns: new[] { "kind", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_territorial_levels_one_municipality",
                table: "territorial_levels",
                column: "kind",
                unique: true,
                filter: "kind = 'Municipality'");

            migrationBuilder.CreateIndex(
                name: "ix_territorial_levels_parent_id",
                table: "territorial_levels",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "ix_territory_drafts_expires_at",
                table: "territory_drafts",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_territory_drafts_owner_id",
                table: "territory_drafts",
                column: "owner_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_territory_versions_number",
                table: "territory_versions",
                column: "number",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "address_imports");

            migrationBuilder.DropTable(
                name: "addresses");

            migrationBuilder.DropTable(
                name: "city_figures");

            migrationBuilder.DropTable(
                name: "neighbourhoods");

            migrationBuilder.DropTable(
                name: "territorial_levels");

            migrationBuilder.DropTable(
                name: "territory_drafts");

            migrationBuilder.DropTable(
                name: "territory_versions");
        }
    }
}
