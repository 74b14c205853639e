using ActiveCitizens.Voting.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>
/// What a box and its roll looked like at the full minute at which it was published: the fingerprint that people keep elsewhere, and how many had
/// voted. Written every few minutes, whatever happened meanwhile, so that it tells of no single ballot when it came.
/// </summary>
public sealed class BoxReading
{
    public required Guid ContestId { get; init; }

    /// <summary>Full minutes.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Events in the archive, and the hash of the last one.</summary>
    public required int Height { get; init; }
    public required string LastEvent { get; init; }
    public required int Online { get; init; }
    public required int PollingStation { get; init; }
    public required int Post { get; init; }

    public Turnout Turnout => new(Online, PollingStation, Post);

    public int Voters => Turnout.Voters;

    /// <summary>Whether there is anything to publish that this reading did not say.</summary>
    public bool Says(int height, int voters) => Height == height && Voters == voters;
}

internal sealed class BoxReadingMapping : IEntityTypeConfiguration<BoxReading>
{
    public void Configure(EntityTypeBuilder<BoxReading> builder)
    {
        // Rows are only added; the migration sees to it.
        builder.ToTable("box_readings");
        builder.HasKey(reading => new { reading.ContestId, reading.At });
        builder.Property(reading => reading.LastEvent).HasMaxLength(Digest.HexLength);
        builder.Ignore(reading => reading.Turnout);
        builder.Ignore(reading => reading.Voters);
        builder.HasOne<Contest>().WithMany().HasForeignKey(reading => reading.ContestId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>What the verifier last found in a box.</summary>
public sealed class BoxCheck
{
    public const int FindingMaxLength = 1_000;

    public required Guid ContestId { get; init; }
    public DateTimeOffset CheckedAt { get; private set; }

    /// <summary>Events that were verified, and the hash of the last of them.</summary>
    public int Height { get; private set; }
    public string? LastEvent { get; private set; }

    /// <summary>What is wrong, for a technician; null when nothing is.</summary>
    public string? Finding { get; private set; }

    public bool IsSound => Finding is null;

    /// <summary>Keeps what was found; what was wrong once stays until somebody looks, for a box does not heal.</summary>
    /// <returns>Whether this is the first time that something is wrong.</returns>
    public bool Keep(int height, string? lastEvent, string? finding, DateTimeOffset now)
    {
        var isNew = finding is not null && Finding is null;
        (CheckedAt, Height, LastEvent) = (now, height, lastEvent);
        Finding = (finding ?? Finding) is { } text ? text[..Math.Min(text.Length, FindingMaxLength)] : null;
        return isNew;
    }
}

internal sealed class BoxCheckMapping : IEntityTypeConfiguration<BoxCheck>
{
    public void Configure(EntityTypeBuilder<BoxCheck> builder)
    {
        builder.ToTable("box_checks");
        builder.HasKey(check => check.ContestId);
        builder.Property(check => check.ContestId).ValueGeneratedNever();
        builder.Property(check => check.LastEvent).HasMaxLength(Digest.HexLength);
        builder.Property(check => check.Finding).HasMaxLength(BoxCheck.FindingMaxLength);
        builder.Ignore(check => check.IsSound);
        builder.HasOne<Contest>().WithMany().HasForeignKey(check => check.ContestId).OnDelete(DeleteBehavior.Restrict);
    }
}
