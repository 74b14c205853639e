using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Accounts;

public enum ResidenceProof { Desk, Letter }

/// <summary>That an account's holder lives in a neighbourhood, and how this was proved. The papers shown are not kept.</summary>
public sealed class ResidenceVerification
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }

    /// <summary>Code of the neighbourhood, such as <c>Q14</c>.</summary>
    public required string NeighbourhoodCode { get; init; }
    public required ResidenceProof Proof { get; init; }

    /// <summary>The officer at the desk; null when proved by letter.</summary>
    public required Guid? VerifiedById { get; init; }
    public required DateTimeOffset VerifiedAt { get; init; }
    public DateTimeOffset? EndedAt { get; private set; }

    public void End(DateTimeOffset now) => EndedAt ??= now;
}

/// <summary>A request for a code by letter: who, where, and later whether the code of that letter was typed in.</summary>
public sealed class ResidenceLetter
{
    public const int MaxAttempts = 5;
    public const int AddressMaxLength = 200;
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromDays(30);

    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required string RecipientName { get; set; }
    public required string Address { get; set; }
    public required string NeighbourhoodCode { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset? PrintedAt { get; private set; }
    public Guid? PrintedById { get; private set; }
    public string? CodeHash { get; private set; }
    public DateTimeOffset? CodeExpiresAt { get; private set; }
    public int FailedAttempts { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Prints (again): the code of an earlier print no longer counts.</summary>
    public void Print(string codeHash, Guid officerId, DateTimeOffset now)
    {
        if (ClosedAt is not null)
        {
            throw new InvalidOperationException($"Residence letter {Id} is closed.");
        }

        (CodeHash, PrintedById, PrintedAt, CodeExpiresAt, FailedAttempts) = (codeHash, officerId, now, now + CodeLifetime, 0);
    }

    public bool AcceptsCodeAt(DateTimeOffset now) => ClosedAt is null && CodeHash is not null && now < CodeExpiresAt && FailedAttempts < MaxAttempts;

    /// <summary>Ends the request and forgets the postal address, which has served.</summary>
    public void Close(DateTimeOffset now) => (ClosedAt, CodeHash, RecipientName, Address) = (now, null, "", "");
}

internal sealed class ResidenceVerificationMapping : IEntityTypeConfiguration<ResidenceVerification>
{
    public void Configure(EntityTypeBuilder<ResidenceVerification> builder)
    {
        builder.ToTable("residence_verifications", table => table.HasCheckConstraint("ck_residence_verifications_desk", "proof <> 'Desk' OR verified_by_id IS NOT NULL"));
        builder.Property(verification => verification.Id).ValueGeneratedNever();
        builder.Property(verification => verification.Proof).HasConversion<string>().HasMaxLength(10);
        builder.Property(verification => verification.NeighbourhoodCode).HasMaxLength(20);
        builder.HasOne<Account>().WithMany().HasForeignKey(verification => verification.AccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(verification => verification.AccountId).IsUnique().HasFilter("ended_at IS NULL");
    }
}

internal sealed class ResidenceLetterMapping : IEntityTypeConfiguration<ResidenceLetter>
{
    public void Configure(EntityTypeBuilder<ResidenceLetter> builder)
    {
        builder.ToTable("residence_letters");
        builder.Property(letter => letter.Id).ValueGeneratedNever();
        builder.Property(letter => letter.RecipientName).HasMaxLength(Account.DisplayNameMaxLength);
        builder.Property(letter => letter.Address).HasMaxLength(ResidenceLetter.AddressMaxLength);
        builder.Property(letter => letter.NeighbourhoodCode).HasMaxLength(20);
        builder.Property(letter => letter.CodeHash).HasMaxLength(64).IsFixedLength();
        builder.HasOne<Account>().WithMany().HasForeignKey(letter => letter.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(letter => letter.AccountId).IsUnique().HasFilter("closed_at IS NULL");
    }
}
