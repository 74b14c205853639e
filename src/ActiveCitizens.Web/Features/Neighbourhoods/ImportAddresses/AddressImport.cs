using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Neighbourhoods.ImportAddresses;

public enum AddressImportState { Waiting, Running, Done, Refused, Cancelled }

/// <summary>A file of addresses on its way in. It survives a restart: what was begun is begun again, for nothing was kept of it.</summary>
public sealed class AddressImport
{
    public const int FileNameMaxLength = 200;
    public const int MaxProblemsKept = 100;

    public required Guid Id { get; init; }
    public required string FileName { get; init; }
    public required Guid? RequestedById { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>The file, compressed with gzip; dropped when the import has ended.</summary>
    public required byte[]? Content { get; set; }
    public AddressImportState State { get; private set; } = AddressImportState.Waiting;
    public DateTimeOffset? FinishedAt { get; private set; }
    public DateTimeOffset? CancelRequestedAt { get; private set; }

    /// <summary>Lines of the file, the header included; known once counted.</summary>
    public int Lines { get; private set; }
    public int LinesRead { get; private set; }

    /// <summary>Addresses now in force through this import.</summary>
    public int Imported { get; private set; }
    public int OfOtherMunicipalities { get; private set; }

    /// <summary>Imported addresses whose point lies outside the municipality's outline.</summary>
    public int OutsideOutline { get; private set; }
    public int ProblemCount { get; private set; }

    /// <summary>The first problems as JSON; read through <see cref="Problems"/>.</summary>
    public string ProblemsJson { get; private set; } = "[]";

    public IReadOnlyList<AddressProblem> Problems => JsonSerializer.Deserialize<List<AddressProblem>>(ProblemsJson) ?? [];

    public bool IsOver => FinishedAt is not null;

    /// <summary>Between 0 and 1. Reading is the longer part; writing comes after it, in one step.</summary>
    public double Share => IsOver ? 1 : Lines == 0 ? 0 : 0.9 * LinesRead / Lines;

    public void Start(int lines) => (State, Lines, LinesRead) = (AddressImportState.Running, lines, 0);

    public void RequestCancel(DateTimeOffset now) => CancelRequestedAt ??= now;

    public void Succeed(int imported, int ofOthers, int outside, DateTimeOffset now)
    {
        (Imported, OfOtherMunicipalities, OutsideOutline, LinesRead) = (imported, ofOthers, outside, Lines);
        End(AddressImportState.Done, now);
    }

    public void Refuse(IReadOnlyList<AddressProblem> first, int count, DateTimeOffset now)
    {
        (ProblemsJson, ProblemCount) = (JsonSerializer.Serialize(first.Take(MaxProblemsKept)), count);
        End(AddressImportState.Refused, now);
    }

    public void Cancel(DateTimeOffset now) => End(AddressImportState.Cancelled, now);

    private void End(AddressImportState state, DateTimeOffset now)
    {
        if (IsOver)
        {
            throw new InvalidOperationException($"Address import {Id} is over.");
        }

        (State, FinishedAt, Content) = (state, now, null);
    }
}

internal sealed class AddressImportMapping : IEntityTypeConfiguration<AddressImport>
{
    public void Configure(EntityTypeBuilder<AddressImport> builder)
    {
        builder.ToTable("address_imports", table =>
        {
            table.HasCheckConstraint("ck_address_imports_end", "(finished_at IS NULL) = (state IN ('Waiting', 'Running'))");
            table.HasCheckConstraint("ck_address_imports_content", "(finished_at IS NULL) = (content IS NOT NULL)");
        });
        builder.Property(import => import.Id).ValueGeneratedNever();
        builder.Property(import => import.FileName).HasMaxLength(AddressImport.FileNameMaxLength);
        builder.Property(import => import.State).HasConversion<string>().HasMaxLength(10);
        builder.Ignore(import => import.Problems);
        builder.HasIndex(import => import.RequestedAt);
        // Two clicks at once start one import.
        builder.HasIndex(import => import.State).IsUnique().HasFilter("state = 'Waiting'").HasDatabaseName("ix_address_imports_one_waiting");
    }
}
