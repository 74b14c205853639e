using ActiveCitizens.Voting.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ActiveCitizens.Web.Features.Elections;

/// <summary>
/// The public seed from which the order on the ballots of all neighbourhoods was drawn, and where it comes from. Drawn once; the database lets it
/// neither change nor go.
/// </summary>
public sealed class BallotOrderDraw
{
    public const int SeedMaxLength = 120;
    public const int SourceMaxLength = 400;

    public required Guid ElectionId { get; init; }
    public required string Seed { get; init; }

    /// <summary>Which draw, of whom, on which day: so that anybody finds the seed elsewhere.</summary>
    public required string Source { get; init; }
    public required DateTimeOffset DrawnAt { get; init; }
    public required Guid? DrawnById { get; init; }

    /// <summary>The lot of one candidate or list: SHA-256 of seed, a bar and the id, as <c>printf '%s|%s' "$seed" "$id" | sha256sum</c> prints it.</summary>
    public static string LotOf(string seed, Guid id) => Digest.Of($"{seed}|{id:N}").Hex;

    /// <summary>The smallest lot comes first, as ties are resolved by <see cref="Voting.Counting.TieCriterion.Lot"/>.</summary>
    public static IReadOnlyList<Guid> Order(string seed, IEnumerable<Guid> ids) => [.. ids.OrderBy(id => LotOf(seed, id), StringComparer.Ordinal)];
}

internal sealed class BallotOrderDrawMapping : IEntityTypeConfiguration<BallotOrderDraw>
{
    public void Configure(EntityTypeBuilder<BallotOrderDraw> builder)
    {
        builder.ToTable("ballot_order_draws");
        builder.HasKey(draw => draw.ElectionId);
        builder.Property(draw => draw.ElectionId).ValueGeneratedNever();
        builder.Property(draw => draw.Seed).HasMaxLength(BallotOrderDraw.SeedMaxLength);
        builder.Property(draw => draw.Source).HasMaxLength(BallotOrderDraw.SourceMaxLength);
        builder.HasOne<Election>().WithMany().HasForeignKey(draw => draw.ElectionId).OnDelete(DeleteBehavior.Restrict);
    }
}
