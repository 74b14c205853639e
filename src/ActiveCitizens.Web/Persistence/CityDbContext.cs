using ActiveCitizens.Web.Features.Accounts;
using ActiveCitizens.Web.Features.Shared.Audit;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace ActiveCitizens.Web.Persistence;

/// <summary>
/// One city's database. Every area maps its own entities (<see cref="IEntityTypeConfiguration{TEntity}"/> beside the entity);
/// what the two databases do differently is in <see cref="SqliteCityDbContext"/> and <see cref="PostgresCityDbContext"/>.
/// </summary>
public abstract class CityDbContext(DbContextOptions options) : IdentityUserContext<Account, Guid>(options)
{
    private readonly List<AuditEvent> _audited = [];

    /// <summary>Identity reads the version of its tables (3: with passkeys) from the options of the application.</summary>
    public static void UseStoreVersion(IdentityOptions options) => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;

    /// <summary>Keeps an event for the audit log; it is written by the next save, in the same transaction as the act.</summary>
    public void Audit(AuditEvent audited) => _audited.Add(audited);

    /// <summary>Called when the context leaves its pool: what somebody gave up before must not be written with the next act.</summary>
    internal CityDbContext Renewed()
    {
        _audited.Clear();
        return this;
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (_audited.Count == 0)
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }

        var events = _audited.ToArray();
        _audited.Clear();
        await using var transaction = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellationToken) : null;
        // The head first: its row lock puts simultaneous acts in one order, so that the chain has no fork.
        await AuditChain.AppendAsync(this, events, cancellationToken);
        var written = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return written;
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        _audited.Count == 0 ? base.SaveChanges(acceptAllChangesOnSuccess) : throw new InvalidOperationException("Audited changes are saved with SaveChangesAsync.");

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(CityDbContext).Assembly);
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("account_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("account_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("account_tokens");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("account_passkeys");
    }
}
