using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Elections;

public enum Sex { Female, Male }

/// <summary>A person on the roll of one election, at one polling bureau.</summary>
public sealed class Elector
{
    public const int NameMaxLength = 120;
    public const int AddressMaxLength = 200;
    public const int EmailMaxLength = 256;
    public const int NationalNumberMaxLength = 20;

    public required Guid Id { get; init; }
    public required Guid ElectionId { get; init; }
    public required Guid ContestId { get; init; }

    /// <summary>Number within the bureau, from 1: printed in the letter, before the code.</summary>
    public required int Number { get; init; }
    public required string LastName { get; init; }

    /// <summary>The name in daily use, where it differs from the name at birth.</summary>
    public required string? UsualName { get; init; }
    public required string FirstNames { get; init; }
    public required Sex? Sex { get; init; }
    public required DateOnly BornOn { get; init; }
    public required string? BirthPlace { get; init; }
    public required string? Nationality { get; init; }

    /// <summary>National number of the elector, where the file has one.</summary>
    public required string? NationalNumber { get; init; }

    /// <summary>Number, street and complement, on one to three lines.</summary>
    public required string AddressLines { get; init; }
    public required string PostCode { get; init; }
    public required string Town { get; init; }
    public required string? Email { get; init; }

    /// <summary>Surname and first names without accents and capitals, for the desk's search.</summary>
    public required string SearchText { get; init; }

    public string FullName => $"{FirstNames} {UsualName ?? LastName}";
}

