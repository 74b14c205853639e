using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ActiveCitizens.Web.Persistence.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Elections : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "credential_attempts",
                columns: table => new
                {
                    contest_id = table.Column<Guid>(type: "uuid", nullable: false),
                    credential = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    locked_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_credential_attempts", x => new { x.contest_id, x.credential });
                });

            migrationBuilder.CreateTable(
                name: "elections",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    is_rehearsal = table.Column<bool>(type: "boolean", nullable: false),
                    mandate_id = table.Column<Guid>(type: "uuid", nullable: false),
                    deliberation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    method = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    has_majority_bonus = table.Column<bool>(type: "boolean", nullable: false),
                    parity = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    ties = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    franchise = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    second_secret = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    elects_unopposed = table.Column<bool>(type: "boolean", nullable: false),
                    opens_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closes_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    help_line = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    trustee_threshold = table.Column<int>(type: "integer", nullable: true),
                    trustees_document = table.Column<byte[]>(type: "bytea", nullable: true),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_elections", x => x.id);
                    table.CheckConstraint("ck_elections_called", "state = 'Draft' OR is_rehearsal OR deliberation_id IS NOT NULL");
                    table.CheckConstraint("ck_elections_hours", "opens_at < closes_at");
                    table.CheckConstraint("ck_elections_threshold", "trustee_threshold >= 1");
                    table.CheckConstraint("ck_elections_trustees", "state IN ('Draft', 'Called') OR trustees_document IS NOT NULL");
                    table.ForeignKey(
                        name: "fk_elections_deliberation_deliberation_id",
                        column: x => x.deliberation_id,
                        principalTable: "deliberations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_elections_mandate_mandate_id",
                        column: x => x.mandate_id,
                        principalTable: "mandates",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ballot_order_draws",
                columns: table => new
                {
                    election_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seed = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    source = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    drawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    drawn_by_id = table.Column<Guid>(type: "uuid", nullable: true)
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

            migrationBuilder.CreateTable(
                name: "ceremony_messages",
                columns: table => new
                {
                    election_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    author = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ceremony_messages", x => new { x.election_id, x.round, x.author });
                    table.ForeignKey(
                        name: "fk_ceremony_messages_election_election_id",
                        column: x => x.election_id,
                        principalTable: "elections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "contests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    election_id = table.Column<Guid>(type: "uuid", nullable: false),
                    neighbourhood_code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    polling_bureau = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    seats = table.Column<int>(type: "integer", nullable: false),
                    uuid = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    credentials_document = table.Column<byte[]>(type: "bytea", nullable: true),
                    election_document = table.Column<byte[]>(type: "bytea", nullable: true),
                    roll_fingerprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    elector_count = table.Column<int>(type: "integer", nullable: false),
                    sealed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    box = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    turnout_online = table.Column<int>(type: "integer", nullable: true),
                    turnout_polling_station = table.Column<int>(type: "integer", nullable: true),
                    turnout_post = table.Column<int>(type: "integer", nullable: true),
                    height = table.Column<int>(type: "integer", nullable: false),
                    last_event = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contests", x => x.id);
                    table.CheckConstraint("ck_contests_box", "(box IN ('Preparing', 'Uncontested')) = (election_document IS NULL)");
                    table.CheckConstraint("ck_contests_sealed", "(election_document IS NULL) = (sealed_at IS NULL) AND (election_document IS NULL) = (last_event IS NULL) AND (election_document IS NULL OR (credentials_document IS NOT NULL AND roll_fingerprint IS NOT NULL))");
                    table.CheckConstraint("ck_contests_seats", "seats > 0");
                    table.CheckConstraint("ck_contests_turnout", "(turnout_online IS NOT NULL) = (box IN ('Closed', 'Decrypted'))");
                    table.ForeignKey(
                        name: "fk_contests_election_election_id",
                        column: x => x.election_id,
                        principalTable: "elections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "destruction_records",
                columns: table => new
                {
                    election_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    by = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    electors = table.Column<int>(type: "integer", nullable: false),
                    roll_marks = table.Column<int>(type: "integer", nullable: false),
                    contacts = table.Column<int>(type: "integer", nullable: false)
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
                name: "election_journal",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    election_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contest_id = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    author = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    kind = table.Column<string>(type: "character varying(15)", maxLength: 15, nullable: false),
                    text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_election_journal", x => x.id);
                    table.ForeignKey(
                        name: "fk_election_journal_elections_election_id",
                        column: x => x.election_id,
                        principalTable: "elections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "election_statistics",
                columns: table => new
                {
                    election_id = table.Column<Guid>(type: "uuid", nullable: false),
                    document = table.Column<string>(type: "text", nullable: false),
                    computed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
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
                name: "election_steps",
                columns: table => new
                {
                    election_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    planned_on = table.Column<DateOnly>(type: "date", nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    done_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    waived_because = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_election_steps", x => new { x.election_id, x.step });
                    table.CheckConstraint("ck_election_steps_waived", "waived_because IS NULL OR done_at IS NOT NULL");
                    table.ForeignKey(
                        name: "fk_election_steps_election_election_id",
                        column: x => x.election_id,
                        principalTable: "elections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "public_lots",
                columns: table => new
                {
                    election_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seed = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    source = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    fixed_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    fixed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
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
                name: "roll_imports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    election_id = table.Column<Guid>(type: "uuid", nullable: false),
                    file_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    requested_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: true),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    lines = table.Column<int>(type: "integer", nullable: false),
                    lines_read = table.Column<int>(type: "integer", nullable: false),
                    imported = table.Column<int>(type: "integer", nullable: false),
                    problem_count = table.Column<int>(type: "integer", nullable: false),
                    warning_count = table.Column<int>(type: "integer", nullable: false),
                    problems_json = table.Column<string>(type: "text", nullable: false),
                    warnings_json = table.Column<string>(type: "text", nullable: false),
                    cancel_requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
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

            migrationBuilder.CreateTable(
                name: "audited_ballots",
                columns: table => new
                {
                    contest_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audited_ballots", x => new { x.contest_id, x.content_hash });
                    table.ForeignKey(
                        name: "fk_audited_ballots_contest_contest_id",
                        column: x => x.contest_id,
                        principalTable: "contests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "board_members",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    election_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    duty = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    trustee_number = table.Column<int>(type: "integer", nullable: true),
                    contest_id = table.Column<Guid>(type: "uuid", nullable: true),
                    public_key = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_board_members", x => x.id);
                    table.CheckConstraint("ck_board_members_key", "public_key IS NULL OR trustee_number IS NOT NULL");
                    table.CheckConstraint("ck_board_members_trustee", "(duty <> 'Trustee' OR trustee_number IS NOT NULL) AND (trustee_number IS NULL OR duty IN ('President', 'Trustee'))");
                    table.ForeignKey(
                        name: "fk_board_members_contest_contest_id",
                        column: x => x.contest_id,
                        principalTable: "contests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_board_members_election_election_id",
                        column: x => x.election_id,
                        principalTable: "elections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "box_checks",
                columns: table => new
                {
                    contest_id = table.Column<Guid>(type: "uuid", nullable: false),
                    checked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    height = table.Column<int>(type: "integer", nullable: false),
                    last_event = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    finding = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
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
                name: "box_events",
                columns: table => new
                {
                    contest_id = table.Column<Guid>(type: "uuid", nullable: false),
                    height = table.Column<int>(type: "integer", nullable: false),
                    type = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    event_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    credential = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    owner = table.Column<int>(type: "integer", nullable: true),
                    num_tallied = table.Column<int>(type: "integer", nullable: true),
                    total_weight = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_box_events", x => new { x.contest_id, x.height });
                    table.CheckConstraint("ck_box_events_ballot", "(type = 'Ballot') = (credential IS NOT NULL)");
                    table.CheckConstraint("ck_box_events_height", "(height = 0) = (type = 'Setup')");
                    table.CheckConstraint("ck_box_events_owner", "(type = 'PartialDecryption') = (owner IS NOT NULL)");
                    table.CheckConstraint("ck_box_events_tally", "(type = 'EncryptedTally') = (num_tallied IS NOT NULL) AND (num_tallied IS NULL) = (total_weight IS NULL)");
                    table.ForeignKey(
                        name: "fk_box_events_contest_contest_id",
                        column: x => x.contest_id,
                        principalTable: "contests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "box_readings",
                columns: table => new
                {
                    contest_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    height = table.Column<int>(type: "integer", nullable: false),
                    last_event = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    online = table.Column<int>(type: "integer", nullable: false),
                    polling_station = table.Column<int>(type: "integer", nullable: false),
                    post = table.Column<int>(type: "integer", nullable: false)
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
                name: "candidate_lists",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    contest_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    ballot_order = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_candidate_lists", x => x.id);
                    table.ForeignKey(
                        name: "fk_candidate_lists_contest_contest_id",
                        column: x => x.contest_id,
                        principalTable: "contests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "electors",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    election_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contest_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    last_name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    usual_name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    first_names = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    sex = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    born_on = table.Column<DateOnly>(type: "date", nullable: false),
                    birth_place = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    nationality = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: true),
                    national_number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    address_lines = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    post_code = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    town = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    search_text = table.Column<string>(type: "character varying(360)", maxLength: 360, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_electors", x => x.id);
                    table.CheckConstraint("ck_electors_number", "number > 0");
                    table.ForeignKey(
                        name: "fk_electors_contests_contest_id",
                        column: x => x.contest_id,
                        principalTable: "contests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_electors_elections_election_id",
                        column: x => x.election_id,
                        principalTable: "elections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "paper_counts",
                columns: table => new
                {
                    contest_id = table.Column<Guid>(type: "uuid", nullable: false),
                    typing = table.Column<int>(type: "integer", nullable: false),
                    typed_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    typed_by = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    typed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ballots = table.Column<int>(type: "integer", nullable: false),
                    blank = table.Column<int>(type: "integer", nullable: false),
                    @void = table.Column<int>(name: "void", type: "integer", nullable: false),
                    vote_list = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    is_fixed = table.Column<bool>(type: "boolean", nullable: false)
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
                name: "roll_corrections",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    election_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contest_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
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
                name: "candidates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    contest_id = table.Column<Guid>(type: "uuid", nullable: false),
                    list_id = table.Column<Guid>(type: "uuid", nullable: true),
                    list_rank = table.Column<int>(type: "integer", nullable: true),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    entered_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    first_names = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    last_name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    sex = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    born_on = table.Column<DateOnly>(type: "date", nullable: false),
                    email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    phone = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: true),
                    statement = table.Column<string>(type: "character varying(3000)", maxLength: 3000, nullable: false),
                    photo = table.Column<byte[]>(type: "bytea", nullable: true),
                    statement_pdf = table.Column<byte[]>(type: "bytea", nullable: true),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    refusal_reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ballot_order = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_candidates", x => x.id);
                    table.CheckConstraint("ck_candidates_list", "(list_id IS NULL) = (list_rank IS NULL) AND list_rank >= 1");
                    table.CheckConstraint("ck_candidates_order", "ballot_order IS NULL OR (ballot_order >= 1 AND state = 'Eligible')");
                    table.CheckConstraint("ck_candidates_refused", "(state = 'Refused') = (refusal_reason IS NOT NULL)");
                    table.CheckConstraint("ck_candidates_submitted", "(submitted_at IS NOT NULL) OR state IN ('Draft', 'Withdrawn')");
                    table.ForeignKey(
                        name: "fk_candidates_candidate_lists_list_id",
                        column: x => x.list_id,
                        principalTable: "candidate_lists",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_candidates_contest_contest_id",
                        column: x => x.contest_id,
                        principalTable: "contests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "elector_codes",
                columns: table => new
                {
                    elector_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_elector_codes", x => x.elector_id);
                    table.ForeignKey(
                        name: "fk_elector_codes_elector_elector_id",
                        column: x => x.elector_id,
                        principalTable: "electors",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "elector_credentials",
                columns: table => new
                {
                    elector_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contest_id = table.Column<Guid>(type: "uuid", nullable: false),
                    credential = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_elector_credentials", x => x.elector_id);
                    table.ForeignKey(
                        name: "fk_elector_credentials_elector_elector_id",
                        column: x => x.elector_id,
                        principalTable: "electors",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "roll_marks",
                columns: table => new
                {
                    elector_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contest_id = table.Column<Guid>(type: "uuid", nullable: false),
                    way = table.Column<string>(type: "character varying(15)", maxLength: 15, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roll_marks", x => x.elector_id);
                    table.ForeignKey(
                        name: "fk_roll_marks_contests_contest_id",
                        column: x => x.contest_id,
                        principalTable: "contests",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_roll_marks_electors_elector_id",
                        column: x => x.elector_id,
                        principalTable: "electors",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "seats",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    contest_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    turn = table.Column<int>(type: "integer", nullable: false),
                    candidate_id = table.Column<Guid>(type: "uuid", nullable: true),
                    given_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true)
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
                name: "ix_board_members_contest_id",
                table: "board_members",
                column: "contest_id");

            migrationBuilder.CreateIndex(
                name: "ix_board_members_election_id_email",
                table: "board_members",
                columns: new[] { "election_id", "email" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_board_members_election_id_trustee_number",
                table: "board_members",
                columns: new[] { "election_id", "trustee_number" },
                unique: true,
                filter: "trustee_number IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_board_members_one_president",
                table: "board_members",
                column: "election_id",
                unique: true,
                filter: "duty = 'President'");

            migrationBuilder.CreateIndex(
                name: "ix_box_events_ballots",
                table: "box_events",
                columns: new[] { "contest_id", "content_hash" },
                unique: true,
                filter: "type = 'Ballot'");

            migrationBuilder.CreateIndex(
                name: "ix_box_events_credentials",
                table: "box_events",
                columns: new[] { "contest_id", "credential" },
                filter: "credential IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_box_events_owners",
                table: "box_events",
                columns: new[] { "contest_id", "owner" },
                unique: true,
                filter: "owner IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_candidate_lists_contest_id_ballot_order",
                table: "candidate_lists",
                columns: new[] { "contest_id", "ballot_order" },
                unique: true,
                filter: "ballot_order IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_candidate_lists_contest_id_name",
                table: "candidate_lists",
                columns: new[] { "contest_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_candidates_contest_id_account_id",
                table: "candidates",
                columns: new[] { "contest_id", "account_id" },
                unique: true,
                filter: "account_id IS NOT NULL AND state <> 'Withdrawn' AND state <> 'Refused'");

            migrationBuilder.CreateIndex(
                name: "ix_candidates_contest_id_ballot_order",
                table: "candidates",
                columns: new[] { "contest_id", "ballot_order" },
                unique: true,
                filter: "ballot_order IS NOT NULL");

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

            migrationBuilder.CreateIndex(
                name: "ix_contests_election_id_neighbourhood_code",
                table: "contests",
                columns: new[] { "election_id", "neighbourhood_code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_contests_election_id_number",
                table: "contests",
                columns: new[] { "election_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_contests_election_id_polling_bureau",
                table: "contests",
                columns: new[] { "election_id", "polling_bureau" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_contests_uuid",
                table: "contests",
                column: "uuid",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_election_journal_election_id_at",
                table: "election_journal",
                columns: new[] { "election_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_elections_deliberation_id",
                table: "elections",
                column: "deliberation_id");

            migrationBuilder.CreateIndex(
                name: "ix_elections_mandate_id",
                table: "elections",
                column: "mandate_id");

            migrationBuilder.CreateIndex(
                name: "ix_elections_slug",
                table: "elections",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_elector_credentials_contest_id_credential",
                table: "elector_credentials",
                columns: new[] { "contest_id", "credential" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_electors_contest_id_number",
                table: "electors",
                columns: new[] { "contest_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_electors_election_id_born_on",
                table: "electors",
                columns: new[] { "election_id", "born_on" });

            migrationBuilder.CreateIndex(
                name: "ix_electors_election_id_national_number",
                table: "electors",
                columns: new[] { "election_id", "national_number" },
                unique: true,
                filter: "national_number IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_paper_counts_contest_id_typed_by_id",
                table: "paper_counts",
                columns: new[] { "contest_id", "typed_by_id" },
                unique: true);

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

            migrationBuilder.CreateIndex(
                name: "ix_roll_marks_contest_id_way",
                table: "roll_marks",
                columns: new[] { "contest_id", "way" });

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

            // A box is only added to, in the order of PROTOCOL.md section 9; ballots only while it is open, by the database's own clock.
            migrationBuilder.Sql("""
                CREATE FUNCTION guard_box_events() RETURNS trigger AS $$
                BEGIN
                    IF TG_OP <> 'INSERT' THEN
                        RAISE EXCEPTION 'a box is only added to';
                    END IF;
                    IF NEW.height > 0 AND NOT EXISTS (SELECT 1 FROM box_events AS last WHERE last.contest_id = NEW.contest_id AND last.height = NEW.height - 1 AND (last.type, NEW.type) IN (
                        ('Setup', 'Ballot'), ('Setup', 'EndBallots'), ('Ballot', 'Ballot'), ('Ballot', 'EndBallots'), ('EndBallots', 'EncryptedTally'),
                        ('EncryptedTally', 'PartialDecryption'), ('PartialDecryption', 'PartialDecryption'), ('PartialDecryption', 'Result'))) THEN
                        RAISE EXCEPTION 'this event cannot follow in this box';
                    END IF;
                    IF NEW.type = 'Ballot' AND NOT EXISTS (SELECT 1 FROM contests JOIN elections ON elections.id = contests.election_id WHERE contests.id = NEW.contest_id AND contests.box = 'Open' AND elections.state = 'Sealed'
                        AND elections.opens_at <= clock_timestamp() AND clock_timestamp() < elections.closes_at) THEN
                        RAISE EXCEPTION 'this box takes no ballots now';
                    END IF;
                    RETURN NEW;
                END $$ LANGUAGE plpgsql;
                CREATE TRIGGER box_events_guard BEFORE INSERT OR UPDATE OR DELETE ON box_events FOR EACH ROW EXECUTE FUNCTION guard_box_events();
                CREATE FUNCTION guard_roll_marks() RETURNS trigger AS $$
                BEGIN
                    IF TG_OP = 'UPDATE' OR EXISTS (SELECT 1 FROM contests JOIN elections ON elections.id = contests.election_id WHERE contests.id = OLD.contest_id AND elections.state = 'Sealed' AND contests.box <> 'Closed') THEN
                        RAISE EXCEPTION 'a roll mark does not change while people vote';
                    END IF;
                    RETURN OLD;
                END $$ LANGUAGE plpgsql;
                CREATE TRIGGER roll_marks_guard BEFORE UPDATE OR DELETE ON roll_marks FOR EACH ROW EXECUTE FUNCTION guard_roll_marks();
                CREATE FUNCTION guard_election_journal() RETURNS trigger AS $$
                BEGIN
                    RAISE EXCEPTION 'a journal is only added to';
                END $$ LANGUAGE plpgsql;
                CREATE TRIGGER election_journal_guard BEFORE UPDATE OR DELETE ON election_journal FOR EACH ROW EXECUTE FUNCTION guard_election_journal();
                CREATE FUNCTION guard_electors() RETURNS trigger AS $$
                BEGIN
                    IF EXISTS (SELECT 1 FROM elections WHERE id = COALESCE(NEW.election_id, OLD.election_id) AND state NOT IN ('Draft', 'Called') AND NOT (TG_OP = 'DELETE' AND state = 'Final')) THEN
                        RAISE EXCEPTION 'the roll is sealed';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                END $$ LANGUAGE plpgsql;
                CREATE TRIGGER electors_guard BEFORE INSERT OR UPDATE OR DELETE ON electors FOR EACH ROW EXECUTE FUNCTION guard_electors();
                """);

            migrationBuilder.Sql("""
                CREATE FUNCTION guard_added_to() RETURNS trigger AS $$
                BEGIN
                    RAISE EXCEPTION 'this is only added to';
                END $$ LANGUAGE plpgsql;
                CREATE TRIGGER box_readings_guard BEFORE UPDATE OR DELETE ON box_readings FOR EACH ROW EXECUTE FUNCTION guard_added_to();
                CREATE TRIGGER public_lots_guard BEFORE UPDATE OR DELETE ON public_lots FOR EACH ROW EXECUTE FUNCTION guard_added_to();
                CREATE TRIGGER destruction_records_guard BEFORE UPDATE OR DELETE ON destruction_records FOR EACH ROW EXECUTE FUNCTION guard_added_to();
                CREATE FUNCTION guard_public_lots() RETURNS trigger AS $$
                BEGIN
                    IF EXISTS (SELECT 1 FROM elections WHERE id = NEW.election_id AND state <> 'Closed') THEN
                        RAISE EXCEPTION 'a lot is drawn after the closing and before the proclamation';
                    END IF;
                    RETURN NEW;
                END $$ LANGUAGE plpgsql;
                CREATE TRIGGER public_lots_after_closing BEFORE INSERT ON public_lots FOR EACH ROW EXECUTE FUNCTION guard_public_lots();
                CREATE FUNCTION guard_paper_counts() RETURNS trigger AS $$
                BEGIN
                    IF OLD.is_fixed THEN
                        RAISE EXCEPTION 'this paper result is fixed';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                END $$ LANGUAGE plpgsql;
                CREATE TRIGGER paper_counts_guard BEFORE UPDATE OR DELETE ON paper_counts FOR EACH ROW EXECUTE FUNCTION guard_paper_counts();
                """);

            // Drawn once: neither the seed nor its source changes, or goes.
            migrationBuilder.Sql("""
                CREATE FUNCTION guard_ballot_order_draws() RETURNS trigger AS $$
                BEGIN
                    RAISE EXCEPTION 'an order is drawn once';
                END $$ LANGUAGE plpgsql;
                CREATE TRIGGER ballot_order_draws_guard BEFORE UPDATE OR DELETE ON ballot_order_draws FOR EACH ROW EXECUTE FUNCTION guard_ballot_order_draws();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP FUNCTION guard_box_events CASCADE; DROP FUNCTION guard_roll_marks CASCADE; DROP FUNCTION guard_election_journal CASCADE; DROP FUNCTION guard_electors CASCADE;");
            migrationBuilder.Sql("DROP FUNCTION guard_added_to CASCADE; DROP FUNCTION guard_public_lots CASCADE; DROP FUNCTION guard_paper_counts CASCADE;");
            migrationBuilder.Sql("DROP FUNCTION guard_ballot_order_draws CASCADE;");
            migrationBuilder.DropTable(
                name: "audited_ballots");

            migrationBuilder.DropTable(
                name: "ballot_order_draws");

            migrationBuilder.DropTable(
                name: "board_members");

            migrationBuilder.DropTable(
                name: "box_checks");

            migrationBuilder.DropTable(
                name: "box_events");

            migrationBuilder.DropTable(
                name: "box_readings");

            migrationBuilder.DropTable(
                name: "ceremony_messages");

            migrationBuilder.DropTable(
                name: "credential_attempts");

            migrationBuilder.DropTable(
                name: "destruction_records");

            migrationBuilder.DropTable(
                name: "election_journal");

            migrationBuilder.DropTable(
                name: "election_statistics");

            migrationBuilder.DropTable(
                name: "election_steps");

            migrationBuilder.DropTable(
                name: "elector_codes");

            migrationBuilder.DropTable(
                name: "elector_credentials");

            migrationBuilder.DropTable(
                name: "paper_counts");

            migrationBuilder.DropTable(
                name: "public_lots");

            migrationBuilder.DropTable(
                name: "roll_corrections");

            migrationBuilder.DropTable(
                name: "roll_imports");

            migrationBuilder.DropTable(
                name: "roll_marks");

            migrationBuilder.DropTable(
                name: "seats");

            migrationBuilder.DropTable(
                name: "electors");

            migrationBuilder.DropTable(
                name: "candidates");

            migrationBuilder.DropTable(
                name: "candidate_lists");

            migrationBuilder.DropTable(
                name: "contests");

            migrationBuilder.DropTable(
                name: "elections");
        }
    }
}
