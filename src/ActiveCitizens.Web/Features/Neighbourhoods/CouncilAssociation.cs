using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Neighbourhoods;

/// <summary>A neighbourhood council as an association (law of 1 July 1901): from its constitution on it can sign.</summary>
public sealed class CouncilAssociation
{
    public const int RnaLength = 10;

    public required Guid Id { get; init; }

    /// <summary>The <see cref="Neighbourhood.Code"/>, which outlives every version of the boundaries.</summary>
    public required string NeighbourhoodCode { get; init; }

    /// <summary>Number in the national register of associations: W and nine digits.</summary>
    public required string RnaNumber { get; init; }
    public required DateOnly ConstitutedOn { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>What of it was made up for a demonstration; null when nothing was.</summary>
    public string? IllustrativeRemark { get; init; }

    /// <summary>The number as the register writes it, whatever spaces and small letters were typed; null when it is none.</summary>
    public static string? RnaOf(string typed)
    {
        var number = typed.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return number.Length == RnaLength && number[0] == 'W' && number.AsSpan(1).ContainsAnyExceptInRange('0', '9') is false ? number : null;
    }
}

/// <summary>One version of an association's statutes, as adopted; the next version stands beside it.</summary>
public sealed class CouncilStatutes
{
    public const int TextMaxLength = 50_000;

    public required Guid AssociationId { get; init; }

    /// <summary>1, 2, 3 …</summary>
    public required int Version { get; init; }
    public required DateOnly AdoptedOn { get; init; }
    public required string Text { get; init; }
}

/// <summary>An office of an association. Stored by name.</summary>
public enum CouncilOfficeKind
{
    President,
    VicePresident,
    Treasurer,
    DeputyTreasurer,
    Secretary,
    DeputySecretary,
}

/// <summary>Somebody's time in an office of the association.</summary>
public sealed class CouncilOffice
{
    public const int NameMaxLength = 120;

    public required Guid Id { get; init; }
    public required Guid AssociationId { get; init; }
    public required CouncilOfficeKind Office { get; init; }
    public required string HolderName { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>The last day, included; null while it is held.</summary>
    public DateOnly? Until { get; private set; }

    /// <summary>False when it had ended before.</summary>
    public bool End(DateOnly lastDay)
    {
        if (Until is not null)
        {
            return false;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(lastDay, From);
        Until = lastDay;
        return true;
    }
}

/// <summary>A general meeting with its minutes.</summary>
public sealed class CouncilMeeting
{
    public const int MinutesMaxLength = 50_000;

    public required Guid Id { get; init; }
    public required Guid AssociationId { get; init; }
    public required DateOnly HeldOn { get; init; }
    public required int PresentCount { get; init; }
    public required string Minutes { get; init; }
}

/// <summary>A line of the member register: seen by the council's own councillors and by administrators, never published.</summary>
public sealed class CouncilMember
{
    public const int NameMaxLength = 120;

    public required Guid Id { get; init; }
    public required Guid AssociationId { get; init; }
    public required string Name { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>The last day, included; null while a member.</summary>
    public DateOnly? Until { get; private set; }

    /// <summary>False when the membership had ended before.</summary>
    public bool End(DateOnly lastDay)
    {
        if (Until is not null)
        {
            return false;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(lastDay, From);
        Until = lastDay;
        return true;
    }
}

internal sealed class CouncilAssociationMapping : IEntityTypeConfiguration<CouncilAssociation>
{
    public void Configure(EntityTypeBuilder<CouncilAssociation> builder)
    {
        builder.ToTable("council_associations", table => table.HasCheckConstraint("ck_council_associations_rna", "rna_number LIKE 'W_________' AND length(rna_number) = 10"));
        builder.Property(council => council.Id).ValueGeneratedNever();
        builder.Property(council => council.NeighbourhoodCode).HasMaxLength(Neighbourhood.CodeMaxLength);
        builder.Property(council => council.RnaNumber).HasMaxLength(CouncilAssociation.RnaLength);
        builder.Property(council => council.IllustrativeRemark).HasMaxLength(400);
        builder.HasIndex(council => council.NeighbourhoodCode).IsUnique();
        builder.HasIndex(council => council.RnaNumber).IsUnique();
    }
}

internal sealed class CouncilStatutesMapping : IEntityTypeConfiguration<CouncilStatutes>
{
    public void Configure(EntityTypeBuilder<CouncilStatutes> builder)
    {
        builder.ToTable("council_statutes", table => table.HasCheckConstraint("ck_council_statutes_version", "version > 0"));
        builder.HasKey(statutes => new { statutes.AssociationId, statutes.Version });
        builder.HasOne<CouncilAssociation>().WithMany().HasForeignKey(statutes => statutes.AssociationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class CouncilOfficeMapping : IEntityTypeConfiguration<CouncilOffice>
{
    public void Configure(EntityTypeBuilder<CouncilOffice> builder)
    {
        builder.ToTable("council_offices", table => table.HasCheckConstraint("ck_council_offices_dates", "\"until\" IS NULL OR \"until\" >= \"from\""));
        builder.Property(office => office.Id).ValueGeneratedNever();
        builder.Property(office => office.Office).HasConversion<string>().HasMaxLength(30);
        builder.Property(office => office.Until).IsConcurrencyToken();
        builder.Property(office => office.HolderName).HasMaxLength(CouncilOffice.NameMaxLength);
        builder.HasOne<CouncilAssociation>().WithMany().HasForeignKey(office => office.AssociationId).OnDelete(DeleteBehavior.Restrict);
        // One president at a time.
        builder.HasIndex(office => new { office.AssociationId, office.Office }).IsUnique().HasFilter("\"until\" IS NULL");
    }
}

internal sealed class CouncilMeetingMapping : IEntityTypeConfiguration<CouncilMeeting>
{
    public void Configure(EntityTypeBuilder<CouncilMeeting> builder)
    {
        builder.ToTable("council_meetings", table => table.HasCheckConstraint("ck_council_meetings_present", "present_count > 0"));
        builder.Property(meeting => meeting.Id).ValueGeneratedNever();
        builder.HasOne<CouncilAssociation>().WithMany().HasForeignKey(meeting => meeting.AssociationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(meeting => new { meeting.AssociationId, meeting.HeldOn }).IsUnique();
    }
}

internal sealed class CouncilMemberMapping : IEntityTypeConfiguration<CouncilMember>
{
    public void Configure(EntityTypeBuilder<CouncilMember> builder)
    {
        builder.ToTable("council_members", table => table.HasCheckConstraint("ck_council_members_dates", "\"until\" IS NULL OR \"until\" >= \"from\""));
        builder.Property(member => member.Id).ValueGeneratedNever();
        builder.Property(member => member.Until).IsConcurrencyToken();
        builder.Property(member => member.Name).HasMaxLength(CouncilMember.NameMaxLength);
        builder.HasOne<CouncilAssociation>().WithMany().HasForeignKey(member => member.AssociationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(member => new { member.AssociationId, member.Name }).IsUnique().HasFilter("\"until\" IS NULL");
    }
}
