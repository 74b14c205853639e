using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Elections;

public enum RollFault
{
    NoHeader,
    ColumnMissing,
    TooFewColumns,
    UnknownBureau,
    NameMissing,
    TooLong,
    BadNumber,
    NumberTwice,
    NationalNumberTwice,
    PersonTwice,
    BadDate,
    ImpossibleDate,
    UnderAge,
    AddressMissing,
    BadEmail,
    NoElector,

    // Odd, but no reason to refuse the file.
    UnknownAddress,
    EmailMissing,
    NamesakeBornTheSameDay,
}

/// <summary>What is wrong, or odd, in a line of a roll.</summary>
/// <param name="Line">Counted from 1, the header included.</param>
/// <param name="Value">The date, the bureau, the line of the first of two…; never a name.</param>
public sealed record RollProblem(int Line, RollFault Fault, string Value);

public enum RollImportState { Waiting, Running, Done, Refused, Cancelled }

/// <summary>A roll on its way in. It survives a restart: what was begun is begun again, for nothing was kept of it.</summary>
public sealed class RollImport
{
    public const int FileNameMaxLength = 200;
    public const int MaxProblemsKept = 200;

    public required Guid Id { get; init; }
    public required Guid ElectionId { get; init; }
    public required string FileName { get; init; }
    public required Guid? RequestedById { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The file, compressed with gzip; dropped when the import has ended.</summary>
    public required byte[]? Content { get; set; }
    public RollImportState State { get; private set; } = RollImportState.Waiting;

    /// <summary>Lines of the file, the header included; known once the import has begun.</summary>
    public int Lines { get; private set; }
    public int LinesRead { get; private set; }
    public int Imported { get; private set; }
    public int ProblemCount { get; private set; }
    public int WarningCount { get; private set; }
    public string ProblemsJson { get; private set; } = "[]";
    public string WarningsJson { get; private set; } = "[]";
    public DateTimeOffset? CancelRequestedAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }

    public IReadOnlyList<RollProblem> Problems => JsonSerializer.Deserialize<List<RollProblem>>(ProblemsJson) ?? [];
    public IReadOnlyList<RollProblem> Warnings => JsonSerializer.Deserialize<List<RollProblem>>(WarningsJson) ?? [];
    public bool IsOver => FinishedAt is not null;

    /// <summary>Between 0 and 1: reading is the shorter half, writing the longer.</summary>
    public double Share => IsOver ? 1 : Lines == 0 ? 0 : 0.95 * Math.Min(1, LinesRead / (2.0 * Lines));

    public void Start(int lines) => (State, Lines, LinesRead) = (RollImportState.Running, lines, 0);

    public void Succeed(int imported, IReadOnlyList<RollProblem> warnings, int warningCount, DateTimeOffset now)
    {
        (Imported, WarningCount, WarningsJson) = (imported, warningCount, JsonSerializer.Serialize(warnings));
        End(RollImportState.Done, now);
    }

    public void Refuse(IReadOnlyList<RollProblem> problems, int count, DateTimeOffset now)
    {
        (ProblemsJson, ProblemCount) = (JsonSerializer.Serialize(problems), count);
        End(RollImportState.Refused, now);
    }

    public void Cancel(DateTimeOffset now) => End(RollImportState.Cancelled, now);

    private void End(RollImportState state, DateTimeOffset now)
    {
        if (IsOver)
        {
            throw new InvalidOperationException($"Roll import {Id} is over.");
        }

        (State, FinishedAt, Content) = (state, now, null);
    }
}

internal sealed class RollImportMapping : IEntityTypeConfiguration<RollImport>
{
    public void Configure(EntityTypeBuilder<RollImport> builder)
    {
        builder.ToTable("roll_imports", table =>
        {
            table.HasCheckConstraint("ck_roll_imports_end", "(finished_at IS NULL) = (state IN ('Waiting', 'Running'))");
            table.HasCheckConstraint("ck_roll_imports_content", "(finished_at IS NULL) = (content IS NOT NULL)");
        });
        builder.Property(import => import.Id).ValueGeneratedNever();
        builder.Property(import => import.FileName).HasMaxLength(RollImport.FileNameMaxLength);
        builder.Property(import => import.State).HasConversion<string>().HasMaxLength(10);
        builder.Ignore(import => import.Problems);
        builder.Ignore(import => import.Warnings);
        builder.HasOne<Election>().WithMany().HasForeignKey(import => import.ElectionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(import => new { import.ElectionId, import.RequestedAt });
        // Two clicks at once start one import.
        builder.HasIndex(import => import.ElectionId).IsUnique().HasFilter("state = 'Waiting'").HasDatabaseName("ix_roll_imports_one_waiting");
    }
}

public enum RollCorrectionKind { Added, Changed, Removed }

/// <summary>That the roll was corrected, and why; whom it concerns stands in the audit log as an id. Everybody sees how many there were.</summary>
public sealed class RollCorrection
{
    public const int ReasonMaxLength = 400;

    public required Guid Id { get; init; }
    public required Guid ElectionId { get; init; }
    public required Guid ContestId { get; init; }
    public required RollCorrectionKind Kind { get; init; }
    public required string Reason { get; init; }
    public required Guid? ById { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal sealed class RollCorrectionMapping : IEntityTypeConfiguration<RollCorrection>
{
    public void Configure(EntityTypeBuilder<RollCorrection> builder)
    {
        builder.ToTable("roll_corrections");
        builder.Property(correction => correction.Id).ValueGeneratedNever();
        builder.Property(correction => correction.Kind).HasConversion<string>().HasMaxLength(10);
        builder.Property(correction => correction.Reason).HasMaxLength(RollCorrection.ReasonMaxLength);
        builder.HasOne<Election>().WithMany().HasForeignKey(correction => correction.ElectionId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Contest>().WithMany().HasForeignKey(correction => correction.ContestId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(correction => new { correction.ElectionId, correction.At });
    }
}
