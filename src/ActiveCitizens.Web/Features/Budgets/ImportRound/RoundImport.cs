using System.Text.Json;
using ActiveCitizens.Budgeting.Pabulib;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Budgets.ImportRound;

public enum RoundImportState { Waiting, Reading, Counting, Done, Refused, Cancelled }

/// <summary>A file of ballots on its way in. It survives a restart: what was begun is begun again, for nothing was kept of it.</summary>
public sealed class RoundImport
{
    public const int FileNameMaxLength = 200;

    public required Guid Id { get; init; }
    public required string FileName { get; init; }
    public required string Title { get; init; }
    public required string Publisher { get; init; }
    public required string DecidingRule { get; init; }
    public required Guid? RequestedById { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The file as sent, possibly compressed; dropped when the import has ended.</summary>
    public required byte[]? Content { get; set; }
    public RoundImportState State { get; private set; } = RoundImportState.Waiting;

    /// <summary>Between 0 and 1.</summary>
    public double Share { get; private set; }
    public long BallotsRead { get; private set; }
    public DateTimeOffset? CancelRequestedAt { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }
    public Guid? RoundId { get; private set; }

    /// <summary>What is wrong, as JSON; read through <see cref="Problems"/>.</summary>
    public string ProblemsJson { get; private set; } = "[]";

    /// <summary>What is odd but does not stop a count, as JSON; read through <see cref="Warnings"/>.</summary>
    public string WarningsJson { get; private set; } = "[]";

    public IReadOnlyList<PabulibProblem> Problems => JsonSerializer.Deserialize<List<PabulibProblem>>(ProblemsJson) ?? [];

    public IReadOnlyList<PabulibWarning> Warnings => JsonSerializer.Deserialize<List<PabulibWarning>>(WarningsJson) ?? [];

    public bool IsOver => FinishedAt is not null;

    public void Begin(RoundImportState state) => State = state;

    public void Succeed(Guid roundId, IReadOnlyList<PabulibWarning> warnings, DateTimeOffset now)
    {
        (RoundId, WarningsJson, Share) = (roundId, JsonSerializer.Serialize(warnings), 1);
        End(RoundImportState.Done, now);
    }

    public void Refuse(IReadOnlyList<PabulibProblem> problems, DateTimeOffset now)
    {
        ProblemsJson = JsonSerializer.Serialize(problems);
        End(RoundImportState.Refused, now);
    }

    public void Cancel(DateTimeOffset now) => End(RoundImportState.Cancelled, now);

    private void End(RoundImportState state, DateTimeOffset now)
    {
        if (IsOver)
        {
            throw new InvalidOperationException($"Round import {Id} is over.");
        }

        (State, FinishedAt, Content) = (state, now, null);
    }
}

internal sealed class RoundImportMapping : IEntityTypeConfiguration<RoundImport>
{
    public void Configure(EntityTypeBuilder<RoundImport> builder)
    {
        builder.ToTable("budget_round_imports", table =>
        {
            table.HasCheckConstraint("ck_budget_round_imports_end", "(finished_at IS NULL) = (state IN ('Waiting', 'Reading', 'Counting'))");
            table.HasCheckConstraint("ck_budget_round_imports_content", "(finished_at IS NULL) = (content IS NOT NULL)");
        });
        builder.Property(import => import.Id).ValueGeneratedNever();
        builder.Property(import => import.FileName).HasMaxLength(RoundImport.FileNameMaxLength);
        builder.Property(import => import.Title).HasMaxLength(BudgetRound.TitleMaxLength);
        builder.Property(import => import.Publisher).HasMaxLength(BudgetRound.TextMaxLength);
        builder.Property(import => import.DecidingRule).HasMaxLength(40);
        builder.Property(import => import.State).HasConversion<string>().HasMaxLength(10);
        builder.Ignore(import => import.Problems);
        builder.Ignore(import => import.Warnings);
        builder.HasIndex(import => import.RequestedAt);
        // Two clicks at once start one import.
        builder.HasIndex(import => import.State).IsUnique().HasFilter("state = 'Waiting'").HasDatabaseName("ix_budget_round_imports_one_waiting");
    }
}
