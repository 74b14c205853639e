using ActiveCitizens.Web.Features.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.MunicipalCouncil;

/// <summary>What may be signed in the city's name. Stored by name.</summary>
public enum SigningSubject
{
    /// <summary>Contracts with the neighbourhood councils and their amendments.</summary>
    NeighbourhoodContracts,

    /// <summary>Subsidy agreements with associations.</summary>
    SubsidyAgreements,

    /// <summary>Agreements with other cities and with networks.</summary>
    Partnerships,
}

/// <summary>The right of one elected official to sign for the city on one subject, given by a posted and adopted deliberation.</summary>
public sealed class SigningAuthorisation
{
    public const int NameMaxLength = 120;
    public const int FunctionMaxLength = 120;
    public const int ReasonMaxLength = 300;

    public required Guid Id { get; init; }
    public required Guid DeliberationId { get; init; }
    public required SigningSubject Subject { get; init; }
    public required string OfficialName { get; init; }

    /// <summary>As it stands under the signature, such as « Maire » or « Adjointe aux quartiers ».</summary>
    public required string OfficialFunction { get; init; }

    /// <summary>The official's account on this site, when there is one.</summary>
    public required Guid? AccountId { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>The last day, included; null: until it is ended.</summary>
    public required DateOnly? Until { get; init; }
    public required Guid? RecordedById { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>The last day when it ended earlier than foreseen, such as by a resignation.</summary>
    public DateOnly? EndedOn { get; private set; }
    public string? EndReason { get; private set; }

    public bool HoldsOn(DateOnly day) => From <= day && (Until is null || day <= Until) && (EndedOn is null || day <= EndedOn);

    /// <summary>False when it was ended before.</summary>
    public bool End(DateOnly lastDay, string reason)
    {
        if (EndedOn is not null)
        {
            return false;
        }

        (EndedOn, EndReason) = (lastDay, reason.Trim());
        return true;
    }
}

internal sealed class SigningAuthorisationMapping : IEntityTypeConfiguration<SigningAuthorisation>
{
    public void Configure(EntityTypeBuilder<SigningAuthorisation> builder)
    {
        // That the deliberation is posted and adopted, a trigger of the migration sees to.
        builder.ToTable("signing_authorisations", table =>
        {
            table.HasCheckConstraint("ck_signing_authorisations_dates", "\"until\" IS NULL OR \"until\" >= \"from\"");
            table.HasCheckConstraint("ck_signing_authorisations_end", "(ended_on IS NULL) = (end_reason IS NULL)");
        });
        builder.Property(given => given.Id).ValueGeneratedNever();
        builder.Property(given => given.Subject).HasConversion<string>().HasMaxLength(40);
        builder.Property(given => given.OfficialName).HasMaxLength(SigningAuthorisation.NameMaxLength);
        builder.Property(given => given.OfficialFunction).HasMaxLength(SigningAuthorisation.FunctionMaxLength);
        builder.Property(given => given.EndReason).HasMaxLength(SigningAuthorisation.ReasonMaxLength);
        builder.Property(given => given.EndedOn).IsConcurrencyToken();
        builder.HasOne<Deliberation>().WithMany().HasForeignKey(given => given.DeliberationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Account>().WithMany().HasForeignKey(given => given.AccountId).OnDelete(DeleteBehavior.Restrict);
        // Two clicks at once give one right.
        builder.HasIndex(given => new { given.DeliberationId, given.Subject, given.OfficialName, given.From }).IsUnique();
    }
}
