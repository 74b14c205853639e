using System.Globalization;
using ActiveCitizens.Web.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Accounts;

/// <summary>A code of an authenticator app that was accepted: whoever looked over a shoulder cannot use it again (RFC 6238, section 5.2).</summary>
public sealed class UsedAuthenticatorCode
{
    public required Guid AccountId { get; init; }
    public required string Code { get; init; }

    /// <summary>Seconds since 1970, UTC.</summary>
    public required long UsedAtSeconds { get; init; }
}

internal sealed class UsedAuthenticatorCodeMapping : IEntityTypeConfiguration<UsedAuthenticatorCode>
{
    public void Configure(EntityTypeBuilder<UsedAuthenticatorCode> builder)
    {
        builder.ToTable("used_authenticator_codes");
        builder.HasKey(used => new { used.AccountId, used.Code });
        builder.Property(used => used.Code).HasMaxLength(6);
        builder.HasOne<Account>().WithMany().HasForeignKey(used => used.AccountId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>Identity's check of a code, which accepts each code once.</summary>
internal sealed class SingleUseAuthenticator(CityDbContext db, TimeProvider clock) : AuthenticatorTokenProvider<Account>
{
    // Longer than any clock may be off; later the same six digits are another code.
    private const long RememberedSeconds = 600;

    public override async Task<bool> ValidateAsync(string purpose, string token, UserManager<Account> manager, Account user) =>
        await base.ValidateAsync(purpose, token, manager, user) && await TakeAsync(user.Id, int.Parse(token, CultureInfo.CurrentCulture).ToString("D6", CultureInfo.InvariantCulture));

    // Written at once and apart from whatever the page is about to save; the database decides between two at the same time.
    private async Task<bool> TakeAsync(Guid accountId, string code)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        await db.Set<UsedAuthenticatorCode>().Where(used => used.AccountId == accountId && used.UsedAtSeconds < now - RememberedSeconds).ExecuteDeleteAsync();
        return await db.Database.ExecuteSqlAsync($"INSERT INTO used_authenticator_codes (account_id, code, used_at_seconds) VALUES ({accountId}, {code}, {now}) ON CONFLICT DO NOTHING") == 1;
    }
}
