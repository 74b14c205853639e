using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Administration.AppointAdministrator;
using ActiveCitizens.Web.Features.Administration.VerifyAuditLog;
using ActiveCitizens.Web.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Tests.Administration;

public sealed class OperatorCommandTests
{
    [Theory, InlineData(Database.Sqlite), InlineData(Database.Postgres)]
    public async Task The_operator_names_the_first_administrator_and_checks_the_log(Database database)
    {
        await using var city = new CityFactory(database);
        var said = new StringWriter();
        Assert.Equal(0, await city.Services.AppointAdministratorAsync("agen", "clerk@example.org", said, CancellationToken.None));
        Assert.Equal(0, await city.Services.AppointAdministratorAsync("agen", "clerk@example.org", said, CancellationToken.None));
        Assert.Equal(Role.Administrator, city.InDb(db => db.Set<RoleGrant>().SingleAsync()).Role);
        Assert.Equal(2, await city.Services.AppointAdministratorAsync("cento", "clerk@example.org", said, CancellationToken.None));
        Assert.Equal(2, await city.Services.AppointAdministratorAsync("agen", "not an address", said, CancellationToken.None));

        Assert.Equal(0, await city.Services.VerifyAuditAsync(said, CancellationToken.None));
        Assert.Contains("agen: intact, 2 entries", said.ToString(), StringComparison.Ordinal);
        city.InDb(async db =>
        {
            await db.Database.ExecuteSqlRawAsync(database == Database.Sqlite ? "DROP TRIGGER audit_entries_no_update" : "DROP TRIGGER audit_entries_append_only ON audit_entries");
            await db.Database.ExecuteSqlRawAsync("UPDATE audit_entries SET action = 'nothing' WHERE sequence = 2");
        });
        Assert.Equal(1, await city.Services.VerifyAuditAsync(said, CancellationToken.None));
        Assert.Contains("BROKEN at entry 2", said.ToString(), StringComparison.Ordinal);
    }
}
