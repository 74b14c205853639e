using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Audit;
using ActiveCitizens.Web.Persistence;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Tests.Administration;

public sealed class AuditTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 9, 0, 0, 123, 456, TimeSpan.Zero);

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task Simultaneous_acts_make_one_chain_without_fork_or_gap(Database database)
    {
        await using var city = TestDatabase.Create(database);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => ActAsync(city, i)));
        await using var db = city.Open();
        Assert.Equal(40, Assert.IsType<AuditVerdict.Intact>(await AuditChain.VerifyAsync(db, CancellationToken.None)).Entries);
    }

    [Theory]
    [InlineData(Database.Sqlite, "UPDATE audit_entries SET details = '{}'"), InlineData(Database.Postgres, "UPDATE audit_entries SET details = '{}'")]
    [InlineData(Database.Sqlite, "DELETE FROM audit_entries"), InlineData(Database.Postgres, "DELETE FROM audit_entries")]
    [InlineData(Database.Postgres, "TRUNCATE audit_entries")]
    public async Task The_database_itself_refuses_to_change_the_log(Database database, string sql)
    {
        await using var city = TestDatabase.Create(database);
        await ActAsync(city, 1);
        await using var db = city.Open();
        var refusal = await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Database.ExecuteSqlRawAsync(Escaped(sql)));
        Assert.Contains("append-only", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, await db.Set<AuditEntry>().CountAsync());
    }

    // An intruder who owns the database drops the guard first.
    [Theory]
    [InlineData(Database.Sqlite, "UPDATE audit_entries SET details = '{\"n\":99}' WHERE sequence = 3", 3)]
    [InlineData(Database.Sqlite, "UPDATE audit_entries SET actor_id = NULL WHERE sequence = 5", 5)]
    [InlineData(Database.Sqlite, "DELETE FROM audit_entries WHERE sequence = 4", 4)]
    [InlineData(Database.Sqlite, "DELETE FROM audit_entries WHERE sequence = 6", 6)]
    [InlineData(Database.Postgres, "UPDATE audit_entries SET details = '{\"n\":99}' WHERE sequence = 3", 3)]
    [InlineData(Database.Postgres, "UPDATE audit_entries SET at = at + interval '1 second' WHERE sequence = 2", 2)]
    [InlineData(Database.Postgres, "DELETE FROM audit_entries WHERE sequence = 1", 1)]
    public async Task Checking_the_chain_names_the_first_entry_tampered_with(Database database, string tampering, long first)
    {
        await using var city = TestDatabase.Create(database);
        for (var i = 0; i < 6; i++)
        {
            await ActAsync(city, i);
        }

        await using var db = city.Open();
        foreach (var guard in database == Database.Sqlite
            ? new[] { "DROP TRIGGER audit_entries_no_update", "DROP TRIGGER audit_entries_no_delete" }
            : ["DROP TRIGGER audit_entries_append_only ON audit_entries"])
        {
            await db.Database.ExecuteSqlRawAsync(guard);
        }

        await db.Database.ExecuteSqlRawAsync(Escaped(tampering));
        Assert.Equal(first, Assert.IsType<AuditVerdict.Broken>(await AuditChain.VerifyAsync(db, CancellationToken.None)).Sequence);
    }

    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task An_act_that_fails_leaves_no_entry(Database database)
    {
        await using var city = TestDatabase.Create(database);
        await using (var db = city.Open())
        {
            db.Add(new RoleGrant { Id = Guid.CreateVersion7(At), AccountId = Guid.NewGuid(), Role = Role.Mayor, Scope = "", ValidFrom = At, ValidUntil = null, Reason = "no such account", GrantedById = null, GrantedAt = At });
            db.Audit(new AuditEvent(At, null, "role.granted", "account:?", new { }));
            await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        }

        await using var after = city.Open();
        Assert.Equal(0, Assert.IsType<AuditVerdict.Intact>(await AuditChain.VerifyAsync(after, CancellationToken.None)).Entries);
    }

    // Contexts come from a pool: the same one serves the next request.
    [Fact]
    public async Task An_act_given_up_before_saving_is_not_written_with_the_next_one()
    {
        await using var city = new CityFactory(Database.Sqlite);
        CityDbContext? first = null;
        city.InDb(db =>
        {
            first = db;
            db.Audit(new AuditEvent(At, null, "test.given-up", "thing:1", new { }));
            return Task.CompletedTask;
        });
        city.InDb(async db =>
        {
            Assert.Same(first, db);
            db.Audit(new AuditEvent(At, null, "test.act", "thing:2", new { }));
            await db.SaveChangesAsync();
        });
        Assert.Equal(["test.act"], city.InDb(db => db.Set<AuditEntry>().Where(entry => entry.Subject.StartsWith("thing:")).Select(entry => entry.Action).ToListAsync()));
    }

    [Fact]
    public async Task The_administrator_sees_the_log_checks_it_and_takes_it_away()
    {
        await using var city = new CityFactory(Database.Sqlite);
        var administrator = city.SignedIn(Role.Administrator);
        await administrator.FillAndPostAsync("/account/data", new Dictionary<string, string>());
        var page = await CityBrowser.ParseAsync(await administrator.FillAndPostAsync("/administration/audit", new Dictionary<string, string>(), "#verify"));
        Assert.Contains("La chaîne est intacte", CityBrowser.TextOf(page), StringComparison.Ordinal);
        Assert.Contains("data.downloaded", CityBrowser.TextOf(page), StringComparison.Ordinal);
        var file = await (await administrator.GetAsync("/administration/audit/download")).Content.ReadAsStringAsync();
        Assert.Contains("\"action\":\"data.downloaded\"", file, StringComparison.Ordinal);
    }

    // Braces are parameters to ExecuteSqlRaw.
    private static string Escaped(string sql) => sql.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    private static async Task ActAsync(TestDatabase city, int number)
    {
        await using var db = city.Open();
        db.Audit(new AuditEvent(At.AddSeconds(number), number % 2 == 0 ? Guid.NewGuid() : null, "test.act", $"thing:{number}", new { n = number, text = "é « \" »" }));
        await db.SaveChangesAsync();
    }
}
