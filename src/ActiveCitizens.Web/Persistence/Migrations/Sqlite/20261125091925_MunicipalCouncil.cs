using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActiveCitizens.Web.Persistence.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class MunicipalCouncil : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "deliberations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    year = table.Column<int>(type: "INTEGER", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: false),
                    session_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    rapporteur = table.Column<string>(type: "TEXT", maxLength: 120, nullable: true),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    text_sha256 = table.Column<string>(type: "TEXT", fixedLength: true, maxLength: 64, nullable: false),
                    search_text = table.Column<string>(type: "TEXT", nullable: false),
                    in_office = table.Column<int>(type: "INTEGER", nullable: false),
                    present = table.Column<int>(type: "INTEGER", nullable: false),
                    proxies = table.Column<int>(type: "INTEGER", nullable: false),
                    votes_for = table.Column<int>(type: "INTEGER", nullable: false),
                    votes_against = table.Column<int>(type: "INTEGER", nullable: false),
                    abstentions = table.Column<int>(type: "INTEGER", nullable: false),
                    non_voting = table.Column<int>(type: "INTEGER", nullable: false),
                    is_secret_ballot = table.Column<bool>(type: "INTEGER", nullable: false),
                    casting_vote = table.Column<string>(type: "TEXT", maxLength: 10, nullable: true),
                    is_adopted = table.Column<bool>(type: "INTEGER", nullable: false),
                    amends_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    illustrative_remark = table.Column<string>(type: "TEXT", maxLength: 400, nullable: true),
                    recorded_by_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false),
                    transmitted_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    transmission_id = table.Column<string>(type: "TEXT", maxLength: 80, nullable: true),
                    posted_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    published_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deliberations", x => x.id);
                    table.CheckConstraint("ck_deliberations_adopted", "is_adopted = (votes_for > votes_against OR COALESCE(casting_vote, '') = 'For')");
                    table.CheckConstraint("ck_deliberations_amends", "amends_id IS NULL OR amends_id <> id");
                    table.CheckConstraint("ck_deliberations_casting_vote", "(casting_vote IS NOT NULL) = (votes_for = votes_against AND votes_for > 0 AND NOT is_secret_ballot)");
                    table.CheckConstraint("ck_deliberations_number", "number > 0 AND CAST(session_date AS text) LIKE CAST(year AS text) || '-%'");
                    table.CheckConstraint("ck_deliberations_posting", "(posted_on IS NULL) = (published_at IS NULL) AND (posted_on IS NULL OR posted_on >= session_date)");
                    table.CheckConstraint("ck_deliberations_presence", "in_office > 0 AND present >= 0 AND proxies >= 0 AND present + proxies <= in_office AND proxies <= present");
                    table.CheckConstraint("ck_deliberations_quorum", "2 * present > in_office");
                    table.CheckConstraint("ck_deliberations_transmission", "(transmitted_on IS NULL) = (transmission_id IS NULL) AND (transmitted_on IS NULL OR transmitted_on >= session_date)");
                    table.CheckConstraint("ck_deliberations_votes", "votes_for >= 0 AND votes_against >= 0 AND abstentions >= 0 AND non_voting >= 0 AND votes_for + votes_against + abstentions + non_voting = present + proxies");
                    table.ForeignKey(
                        name: "fk_deliberations_deliberations_amends_id",
                        column: x => x.amends_id,
                        principalTable: "deliberations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "signing_authorisations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    deliberation_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    subject = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    official_name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    official_function = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    account_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    from = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    until = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    recorded_by_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    recorded_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_on = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    end_reason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signing_authorisations", x => x.id);
                    table.CheckConstraint("ck_signing_authorisations_dates", "\"until\" IS NULL OR \"until\" >= \"from\"");
                    table.CheckConstraint("ck_signing_authorisations_end", "(ended_on IS NULL) = (end_reason IS NULL)");
                    table.ForeignKey(
                        name: "fk_signing_authorisations_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_signing_authorisations_deliberations_deliberation_id",
                        column: x => x.deliberation_id,
                        principalTable: "deliberations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_deliberations_amends_id",
                table: "deliberations",
                column: "amends_id");

            migrationBuilder.CreateIndex(
                name: "ix_deliberations_transmission_id",
                table: "deliberations",
                column: "transmission_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_deliberations_year_number",
                table: "deliberations",
                columns: new[] { "year", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_signing_authorisations_account_id",
                table: "signing_authorisations",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_signing_authorisations_deliberation_id_subject_official_name_from",
                table: "signing_authorisations",
                columns: new[] { "deliberation_id", "subject", "official_name", "from" },
                unique: true);

            // Once transmitted or posted an act stays as it is; what rests on an act needs one that is posted and adopted.
            migrationBuilder.Sql("""
                CREATE TRIGGER deliberations_content_stays BEFORE UPDATE OF year, number, session_date, subject, rapporteur, text, text_sha256, search_text, in_office, present, proxies, votes_for, votes_against, abstentions, non_voting, is_secret_ballot, casting_vote, is_adopted, amends_id, illustrative_remark ON deliberations
                WHEN OLD.published_at IS NOT NULL OR OLD.transmitted_on IS NOT NULL
                BEGIN SELECT RAISE(ABORT, 'a transmitted or posted deliberation does not change'); END;
                CREATE TRIGGER deliberations_transmission_stays BEFORE UPDATE OF transmitted_on, transmission_id ON deliberations
                WHEN OLD.transmitted_on IS NOT NULL
                BEGIN SELECT RAISE(ABORT, 'a transmitted or posted deliberation does not change'); END;
                CREATE TRIGGER deliberations_posting_stays BEFORE UPDATE OF posted_on, published_at ON deliberations
                WHEN OLD.published_at IS NOT NULL
                BEGIN SELECT RAISE(ABORT, 'a transmitted or posted deliberation does not change'); END;
                CREATE TRIGGER deliberations_stay BEFORE DELETE ON deliberations
                WHEN OLD.published_at IS NOT NULL OR OLD.transmitted_on IS NOT NULL
                BEGIN SELECT RAISE(ABORT, 'a transmitted or posted deliberation does not change'); END;
                CREATE TRIGGER signing_authorisations_rest_on_a_deliberation BEFORE INSERT ON signing_authorisations
                WHEN NOT EXISTS (SELECT 1 FROM deliberations WHERE id = NEW.deliberation_id AND is_adopted AND published_at IS NOT NULL)
                BEGIN SELECT RAISE(ABORT, 'this needs a posted and adopted deliberation'); END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "signing_authorisations");

            migrationBuilder.DropTable(
                name: "deliberations");
        }
    }
}
