using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActiveCitizens.Web.Persistence.Migrations.Postgres
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    file_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    requested_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: true),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    cancel_requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lines = table.Column<int>(type: "integer", nullable: false),
                    lines_read = table.Column<int>(type: "integer", nullable: false),
                    imported = table.Column<int>(type: "integer", nullable: false),
                    of_other_municipalities = table.Column<int>(type: "integer", nullable: false),
                    outside_outline = table.Column<int>(type: "integer", nullable: false),
                    problem_count = table.Column<int>(type: "integer", nullable: false),
                    problems_json = table.Column<string>(type: "text", nullable: false)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    suffix = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    street = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    search_text = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    postcode = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    longitude = table.Column<double>(type: "double precision", nullable: false),
                    latitude = table.Column<double>(type: "double precision", nullable: false)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: true),
                    text = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    year = table.Column<int>(type: "integer", nullable: true),
                    is_official = table.Column<bool>(type: "boolean", nullable: false),
                    source = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    source_url = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    remark = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    parent_id = table.Column<Guid>(type: "uuid", nullable: true)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    file_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    territories = table.Column<byte[]>(type: "bytea", nullable: false),
                    outline = table.Column<string>(type: "text", nullable: true),
                    source = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    base_version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    applied_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    applied_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    outline = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    name_status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    name_source = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    slug = table.Column<string>(type: "character varying(221)", maxLength: 221, nullable: false),
                    polling_bureau = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    population = table.Column<int>(type: "integer", nullable: true),
                    electors = table.Column<int>(type: "integer", nullable: true),
                    seats = table.Column<int>(type: "integer", nullable: false),
                    budget_per_mandate_cents = table.Column<long>(type: "bigint", nullable: false),
                    boundary = table.Column<string>(type: "text", nullable: false),
                    label_longitude = table.Column<double>(type: "double precision", nullable: false),
                    label_latitude = table.Column<double>(type: "double precision", nullable: false),
                    area_square_metres = table.Column<double>(type: "double precision", nullable: false),
                    boundary_is_illustrative = table.Column<bool>(type: "boolean", nullable: false),
                    figures_are_illustrative = table.Column<bool>(type: "boolean", nullable: false),
                    published_population = table.Column<int>(type: "integer", nullable: true),
                    published_area_hectares = table.Column<double>(type: "double precision", nullable: true),
                    published_association_constituted_on = table.Column<DateOnly>(type: "date", nullable: true),
                    published_source = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
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
