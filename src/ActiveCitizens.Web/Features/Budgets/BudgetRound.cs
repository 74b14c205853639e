using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Budgets;

/// <summary>One round of a participatory budget whose ballots were imported from a file: seen by administrators until it is published.</summary>
public sealed class BudgetRound
{
    public const int TitleMaxLength = 120;
    public const int SlugMaxLength = 80;
    public const int TextMaxLength = 200;

    public required Guid Id { get; init; }

    /// <summary>Name in addresses, such as <c>toulouse-2022</c>.</summary>
    public required string Slug { get; init; }
    public required string Title { get; init; }

    /// <summary>The city whose inhabitants voted, as the file names it.</summary>
    public required string SourceCity { get; init; }
    public required string SourceCountry { get; init; }

    /// <summary>The vote's year or edition, as the file names it.</summary>
    public required string Edition { get; init; }

    /// <summary>Who published the ballots first; named wherever they are shown.</summary>
    public required string Publisher { get; init; }
    public required string Currency { get; init; }
    public required long BudgetCents { get; init; }
    public required int VoterCount { get; init; }
    public required int ProjectCount { get; init; }
    public required string VoteType { get; init; }

    /// <summary>The city's own rule as the file names it; null when unknown.</summary>
    public required string? PublishedRule { get; init; }

    /// <summary>Id of the counting rule (a preset) that decides this round here.</summary>
    public required string DecidingRule { get; init; }
    public required DateTimeOffset ImportedAt { get; init; }
    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>False when somebody else published it first.</summary>
    public bool Publish(DateTimeOffset now)
    {
        if (PublishedAt is not null)
        {
            return false;
        }

        PublishedAt = now;
        return true;
    }
}

/// <summary>The ballots of a round as anyone can download them: a <c>.pb</c> file without the columns that describe voters.</summary>
public sealed class BudgetBallots
{
    public required Guid RoundId { get; init; }

    /// <summary>The file, compressed with gzip.</summary>
    public required byte[] Content { get; init; }
    public required int Bytes { get; init; }

    /// <summary>SHA-256 of the uncompressed file, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }
}

/// <summary>One project of a round, for lists and searches.</summary>
public sealed class BudgetProject
{
    public const int NameMaxLength = 1000;

    public required Guid RoundId { get; init; }

    /// <summary>1, 2, 3 … in file order.</summary>
    public required int Number { get; init; }

    /// <summary>The <c>project_id</c> of the file.</summary>
    public required string ProjectId { get; init; }
    public required string Name { get; init; }

    /// <summary>Name, category and place without accents and capitals.</summary>
    public required string SearchText { get; init; }
    public required long CostCents { get; init; }
    public required long Votes { get; init; }
    public required string Category { get; init; }
    public required string Place { get; init; }
    public required string Description { get; init; }
    public required double? Latitude { get; init; }
    public required double? Longitude { get; init; }

    /// <summary>Whether the city funded it; null when the file does not say.</summary>
    public required bool? FundedByCity { get; init; }
}

/// <summary>What one counting rule decides about a round, computed once and kept.</summary>
public sealed class BudgetCount
{
    public required Guid RoundId { get; init; }

    /// <summary>Id of the preset.</summary>
    public required string Rule { get; init; }

    /// <summary>A <see cref="CountedResult"/> as JSON.</summary>
    public required string ResultJson { get; init; }
    public required DateTimeOffset CountedAt { get; init; }
}