internal sealed class ElectorMapping : IEntityTypeConfiguration<Elector>
{
    public void Configure(EntityTypeBuilder<Elector> builder)
    {
        builder.ToTable("electors", table => table.HasCheckConstraint("ck_electors_number", "number > 0"));
        builder.Property(elector => elector.Id).ValueGeneratedNever();
        builder.Property(elector => elector.LastName).HasMaxLength(Elector.NameMaxLength);
        builder.Property(elector => elector.UsualName).HasMaxLength(Elector.NameMaxLength);
        builder.Property(elector => elector.FirstNames).HasMaxLength(Elector.NameMaxLength);
        builder.Property(elector => elector.Sex).HasConversion<string>().HasMaxLength(10);
        builder.Property(elector => elector.BirthPlace).HasMaxLength(Elector.NameMaxLength);
        builder.Property(elector => elector.Nationality).HasMaxLength(Elector.NameMaxLength);
        builder.Property(elector => elector.NationalNumber).HasMaxLength(Elector.NationalNumberMaxLength);
        builder.Property(elector => elector.AddressLines).HasMaxLength(Elector.AddressMaxLength);
        builder.Property(elector => elector.PostCode).HasMaxLength(10);
        builder.Property(elector => elector.Town).HasMaxLength(Elector.NameMaxLength);
        builder.Property(elector => elector.Email).HasMaxLength(Elector.EmailMaxLength);
        builder.Property(elector => elector.SearchText).HasMaxLength(3 * Elector.NameMaxLength);
        builder.Ignore(elector => elector.FullName);
        builder.HasOne<Election>().WithMany().HasForeignKey(elector => elector.ElectionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Contest>().WithMany().HasForeignKey(elector => elector.ContestId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(elector => new { elector.ContestId, elector.Number }).IsUnique();
        // "Am I on the roll?" asks by date of birth.
        builder.HasIndex(elector => new { elector.ElectionId, elector.BornOn });
        builder.HasIndex(elector => new { elector.ElectionId, elector.NationalNumber }).IsUnique().HasFilter("national_number IS NOT NULL");
    }
}

/// <summary>How somebody voted, as the roll says it.</summary>
public enum VotingWay { Online, PollingStation, Post }

/// <summary>
/// That an elector has voted, and which way: nothing more. One row per elector, so that whoever voted one way is refused the others by the database
/// itself. It bears no time, and when the boxes are closed all rows are written anew in the order of the roll.
/// </summary>
public sealed class RollMark
{
    public required Guid ElectorId { get; init; }
    public required Guid ContestId { get; init; }
    public required VotingWay Way { get; init; }
}

internal sealed class RollMarkMapping : IEntityTypeConfiguration<RollMark>
{
    public void Configure(EntityTypeBuilder<RollMark> builder)
    {
        builder.ToTable("roll_marks");
        builder.HasKey(mark => mark.ElectorId);
        builder.Property(mark => mark.Way).HasConversion<string>().HasMaxLength(15);
        builder.HasOne<Elector>().WithMany().HasForeignKey(mark => mark.ElectorId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Contest>().WithMany().HasForeignKey(mark => mark.ContestId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(mark => new { mark.ContestId, mark.Way });
    }
}

/// <summary>
/// Which public credential an elector votes with, fixed by the first ballot: one elector, one credential. The only place that joins the roll and the
/// box; destroyed when the boxes are closed.
/// </summary>
public sealed class ElectorCredential
{
    public required Guid ElectorId { get; init; }
    public required Guid ContestId { get; init; }
    public required string Credential { get; init; }
}

internal sealed class ElectorCredentialMapping : IEntityTypeConfiguration<ElectorCredential>
{
    public void Configure(EntityTypeBuilder<ElectorCredential> builder)
    {
        builder.ToTable("elector_credentials");
        builder.HasKey(one => one.ElectorId);
        builder.Property(one => one.Credential).HasMaxLength(BoxEvent.CredentialMaxLength);
        builder.HasOne<Elector>().WithMany().HasForeignKey(one => one.ElectorId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(one => new { one.ContestId, one.Credential }).IsUnique();
    }
}

/// <summary>
/// Wrong second secrets given with ballots that a credential had signed. Only the holder of a letter can make them, so that nobody can lock out
/// anybody else.
/// </summary>
public sealed class CredentialAttempts
{
    public const int Allowed = 5;
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    public required Guid ContestId { get; init; }
    public required string Credential { get; init; }
    public int Failures { get; private set; }
    public DateTimeOffset? LockedUntil { get; private set; }

    public bool IsLockedAt(DateTimeOffset now) => now < LockedUntil;

    public int Left => Math.Max(0, Allowed - Failures);

    public void Fail(DateTimeOffset now)
    {
        Failures++;
        if (Failures >= Allowed)
        {
            (Failures, LockedUntil) = (0, now + LockedFor);
        }
    }
}

internal sealed class CredentialAttemptsMapping : IEntityTypeConfiguration<CredentialAttempts>
{
    public void Configure(EntityTypeBuilder<CredentialAttempts> builder)
    {
        builder.ToTable("credential_attempts");
        builder.HasKey(one => new { one.ContestId, one.Credential });
        builder.Property(one => one.Credential).HasMaxLength(BoxEvent.CredentialMaxLength);
        builder.Property(one => one.Failures).IsConcurrencyToken();
        builder.Ignore(one => one.Left);
    }
}

/// <summary>A code sent to an elector's e-mail address, as the second secret of an election that chose it. Kept as a hash, replaced by the next one.</summary>
public sealed class ElectorCode
{
    public static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(20);

    public required Guid ElectorId { get; init; }

    /// <summary>SHA-256 of the elector's id and the code, 64 hexadecimal digits.</summary>
    public required string CodeHash { get; set; }
    public required DateTimeOffset SentAt { get; set; }

    public static string HashOf(Guid electorId, string code) => Voting.Json.Digest.Of($"{electorId:N}|{code}").Hex;
}

internal sealed class ElectorCodeMapping : IEntityTypeConfiguration<ElectorCode>
{
    public void Configure(EntityTypeBuilder<ElectorCode> builder)
    {
        builder.ToTable("elector_codes");
        builder.HasKey(one => one.ElectorId);
        builder.Property(one => one.CodeHash).HasMaxLength(64);
        builder.HasOne<Elector>().WithMany().HasForeignKey(one => one.ElectorId).OnDelete(DeleteBehavior.Restrict);
    }
}
