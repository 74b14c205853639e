using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Accounts;

/// <summary>A link that proves an e-mail address. Only the hash of its token is kept.</summary>
public sealed class SignInLink
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public required Guid Id { get; init; }
    public required string Email { get; init; }
    public required string NormalizedEmail { get; init; }
    public required string TokenHash { get; init; }
    public required string ReturnPath { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>True for the printed links of the demonstration city's personas: usable again and again, second factor included.</summary>
    public required bool IsDemonstration { get; init; }
    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>32 random bytes in base64url: 43 characters.</summary>
    public static string NewToken() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)));
}

internal sealed class SignInLinkMapping : IEntityTypeConfiguration<SignInLink>
{
    public void Configure(EntityTypeBuilder<SignInLink> builder)
    {
        builder.ToTable("sign_in_links");
        builder.Property(link => link.Id).ValueGeneratedNever();
        builder.Property(link => link.Email).HasMaxLength(256);
        builder.Property(link => link.NormalizedEmail).HasMaxLength(256);
        builder.Property(link => link.TokenHash).HasMaxLength(64).IsFixedLength();
        builder.Property(link => link.ReturnPath).HasMaxLength(500);
        builder.HasIndex(link => link.TokenHash).IsUnique();
        builder.HasIndex(link => new { link.NormalizedEmail, link.CreatedAt });
    }
}
