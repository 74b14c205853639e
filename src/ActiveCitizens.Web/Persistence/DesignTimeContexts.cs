using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ActiveCitizens.Web.Persistence;

// Only `dotnet ef` uses these; neither needs a server to write a migration.
public sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteCityDbContext>
{
    public SqliteCityDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteCityDbContext>().UseApplicationServiceProvider(DesignTime.Services);
        SqliteCityDbContext.Configure(options, "Data Source=design-time.db");
        return new SqliteCityDbContext(options.Options);
    }
}

public sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresCityDbContext>
{
    public PostgresCityDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresCityDbContext>().UseApplicationServiceProvider(DesignTime.Services);
        PostgresCityDbContext.Configure(options, "Host=localhost;Database=design_time");
        return new PostgresCityDbContext(options.Options);
    }
}

internal static class DesignTime
{
    public static readonly IServiceProvider Services = new ServiceCollection().Configure<IdentityOptions>(CityDbContext.UseStoreVersion).BuildServiceProvider();
}
