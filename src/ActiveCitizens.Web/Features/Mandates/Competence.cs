using System.Text;
using ActiveCitizens.Web.Features.Shared.Languages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Mandates;

/// <summary>A subject given to the councils, from one mandate on.</summary>
public sealed class Competence
{
    public const int NameMaxLength = 120;
    public const int DescriptionMaxLength = 400;

    public required Guid Id { get; init; }

    /// <summary>How other areas name it: the first name in lower-case letters and hyphens.</summary>
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }

    /// <summary>The mandate from which it appears.</summary>
    public required Guid FromMandateId { get; init; }

    public static string CodeOf(string name)
    {
        var code = new StringBuilder();
        foreach (var character in Folding.Fold(name))
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                code.Append(character);
            }
            else if (code.Length > 0 && code[^1] != '-')
            {
                code.Append('-');
            }
        }

        return code.ToString().TrimEnd('-');
    }
}

/// <summary>What somebody does about a subject, from the first word to the work. Stored by name.</summary>
public enum DelegationPart
{
    Proposes,
    Advises,

    /// <summary>Nothing is decided without the agreement of each one that co-decides.</summary>
    CoDecides,
    Decides,
    Executes,
}

/// <summary>Who does it. Stored by name.</summary>
public enum DelegationActor
{
    NeighbourhoodCouncil,
    City,
    Department,
    Inhabitants,
}

/// <summary>One cross in the matrix of a mandate: this actor has this part in this subject.</summary>
public sealed class Delegation
{
    public required Guid MandateId { get; init; }
    public required Guid CompetenceId { get; init; }
    public required DelegationPart Part { get; init; }
    public required DelegationActor Actor { get; init; }
}

internal sealed class CompetenceMapping : IEntityTypeConfiguration<Competence>
{
    public void Configure(EntityTypeBuilder<Competence> builder)
    {
        builder.ToTable("competences");
        builder.Property(competence => competence.Id).ValueGeneratedNever();
        builder.Property(competence => competence.Code).HasMaxLength(2 * Competence.NameMaxLength);
        builder.Property(competence => competence.Name).HasMaxLength(Competence.NameMaxLength);
        builder.Property(competence => competence.Description).HasMaxLength(Competence.DescriptionMaxLength);
        builder.HasOne<Mandate>().WithMany().HasForeignKey(competence => competence.FromMandateId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(competence => competence.Code).IsUnique();
    }
}

internal sealed class DelegationMapping : IEntityTypeConfiguration<Delegation>
{
    public void Configure(EntityTypeBuilder<Delegation> builder)
    {
        builder.ToTable("delegations");
        builder.HasKey(cross => new { cross.MandateId, cross.CompetenceId, cross.Part, cross.Actor });
        builder.Property(cross => cross.Part).HasConversion<string>().HasMaxLength(20);
        builder.Property(cross => cross.Actor).HasConversion<string>().HasMaxLength(30);
        builder.HasOne<Mandate>().WithMany().HasForeignKey(cross => cross.MandateId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Competence>().WithMany().HasForeignKey(cross => cross.CompetenceId).OnDelete(DeleteBehavior.Restrict);
    }
}
