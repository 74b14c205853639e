using ActiveCitizens.Web.Features.Shared.Languages;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Accounts;

/// <summary>A person known to one city's site. After deletion only its id stays, so that public decisions keep an anonymous trace.</summary>
public sealed class Account : IdentityUser<Guid>
{
    public const int DisplayNameMaxLength = 80;

    /// <summary>The name shown to others; null once deleted.</summary>
    public string? DisplayName { get; private set; }

    /// <summary>The name as administrators search for it.</summary>
    public string? SearchName { get; private set; }
    public required string Language { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DeletedAt { get; private set; }

    public static Account Create(string email, string displayName, string language, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var account = new Account
        {
            Id = id,
            UserName = id.ToString("N"),
            Email = email.Trim(),
            EmailConfirmed = true,
            Language = language,
            CreatedAt = now,
        };
        account.Rename(displayName);
        return account;
    }

    public void Rename(string displayName) => (DisplayName, SearchName) = (displayName.Trim(), Folding.Fold(displayName.Trim()));

    /// <summary>Takes out everything that says who this was. Sign-in methods, sessions and roles are removed by the handler.</summary>
    public void Anonymise(DateTimeOffset now)
    {
        (Email, NormalizedEmail, EmailConfirmed, DisplayName, SearchName, PhoneNumber, PasswordHash) = (null, null, false, null, null, null, null);
        (TwoFactorEnabled, AccessFailedCount, LockoutEnd) = (false, 0, null);
        SecurityStamp = Guid.NewGuid().ToString("N");
        DeletedAt = now;
    }
}

internal sealed class AccountMapping : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("accounts");
        builder.Property(account => account.Id).ValueGeneratedNever();
        builder.Property(account => account.DisplayName).HasMaxLength(Account.DisplayNameMaxLength);
        builder.Property(account => account.SearchName).HasMaxLength(2 * Account.DisplayNameMaxLength);
        builder.Property(account => account.Language).HasMaxLength(5);
        // Identity's own index is not unique: two people confirming one address at once must not make two accounts.
        builder.HasIndex(account => account.NormalizedEmail).HasDatabaseName("ix_accounts_normalized_email").IsUnique();
    }
}