/// <summary>What would have made a project win by a rule: asked once, found by recounts in the background, kept.</summary>
public sealed class BudgetNeed
{
    public required Guid RoundId { get; init; }
    public required string Rule { get; init; }
    public required int Number { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>The question being searched, from 1, and the recounts for it so far.</summary>
    public int Question { get; private set; } = 1;
    public int Recounts { get; private set; }

    /// <summary>What was found (<see cref="ActiveCitizens.Budgeting.Explanations.NeededToWin"/>, shortened) as JSON; null while it is searched.</summary>
    public string? AnswerJson { get; private set; }
    public DateTimeOffset? FoundAt { get; private set; }

    public void Answer(string json, DateTimeOffset now)
    {
        if (FoundAt is not null)
        {
            throw new InvalidOperationException($"What project {Number} needs by {Rule} is found already.");
        }

        (AnswerJson, FoundAt) = (json, now);
    }
}

internal sealed class BudgetNeedMapping : IEntityTypeConfiguration<BudgetNeed>
{
    public void Configure(EntityTypeBuilder<BudgetNeed> builder)
    {
        builder.ToTable("budget_needs", table => table.HasCheckConstraint("ck_budget_needs_found", "(found_at IS NULL) = (answer_json IS NULL)"));
        // Two people asking at once ask one question.
        builder.HasKey(need => new { need.RoundId, need.Rule, need.Number });
        builder.Property(need => need.Rule).HasMaxLength(40);
        builder.HasOne<BudgetRound>().WithMany().HasForeignKey(need => need.RoundId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class BudgetRoundMapping : IEntityTypeConfiguration<BudgetRound>
{
    public void Configure(EntityTypeBuilder<BudgetRound> builder)
    {
        builder.ToTable("budget_rounds", table => table.HasCheckConstraint("ck_budget_rounds_amounts", "budget_cents >= 0 AND voter_count >= 0 AND project_count > 0"));
        builder.Property(round => round.Id).ValueGeneratedNever();
        builder.Property(round => round.Slug).HasMaxLength(BudgetRound.SlugMaxLength);
        builder.Property(round => round.Title).HasMaxLength(BudgetRound.TitleMaxLength);
        builder.Property(round => round.SourceCity).HasMaxLength(BudgetRound.TextMaxLength);
        builder.Property(round => round.SourceCountry).HasMaxLength(BudgetRound.TextMaxLength);
        builder.Property(round => round.Edition).HasMaxLength(BudgetRound.TextMaxLength);
        builder.Property(round => round.Publisher).HasMaxLength(BudgetRound.TextMaxLength);
        builder.Property(round => round.Currency).HasMaxLength(3);
        builder.Property(round => round.VoteType).HasMaxLength(20);
        builder.Property(round => round.PublishedRule).HasMaxLength(BudgetRound.TextMaxLength);
        builder.Property(round => round.DecidingRule).HasMaxLength(40);
        builder.HasIndex(round => round.Slug).IsUnique();
    }
}

internal sealed class BudgetBallotsMapping : IEntityTypeConfiguration<BudgetBallots>
{
    public void Configure(EntityTypeBuilder<BudgetBallots> builder)
    {
        builder.ToTable("budget_ballots");
        builder.HasKey(ballots => ballots.RoundId);
        builder.Property(ballots => ballots.Sha256).HasMaxLength(64).IsFixedLength();
        builder.HasOne<BudgetRound>().WithOne().HasForeignKey<BudgetBallots>(ballots => ballots.RoundId).OnDelete(DeleteBehavior.Cascade);
        // The same ballots cannot be imported twice.
        builder.HasIndex(ballots => ballots.Sha256).IsUnique();
    }
}

internal sealed class BudgetProjectMapping : IEntityTypeConfiguration<BudgetProject>
{
    public void Configure(EntityTypeBuilder<BudgetProject> builder)
    {
        builder.ToTable("budget_projects", table => table.HasCheckConstraint("ck_budget_projects_amounts", "cost_cents >= 0 AND votes >= 0 AND number > 0"));
        builder.HasKey(project => new { project.RoundId, project.Number });
        builder.Property(project => project.ProjectId).HasMaxLength(200);
        builder.Property(project => project.Name).HasMaxLength(BudgetProject.NameMaxLength);
        builder.Property(project => project.Category).HasMaxLength(300);
        builder.Property(project => project.Place).HasMaxLength(300);
        builder.HasOne<BudgetRound>().WithMany().HasForeignKey(project => project.RoundId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(project => new { project.RoundId, project.ProjectId }).IsUnique();
    }
}

internal sealed class BudgetCountMapping : IEntityTypeConfiguration<BudgetCount>
{
    public void Configure(EntityTypeBuilder<BudgetCount> builder)
    {
        builder.ToTable("budget_counts");
        builder.HasKey(count => new { count.RoundId, count.Rule });
        builder.Property(count => count.Rule).HasMaxLength(40);
        builder.HasOne<BudgetRound>().WithMany().HasForeignKey(count => count.RoundId).OnDelete(DeleteBehavior.Cascade);
    }
}
