using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Accounts;

/// <summary>A role given to an account from one day to another, with the reason; withdrawn, never deleted.</summary>
public sealed class RoleGrant
{
    public const int ReasonMaxLength = 300;
    public const int ScopeMaxLength = 80;

    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required Role Role { get; init; }

    /// <summary>Where it holds: a neighbourhood's code (<c>Q14</c>), a department's name, or empty for the whole city.</summary>
    public required string Scope { get; init; }
    public required DateTimeOffset ValidFrom { get; init; }
    public required DateTimeOffset? ValidUntil { get; init; }
    public required string Reason { get; init; }
    public required Guid? GrantedById { get; init; }
    public required DateTimeOffset GrantedAt { get; init; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public Guid? WithdrawnById { get; private set; }
    public string? WithdrawalReason { get; private set; }

    public bool HoldsAt(DateTimeOffset now) => WithdrawnAt is null && ValidFrom <= now && (ValidUntil is null || now < ValidUntil);

    public void Withdraw(DateTimeOffset now, Guid? by, string reason)
    {
        if (WithdrawnAt is not null)
        {
            throw new InvalidOperationException($"Role grant {Id} is already withdrawn.");
        }

        (WithdrawnAt, WithdrawnById, WithdrawalReason) = (now, by, reason.Trim());
    }
}

internal sealed class RoleGrantMapping : IEntityTypeConfiguration<RoleGrant>
{
    public void Configure(EntityTypeBuilder<RoleGrant> builder)
    {
        builder.ToTable("role_grants", table =>
        {
            table.HasCheckConstraint("ck_role_grants_dates", "valid_until IS NULL OR valid_until > valid_from");
            table.HasCheckConstraint("ck_role_grants_withdrawal", "(withdrawn_at IS NULL) = (withdrawal_reason IS NULL)");
        });
        builder.Property(grant => grant.Id).ValueGeneratedNever();
        builder.Property(grant => grant.Role).HasConversion<string>().HasMaxLength(30);
        builder.Property(grant => grant.Scope).HasMaxLength(RoleGrant.ScopeMaxLength);
        builder.Property(grant => grant.Reason).HasMaxLength(RoleGrant.ReasonMaxLength);
        builder.Property(grant => grant.WithdrawalReason).HasMaxLength(RoleGrant.ReasonMaxLength);
        builder.HasOne<Account>().WithMany().HasForeignKey(grant => grant.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(grant => new { grant.AccountId, grant.Role, grant.Scope }).IsUnique().HasFilter("withdrawn_at IS NULL");
    }
}
