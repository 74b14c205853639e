using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>What somebody read on the tally sheets of a neighbourhood's paper ballots.</summary>
/// <param name="Ballots">Papers found in the box and the postal envelopes.</param>
/// <param name="Void">Papers that count for nobody.</param>
/// <param name="Votes">By place on the ballot.</param>
public sealed record PaperFigures(int Ballots, int Blank, int Void, IReadOnlyList<int> Votes)
{
    /// <summary>Papers with at least one valid choice.</summary>
    public int Valid => Ballots - Blank - Void;

    public static PaperFigures None(int options) => new(0, 0, 0, new int[options]);

    public bool Agrees(PaperFigures other) => Ballots == other.Ballots && Blank == other.Blank && Void == other.Void && Votes.SequenceEqual(other.Votes);
}

/// <summary>
/// One of the two times that a neighbourhood's paper result is typed, by two people who do not see each other's figures. When both agree it is
/// fixed; until then each may correct one's own.
/// </summary>
public sealed class PaperCount
{
    public const int Typings = 2;

    public required Guid ContestId { get; init; }

    /// <summary>1 or 2.</summary>
    public required int Typing { get; init; }
    public required Guid TypedById { get; init; }
    public required string TypedBy { get; init; }
    public DateTimeOffset TypedAt { get; private set; }
    public int Ballots { get; private set; }
    public int Blank { get; private set; }
    public int Void { get; private set; }

    /// <summary>Votes by place on the ballot, with commas between.</summary>
    public string VoteList { get; private set; } = "";
    public bool IsFixed { get; private set; }

    public PaperFigures Figures => new(Ballots, Blank, Void, VoteList.Length == 0 ? [] : [.. VoteList.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))]);

    /// <exception cref="InvalidOperationException">It was fixed.</exception>
    public void Write(PaperFigures figures, DateTimeOffset now)
    {
        if (IsFixed)
        {
            throw new InvalidOperationException($"The paper result of contest {ContestId} is fixed.");
        }

        (Ballots, Blank, Void, TypedAt) = (figures.Ballots, figures.Blank, figures.Void, now);
        VoteList = string.Join(',', figures.Votes.Select(number => number.ToString(CultureInfo.InvariantCulture)));
    }

    public void Fix() => IsFixed = true;
}

internal sealed class PaperCountMapping : IEntityTypeConfiguration<PaperCount>
{
    public void Configure(EntityTypeBuilder<PaperCount> builder)
    {
        builder.ToTable("paper_counts", table =>
        {
            table.HasCheckConstraint("ck_paper_counts_typing", "typing IN (1, 2)");
            table.HasCheckConstraint("ck_paper_counts_numbers", "blank >= 0 AND void >= 0 AND blank + void <= ballots");
        });
        builder.HasKey(count => new { count.ContestId, count.Typing });
        // Two different people.
        builder.HasIndex(count => new { count.ContestId, count.TypedById }).IsUnique();
        builder.Property(count => count.TypedBy).HasMaxLength(BoardMember.NameMaxLength);
        builder.Property(count => count.VoteList).HasMaxLength(2_000);
        builder.Property(count => count.IsFixed).IsConcurrencyToken();
        builder.Ignore(count => count.Figures);
        builder.HasOne<Contest>().WithMany().HasForeignKey(count => count.ContestId).OnDelete(DeleteBehavior.Restrict);
    }
}
