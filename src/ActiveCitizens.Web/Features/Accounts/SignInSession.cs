using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Accounts;

public enum SignInMethod { EmailLink, Password, Passkey, Demonstration }

/// <summary>One signed-in browser. Kept on the server so that it can be seen and ended from elsewhere; the address is not kept.</summary>
public sealed class SignInSession
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required SignInMethod Method { get; init; }
    public required bool SecondFactor { get; set; }

    /// <summary>Browser and system in a few words, such as "Firefox, Android".</summary>
    public required string Device { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; set; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? EndedAt { get; private set; }

    public bool IsOpenAt(DateTimeOffset now) => EndedAt is null && now < ExpiresAt;

    public void End(DateTimeOffset now) => EndedAt ??= now;
}

internal sealed class SignInSessionMapping : IEntityTypeConfiguration<SignInSession>
{
    public void Configure(EntityTypeBuilder<SignInSession> builder)
    {
        builder.ToTable("sign_in_sessions");
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder.Property(session => session.Method).HasConversion<string>().HasMaxLength(20);
        builder.Property(session => session.Device).HasMaxLength(80);
        builder.HasOne<Account>().WithMany().HasForeignKey(session => session.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(session => session.AccountId);
    }
}
