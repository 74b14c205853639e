using ActiveCitizens.Web.Features.MunicipalCouncil;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Mandates;

/// <summary>Where a mandate stands on a day.</summary>
public enum MandateState
{
    /// <summary>Prepared by an administrator, not opened by any deliberation.</summary>
    Draft,
    ToCome,
    Running,
    Over,
}

/// <summary>What a mandate gives the councils, as it is prepared before it is opened.</summary>
/// <param name="EnvelopeRemark">How the envelope comes about, such as « 100 000 € par an »; null when there is nothing to say.</param>
/// <param name="IllustrativeRemark">What of it was made up for a demonstration; null when nothing was.</param>
public sealed record MandateContent(DateOnly StartsOn, DateOnly EndsOn, int SeatsPerCouncil, long EnvelopePerCouncilCents, string? EnvelopeRemark, string Summary, string Powers, string Limits, string? IllustrativeRemark = null);

/// <summary>
/// A period of the neighbourhood councils with its powers and its money. It is opened, as the first or as the renewal of the one before, and
/// closed by a posted and adopted deliberation; it holds from its first day up to, and without, its last.
/// </summary>
public sealed class Mandate
{
    /// <summary>« Pour une période de 6 ans ».</summary>
    public const int Years = 6;
    public const int TextMaxLength = 4_000;
    public const int RemarkMaxLength = 400;

    public required Guid Id { get; init; }

    /// <summary>Year in which it starts, and its name in addresses; one mandate starts in a year.</summary>
    public int Year { get; private set; }
    public DateOnly StartsOn { get; private set; }

    /// <summary>The day on which it is over and the next may start.</summary>
    public DateOnly EndsOn { get; private set; }
    public int SeatsPerCouncil { get; private set; }
    public long EnvelopePerCouncilCents { get; private set; }
    public string? EnvelopeRemark { get; private set; }

    /// <summary>What it is about in two sentences.</summary>
    public string Summary { get; private set; } = "";
    public string Powers { get; private set; } = "";
    public string Limits { get; private set; } = "";
    public string? IllustrativeRemark { get; private set; }
    public required DateTimeOffset PreparedAt { get; init; }

    /// <summary>The deliberation that opened it; null while it is a draft.</summary>
    public Guid? OpenedById { get; private set; }

    /// <summary>True when that deliberation renewed the mandate before this one.</summary>
    public bool IsRenewal { get; private set; }
    public DateTimeOffset? OpenedAt { get; private set; }
    public Guid? ClosedById { get; private set; }

    /// <summary>The day on which that deliberation let it end; not after <see cref="EndsOn"/>.</summary>
    public DateOnly? ClosedOn { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    public bool IsDraft => OpenedById is null;

    /// <summary>The day on which it really is over.</summary>
    public DateOnly OverOn => ClosedOn ?? EndsOn;

    public static DateOnly UsualEnd(DateOnly startsOn) => startsOn.AddYears(Years);

    public bool HoldsOn(DateOnly day) => !IsDraft && StartsOn <= day && day < OverOn;

    public MandateState StateOn(DateOnly day) => IsDraft ? MandateState.Draft : day < StartsOn ? MandateState.ToCome : day < OverOn ? MandateState.Running : MandateState.Over;

    public static Mandate Prepare(MandateContent content, DateTimeOffset now)
    {
        var prepared = new Mandate { Id = Guid.CreateVersion7(now), PreparedAt = now };
        prepared.Write(content);
        return prepared;
    }

    /// <exception cref="InvalidOperationException">It was opened: what a deliberation opened does not change.</exception>
    public void Rewrite(MandateContent content)
    {
        if (!IsDraft)
        {
            throw new InvalidOperationException($"Mandate {Year} is opened.");
        }

        Write(content);
    }

    /// <summary>False when it was opened before.</summary>
    public bool Open(Guid deliberationId, bool isRenewal, DateTimeOffset now)
    {
        if (!IsDraft)
        {
            return false;
        }

        (OpenedById, IsRenewal, OpenedAt) = (deliberationId, isRenewal, now);
        return true;
    }

    /// <summary>False when it was closed before.</summary>
    public bool Close(Guid deliberationId, DateOnly on, DateTimeOffset now)
    {
        if (IsDraft)
        {
            throw new InvalidOperationException($"Mandate {Year} was never opened.");
        }

        if (ClosedById is not null)
        {
            return false;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(on, StartsOn);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(on, EndsOn);
        (ClosedById, ClosedOn, ClosedAt) = (deliberationId, on, now);
        return true;
    }

    private void Write(MandateContent content)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(content.StartsOn, content.EndsOn, nameof(content));
        (StartsOn, EndsOn, Year) = (content.StartsOn, content.EndsOn, content.StartsOn.Year);
        (SeatsPerCouncil, EnvelopePerCouncilCents, EnvelopeRemark) = (content.SeatsPerCouncil, content.EnvelopePerCouncilCents, string.IsNullOrWhiteSpace(content.EnvelopeRemark) ? null : content.EnvelopeRemark.Trim());
        (Summary, Powers, Limits, IllustrativeRemark) = (content.Summary.Trim(), content.Powers.ReplaceLineEndings("\n").Trim(), content.Limits.ReplaceLineEndings("\n").Trim(), content.IllustrativeRemark);
    }
}

internal sealed class MandateMapping : IEntityTypeConfiguration<Mandate>
{
    public void Configure(EntityTypeBuilder<Mandate> builder)
    {
        // That no two overlap, and that what opens or closes one is a posted and adopted deliberation, the migration sees to.
        builder.ToTable("mandates", table =>
        {
            table.HasCheckConstraint("ck_mandates_dates", "starts_on < ends_on AND CAST(starts_on AS text) LIKE CAST(year AS text) || '-%'");
            table.HasCheckConstraint("ck_mandates_amounts", "seats_per_council > 0 AND envelope_per_council_cents >= 0");
            table.HasCheckConstraint("ck_mandates_opened", "(opened_by_id IS NULL) = (opened_at IS NULL) AND (opened_by_id IS NOT NULL OR NOT is_renewal)");
            table.HasCheckConstraint("ck_mandates_closed", "(closed_by_id IS NULL) = (closed_at IS NULL) AND (closed_by_id IS NULL) = (closed_on IS NULL) AND (closed_by_id IS NULL OR opened_by_id IS NOT NULL)");
            table.HasCheckConstraint("ck_mandates_closed_on", "closed_on IS NULL OR (closed_on >= starts_on AND closed_on <= ends_on)");
        });
        builder.Property(mandate => mandate.Id).ValueGeneratedNever();
        builder.Property(mandate => mandate.EnvelopeRemark).HasMaxLength(Mandate.RemarkMaxLength);
        builder.Property(mandate => mandate.Summary).HasMaxLength(Mandate.RemarkMaxLength);
        builder.Property(mandate => mandate.Powers).HasMaxLength(Mandate.TextMaxLength);
        builder.Property(mandate => mandate.Limits).HasMaxLength(Mandate.TextMaxLength);
        builder.Property(mandate => mandate.IllustrativeRemark).HasMaxLength(Mandate.RemarkMaxLength);
        // Who edits, opens or closes what somebody else has just opened or closed is told so.
        builder.Property(mandate => mandate.OpenedAt).IsConcurrencyToken();
        builder.Property(mandate => mandate.ClosedAt).IsConcurrencyToken();
        builder.HasOne<Deliberation>().WithMany().HasForeignKey(mandate => mandate.OpenedById).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Deliberation>().WithMany().HasForeignKey(mandate => mandate.ClosedById).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(mandate => mandate.Year).IsUnique();
    }
}
